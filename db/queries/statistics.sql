-- name: answered
insert into answered (person_id, topic, language, version, edition, at)
values (:person, :topic, :language, :version, :edition, :at);

-- name: withheld
insert into withheld (topic, version, first_at, last_at, asked) values (:topic, :version, :at, :at, 1)
on conflict (topic, version) do update set last_at = excluded.last_at, asked = asked + 1;

-- name: rated
insert into rating (topic, helped, language, version, at) values (:topic, :helped, :language, :version, :at);

-- name: unanswered
insert into unanswered (text, language, offered, at) values (:text, :language, :offered, :at);

-- name: meant
-- Nobody's name stands beside a question: of those in the same words the latest that is still open is the one.
update unanswered set meant = :topic where id = (
    select id from unanswered where text = :text and offered = :offered and meant = '' order by id desc limit 1);

-- name: totals
-- For the metrics page.
select (select count(*) from person) as people,
       (select count(*) from inbox) as handled,
       (select count(*) from answered) as answered,
       (select count(*) from unanswered) as unanswered,
       (select count(*) from "case" where state in ('new', 'working', 'waiting')) as open_cases;

-- name: forget_person
-- What is kept beyond the cases.
delete from answered where person_id = :person;

-- name: forget_said
delete from said where address_id in (select id from address where person_id = :person);

-- name: probe
-- Writes nothing that stays: proves that a commit is possible.
update person set seen_at = seen_at where id = (select min(id) from person);
