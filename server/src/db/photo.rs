use super::table::table;
use super::{Connection, Result};
use domain::ids::{EmployeeId, PhotoId};
use domain::photo::Photo;

/// Who took it, whoever may read its row; None where there is no such photo.
pub async fn taken_by(connection: &mut Connection, id: PhotoId) -> Result<Option<EmployeeId>> {
    let taken_by: Option<uuid::Uuid> = sqlx::query_scalar("select taken_by from photo where id = $1")
        .bind(id.0)
        .fetch_optional(connection)
        .await?;
    Ok(taken_by.map(EmployeeId))
}

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
        on conflict (id) do update set caption = excluded.caption
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
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
