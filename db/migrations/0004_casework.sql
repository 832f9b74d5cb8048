-- Casework: clocks that rise, who may never see a case, referrals, absence, papers with a PIN, digests, broadcasts, exports.

-- Where a case stands. Its clock: until when somebody must act, when they are warned, whether time runs at all.
alter table "case" add column clock text not null default 'running' check (clock in ('running', 'paused', 'stopped'));
alter table "case" add column warn_at text;                       -- at three quarters of the limit; empty once warned
alter table "case" add column left_minutes integer;               -- of the limit, while the clock is paused
alter table "case" add column raised_to text;                     -- the unit that must act since the limit passed; '' the ministry
alter table "case" add column snoozed_until text;                 -- put aside by an officer, with a reason in the book
-- Who may never see it, and whom it is about.
alter table "case" add column barred text not null default '';    -- the unit it must not come to, for it is about those who sit there
alter table "case" add column worker_id integer references person (id);   -- when somebody reports for a worker who writes too
alter table "case" add column entered_by integer references officer (id); -- written down by an officer for somebody without a phone
alter table "case" add column practice_of integer references officer (id); -- a pretend case, of this officer alone
alter table "case" add column merged_into text references "case" (number); -- handed in twice: the work goes on there
-- How its person may be written to (model/contact.py), what they say when they come back, what stands on their paper.
alter table "case" add column plan_sealed blob;
alter table "case" add column code_hash text;                     -- of the word asked for on return
alter table "case" add column pin_hash text;                      -- of the PIN on the paper
alter table "case" add column pin_tries integer not null default 0;
create index case_by_clock on "case" (due_at) where clock = 'running' and state in ('new', 'working');
create index case_by_warning on "case" (warn_at) where clock = 'running' and warn_at is not null;
create index case_snoozed on "case" (snoozed_until) where snoozed_until is not null;
create index case_of_officer on "case" (officer_id) where officer_id is not null and closed_at is null;

-- Officers: away until a day, no more than so many open cases.
alter table officer add column away_until text;
alter table officer add column cap integer;

-- The message that brought an event about: by it the letters that followed are found, and whether they arrived. It is no part of
-- the chain, and no foreign key: messages are forgotten long before the book is.
alter table event add column inbox_id integer;

-- Whatever a program does: a case never comes to the unit it is about, nor to somebody who sits there.
create trigger case_begins_beside_the_barred before insert on "case"
when new.barred <> '' and (
    new.unit || '.' like new.barred || '.%' or coalesce(new.raised_to, '') || '.' like new.barred || '.%'
    or exists (select 1 from officer o where o.id = new.officer_id and o.unit || '.' like new.barred || '.%'))
begin
    select raise(abort, 'the case is about this unit');
end;
create trigger case_moves_beside_the_barred before update of unit, raised_to, officer_id, barred on "case"
when new.barred <> '' and (
    new.unit || '.' like new.barred || '.%' or coalesce(new.raised_to, '') || '.' like new.barred || '.%'
    or exists (select 1 from officer o where o.id = new.officer_id and o.unit || '.' like new.barred || '.%'))
begin
    select raise(abort, 'the case is about this unit');
end;

-- Safe contact. A letter about a case carries its number, so that what its person allows can be asked once more when it is about to
-- go; a covered one names nothing. What may not be written lies here until they come back of their own accord.
alter table outgoing add column case_number text;
alter table outgoing add column covered integer not null default 0;
create index outgoing_of_case on outgoing (case_number) where case_number is not null;
create table kept_back (
    id             integer primary key,
    case_number    text not null references "case" (number),
    person_id      integer not null references person (id),
    message_sealed blob not null,
    talking        integer not null default 0,      -- 1: their next words go to the officer
    at             text not null
) strict;
create index kept_back_of_case on kept_back (case_number, person_id);
alter table "case" add column worker_plan_sealed blob;             -- the worker's own, beside that of whoever reports

-- An officer has answered since the person wrote last: until one of them does something, the longer limit runs.
alter table "case" add column answered integer not null default 0;
-- What was closed, or waited for its person, before there were clocks: no time runs for it.
update "case" set clock = 'stopped' where state in ('closed', 'withdrawn');
update "case" set clock = 'paused' where state = 'waiting';

-- That the level above was told of an officer's unusual reading: once a day is enough.
create table reading_alarm (
    officer_id    integer not null references officer (id),
    day           text not null,
    primary key (officer_id, day)
) strict;

-- The paper of somebody without a phone: how long its secret number opens nothing, after too many wrong tries by whomever.
alter table "case" add column pin_locked_until text;

-- Statistics are asked by when a case was handed in, what was asked by when it was.
create index case_by_opening on "case" (opened_at);
alter table "case" add column worker_code_hash text;
-- Wrong code words of a person in a row: after some there is a pause, whatever they type.
create table code_try (
    person_id     integer primary key references person (id),
    wrong         integer not null,
    last_at       text not null
) strict;
create index case_left_standing on "case" (number) where clock <> 'running' and state in ('new', 'working') and snoozed_until is null;

-- Files that left the house: who asked, for what, why. The file itself lies sealed until it expires; that it was made stays.
create table export (
    id            integer primary key,
    key           text not null unique,             -- of the form it was asked for with: pressed twice is asked once
    officer_id    integer references officer (id),  -- empty: the operator, at the machine
    at            text not null,
    what          text not null check (what in ('cases', 'statistics')),
    unit          text not null,
    period        text not null,
    format        text not null check (format in ('xlsx', 'csv')),
    personal      integer not null,                 -- 1: with names, telephone numbers and stories
    reason        text not null,
    words_sealed  blob not null,                    -- why, in the officer's own words
    lines         integer not null,
    expires_at    text not null,
    fetched       integer not null default 0,
    body_sealed   blob
) strict;
create index export_of_officer on export (officer_id, at);
create index export_to_expire on export (expires_at) where body_sealed is not null;

-- When an officer left last (for some days, or for good), and how many cases they gave back then: those over them are told.
alter table officer add column left_at text;
alter table officer add column gave_back integer not null default 0;
create index officer_left on officer (left_at) where left_at is not null;

-- What is to go out of a chat again: because the person cleared it, or because it held somebody's data and its minutes are over.
alter table outgoing add column away_at text;
alter table outgoing add column passing integer not null default 0;  -- minutes it may stay
create index outgoing_to_take_away on outgoing (away_at) where away_at is not null;
create index outgoing_passing on outgoing (sent_at) where passing > 0;

-- A part of a case shown to another office, with its person's consent: in the chat, or on paper before the officer. Whoever it is
-- shown to sees these parts and nothing else, as long as it is shared.
create table referral (
    id          integer primary key,
    case_number text not null references "case" (number),
    to_unit     text not null,
    parts       text not null,                        -- JSON list of the form's fields
    state       text not null check (state in ('asked', 'shared', 'refused', 'answered', 'ended')),
    consent     text not null default '' check (consent in ('', 'chat', 'paper')),
    asked_at    text not null,
    changed_at  text not null
) strict;
create index referral_of_case on referral (case_number);
create index referral_to_unit on referral (to_unit) where state in ('shared', 'answered');
create trigger referral_beside_the_barred before insert on referral
when exists (select 1 from "case" c where c.number = new.case_number and c.barred <> ''
             and new.to_unit || '.' like c.barred || '.%')
begin
    select raise(abort, 'the case is about this unit');
end;
create trigger referral_needs_consent before update of state on referral
when new.state in ('shared', 'answered') and new.consent = ''
begin
    select raise(abort, 'nobody agreed to this');
end;

-- Messages of coordinators to many people. The second person is never the author; the list of people is made when they agree.
create table broadcast (
    id            integer primary key,
    key           text not null unique,             -- of the form: pressed twice is written once
    officer_id    integer not null references officer (id),
    unit          text not null,                    -- what its author saw
    units         text not null,                    -- JSON: the places whose people it is for
    kinds         text not null,                    -- JSON: who handed in one of these
    words_sealed  blob not null,                    -- by language
    at            text not null,
    state         text not null check (state in ('waiting', 'running', 'refused', 'stopped', 'done')),
    second_id     integer references officer (id),
    second_at     text,
    check (second_id is null or second_id <> officer_id)
) strict;
create index broadcast_running on broadcast (id) where state = 'running';
create table broadcast_to (
    broadcast_id  integer not null references broadcast (id),
    person_id     integer not null references person (id),
    state         text not null default 'waiting'
                  check (state in ('waiting', 'sent', 'quiet', 'left-out', 'unreached', 'failed')),
    cause         integer,                          -- the message of the clock's by which it was brought: its letter is found so
    at            text not null,
    primary key (broadcast_id, person_id)
) strict, without rowid;
create index broadcast_to_person on broadcast_to (person_id);
create index broadcast_to_by_age on broadcast_to (at);

create index case_raised on "case" (raised_to) where raised_to is not null and closed_at is null;

-- Whoever reports for a worker, or the officer, passes this code on; the worker joins the case with it from a phone of their own.
create table worker_invite (
    hash          text primary key,                 -- sha256 of the code
    case_number   text not null references "case" (number),
    expires_at    text not null
) strict, without rowid;

-- That an officer asked for a case that is not in their sight: whether it exists is not written down, nor which it was.
create table refused_look (
    officer_id    integer not null references officer (id),
    at            text not null
) strict;
create index refused_look_of_officer on refused_look (officer_id, at);

-- Training. A practice of an officer's, on pretend cases; its id stands in their numbers, so that none is ever given twice. What
-- happens to them stands apart from the book, which holds what was so, and goes with them: nobody is written to about them.
create table practice (
    id            integer primary key,
    officer_id    integer not null references officer (id),
    begun_at      text not null,
    ended_at      text
) strict;
create unique index practice_now on practice (officer_id) where ended_at is null;
create table practice_event (
    id            integer primary key,
    case_number   text not null references "case" (number),
    kind          text not null,
    at            text not null,
    by_person     integer not null,
    by_name       text not null,
    body_sealed   blob
) strict;
create index practice_event_of_case on practice_event (case_number, id);
create index case_practised_on on "case" (practice_of) where practice_of is not null;
create trigger practice_is_not_in_the_book before insert on event
when new.case_number like '9________'
begin
    select raise(abort, 'a pretend case is not in the book');
end;
create trigger practice_is_written_to_nobody before insert on outgoing
when new.case_number like '9________'
begin
    select raise(abort, 'a pretend case is written about to nobody');
end;

-- The telephone numbers given in a case, each as a keyed hash (one by each key of the house at that time): so that an officer can be
-- offered cases that may be the same person's. The number cannot be made of it without a key. It goes with the answers.
create table case_phone (
    case_number   text not null references "case" (number),
    mark          text not null,
    primary key (case_number, mark)
) strict, without rowid;
create index case_phone_by_mark on case_phone (mark);

-- When a broadcast was stopped, or everybody had had it: its author hears of it lately after that, or never.
alter table broadcast add column ended_at text;
