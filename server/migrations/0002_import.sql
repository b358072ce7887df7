-- Imports of customer lists: the file as it was uploaded, how far it is, and what came of it. Read again from the file
-- whenever needed, so that any server can show or continue what another began.

create table import_job (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    org_unit_id uuid not null references org_unit (id),
    created_by uuid not null references employee (id),
    created_at timestamptz not null,
    file_name text not null,
    content bytea not null,
    header_line integer not null,
    rows integer not null,
    -- (domain::import::Column | null, domain::import::Unit) for each column of the file
    mapping jsonb not null,
    state text not null check (state in ('waiting', 'running', 'done', 'stopped', 'failed')),
    done integer not null,
    -- domain::api::ImportCounts, and domain::api::ReasonCount[]
    counts jsonb,
    by_reason jsonb,
    finished_at timestamptz,
    -- While running: when it last said so. Silent for long, its server is gone.
    heard_at timestamptz,
    is_stop_asked boolean not null
);
create index import_job_unit on import_job (organisation_id, org_unit_id, created_at);
