use super::table::table;
use super::{Connection, Result, Scope};
use domain::customer::{Customer, CustomerType, Holdings, Place};
use domain::ids::CustomerId;
use domain::mask;
use domain::money::Fen;
use sqlx::Row as _;
use std::collections::HashMap;
use uuid::Uuid;

table! {
    Customer, "customer", stream: "book_id",
    columns: "id, book_id, customer_no, name, customer_type, identity_no, phone, address, industry, birthday,
        lunar_birthday, opened_on, last_visited_on, longitude_e6, latitude_e6, remark, deposit_fen, wealth_fen, insurance_fen,
        fund_fen, loan_fen, holdings_as_of, stamps",
    // The identity number is not in it: devices never see it, so what they write back leaves it alone.
    write: "
        insert into customer as t (
            id, organisation_id, book_id, customer_no, name, customer_type, phone, address, industry, birthday,
            lunar_birthday, opened_on, last_visited_on, longitude_e6, latitude_e6, remark, deposit_fen, wealth_fen, insurance_fen,
            fund_fen, loan_fen, holdings_as_of, stamps
        )
        select r.id, book.organisation_id, r.stream, r.customer_no, r.name, r.customer_type, r.phone, r.address,
            r.industry, r.birthday, r.lunar_birthday, r.opened_on, r.last_visited_on,
            (r.place ->> 'longitude_e6')::integer,
            (r.place ->> 'latitude_e6')::integer, r.remark, (r.holdings ->> 'deposit')::bigint,
            (r.holdings ->> 'wealth')::bigint, (r.holdings ->> 'insurance')::bigint,
            (r.holdings ->> 'fund')::bigint, (r.holdings ->> 'loan')::bigint, (r.holdings ->> 'as_of')::date, r.stamps
        from jsonb_to_recordset($1) as r (
            id uuid, stream uuid, customer_no text, name text, customer_type text, phone text, address text,
            industry text, birthday date, lunar_birthday text, opened_on date, last_visited_on date, place jsonb, remark text,
            holdings jsonb, stamps jsonb
        )
        join book on book.id = r.stream
        on conflict (id) do update set
            customer_no = excluded.customer_no, name = excluded.name,
            customer_type = excluded.customer_type, phone = excluded.phone, address = excluded.address,
            industry = excluded.industry, birthday = excluded.birthday,
            lunar_birthday = excluded.lunar_birthday, opened_on = excluded.opened_on,
            last_visited_on = excluded.last_visited_on, longitude_e6 = excluded.longitude_e6,
            latitude_e6 = excluded.latitude_e6, remark = excluded.remark, deposit_fen = excluded.deposit_fen,
            wealth_fen = excluded.wealth_fen, insurance_fen = excluded.insurance_fen, fund_fen = excluded.fund_fen,
            loan_fen = excluded.loan_fen, holdings_as_of = excluded.holdings_as_of, stamps = excluded.stamps
        where t.book_id = excluded.book_id",
    read: |cells| Ok(Customer {
        id: cells.id()?,
        book_id: cells.id()?,
        customer_no: cells.next()?,
        name: cells.next()?,
        customer_type: cells.word(CustomerType::from_word)?,
        identity_masked: cells.next::<Option<&str>>()?.map(mask::identity),
        phone: cells.next()?,
        address: cells.next()?,
        industry: cells.next()?,
        birthday: cells.next()?,
        lunar_birthday: cells.parsed_or_none()?,
        opened_on: cells.next()?,
        last_visited_on: cells.next()?,
        place: cells
            .next::<Option<i32>>()?
            .zip(cells.next::<Option<i32>>()?)
            .map(|(longitude_e6, latitude_e6)| Place { longitude_e6, latitude_e6 }),
        remark: cells.next()?,
        holdings: Holdings {
            deposit: Fen(cells.next()?),
            wealth: Fen(cells.next()?),
            insurance: Fen(cells.next()?),
            fund: Fen(cells.next()?),
            loan: Fen(cells.next()?),
            as_of: cells.next()?,
        },
        stamps: cells.json()?,
    }),
}

/// Whoever changes a customer, or what hangs on it, holds it from here to the end of the transaction. In id order, so
/// that two of them never wait for each other.
pub async fn lock_customers(connection: &mut Connection, scope: &Scope, ids: &[CustomerId]) -> Result<()> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sqlx::query("select id from customer where id = any($1) and book_id = any($2) order by id for update")
        .bind(ids)
        .bind(scope.stream_ids())
        .execute(connection)
        .await?;
    Ok(())
}

/// Which of these customer numbers the organisation already uses, and for whom.
pub async fn numbers_taken(
    connection: &mut Connection,
    scope: &Scope,
    numbers: &[String],
) -> Result<HashMap<String, CustomerId>> {
    scope.widen(connection).await?;
    let rows = sqlx::query(
        "select customer_no, id from customer where organisation_id = $1 and customer_no = any($2)",
    )
    .bind(scope.organisation().0)
    .bind(numbers)
    .fetch_all(&mut *connection)
    .await?;
    scope.narrow(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, CustomerId(row.try_get(1)?)))).collect()
}

/// Sets identity numbers; a number somebody else has violates `customer_identity_key`.
pub async fn set_identities(
    connection: &mut Connection,
    scope: &Scope,
    identities: &[(CustomerId, String)],
) -> Result<()> {
    let ids: Vec<Uuid> = identities.iter().map(|(id, _)| id.0).collect();
    let numbers: Vec<&str> = identities.iter().map(|(_, number)| number.as_str()).collect();
    sqlx::query(
        "update customer set identity_no = r.number from unnest($1::uuid[], $2::text[]) as r (id, number)
         where customer.id = r.id and customer.book_id = any($3)",
    )
    .bind(ids)
    .bind(numbers)
    .bind(scope.stream_ids())
    .execute(connection)
    .await?;
    Ok(())
}
