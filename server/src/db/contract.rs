use super::table::table;
use domain::contract::{Contract, ContractState};
use domain::money::Fen;

table! {
    Contract, "contract", stream: "book_id",
    columns: "id, customer_id, name, amount_fen, ends_on, state, noted_by, noted_at, settled_by, settled_at",
    write: "
        insert into contract as t (
            id, customer_id, book_id, name, amount_fen, ends_on, state, noted_by, noted_at, settled_by, settled_at
        )
        select id, customer_id, stream, name, amount, ends_on, state, noted_by, to_timestamp(noted_at / 1000.0),
            settled_by, to_timestamp(settled_at / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, name text, amount bigint, ends_on date, state text, noted_by uuid,
            noted_at bigint, settled_by uuid, settled_at bigint
        )
        on conflict (id) do update set
            state = excluded.state, settled_by = excluded.settled_by,
            settled_at = excluded.settled_at
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id",
    read: |cells| Ok(Contract {
        id: cells.id()?,
        customer_id: cells.id()?,
        name: cells.next()?,
        amount: cells.next::<Option<i64>>()?.map(Fen),
        ends_on: cells.next()?,
        state: cells.word(ContractState::from_word)?,
        noted_by: cells.id()?,
        noted_at: cells.timestamp()?,
        settled_by: cells.id_or_none()?,
        settled_at: cells.timestamp_or_none()?,
    }),
}
