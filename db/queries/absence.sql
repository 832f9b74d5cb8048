-- name: be_away
-- Until a moment; empty for back again.
update officer set away_until = :until where id = :id and revoked_at is null;

-- name: gave_back
-- An officer's cases wait for others: how many, and since when.
update officer set left_at = :at, gave_back = :many where id = :id;

-- name: gone_lately
-- Officers who left cases behind within the last day, of whom those over their unit have not heard yet.
select id, coalesce(person_id, 0) as person_id, name, role, unit, left_at, gave_back, away_until, revoked_at from officer
where left_at > :since and left_at <= :now and gave_back > 0
  and not exists (select 1 from inbox i where i.channel = :channel and i.account = :account
                  and i.external_id = 'left:' || officer.id || ':' || officer.left_at);

-- name: gone
-- An officer who left cases behind.
select name, unit, gave_back, left_at, away_until, revoked_at from officer where id = :id and gave_back > 0;

-- name: left_behind
-- What was given back at that moment by nobody's own act, in the units that were in sight, and nobody has taken on since. A pretend
-- case is nobody else's. All open states are named, for open cases have an index of their own.
select c.number, c.person_id, c.worker_id, c.urgency, c.village from "case" c
where c.unit >= :prefix and c.unit < :beyond and c.state in ('new', 'working', 'waiting') and c.state = 'new'
  and c.officer_id is null and c.practice_of is null
  and exists (select 1 from event e where e.case_number = c.number and e.kind = 'released' and e.by_person = 0 and e.at = :at);
