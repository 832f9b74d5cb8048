-- A letter's number is never given out twice, not even when the newest letters have been removed: a page of the web chat left
-- open for days asks for what came after the last it shows. A sequence gives no number twice.
drop index outgoing_due;

-- What makes a long outbox quick to serve: its head is found without reading the rest.
create index outgoing_waiting on outgoing (priority, id) where state = 'waiting';
create index outgoing_waiting_until on outgoing (due_at) where state = 'waiting';
create index outgoing_leased on outgoing (lease_until) where state = 'sending';
create index outgoing_troubled on outgoing (state, created_at) where state in ('dead', 'uncertain');
create index outgoing_open_of_address on outgoing (address_id, id) where state in ('waiting', 'sending');

-- What has outlived its purpose is found by its age. What was said in the web chat is kept a day only, so it has an index of its own.
alter table outgoing add column brief bigint not null default 0;   -- 1 in the web chat
update outgoing set brief = 1 where address_id in (select id from address where channel = 'web');
create index outgoing_brief on outgoing (created_at) where brief = 1;
create index outgoing_by_age on outgoing (created_at);
create index said_by_age on said (at);

-- For the sweep of each minute and the metrics page: open cases by when they are due.
create index case_open on "case" (due_at) where state in ('new', 'working', 'waiting');
-- Where a person last wrote from, without reading everything that ever came in.
create index inbox_of_address on inbox (address_id, id);
