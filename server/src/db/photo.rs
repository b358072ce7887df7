use super::table::table;
use domain::photo::Photo;

table! {
    Photo, "photo", stream: "book_id",
    columns: "id, customer_id, visit_id, caption, width_px, height_px, bytes, taken_by, taken_at",
    write: r#"
        insert into photo as t (
            id, customer_id, book_id, visit_id, caption, width_px, height_px, bytes, taken_by, taken_at
        )
        select id, customer_id, stream, visit_id, caption, width_px, height_px, bytes, "by", to_timestamp("at" / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, visit_id uuid, caption text, width_px integer, height_px integer,
            bytes integer, "by" uuid, "at" bigint
        )
        on conflict (id) do update set book_id = excluded.book_id, caption = excluded.caption
        where t.customer_id = excluded.customer_id"#,
    read: |cells| Ok(Photo {
        id: cells.id()?,
        customer_id: cells.id()?,
        visit_id: cells.id_or_none()?,
        caption: cells.next()?,
        width_px: cells.count()?,
        height_px: cells.count()?,
        bytes: cells.count()?,
        by: cells.id()?,
        at: cells.timestamp()?,
    }),
}
