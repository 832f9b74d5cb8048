-- name: subscribe
insert into subscription (person_id, country, sector, at) values (:person, :country, :sector, :at) on conflict do nothing;

-- name: unsubscribe
delete from subscription where person_id in {selves};

-- name: wishes_of_person
select country, sector from subscription where person_id in {selves} group by 1, 2 order by min(at), country, sector;

-- name: begin_round
-- Those of these vacancies (JSON list of ids) that were never told of.
insert into announced (vacancy, at) select value, :at from json_each(:vacancies) where true on conflict do nothing;

-- name: open_rounds
select vacancy, at from announced where told_at is null order by at, vacancy;

-- name: subscribers
-- Who wished to hear of vacancies before a round began; whoever wished it in two chats of theirs is one.
select (select min(s.self_id) from same_person s where s.person_id = w.person_id) as person_id, w.country, w.sector
from subscription w where w.at < :at order by 1, w.at;

-- name: close_round
update announced set told_at = :at where at = :round and told_at is null;
