-- WhatsApp, as a first-class channel; and one person in several chats.

-- One person in several chats. Those with the same `whole` are one person; empty: this chat alone. Nobody's rows are moved from one
-- to another: what was handed in in a chat stays that chat's, so that parting is exact.
alter table person add column whole bigint references person (id);
create index person_of_whole on person (whole) where whole is not null;
-- Everybody, with each chat they are (`self_id`): themselves, and those they are joined with.
create view same_person as
select a.id as person_id, b.id as self_id from person a join person b on b.id = a.id or b.whole = a.whole;

-- A code asked for in one chat, to be typed in another; a chat has one at a time. Gone once used, else when its minutes are over.
create table join_code (
    person_id     bigint primary key references person (id),
    hash          text collate "C" not null unique, -- sha256 of the code
    expires_at    text collate "C" not null
);

-- Wrong codes typed, so that guessing ends: of one chat, and of all together. Kept a day.
create table join_try (
    person_id     bigint not null references person (id),
    at            text collate "C" not null
);
create index join_try_by_age on join_try (at);
create index join_try_of_person on join_try (person_id, at);

-- The day in which we may write freely begins with each message of the person's (casework/window.py). What could not go lies in
-- `outgoing` as cancelled, 'until they write', and waits again when they do.
alter table address add column heard_at text collate "C";         -- when they last wrote; as long as the address
alter table outgoing add column kind text collate "C" not null default '';  -- what notice it is (casework/window.py), 'template'; with the letter
create index outgoing_held on outgoing (address_id) where state = 'cancelled' and error = 'until they write';
create index outgoing_template on outgoing (address_id, created_at) where kind = 'template';

-- Which letters a message of the platform's carries: of a long one several, and several may have gone as one.
create table piece (
    external_id   text collate "C" not null,        -- the platform's id, unique everywhere; with the letter
    outgoing_id   bigint not null references outgoing (id) on delete cascade,
    primary key (external_id, outgoing_id)
);
create index piece_of_letter on piece (outgoing_id);

-- How far a message has come, as the platform says; it may say so before we know that it was ours ('parked', 7 days), and in any order.
create table arrival (
    external_id   text collate "C" primary key,     -- 35 days
    state         text collate "C" not null check (state in ('sent', 'failed', 'delivered', 'read')),
    code          text collate "C" not null default '',  -- why it failed
    category      text collate "C" not null default '',  -- as it is charged: service, utility ...; ours until the platform names one
    billing       text collate "C" not null default '',  -- as the platform says: regular, free_customer_service ...
    month         text collate "C" not null default '',  -- in which we sent it, by western Indonesian time
    parked        bigint not null default 1,
    at            text collate "C" not null
);
create index arrival_by_age on arrival (at);
create index arrival_parked on arrival (at) where parked = 1;

-- What was sent by month, for the bill: numbers of messages, of nobody's, kept. It follows what becomes known of each.
create table message_count (
    month         text collate "C" not null,
    category      text collate "C" not null,
    billing       text collate "C" not null,        -- 'failed' for what did not arrive, and is not charged
    many          bigint not null,
    primary key (month, category, billing)
);
create function count_message() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        update message_count set many = many - 1
        where old.parked = 0 and month = old.month and category = old.category
          and billing = case when old.state = 'failed' then 'failed' else old.billing end;
    end if;
    insert into message_count (month, category, billing, many)
    values (new.month, new.category, case when new.state = 'failed' then 'failed' else new.billing end, 1)
    on conflict (month, category, billing) do update set many = message_count.many + 1;
    return null;
end
$$;
create trigger message_is_counted after insert on arrival
for each row when (new.parked = 0) execute function count_message();
create trigger message_is_counted_otherwise after update of parked, state, category, billing on arrival
for each row when (new.parked = 0) execute function count_message();

-- A copy of what somebody attached to a case, where the platform forgets it after days (Meta: seven); it goes with the case.
create table attached_file (
    channel        text collate "C" not null,
    reference      text collate "C" not null,       -- by which the platform knows it
    case_number    text collate "C" not null references "case" (number),
    state          text collate "C" not null default 'wanted' check (state in ('wanted', 'kept', 'lost')),
    tries          bigint not null default 0,
    wanted_at      text collate "C" not null,
    due_at         text collate "C" not null,       -- when it is tried, again
    mime           text collate "C" not null default '',  -- what the platform says it is
    content_sealed bytea,
    primary key (channel, reference, case_number)
);
create index attached_file_of_case on attached_file (case_number);
create index attached_file_wanted on attached_file (due_at) where state = 'wanted';
create index attached_file_lost on attached_file (wanted_at) where state = 'lost';
