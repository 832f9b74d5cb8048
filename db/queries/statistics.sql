-- name: answered
insert into answered (person_id, topic, language, version, at) values (:person, :topic, :language, :version, :at);

-- name: rated
insert into rating (topic, helped, at) values (:topic, :helped, :at);

-- name: unanswered
insert into unanswered (text, language, at) values (:text, :language, :at);

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
