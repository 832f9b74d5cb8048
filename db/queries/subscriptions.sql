-- name: subscribe
insert or ignore into subscription (person_id, country, sector, at) values (:person, :country, :sector, :at);

-- name: unsubscribe
delete from subscription where person_id = :person;

-- name: wishes_of_person
select country, sector from subscription where person_id = :person order by at, country, sector;

-- name: begin_round
-- Those of these vacancies (JSON list of ids) that were never told of.
insert or ignore into announced (vacancy, at) select value, :at from json_each(:vacancies);

-- name: open_rounds
select vacancy, at from announced where told_at is null order by at, vacancy;

-- name: subscribers
-- Who wished to hear of vacancies before a round began.
select person_id, country, sector from subscription where at < :at order by person_id, at;

-- name: close_round
update announced set told_at = :at where at = :round and told_at is null;
