-- The ground: people and their addresses, what came in, what goes out, cases and their book.
-- Times are UTC in ISO 8601 with microseconds, so that they sort as text. Columns named *_sealed are encrypted.

create table person (
    id            integer primary key,
    created_at    text not null,                    -- when we first met
    seen_at       text not null,                    -- last message; forgotten after the retention of talks
    language      text not null,                    -- the language they chose
    talk_sealed   blob not null,                    -- where the talk stands (Conversation), with drafts of forms
    drafted_at    text                              -- when the oldest draft was last touched; empty without one
) strict;
create index person_with_draft on person (drafted_at) where drafted_at is not null;

create table address (
    id            integer primary key,
    person_id     integer not null references person (id),
    channel       text not null,
    account       text not null,
    chat          text not null,                    -- the platform's id of the chat; for the web a hash of the cookie
    reachable     integer not null default 1,       -- 0 after "blocked" until they write again
    unique (channel, account, chat)
) strict;
create index address_of_person on address (person_id);

-- Once-ness: a message delivered twice finds its row.
create table inbox (
    id            integer primary key,
    channel       text not null,
    account       text not null,
    external_id   text not null,
    arrived_at    text not null,
    address_id    integer references address (id),
    unique (channel, account, external_id)
) strict;
create index inbox_by_age on inbox (arrived_at);

-- What could not be handled, whole, until it was run again after the mend.
create table set_aside (
    inbox_id        integer primary key references inbox (id),
    incoming_sealed blob not null,
    error           text not null,                  -- kind and place of the error, never its text
    tries           integer not null default 1,
    at              text not null
) strict;

-- The outbox: every message is a row before any network call.
create table outgoing (
    id             integer primary key,
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
create index outgoing_due on outgoing (state, due_at) where state in ('waiting', 'sending');
create index outgoing_of_address on outgoing (address_id, id);

-- What a person of the web chat wrote, so that their page shows both sides; kept a day.
create table said (
    inbox_id      integer primary key references inbox (id),
    address_id    integer not null references address (id),
    text_sealed   blob not null,
    at            text not null
) strict;
create index said_by_address on said (address_id, inbox_id);

-- Proof that somebody agreed. A case cannot be stored without one.
create table consent (
    id            integer primary key,
    person_id     integer not null references person (id),
    form          text not null,
    language      text not null,
    channel       text not null,
    words_hash    text not null,                    -- sha256 of the words shown
    given_at      text not null
) strict;

create table officer (
    id             integer primary key,
    person_id      integer references person (id),  -- empty until the invitation is taken
    name           text not null,
    role           text not null check (role in ('officer', 'coordinator', 'ministry')),
    unit           text not null,                   -- start of the unit codes in their care; '' is the whole country
    invite_hash    text unique,                     -- sha256 of the code; empty once used
    invite_expires text,
    created_at     text not null,
    revoked_at     text
) strict;
create index officer_of_person on officer (person_id);
create index officer_of_unit on officer (unit);

create table "case" (
    number         text primary key,                -- sayable, with check digit
    seq            integer not null unique,
    form           text not null,
    kind           text not null,
    urgency        text not null check (urgency in ('emergency', 'sensitive', 'general')),
    unit           text not null,                   -- where it waits: village, district, regency, province or ''
    village        text not null,
    person_id      integer not null references person (id),
    consent_id     integer not null references consent (id),
    opened_at      text not null,
    due_at         text not null,
    state          text not null check (state in ('new', 'working', 'waiting', 'closed', 'withdrawn')),
    officer_id     integer references officer (id),
    outcome        text not null default '',
    version        integer not null default 1,
    closed_at      text,
    answers_sealed blob                             -- empty after withdrawal or retention
) strict;
create index case_by_unit on "case" (unit, state, due_at);
create index case_of_person on "case" (person_id, seq);
create index case_to_erase on "case" (form, closed_at) where closed_at is not null and answers_sealed is not null;

-- The book: append-only, each event holds the hash of the one before. The body may be erased; its digest stays.
create table event (
    id            integer primary key,
    case_number   text not null references "case" (number),
    kind          text not null,
    at            text not null,
    by_person     integer not null,
    by_name       text not null,
    body_sealed   blob,
    body_digest   text not null,                    -- sha256 over salt and body, so that a guess proves nothing
    previous_hash text not null,
    hash          text not null unique
) strict;
create index event_of_case on event (case_number, id);
create trigger event_is_never_deleted before delete on event
begin
    select raise(abort, 'the book of events only grows');
end;
create trigger event_is_never_changed before update of
    id, case_number, kind, at, by_person, by_name, body_digest, previous_hash, hash on event
begin
    select raise(abort, 'the book of events only grows');
end;

-- The officers' pages: links that let in once, and who is in.
create table login (
    token_hash    text primary key,
    officer_id    integer not null references officer (id),
    expires_at    text not null,
    used_at       text
) strict;

create table session (
    id_hash       text primary key,
    officer_id    integer not null references officer (id),
    created_at    text not null,
    seen_at       text not null,
    ended_at      text
) strict;

-- What was answered, what helped, what nobody could answer.
create table answered (
    id            integer primary key,
    person_id     integer not null references person (id),
    topic         text not null,
    language      text not null,
    version       text not null,
    at            text not null
) strict;

create table rating (
    id            integer primary key,
    topic         text not null,
    helped        integer not null,
    at            text not null
) strict;

create table unanswered (
    id            integer primary key,
    text          text not null,                    -- digits and names removed
    language      text not null,
    at            text not null
) strict;
