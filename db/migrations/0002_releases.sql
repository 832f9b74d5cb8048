-- Releases of the content, what was told from which, and whom to tell that it has changed.

-- A file of the content, kept once whatever number of releases hold it.
create table content_file (
    digest        text primary key,
    body          blob not null                     -- compressed
) strict;

create table release (
    digest        text primary key,                 -- of all files; the release's id is its version and date
    version       text not null,
    dated         text not null,
    published_at  text not null,
    files         text not null                     -- JSON: path to digest
) strict;

-- Which release was in use since when; the last row is the current one.
create table release_use (
    id            integer primary key,
    digest        text not null references release (digest),
    at            text not null,
    because       text not null check (because in ('published', 'rolled-back'))
) strict;

-- What an answer said, under the code that stands below it; kept as long as anybody may send the code.
create table edition (
    code          text primary key,
    topic         text not null,
    country       text not null,
    sector        text not null,
    changes       integer not null,                 -- edits of meaning the topic had seen
    first_at      text not null,
    ended_at      text,                             -- since when we say something else
    spread_at     text                              -- when everybody who had it was told so
) strict;
create index edition_of_topic on edition (topic);

alter table answered add column edition text not null default '';
create index answered_of_edition on answered (edition, person_id);
create index answered_of_person on answered (person_id);
create index answered_by_age on answered (at);

-- For the editors: what helped is told by language and version, what was not understood with what was offered for it.
alter table rating add column language text not null default '';
alter table rating add column version text not null default '';
create index rating_by_age on rating (at);
alter table unanswered add column offered text not null default '';     -- topics, with commas between
alter table unanswered add column meant text not null default '';       -- the one of them then chosen
create index unanswered_by_age on unanswered (at);

-- Who was told that an answer has changed: told, owed until their next contact, or not to be reached.
create table corrected (
    code          text not null references edition (code),
    person_id     integer not null references person (id),
    state         text not null check (state in ('told', 'owed', 'unreachable')),
    at            text not null,
    primary key (code, person_id)
) strict, without rowid;
create index corrected_of_person on corrected (person_id);

-- Answers whose time is over and that were asked for all the same: tasks for the editors.
create table withheld (
    topic         text not null,
    version       text not null,
    first_at      text not null,
    last_at       text not null,
    asked         integer not null,
    primary key (topic, version)
) strict, without rowid;

-- Who wants to hear of new vacancies, and which vacancies have been told of.
create table subscription (
    person_id     integer not null references person (id),
    country       text not null,
    sector        text not null,
    at            text not null,
    primary key (person_id, country, sector)
) strict, without rowid;

create table announced (
    vacancy       text primary key,
    at            text not null,                    -- when it was new: its round
    told_at       text                              -- when everybody who wished was told
) strict, without rowid;
