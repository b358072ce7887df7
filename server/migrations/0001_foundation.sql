-- Portable SQL: keys are made by clients (UUIDv7); no triggers, sequences, advisory locks or stored code, so that a
-- distributed engine that speaks PostgreSQL can take over. Every table of customers' data carries the book it lies in:
-- the book is the unit of scope and of sync, and hot indexes begin with it.

create table installation (
    id smallint primary key check (id = 1),
    -- Changed by hand after a restore from backup: devices then begin anew.
    epoch uuid not null,
    -- sha256 of the one-time token of the first administrator, while there is none.
    setup_token_hash bytea,
    created_at timestamptz not null
);

create table org_unit (
    id uuid primary key,
    -- The root of the tree; the root names itself.
    organisation_id uuid not null,
    parent_id uuid references org_unit (id),
    name text not null,
    constraint org_unit_root check ((parent_id is null) = (id = organisation_id))
);
create index org_unit_parent on org_unit (parent_id);
create index org_unit_organisation on org_unit (organisation_id, id);

create table employee (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    org_unit_id uuid not null references org_unit (id),
    employee_no text not null,
    name text not null,
    role text not null check (role in ('manager', 'desk', 'lead', 'administrator', 'auditor')),
    is_active boolean not null,
    -- Argon2id in PHC form.
    password_hash text not null,
    must_change_password boolean not null,
    last_sign_in_at timestamptz,
    constraint employee_number_key unique (employee_no)
);
create index employee_organisation on employee (organisation_id, id);

create table book (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    org_unit_id uuid not null references org_unit (id),
    holder_id uuid references employee (id),
    name text not null
);
create index book_organisation on book (organisation_id, id);
create index book_holder on book (holder_id);
create index book_org_unit on book (org_unit_id);

-- A book, or an organisation's reference library, under the same id (SYNC.md).
create table stream (
    id uuid primary key,
    version bigint not null,
    -- Tombstones up to this version have been forgotten; an older cookie receives the stream whole.
    pruned_to bigint not null
);

create table sync_row (
    stream_id uuid not null references stream (id),
    kind text not null,
    row_id uuid not null,
    version bigint not null,
    deleted boolean not null,
    changed_at timestamptz not null,
    primary key (stream_id, kind, row_id)
);
create index sync_row_version on sync_row (stream_id, version);

-- A device as one person uses it; several people on one tablet count apart.
create table device (
    employee_id uuid not null references employee (id),
    id uuid not null,
    name text not null,
    last_seq bigint not null,
    pending integer not null,
    last_contact_at timestamptz not null,
    revoked_at timestamptz,
    primary key (employee_id, id)
);

create table session (
    -- sha256 of the token in the cookie.
    token_hash bytea primary key,
    employee_id uuid not null,
    device_id uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    foreign key (employee_id, device_id) references device (employee_id, id)
);
create index session_employee on session (employee_id);
create index session_expiry on session (expires_at);

-- Failed sign-ins by sha256 of what was typed as employee number: known and unknown numbers look the same.
create table sign_in_failure (
    number_hash bytea primary key,
    failures integer not null,
    last_at timestamptz not null
);

create table mutation_log (
    employee_id uuid not null,
    device_id uuid not null,
    seq bigint not null,
    mutation_id uuid not null,
    name text not null,
    -- domain::rejection::Rejection; null when it was applied.
    refused jsonb,
    made_at timestamptz not null,
    applied_at timestamptz not null,
    primary key (employee_id, device_id, seq),
    foreign key (employee_id, device_id) references device (employee_id, id)
);

-- Append-only; each entry's hash covers the one before.
create table audit_log (
    organisation_id uuid not null references org_unit (id),
    seq bigint not null,
    at timestamptz not null,
    employee_id uuid,
    act text not null,
    subject_id uuid,
    previous_hash bytea not null,
    hash bytea not null,
    primary key (organisation_id, seq)
);

create table audit_head (
    organisation_id uuid primary key references org_unit (id),
    seq bigint not null,
    hash bytea not null
);

create table choice (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    list text not null,
    label text not null,
    position integer not null
);
create index choice_organisation on choice (organisation_id, id);

create table product (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    name text not null,
    family text not null,
    is_offered boolean not null
);
create index product_organisation on product (organisation_id, id);

create table customer (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    book_id uuid not null references book (id),
    customer_no text not null,
    name text not null,
    customer_type text not null check (customer_type in ('person', 'sole_trader', 'company')),
    -- Kept here alone: devices get it masked.
    identity_no text,
    phone text,
    address text,
    industry text,
    birthday date,
    opened_on date,
    last_visited_on date,
    longitude_e6 integer,
    latitude_e6 integer,
    remark text,
    deposit_fen bigint not null,
    wealth_fen bigint not null,
    insurance_fen bigint not null,
    fund_fen bigint not null,
    loan_fen bigint not null,
    holdings_as_of date,
    -- domain::conflict::FieldStamp[]
    stamps jsonb not null,
    constraint customer_number_key unique (organisation_id, customer_no),
    constraint customer_identity_key unique (organisation_id, identity_no)
);
create index customer_book on customer (book_id, id);

create table contact (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    name text not null,
    role text not null,
    relation text,
    phone text,
    stamps jsonb not null
);
create index contact_book on contact (book_id, id);
create index contact_customer on contact (customer_id);

create table promise (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    visit_id uuid,
    by_whom text not null check (by_whom in ('us', 'customer')),
    text text not null,
    due_on date not null,
    state text not null check (state in ('open', 'kept', 'broken', 'withdrawn')),
    made_by uuid not null,
    made_at timestamptz not null,
    settled_at timestamptz,
    settled_by uuid
);
create index promise_book on promise (book_id, id);
create index promise_customer on promise (customer_id);

create table conflict (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    -- domain::conflict::Field
    field jsonb not null,
    base text,
    -- domain::conflict::Side
    standing jsonb not null,
    proposed jsonb not null,
    -- domain::conflict::Settlement
    settlement jsonb
);
create index conflict_book on conflict (book_id, id);
create index conflict_customer on conflict (customer_id);

create table visit (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    visitor_id uuid not null,
    state text not null check (state in ('planned', 'done', 'skipped', 'cancelled')),
    visit_on date not null,
    at_minute smallint,
    purpose text,
    -- domain::visit::VisitReport
    report jsonb,
    -- domain::visit::NotHeld
    not_held jsonb,
    written_at timestamptz not null,
    constraint visit_report_when_done check ((report is not null) = (state = 'done')),
    constraint visit_reason_when_not_held check ((not_held is not null) = (state in ('skipped', 'cancelled')))
);
create index visit_book on visit (book_id, id);
create index visit_customer on visit (customer_id);

create table note (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    text text not null,
    written_by uuid not null,
    written_at timestamptz not null
);
create index note_book on note (book_id, id);
create index note_customer on note (customer_id);

create table photo (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    visit_id uuid,
    caption text,
    width_px integer not null,
    height_px integer not null,
    bytes integer not null,
    taken_by uuid not null,
    taken_at timestamptz not null
);
create index photo_book on photo (book_id, id);
create index photo_customer on photo (customer_id);
