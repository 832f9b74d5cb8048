-- name: sessions_of
-- Where somebody is in the pages: the sessions that would still let them in.
select id_hash, created_at, seen_at from session
where officer_id = :officer and ended_at is null and seen_at > :idle_since and created_at > :begun_since
order by seen_at desc, created_at desc;

-- name: end_session_of
-- One of an officer's own sessions, by the beginning of what is kept of it.
update session set ended_at = :now where officer_id = :officer and substr(id_hash, 1, 16) = :id and ended_at is null;

-- name: away_until
-- Until when an officer said they are away; nothing when they are there.
select away_until from officer where id = :officer and away_until > :now;
