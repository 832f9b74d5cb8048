-- name: last_practice
select coalesce(max(id), 0) as last from practice;

-- name: practice_now
-- The practice an officer is in.
select id from practice where officer_id = :officer and ended_at is null;

-- name: begin_practice
insert into practice (id, officer_id, begun_at) values (:round, :officer, :at);

-- name: end_practice
update practice set ended_at = :at where id = :round and ended_at is null;

-- name: practices_left
-- Begun long ago and never ended.
select id, officer_id from practice where ended_at is null and begun_at < :before;

-- name: practice_cases
-- The pretend cases of an officer, wherever they gave them, in the order of their numbers.
select c.*, o.name as officer_name, 1 as reachable
from "case" c left join officer o on o.id = c.officer_id
where c.practice_of = :officer order by c.seq;

-- name: add_practice_event
insert into practice_event (case_number, kind, at, by_person, by_name, body_sealed)
values (:case_number, :kind, :at, :by_person, :by_name, :body);

-- name: practice_events
-- What happened to an officer's pretend cases.
select e.* from practice_event e join "case" c on c.number = e.case_number
where c.practice_of = :officer order by e.id;

-- name: pretended
-- The people who do not exist, and what they agreed to.
select person_id, consent_id from "case" where practice_of = :officer and seq >= 90000000;

-- name: erase_practice_events
delete from practice_event where case_number in (select number from "case" where practice_of = :officer);

-- name: erase_practice_referrals
delete from referral where case_number in (select number from "case" where practice_of = :officer and seq >= 90000000);

-- name: erase_practice_invites
delete from worker_invite where case_number in (select number from "case" where practice_of = :officer);

-- name: erase_practice_cases
delete from "case" where practice_of = :officer and seq >= 90000000;

-- name: erase_pretended_consent
delete from consent where id = :consent;

-- name: erase_pretended_person
delete from person where id = :person;
