-- What is known of a tablet beyond its edits.

-- The app it runs, as its device list shows it.
alter table device add column app_version text;
-- Revoked, but what it holds unsent is still taken at its next contact.
alter table device add column takes_last_push boolean not null default false;

-- The server's half of a second way into a tablet's store, for whoever has forgotten the password: the tablet keeps its
-- data key wrapped under this key and never the key itself. Given to whoever signs in as that person on that device.
create table recovery_key (
    employee_id uuid not null,
    device_id uuid not null,
    -- 256 bits, in hexadecimal.
    key text not null,
    primary key (employee_id, device_id),
    foreign key (employee_id, device_id) references device (employee_id, id)
);

alter table recovery_key enable row level security;
alter table recovery_key force row level security;
create policy of_system on recovery_key to rounds_system using (true);
grant select, insert, delete on recovery_key to rounds_system;
