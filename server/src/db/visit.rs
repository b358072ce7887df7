use super::table::table;
use domain::visit::{Visit, VisitState};

table! {
    Visit, "visit", stream: "book_id",
    columns: "id, customer_id, visitor_id, state, visit_on, at_minute, purpose, report, not_held, written_at",
    write: r#"
        insert into visit as t (
            id, customer_id, book_id, visitor_id, state, visit_on, at_minute, purpose, report, not_held, written_at
        )
        select id, customer_id, stream, visitor_id, state, "on", at_minute, purpose, report, not_held,
            to_timestamp(written_at / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, visitor_id uuid, state text, "on" date, at_minute smallint,
            purpose text, report jsonb, not_held jsonb, written_at bigint
        )
        on conflict (id) do update set
            visitor_id = excluded.visitor_id, state = excluded.state,
            visit_on = excluded.visit_on, at_minute = excluded.at_minute, purpose = excluded.purpose,
            report = excluded.report, not_held = excluded.not_held, written_at = excluded.written_at
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(Visit {
        id: cells.id()?,
        customer_id: cells.id()?,
        visitor_id: cells.id()?,
        state: cells.word(VisitState::from_word)?,
        on: cells.next()?,
        at_minute: cells.minute()?,
        purpose: cells.next()?,
        report: cells.json_or_none()?,
        not_held: cells.json_or_none()?,
        written_at: cells.timestamp()?,
    }),
}
