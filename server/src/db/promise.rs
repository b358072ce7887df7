use super::table::table;
use domain::promise::{Promise, PromiseBy, PromiseState};

table! {
    Promise, "promise", stream: "book_id",
    columns: "id, customer_id, visit_id, by_whom, text, due_on, state, made_by, made_at, settled_at, settled_by",
    write: r#"
        insert into promise as t (
            id, customer_id, book_id, visit_id, by_whom, text, due_on, state, made_by, made_at, settled_at, settled_by
        )
        select id, customer_id, stream, visit_id, "by", text, due_on, state, made_by, to_timestamp(made_at / 1000.0),
            to_timestamp(settled_at / 1000.0), settled_by
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, visit_id uuid, "by" text, text text, due_on date, state text,
            made_by uuid, made_at bigint, settled_at bigint, settled_by uuid
        )
        on conflict (id) do update set
            state = excluded.state, settled_at = excluded.settled_at,
            settled_by = excluded.settled_by
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id"#,
    read: |cells| Ok(Promise {
        id: cells.id()?,
        customer_id: cells.id()?,
        visit_id: cells.id_or_none()?,
        by: cells.word(PromiseBy::from_word)?,
        text: cells.next()?,
        due_on: cells.next()?,
        state: cells.word(PromiseState::from_word)?,
        made_by: cells.id()?,
        made_at: cells.timestamp()?,
        settled_at: cells.timestamp_or_none()?,
        settled_by: cells.id_or_none()?,
    }),
}
