use super::table::table;
use domain::event::Event;
use domain::standard::EventCode;

table! {
    Event, "event", stream: "book_id",
    columns: "id, customer_id, event, happened_on, note, reported_by, reported_at, answers",
    write: r#"
        insert into event as t (
            id, customer_id, book_id, event, happened_on, note, reported_by, reported_at, answers
        )
        select id, customer_id, stream, event, "on", note, reported_by, to_timestamp(reported_at / 1000.0), answers
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, event text, "on" date, note text, reported_by uuid,
            reported_at bigint, answers jsonb
        )
        on conflict (id) do update set answers = excluded.answers
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(Event {
        id: cells.id()?,
        customer_id: cells.id()?,
        event: EventCode(cells.next()?),
        on: cells.next()?,
        note: cells.next()?,
        reported_by: cells.id()?,
        reported_at: cells.timestamp()?,
        answers: cells.json()?,
    }),
}
