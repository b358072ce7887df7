use super::table::table;
use domain::call::{Call, CallOutcome, Channel};

table! {
    Call, "call", stream: "book_id",
    columns: "id, customer_id, caller_id, call_on, at_minute, channel, outcome, summary, minutes, written_at",
    write: r#"
        insert into call as t (
            id, customer_id, book_id, caller_id, call_on, at_minute, channel, outcome, summary, minutes, written_at
        )
        select id, customer_id, stream, caller_id, "on", at_minute, channel, outcome, summary, minutes,
            to_timestamp(written_at / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, caller_id uuid, "on" date, at_minute smallint, channel text,
            outcome text, summary text, minutes integer, written_at bigint
        )
        on conflict (id) do update set book_id = excluded.book_id
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(Call {
        id: cells.id()?,
        customer_id: cells.id()?,
        caller_id: cells.id()?,
        on: cells.next()?,
        at_minute: cells.minute()?,
        channel: cells.word(Channel::from_word)?,
        outcome: cells.word(CallOutcome::from_word)?,
        summary: cells.next()?,
        minutes: cells.count_or_none()?,
        written_at: cells.timestamp()?,
    }),
}
