use super::table::table;
use domain::standard::VisitStandard;

// As a tier scheme: never changed once written.
table! {
    VisitStandard, "visit_standard", stream: "organisation_id",
    columns: "standard",
    write: "
        insert into visit_standard as t (id, organisation_id, version, effective_on, standard)
        select (row ->> 'id')::uuid, (row ->> 'stream')::uuid, (row ->> 'version')::integer,
            (row ->> 'effective_on')::date, row - 'stream'
        from jsonb_array_elements($1) as row
        on conflict (id) do nothing",
    read: |cells| cells.json(),
}
