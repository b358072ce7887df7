use super::table::table;
use domain::tier::TierScheme;

// A published version is never changed: writing it again is a mistake that the count of rows shows.
table! {
    TierScheme, "tier_scheme", stream: "organisation_id",
    columns: "scheme",
    write: "
        insert into tier_scheme as t (id, organisation_id, version, effective_on, scheme)
        select (row ->> 'id')::uuid, (row ->> 'stream')::uuid, (row ->> 'version')::integer,
            (row ->> 'effective_on')::date, row - 'stream'
        from jsonb_array_elements($1) as row
        on conflict (id) do nothing",
    read: |cells| cells.json(),
}
