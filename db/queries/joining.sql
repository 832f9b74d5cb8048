-- part: selves
-- Every chat of whoever is asked for: their own, and those they have joined with it.
select self_id from same_person where person_id = :person

-- part: first_self
-- The one of them under which is kept what is counted for all.
select coalesce(min(self_id), :person) from same_person where person_id = :person

-- part: officers_selves
-- The same, of the officer who looks.
select s.self_id from officer me join same_person s on s.person_id = me.person_id where me.id = :officer

-- part: is_reached
-- Whether the person of a case `c` can be reached in any of their chats.
exists (select 1 from same_person s join address a on a.person_id = s.self_id
        where s.person_id = c.person_id and a.account <> 'officers' and a.reachable = 1)

-- name: beside
-- The other chats of these people (JSON list of ids), each with its channel.
select s.person_id, s.self_id,
       coalesce((select a.channel from address a where a.person_id = s.self_id and a.account <> 'officers' limit 1), '') as channel
from json_each(:people) p join same_person s on s.person_id = cast(p.value as bigint) and s.self_id <> s.person_id
order by 1, 2;

-- name: offer_joining
-- A chat has one code at a time: asked for again, the one before is void.
insert into join_code (person_id, hash, expires_at) values (:person, :hash, :expires)
on conflict (person_id) do update set hash = excluded.hash, expires_at = excluded.expires_at;

-- name: offered
-- Whose code this is, while it stands. Never one's own; no officer's; not of two who stand on either side of one case; and a person
-- has so many chats at most.
select k.person_id,
       coalesce((select a.channel from address a where a.person_id = k.person_id and a.account <> 'officers' limit 1), '') as channel
from join_code k
where k.hash = :hash and k.expires_at > :now and k.person_id not in {selves}
  and not exists (
      select 1 from officer o join same_person s on s.self_id = o.person_id
      where s.person_id in (:person, k.person_id) and o.revoked_at is null)
  and not exists (
      select 1 from same_person mine join same_person theirs on theirs.person_id = k.person_id
      join "case" c on (c.person_id = mine.self_id and c.worker_id = theirs.self_id)
                    or (c.person_id = theirs.self_id and c.worker_id = mine.self_id)
      where mine.person_id = :person)
  and (select count(*) from same_person s where s.person_id in (:person, k.person_id)) <= :most;

-- name: tries_at_joining
-- Wrong codes since then: of this person, from any of their chats, and of everybody.
select count(*) filter (where person_id in {selves}) as own, count(*) as everybody from join_try where at > :since;

-- name: tried_joining
insert into join_try (person_id, at) values (:person, :at);

-- name: use_join_code
-- Once.
delete from join_code where person_id = :other and hash = :hash and expires_at > :now;

-- name: make_whole
-- These chats (JSON list of ids) are one person from now on.
update person set whole = :whole where id in (select cast(value as bigint) from json_each(:people));

-- name: leave_whole
update person set whole = null where id in (select cast(value as bigint) from json_each(:people));

-- name: take_over_tries
-- Wrong code words go with their person: joining gives nobody new ones.
insert into code_try (person_id, wrong, last_at)
select {first_self}, max(t.wrong), max(t.last_at) from code_try t where t.person_id in {selves} having count(*) > 0
on conflict (person_id) do update set wrong = excluded.wrong, last_at = excluded.last_at;

-- name: own_cases
-- The cases that came from this chat alone, as their person or as the worker they are about.
select number, state from "case" where person_id = :person or worker_id = :person order by seq;

-- name: part_letters
-- What waits about a case in a chat it did not come from goes to the chat it came from, for this one leaves the others.
update outgoing set address_id = (
    select b.id from "case" c join address b on b.person_id in (c.person_id, coalesce(c.worker_id, 0))
    where c.number = outgoing.case_number and b.person_id in {selves} and b.account <> 'officers'
    order by b.reachable desc, b.id limit 1)
where state = 'waiting' and case_number is not null
  and address_id in (select id from address where person_id in {selves})
  and exists (
      select 1 from "case" c join address here on here.id = outgoing.address_id
      where c.number = outgoing.case_number and (c.person_id in {selves} or c.worker_id in {selves})
        and (:person in (c.person_id, coalesce(c.worker_id, 0))) <> (here.person_id = :person));

-- name: tidy_join_codes
delete from join_code where person_id in (select person_id from join_code where expires_at < :before limit {piece});

-- name: tidy_join_tries
delete from join_try where at in (select at from join_try where at < :before limit {piece});
