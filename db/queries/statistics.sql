-- name: answered
insert into answered (person_id, topic, language, version, edition, at)
values (:person, :topic, :language, :version, :edition, :at);

-- name: withheld
insert into withheld (topic, version, first_at, last_at, asked) values (:topic, :version, :at, :at, 1)
on conflict (topic, version) do update set last_at = excluded.last_at, asked = withheld.asked + 1;

-- name: rated
insert into rating (topic, helped, language, version, at) values (:topic, :helped, :language, :version, :at);

-- name: unanswered
insert into unanswered (text, language, offered, at) values (:text, :language, :offered, :at);

-- name: meant
-- Nobody's name stands beside a question: of those in the same words the latest that is still open is the one.
update unanswered set meant = :topic where id = (
    select id from unanswered where text = :text and offered = :offered and meant = '' order by id desc limit 1);

-- name: totals
-- For the metrics page, which is asked for all day: nothing here reads a long table through. People are numbered as we meet them.
select (select coalesce(max(id), 0) from person) as people,
       (select count(*) from "case" where state in ('new', 'working', 'waiting') and practice_of is null) as open_cases,
       (select count(*) from "case" where raised_to is not null and closed_at is null and practice_of is null) as raised_cases,
       (select count(*) from outgoing where state = 'waiting') as outbox_waiting,
       (select count(*) from outgoing where state = 'sending') as outbox_sending,
       (select count(*) from outgoing where state in ('dead', 'uncertain') and state = 'uncertain') as outbox_uncertain,
       (select count(*) from outgoing where state in ('dead', 'uncertain') and state = 'dead') as outbox_dead,
       (select count(*) from set_aside) as set_aside;

-- name: oldest_unsent
-- Since when the oldest message somebody waits for is unsent. Rows are numbered as they are made.
select created_at from outgoing where id in (
    (select min(+id) from outgoing where state = 'waiting' and priority <= :priority),
    (select min(+id) from outgoing where state = 'sending' and priority <= :priority))
order by id limit 1;

-- name: spread_of_corrections
-- How many people with an answer that has changed were told so, are owed it, or cannot be reached.
select state, count(*) as people from corrected where code in (select code from edition where ended_at > :since) group by state;

-- name: forget_person
-- What is kept beyond the cases.
delete from answered where person_id in {selves};

-- name: forget_said
delete from said where address_id in (select id from address where person_id in {selves});

-- name: probe
-- Writes nothing that stays: proves that a commit is possible.
update person set seen_at = seen_at where id = (select min(id) from person);
