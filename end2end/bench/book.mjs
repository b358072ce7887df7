// A book of any size, written straight into the tables: what a first sync of a large book is measured on. The only place
// of the benchmark that knows tables.

const first_manager = "1001";

/**
 * Adds customers, visits on them and months of figures to the book of a manager, and marks them in its stream. Their
 * wealth lies over all tiers of the sample's scheme.
 */
export async function grow_book(server, employee_no, { customers, visits, months = 0 }) {
  await server.execute(`
    with b as (
      select book.id, book.organisation_id, book.holder_id from book
        join employee on employee.id = book.holder_id where employee.employee_no = '${employee_no}' limit 1
    ), made as (
      insert into customer (id, organisation_id, book_id, customer_no, name, customer_type, phone, address, industry,
          birthday, opened_on, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen, stamps)
      select gen_random_uuid(), b.organisation_id, b.id, 'B' || lpad(n::text, 7, '0'),
          substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨', 1 + n % 16, 1) || substr('知守清云远景若启明以', 1 + n / 16 % 10, 1)
            || substr('义微和舟帆行溪明宁禾', 1 + n / 160 % 10, 1),
          'person', '1990701' || lpad(n::text, 4, '0'), '滨海市红旗街' || n || '号', '餐饮', date '1970-01-01' + n % 9000,
          date '2010-01-01' + n % 4000, n * 12345, n * 777, 0, 0, 0, '[]'
      from b, generate_series(1, ${customers}) as n
      returning id, book_id
    ), numbered as (select id, book_id, row_number() over () - 1 as n from made),
    visited as (
      insert into visit (id, customer_id, book_id, visitor_id, state, visit_on, at_minute, purpose, report, written_at)
      select gen_random_uuid(), numbered.id, numbered.book_id, b.holder_id, 'done', current_date - (v % 700)::int,
          (540 + v % 480)::smallint, null,
          jsonb_build_object('met', jsonb_build_array('本人'), 'needs', jsonb_build_array('稳健理财', '养老'),
            'products', jsonb_build_array(jsonb_build_object('product_id', null, 'name', '安盈180天', 'outcome', 'interested')),
            'mood', 'content', 'summary', '讲了到期安排和利率，客户想先看看资料再定。第' || v || '次走访的记录。',
            'next_step', jsonb_build_object('what', '打电话', 'on', null), 'minutes', 30), now()
      from b, generate_series(0, ${visits} - 1) as v join numbered on numbered.n = v % ${customers}
      returning id, book_id
    ), told as (
      insert into figures (id, customer_id, book_id, month, as_of, deposit_fen, wealth_fen, insurance_fen, fund_fen, loan_fen)
      select gen_random_uuid(), numbered.id, numbered.book_id, month::date,
          (month + interval '1 month' - interval '1 day')::date, (numbered.n * 7919 % 6000) * 100000 + m * 12345,
          numbered.n * 777, 0, 0, 0
      from numbered, generate_series(1, ${months}) as m,
        lateral (select date_trunc('month', current_date) - m * interval '1 month' as month) as one
      returning id, book_id
    ), bumped as (
      update stream set version = version + 1 from b where stream.id = b.id returning stream.id, stream.version
    ), marked as (
      insert into sync_row (stream_id, kind, row_id, version, deleted, changed_at)
      select bumped.id, kind, row_id, bumped.version, false, now() from bumped,
        (select 'customer' as kind, id as row_id from made union all select 'visit', id from visited
          union all select 'figures', id from told) as rows
      returning 1
    )
    select count(*)::int from marked`);
}

/**
 * Managers with a book of their own each, in the org unit of the sample, and one device of each, signed in and with all
 * rows there are: 10,000 passwords and first syncs are not what is measured.
 */
export async function open_books(server, { managers, customers }) {
  await server.execute(`
    with unit as (select org_unit_id as id, organisation_id from employee where employee_no = '${first_manager}'),
    person as (
      insert into employee (id, organisation_id, org_unit_id, employee_no, name, role, is_active, password_hash,
          must_change_password)
      select gen_random_uuid(), unit.organisation_id, unit.id, 'L' || lpad(n::text, 6, '0'), '经理' || n, 'manager', true,
          'nobody', false
      from unit, generate_series(1, ${managers}) as n returning id, organisation_id, org_unit_id, employee_no
    ), opened as (
      insert into book (id, organisation_id, org_unit_id, holder_id, name)
      select gen_random_uuid(), organisation_id, org_unit_id, id, employee_no from person
      returning id, organisation_id, holder_id
    ), followed as (insert into stream (id, version, pruned_to) select id, 1, 0 from opened returning id),
    made as (
      insert into customer (id, organisation_id, book_id, customer_no, name, customer_type, deposit_fen, wealth_fen,
          insurance_fen, fund_fen, loan_fen, stamps)
      select gen_random_uuid(), opened.organisation_id, opened.id, person.employee_no || '-' || n, '客户' || n, 'person',
          0, 0, 0, 0, 0, '[]'
      from opened join person on person.id = opened.holder_id, generate_series(1, ${customers}) as n
      returning id, book_id
    ), marked as (
      insert into sync_row (stream_id, kind, row_id, version, deleted, changed_at)
      select book_id, 'customer', id, 1, false, now() from made returning 1
    ), carried as (
      insert into device (employee_id, id, name, last_seq, pending, last_contact_at)
      select id, gen_random_uuid(), 'bench', 0, 0, now() from person returning employee_id, id
    )
    insert into session (token_hash, employee_id, device_id, created_at, expires_at)
    select sha256(convert_to('bench-' || person.employee_no, 'UTF8')), employee_id, carried.id, now(),
        now() + interval '14 days'
    from carried join person on person.id = employee_id`);
  await server.execute("analyze");
  return server.sql(`
    select 'bench-' || employee.employee_no as token, device.id as device_id,
        (select json_agg(json_build_object('stream', stream.id, 'version', stream.version, 'at', null)) from stream
          where stream.id in (book.id, book.organisation_id)) as cookie,
        (select json_agg(customer.id) from customer where customer.book_id = book.id) as customers
      from employee join device on device.employee_id = employee.id join book on book.holder_id = employee.id
     where employee.employee_no like 'L%' order by employee.employee_no`);
}

/** What the server holds of these notes and of the devices that sent them, to be compared with what was acknowledged. */
export async function held_of_load(server, beginning) {
  const [held] = await server.sql(`
    select (select count(*) from note where text like '${beginning}%')::int as notes,
        (select count(distinct text) from note where text like '${beginning}%')::int as different,
        (select count(*) from mutation_log where refused is not null)::int as refused`);
  return held;
}

export function database_bytes(server) {
  return server.value("select pg_database_size(current_database())");
}

/** Customers of a book: their ids and names. */
export function customers_of(server, employee_no, limit) {
  return server.sql(`
    select customer.id, customer.name from customer join book on book.id = customer.book_id
      join employee on employee.id = book.holder_id
     where employee.employee_no = '${employee_no}' order by customer.id limit ${limit}`);
}

/** Sends an organisation's rules of a kind to every tablet again, as if they had been published anew. */
export function bring_rule_again(server, kind) {
  return server.execute(`
    with bumped as (
      update stream set version = version + 1 where id in (select stream_id from sync_row where kind = '${kind}')
      returning id, version
    )
    update sync_row set version = bumped.version from bumped where stream_id = bumped.id and kind = '${kind}'`);
}
