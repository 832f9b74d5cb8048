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
select name, unit, gave_back, away_until, revoked_at from officer where id = :id and gave_back > 0;
