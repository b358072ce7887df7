use super::table::table;
use domain::conflict::Conflict;

table! {
    Conflict, "conflict", stream: "book_id",
    columns: "id, customer_id, field, base, standing, proposed, settlement",
    write: "
        insert into conflict as t (id, customer_id, book_id, field, base, standing, proposed, settlement)
        select id, customer_id, stream, field, base, standing, proposed, settlement
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, field jsonb, base text, standing jsonb, proposed jsonb,
            settlement jsonb
        )
        on conflict (id) do update set
            base = excluded.base, standing = excluded.standing, settlement = excluded.settlement
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id",
    read: |cells| Ok(Conflict {
        id: cells.id()?,
        customer_id: cells.id()?,
        field: cells.json()?,
        base: cells.next()?,
        standing: cells.json()?,
        proposed: cells.json()?,
        settlement: cells.json_or_none()?,
    }),
}
