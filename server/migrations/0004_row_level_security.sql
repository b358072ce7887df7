-- Row-level security underneath db::Scope (SECURITY.md): a predicate forgotten in a statement then gives too few rows and
-- never somebody else's.
--
-- Two roles, made before the migrations run (db::roles). Neither owns a table, logs in or bypasses anything:
-- - rounds_person works for one person, within what db::Scope has said in the transaction: rounds.organisation,
--   rounds.org_unit, rounds.employee, and rounds.books as an array of ids. Nothing said, nothing seen.
-- - rounds_system works for nobody in particular: who signs in, which session is whose, where streams stand, whether the
--   audit log is whole. Of a customer it may know one thing: that an id is taken.
--
-- Every table is forced, its owner too: whoever owns it and is no superuser sees nothing, so a migration that rewrites
-- rows begins with `alter table … no force row level security` and ends by forcing it again. A new table needs its
-- policy and grants; a test reads the catalogue.
--
-- Settings stand in subselects: they are then read once a statement, not once a row.

-- Customers and what hangs on them: by the books of the scope.

alter table customer enable row level security;
alter table customer force row level security;
create policy within_scope on customer to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on customer for select to rounds_system using (true);
grant select, insert, update, delete on customer to rounds_person;
grant select (id) on customer to rounds_system;

alter table contact enable row level security;
alter table contact force row level security;
create policy within_scope on contact to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on contact for select to rounds_system using (true);
grant select, insert, update, delete on contact to rounds_person;
grant select (id) on contact to rounds_system;

alter table promise enable row level security;
alter table promise force row level security;
create policy within_scope on promise to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on promise for select to rounds_system using (true);
grant select, insert, update, delete on promise to rounds_person;
grant select (id) on promise to rounds_system;

alter table conflict enable row level security;
alter table conflict force row level security;
create policy within_scope on conflict to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on conflict for select to rounds_system using (true);
grant select, insert, update, delete on conflict to rounds_person;
grant select (id) on conflict to rounds_system;

alter table visit enable row level security;
alter table visit force row level security;
create policy within_scope on visit to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on visit for select to rounds_system using (true);
grant select, insert, update, delete on visit to rounds_person;
grant select (id) on visit to rounds_system;

alter table note enable row level security;
alter table note force row level security;
create policy within_scope on note to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on note for select to rounds_system using (true);
grant select, insert, update, delete on note to rounds_person;
grant select (id) on note to rounds_system;

alter table photo enable row level security;
alter table photo force row level security;
create policy within_scope on photo to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on photo for select to rounds_system using (true);
grant select, insert, update, delete on photo to rounds_person;
grant select (id) on photo to rounds_system;

alter table figures enable row level security;
alter table figures force row level security;
create policy within_scope on figures to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on figures for select to rounds_system using (true);
grant select, insert, update, delete on figures to rounds_person;
grant select (id) on figures to rounds_system;

alter table tier_override enable row level security;
alter table tier_override force row level security;
create policy within_scope on tier_override to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on tier_override for select to rounds_system using (true);
grant select, insert, update, delete on tier_override to rounds_person;
grant select (id) on tier_override to rounds_system;

alter table call enable row level security;
alter table call force row level security;
create policy within_scope on call to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on call for select to rounds_system using (true);
grant select, insert, update, delete on call to rounds_person;
grant select (id) on call to rounds_system;

alter table event enable row level security;
alter table event force row level security;
create policy within_scope on event to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on event for select to rounds_system using (true);
grant select, insert, update, delete on event to rounds_person;
grant select (id) on event to rounds_system;

alter table contract enable row level security;
alter table contract force row level security;
create policy within_scope on contract to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on contract for select to rounds_system using (true);
grant select, insert, update, delete on contract to rounds_person;
grant select (id) on contract to rounds_system;

alter table task enable row level security;
alter table task force row level security;
create policy within_scope on task to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on task for select to rounds_system using (true);
grant select, insert, update, delete on task to rounds_person;
grant select (id) on task to rounds_system;

alter table tier_goal enable row level security;
alter table tier_goal force row level security;
create policy within_scope on tier_goal to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on tier_goal for select to rounds_system using (true);
grant select, insert, update, delete on tier_goal to rounds_person;
grant select (id) on tier_goal to rounds_system;

alter table mark enable row level security;
alter table mark force row level security;
create policy within_scope on mark to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on mark for select to rounds_system using (true);
grant select, insert, update, delete on mark to rounds_person;
grant select (id) on mark to rounds_system;

alter table preparation enable row level security;
alter table preparation force row level security;
create policy within_scope on preparation to rounds_person
    using (book_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on preparation for select to rounds_system using (true);
grant select, insert, update, delete on preparation to rounds_person;
grant select (id) on preparation to rounds_system;

-- The reference library and the rules: by the organisation.

alter table org_unit enable row level security;
alter table org_unit force row level security;
create policy within_scope on org_unit to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on org_unit for select to rounds_system using (true);
grant select, insert, update on org_unit to rounds_person;
grant select on org_unit to rounds_system;

alter table book enable row level security;
alter table book force row level security;
create policy within_scope on book to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on book for select to rounds_system using (true);
grant select, insert, update on book to rounds_person;
grant select on book to rounds_system;

-- Only signing in reads what a password is checked against.
alter table employee enable row level security;
alter table employee force row level security;
create policy within_scope on employee to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on employee to rounds_system using (true);
grant select (
    id, organisation_id, org_unit_id, employee_no, name, role, is_active, must_change_password, last_sign_in_at
), insert, update on employee to rounds_person;
grant select, update (last_sign_in_at) on employee to rounds_system;

alter table choice enable row level security;
alter table choice force row level security;
create policy within_scope on choice to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on choice for select to rounds_system using (true);
grant select, insert, update, delete on choice to rounds_person;
grant select (id) on choice to rounds_system;

alter table product enable row level security;
alter table product force row level security;
create policy within_scope on product to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on product for select to rounds_system using (true);
grant select, insert, update, delete on product to rounds_person;
grant select (id) on product to rounds_system;

alter table tier_scheme enable row level security;
alter table tier_scheme force row level security;
create policy within_scope on tier_scheme to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on tier_scheme for select to rounds_system using (true);
grant select, insert, update, delete on tier_scheme to rounds_person;
grant select (id) on tier_scheme to rounds_system;

alter table visit_standard enable row level security;
alter table visit_standard force row level security;
create policy within_scope on visit_standard to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on visit_standard for select to rounds_system using (true);
grant select, insert, update, delete on visit_standard to rounds_person;
grant select (id) on visit_standard to rounds_system;

alter table policy enable row level security;
alter table policy force row level security;
create policy within_scope on policy to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on policy for select to rounds_system using (true);
grant select, insert, update, delete on policy to rounds_person;
grant select (id) on policy to rounds_system;

alter table rule_draft enable row level security;
alter table rule_draft force row level security;
create policy within_scope on rule_draft to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
grant select, insert, update, delete on rule_draft to rounds_person;

-- A stream begins before the book it is of, and a book's administrator need not read it.
alter table stream enable row level security;
alter table stream force row level security;
create policy within_scope on stream to rounds_person
    using (id = (select nullif(current_setting('rounds.organisation', true), '')::uuid)
        or id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])))
    with check (true);
create policy of_system on stream to rounds_system using (true);
grant select, insert, update (version) on stream to rounds_person;
grant select, update (pruned_to) on stream to rounds_system;

alter table sync_row enable row level security;
alter table sync_row force row level security;
create policy within_scope on sync_row to rounds_person
    using (stream_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid)
        or stream_id in (select unnest(nullif(current_setting('rounds.books', true), '')::uuid[])));
create policy of_system on sync_row to rounds_system using (true);
grant select, insert, update (version, deleted, changed_at) on sync_row to rounds_person;
grant select, delete on sync_row to rounds_system;

-- The file holds customers of the org unit it was uploaded for.
alter table import_job enable row level security;
alter table import_job force row level security;
create policy within_scope on import_job to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid)
        and org_unit_id = (select nullif(current_setting('rounds.org_unit', true), '')::uuid));
grant select, insert, update, delete on import_job to rounds_person;

-- Devices and sessions: one's own, and those of the organisation's people to whom the statement leads.
alter table device enable row level security;
alter table device force row level security;
create policy within_scope on device to rounds_person
    using (employee_id = (select nullif(current_setting('rounds.employee', true), '')::uuid)
        or exists (select from employee where employee.id = device.employee_id));
create policy of_system on device to rounds_system using (true);
grant select, update on device to rounds_person;
grant select, insert, update on device to rounds_system;

alter table session enable row level security;
alter table session force row level security;
create policy within_scope on session to rounds_person
    using (employee_id = (select nullif(current_setting('rounds.employee', true), '')::uuid)
        or exists (select from employee where employee.id = session.employee_id));
create policy of_system on session to rounds_system using (true);
grant select (token_hash, employee_id), delete on session to rounds_person;
grant select, insert, update, delete on session to rounds_system;

alter table mutation_log enable row level security;
alter table mutation_log force row level security;
create policy within_scope on mutation_log to rounds_person
    using (employee_id = (select nullif(current_setting('rounds.employee', true), '')::uuid));
grant select, insert on mutation_log to rounds_person;

-- Append-only: nobody has the right to change an entry.
alter table audit_log enable row level security;
alter table audit_log force row level security;
create policy within_scope on audit_log to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on audit_log for select to rounds_system using (true);
grant insert on audit_log to rounds_person;
grant select on audit_log to rounds_system;

alter table audit_head enable row level security;
alter table audit_head force row level security;
create policy within_scope on audit_head to rounds_person
    using (organisation_id = (select nullif(current_setting('rounds.organisation', true), '')::uuid));
create policy of_system on audit_head for select to rounds_system using (true);
grant select, insert, update (seq, hash) on audit_head to rounds_person;
grant select on audit_head to rounds_system;

-- Of no organisation.

alter table installation enable row level security;
alter table installation force row level security;
create policy of_system on installation to rounds_system using (true);
grant select, insert, update on installation to rounds_system;

alter table sign_in_failure enable row level security;
alter table sign_in_failure force row level security;
create policy of_system on sign_in_failure to rounds_system using (true);
grant select, insert, update, delete on sign_in_failure to rounds_system;
