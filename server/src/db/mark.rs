use super::table::table;
use domain::mark::{Mark, MarkKind};

table! {
    Mark, "mark", stream: "book_id",
    columns: "id, customer_id, kind, marked_by, marked_at",
    write: "
        insert into mark as t (id, customer_id, book_id, kind, marked_by, marked_at)
        select id, customer_id, stream, kind, marked_by, to_timestamp(marked_at / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, kind text, marked_by uuid, marked_at bigint
        )
        on conflict (id) do update set
            kind = excluded.kind, marked_by = excluded.marked_by,
            marked_at = excluded.marked_at
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id",
    read: |cells| Ok(Mark {
        id: cells.id()?,
        customer_id: cells.id()?,
        kind: cells.word(MarkKind::from_word)?,
        marked_by: cells.id()?,
        marked_at: cells.timestamp()?,
    }),
}
