-- A letter's number is never given out twice, not even when the newest letters have been removed: a page of the web chat left
-- open for days asks for what came after the last it shows. Such numbers cannot be had but by making the table anew.
create table outgoing_anew (
    id             integer primary key autoincrement,
    cause          integer not null,                -- the inbox row it answers
    step           integer not null,                -- 0 to the one who wrote, 1.. to others told
    n              integer not null,
    address_id     integer not null references address (id),
    message_sealed blob not null,
    state          text not null default 'waiting'
                   check (state in ('waiting', 'sending', 'sent', 'uncertain', 'cancelled', 'dead')),
    priority       integer not null default 0,      -- replies before notices before broadcasts
    attempts       integer not null default 0,
    due_at         text not null,
    lease_until    text,
    external_id    text,
    created_at     text not null,
    sent_at        text,
    error          text,
    unique (cause, step, n)
) strict;
insert into outgoing_anew select * from outgoing;
drop table outgoing;
alter table outgoing_anew rename to outgoing;
create index outgoing_of_address on outgoing (address_id, id);

-- What makes a long outbox quick to serve: its head is found without reading the rest.
create index outgoing_waiting on outgoing (priority, id) where state = 'waiting';
create index outgoing_waiting_until on outgoing (due_at) where state = 'waiting';
create index outgoing_leased on outgoing (lease_until) where state = 'sending';
create index outgoing_troubled on outgoing (state, created_at) where state in ('dead', 'uncertain');
create index outgoing_open_of_address on outgoing (address_id, id) where state in ('waiting', 'sending');

-- What has outlived its purpose is found by its age. What was said in the web chat is kept a day only, so it has an index of its own.
alter table outgoing add column brief integer not null default 0;  -- 1 in the web chat
update outgoing set brief = 1 where address_id in (select id from address where channel = 'web');
create index outgoing_brief on outgoing (created_at) where brief = 1;
create index outgoing_by_age on outgoing (created_at);
create index said_by_age on said (at);

-- For the sweep of each minute and the metrics page: open cases by when they are due.
create index case_open on "case" (due_at) where state in ('new', 'working', 'waiting');
-- Where a person last wrote from, without reading everything that ever came in.
create index inbox_of_address on inbox (address_id, id);
