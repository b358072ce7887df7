use super::table::table;
use domain::preparation::Preparation;

table! {
    Preparation, "preparation", stream: "book_id",
    columns: "id, customer_id, minutes, bring",
    write: "
        insert into preparation as t (id, customer_id, book_id, minutes, bring)
        select id, customer_id, stream, minutes, bring
        from jsonb_to_recordset($1) as r (id uuid, customer_id uuid, stream uuid, minutes integer, bring jsonb)
        on conflict (id) do update set
            minutes = excluded.minutes, bring = excluded.bring
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id",
    read: |cells| Ok(Preparation {
        id: cells.id()?,
        customer_id: cells.id()?,
        minutes: cells.count_or_none()?,
        bring: cells.json()?,
    }),
}
