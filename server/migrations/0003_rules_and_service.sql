-- Tiers, visit standards and what they are computed from. Rules are kept in versions: a published one is never changed
-- again, a draft is the server's alone until it is published.

-- domain::lunar::LunarDay: 08-15, or leap-04-03.
alter table customer add column lunar_birthday text;

create table tier_scheme (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    version integer not null,
    effective_on date not null,
    -- domain::tier::TierScheme
    scheme jsonb not null,
    constraint tier_scheme_version_key unique (organisation_id, version),
    constraint tier_scheme_day_key unique (organisation_id, effective_on)
);
create index tier_scheme_organisation on tier_scheme (organisation_id, id);

create table visit_standard (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    version integer not null,
    effective_on date not null,
    -- domain::standard::VisitStandard
    standard jsonb not null,
    constraint visit_standard_version_key unique (organisation_id, version),
    constraint visit_standard_day_key unique (organisation_id, effective_on)
);
create index visit_standard_organisation on visit_standard (organisation_id, id);

create table policy (
    id uuid primary key,
    organisation_id uuid not null references org_unit (id),
    version integer not null,
    effective_on date not null,
    -- domain::policy::Policy
    policy jsonb not null,
    constraint policy_version_key unique (organisation_id, version),
    constraint policy_day_key unique (organisation_id, effective_on)
);
create index policy_organisation on policy (organisation_id, id);

-- What is being written of an organisation's rules: one draft of a kind at a time.
create table rule_draft (
    organisation_id uuid not null references org_unit (id),
    kind text not null check (kind in ('tier_scheme', 'visit_standard', 'policy')),
    id uuid not null,
    -- The domain's type of that kind, its blanks included.
    draft jsonb not null,
    -- Counts up with each save: who saves over another's word is told.
    revision integer not null,
    saved_by uuid not null references employee (id),
    saved_at timestamptz not null,
    primary key (organisation_id, kind)
);

-- What a list handed over of one month.
create table figures (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    -- The first day of the month as_of lies in.
    month date not null,
    as_of date not null,
    deposit_fen bigint,
    wealth_fen bigint,
    insurance_fen bigint,
    fund_fen bigint,
    loan_fen bigint,
    monthly_spend_fen bigint,
    products_held bigint,
    usage_points bigint,
    profit_points bigint,
    steadiness_points bigint,
    credit_points bigint,
    potential_points bigint,
    constraint figures_month_key unique (customer_id, month)
);
create index figures_book on figures (book_id, id);

create table tier_override (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    tier text not null,
    reason text not null,
    set_by uuid not null,
    set_on date not null,
    until_on date not null
);
create index tier_override_book on tier_override (book_id, id);
create index tier_override_customer on tier_override (customer_id);

create table call (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    caller_id uuid not null,
    call_on date not null,
    at_minute smallint,
    channel text not null check (channel in ('phone', 'message')),
    outcome text not null check (outcome in ('reached', 'no_answer', 'called_us')),
    summary text not null,
    minutes integer,
    written_at timestamptz not null
);
create index call_book on call (book_id, id);
create index call_customer on call (customer_id);

create table event (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    event text not null,
    happened_on date not null,
    note text,
    reported_by uuid not null,
    reported_at timestamptz not null,
    -- Ids of visits made for it.
    answers jsonb not null
);
create index event_book on event (book_id, id);
create index event_customer on event (customer_id);

create table contract (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    name text not null,
    amount_fen bigint,
    ends_on date not null,
    state text not null check (state in ('running', 'renewed', 'ended')),
    noted_by uuid not null,
    noted_at timestamptz not null,
    settled_by uuid,
    settled_at timestamptz
);
create index contract_book on contract (book_id, id);
create index contract_customer on contract (customer_id);

create table task (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    owner_id uuid not null,
    text text not null,
    due_on date not null,
    state text not null check (state in ('open', 'done', 'dropped')),
    made_by uuid not null,
    made_at timestamptz not null,
    settled_by uuid,
    settled_at timestamptz
);
create index task_book on task (book_id, id);
create index task_customer on task (customer_id);

-- One a customer, under its id.
create table tier_goal (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    tier text not null,
    by_on date not null,
    set_by uuid not null,
    set_at timestamptz not null
);
create index tier_goal_book on tier_goal (book_id, id);
create index tier_goal_customer on tier_goal (customer_id);

-- One a customer, under its id.
create table mark (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    kind text not null check (kind in ('important', 'routine', 'call_first', 'later')),
    marked_by uuid not null,
    marked_at timestamptz not null
);
create index mark_book on mark (book_id, id);
create index mark_customer on mark (customer_id);

-- One a visit, under its id.
create table preparation (
    id uuid primary key,
    customer_id uuid not null references customer (id),
    book_id uuid not null references book (id),
    minutes integer,
    -- domain::preparation::Bring[]
    bring jsonb not null
);
create index preparation_book on preparation (book_id, id);
create index preparation_customer on preparation (customer_id);

-- A list is of customers, or of their figures by month.
alter table import_job add column form text not null default 'customers' check (form in ('customers', 'figures'));
-- The first day of the month that counts where no column of the list says one.
alter table import_job add column month date;
