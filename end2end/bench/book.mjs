// A book of any size, written straight into the tables: what a first sync of a large book is measured on. The only place
// of the benchmark that knows tables.

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
