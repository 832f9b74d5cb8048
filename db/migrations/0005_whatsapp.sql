-- WhatsApp, as a first-class channel; and one person in several chats.

-- One person in several chats. Those with the same `whole` are one person; empty: this chat alone. Nobody's rows are moved from one
-- to another: what was handed in in a chat stays that chat's, so that parting is exact.
alter table person add column whole integer references person (id);
create index person_of_whole on person (whole) where whole is not null;
-- Everybody, with each chat they are (`self_id`): themselves, and those they are joined with.
create view same_person as
select a.id as person_id, b.id as self_id from person a join person b on b.id = a.id or b.whole = a.whole;

-- A code asked for in one chat, to be typed in another; a chat has one at a time. Gone once used, else when its minutes are over.
create table join_code (
    person_id     integer primary key references person (id),
    hash          text not null unique,             -- sha256 of the code
    expires_at    text not null
) strict;

-- Wrong codes typed, so that guessing ends: of one chat, and of all together. Kept a day.
create table join_try (
    person_id     integer not null references person (id),
    at            text not null
) strict;
create index join_try_by_age on join_try (at);
create index join_try_of_person on join_try (person_id, at);

-- The day in which we may write freely begins with each message of the person's (casework/window.py). What could not go lies in
-- `outgoing` as cancelled, 'until they write', and waits again when they do.
alter table address add column heard_at text;                     -- when they last wrote; as long as the address
alter table outgoing add column kind text not null default '';    -- what notice it is (casework/window.py), 'template'; with the letter
create index outgoing_held on outgoing (address_id) where state = 'cancelled' and error = 'until they write';
create index outgoing_template on outgoing (address_id, created_at) where kind = 'template';

-- Which letters a message of the platform's carries: of a long one several, and several may have gone as one.
create table piece (
    external_id   text not null,                    -- the platform's id, unique everywhere; with the letter
    outgoing_id   integer not null references outgoing (id) on delete cascade,
    primary key (external_id, outgoing_id)
) strict, without rowid;
create index piece_of_letter on piece (outgoing_id);

-- How far a message has come, as the platform says; it may say so before we know that it was ours ('parked', 7 days), and in any order.
create table arrival (
    external_id   text primary key,                 -- 35 days
    state         text not null check (state in ('sent', 'failed', 'delivered', 'read')),
    code          text not null default '',         -- why it failed
    category      text not null default '',         -- as it is charged: service, utility ...; ours until the platform names one
    billing       text not null default '',         -- as the platform says: regular, free_customer_service ...
    month         text not null default '',         -- in which we sent it, by western Indonesian time
    parked        integer not null default 1,
    at            text not null
) strict, without rowid;
create index arrival_by_age on arrival (at);
create index arrival_parked on arrival (at) where parked = 1;

-- What was sent by month, for the bill: numbers of messages, of nobody's, kept. It follows what becomes known of each.
create table message_count (
    month         text not null,
    category      text not null,
    billing       text not null,                    -- 'failed' for what did not arrive, and is not charged
    many          integer not null,
    primary key (month, category, billing)
) strict, without rowid;
create trigger message_is_counted after insert on arrival when new.parked = 0
begin
    insert into message_count (month, category, billing, many)
    values (new.month, new.category, iif(new.state = 'failed', 'failed', new.billing), 1)
    on conflict (month, category, billing) do update set many = many + 1;
end;
create trigger message_is_counted_otherwise after update of parked, state, category, billing on arrival when new.parked = 0
begin
    update message_count set many = many - 1
    where old.parked = 0 and month = old.month and category = old.category
      and billing = iif(old.state = 'failed', 'failed', old.billing);
    insert into message_count (month, category, billing, many)
    values (new.month, new.category, iif(new.state = 'failed', 'failed', new.billing), 1)
    on conflict (month, category, billing) do update set many = many + 1;
end;

-- A copy of what somebody attached to a case, where the platform forgets it after days (Meta: seven); it goes with the case.
create table attached_file (
    channel        text not null,
    reference      text not null,                   -- by which the platform knows it
    case_number    text not null references "case" (number),
    state          text not null default 'wanted' check (state in ('wanted', 'kept', 'lost')),
    tries          integer not null default 0,
    wanted_at      text not null,
    due_at         text not null,                   -- when it is tried, again
    mime           text not null default '',        -- what the platform says it is
    content_sealed blob,
    primary key (channel, reference, case_number)
) strict;
create index attached_file_of_case on attached_file (case_number);
create index attached_file_wanted on attached_file (due_at) where state = 'wanted';
create index attached_file_lost on attached_file (wanted_at) where state = 'lost';
