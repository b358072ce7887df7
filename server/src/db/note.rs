use super::table::table;
use domain::note::Note;

table! {
    Note, "note", stream: "book_id",
    columns: "id, customer_id, text, written_by, written_at",
    write: r#"
        insert into note as t (id, customer_id, book_id, text, written_by, written_at)
        select id, customer_id, stream, text, "by", to_timestamp("at" / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, text text, "by" uuid, "at" bigint
        )
        on conflict (id) do update set text = excluded.text
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(Note {
        id: cells.id()?,
        customer_id: cells.id()?,
        text: cells.next()?,
        by: cells.id()?,
        at: cells.timestamp()?,
    }),
}
