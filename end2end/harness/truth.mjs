// What PostgreSQL holds: the other side of every comparison. The only place of the browser tests that knows tables.

const until_ms = 30_000;

/** Text as an SQL literal. */
const quoted = (text) => `'${String(text).replaceAll("'", "''")}'`;

/** Waits until a question to the database is answered as wanted. */
export async function holds(ask, is_wanted, timeout = until_ms) {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (is_wanted(answer)) return;
    if (Date.now() > end) throw new Error(`after ${timeout} ms the database still answers ${JSON.stringify(answer)}`);
  }
}

/** Customers in the book of a manager, by number; `is_planned`: a visit stands open that a report would complete. */
export function book_of(server, employee_no) {
  return server.sql(
    `select c.id, c.customer_no, c.name, c.phone, c.address, c.industry, c.customer_type,
            exists(select 1 from visit v where v.customer_id = c.id and v.state = 'planned') as is_planned
       from customer c join book b on b.id = c.book_id join employee e on e.id = b.holder_id
      where e.employee_no = ${quoted(employee_no)} order by c.customer_no`,
  );
}

export async function customer_named(server, name) {
  const [found] = await server.sql(`select * from customer where name = ${quoted(name)}`);
  return found;
}

export function visits_of(server, customer_id) {
  return server.sql(`select * from visit where customer_id = ${quoted(customer_id)} order by visit_on`);
}

/** The marks a manager has given: customer and kind. */
export function marks_of(server, employee_no) {
  return server.sql(
    `select m.customer_id as id, m.kind from mark m join employee e on e.id = m.marked_by
      where e.employee_no = ${quoted(employee_no)}`,
  );
}

/** Visits a person has planned; `weekday` counts from Monday, 1. */
export function planned_by(server, employee_no) {
  return server.sql(
    `select v.id, v.customer_id, extract(isodow from v.visit_on)::int as weekday
       from visit v join employee e on e.id = v.visitor_id
      where v.state = 'planned' and e.employee_no = ${quoted(employee_no)} order by v.id`,
  );
}

/** How often a text was written as a visit's summary: once, whatever happened on the way. */
export function times_recorded(server, summary) {
  return server.value(`select count(*)::int from visit where report ->> 'summary' = ${quoted(summary)}`);
}

/** Texts of all notes that begin with `beginning`, as often as they are there. */
export async function notes_of(server, beginning) {
  const notes = await server.sql(`select text from note where text like ${quoted(`${beginning}%`)} order by text`);
  return notes.map(({ text }) => text);
}

/** Mutations that were refused, and devices whose numbers have a hole: none of either when all went well. */
export async function faults_of_pushes(server) {
  const refused = await server.sql("select name, refused from mutation_log where refused is not null");
  const gaps = await server.sql(
    `select d.id from device d left join mutation_log m on m.employee_id = d.employee_id and m.device_id = d.id
      group by d.employee_id, d.id, d.last_seq having count(m.seq) <> d.last_seq`,
  );
  return [...refused, ...gaps];
}

/** Rows a table holds for a customer. */
export function count_of(server, table, customer_id) {
  return server.value(`select count(*)::int from ${table} where customer_id = ${quoted(customer_id)}`);
}

/** Customers and money, in fen, of the numbers that begin with `prefix`, whole and by manager. */
export async function imported(server, prefix) {
  const of_import = `from customer c where c.customer_no like ${quoted(`${prefix}%`)}`;
  const [totals] = await server.sql(
    `select count(*)::int as rows, sum(deposit_fen)::text as dep, sum(wealth_fen)::text as wealth,
            sum(insurance_fen)::text as ins, sum(fund_fen)::text as fund, sum(loan_fen)::text as loan ${of_import}`,
  );
  const managers = await server.sql(
    `select e.employee_no, count(*)::int as customers
       from customer c join book b on b.id = c.book_id join employee e on e.id = b.holder_id
      where c.customer_no like ${quoted(`${prefix}%`)} group by 1 order by 1`,
  );
  const { rows, ...fen } = totals;
  return {
    rows,
    totals_fen: Object.fromEntries(Object.entries(fen).map(([what, sum]) => [what, Number(sum)])),
    by_manager: Object.fromEntries(managers.map(({ employee_no, customers }) => [employee_no, customers])),
  };
}

/** A figure that moves whenever any synced row is written. */
export function versions(server) {
  return server.value("select sum(version)::text from stream");
}
