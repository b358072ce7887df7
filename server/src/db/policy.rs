use super::table::table;
use domain::policy::Policy;

// As a tier scheme: never changed once written.
table! {
    Policy, "policy", stream: "organisation_id",
    columns: "policy",
    write: "
        insert into policy as t (id, organisation_id, version, effective_on, policy)
        select (row ->> 'id')::uuid, (row ->> 'stream')::uuid, (row ->> 'version')::integer,
            (row ->> 'effective_on')::date, row - 'stream'
        from jsonb_array_elements($1) as row
        on conflict (id) do nothing",
    read: |cells| cells.json(),
}
