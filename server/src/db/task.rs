use super::table::table;
use domain::task::{Task, TaskState};

table! {
    Task, "task", stream: "book_id",
    columns: "id, customer_id, owner_id, text, due_on, state, made_by, made_at, settled_by, settled_at",
    write: "
        insert into task as t (
            id, customer_id, book_id, owner_id, text, due_on, state, made_by, made_at, settled_by, settled_at
        )
        select id, customer_id, stream, owner_id, text, due_on, state, made_by, to_timestamp(made_at / 1000.0),
            settled_by, to_timestamp(settled_at / 1000.0)
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, owner_id uuid, text text, due_on date, state text, made_by uuid,
            made_at bigint, settled_by uuid, settled_at bigint
        )
        on conflict (id) do update set
            state = excluded.state, settled_by = excluded.settled_by,
            settled_at = excluded.settled_at
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id",
    read: |cells| Ok(Task {
        id: cells.id()?,
        customer_id: cells.id()?,
        owner_id: cells.id()?,
        text: cells.next()?,
        due_on: cells.next()?,
        state: cells.word(TaskState::from_word)?,
        made_by: cells.id()?,
        made_at: cells.timestamp()?,
        settled_by: cells.id_or_none()?,
        settled_at: cells.timestamp_or_none()?,
    }),
}
