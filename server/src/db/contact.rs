use super::table::table;
use domain::contact::{Contact, ContactRole};

table! {
    Contact, "contact", stream: "book_id",
    columns: "id, customer_id, name, role, relation, phone, stamps",
    write: "
        insert into contact as t (id, customer_id, book_id, name, role, relation, phone, stamps)
        select id, customer_id, stream, name, role, relation, phone, stamps
        from jsonb_to_recordset($1) as r (
            id uuid, customer_id uuid, stream uuid, name text, role text, relation text, phone text, stamps jsonb
        )
        on conflict (id) do update set
            name = excluded.name, role = excluded.role, relation = excluded.relation,
            phone = excluded.phone, stamps = excluded.stamps
        where t.customer_id = excluded.customer_id and t.book_id = excluded.book_id",
    read: |cells| Ok(Contact {
        id: cells.id()?,
        customer_id: cells.id()?,
        name: cells.next()?,
        role: cells.word(ContactRole::from_word)?,
        relation: cells.next()?,
        phone: cells.next()?,
        stamps: cells.json()?,
    }),
}
