use super::table::table;
use domain::product::Product;

table! {
    Product, "product", stream: "organisation_id",
    columns: "id, name, family, is_offered",
    write: "
        insert into product as t (id, organisation_id, name, family, is_offered)
        select id, stream, name, family, is_offered
        from jsonb_to_recordset($1) as r (id uuid, stream uuid, name text, family text, is_offered boolean)
        on conflict (id) do update set
            name = excluded.name, family = excluded.family, is_offered = excluded.is_offered
        where t.organisation_id = excluded.organisation_id",
    read: |cells| Ok(Product {
        id: cells.id()?,
        name: cells.next()?,
        family: cells.next()?,
        is_offered: cells.next()?,
    }),
}
