use super::table::table;
use domain::choice::{Choice, ChoiceList};

table! {
    Choice, "choice", stream: "organisation_id",
    columns: "id, list, label, position",
    write: "
        insert into choice as t (id, organisation_id, list, label, position)
        select id, stream, list, label, position
        from jsonb_to_recordset($1) as r (id uuid, stream uuid, list text, label text, position integer)
        on conflict (id) do update set
            list = excluded.list, label = excluded.label, position = excluded.position
        where t.organisation_id = excluded.organisation_id",
    read: |cells| Ok(Choice {
        id: cells.id()?,
        list: cells.word(ChoiceList::from_word)?,
        label: cells.next()?,
        position: cells.count()?,
    }),
}
