-- name: invite
insert into officer (name, role, unit, invite_hash, invite_expires, created_at)
values (:name, :role, :unit, :hash, :expires, :at);

-- name: invited
-- The officer-to-be an unused, unexpired code belongs to.
select id, name, role, unit from officer where invite_hash = :hash and invite_expires > :now and person_id is null
  and revoked_at is null;

-- name: appoint
-- The invitation is taken, once.
update officer set person_id = :person, invite_hash = null where id = :id and person_id is null and revoked_at is null;

-- name: other_offices
-- One person holds one office: taking another ends the first.
select id from officer where person_id = :person and id <> :id and revoked_at is null;

-- name: revoke
update officer set revoked_at = :at where id = :id and revoked_at is null;

-- name: give_back
-- What a revoked officer had claimed waits for others again.
update "case" set officer_id = null, state = 'new', version = version + 1
where officer_id = :id and closed_at is null and state in ('working', 'waiting') and practice_of is null
returning number;

-- name: officers
select o.id, o.person_id, o.name, o.role, o.unit, o.created_at, o.revoked_at from officer o order by o.unit, o.id;

-- name: officer
select id, coalesce(person_id, 0) as person_id, name, role, unit from officer where id = :id and revoked_at is null;

-- name: officers_over
-- Everybody who sees a unit: theirs is that one, or one it lies in (JSON list).
select id, person_id, name, role, unit, away_until from officer
where person_id is not null and revoked_at is null and unit in (select value from json_each(:units));

-- name: add_login
insert into login (token_hash, officer_id, expires_at) values (:hash, :officer, :expires);

-- name: use_login
-- Once, and in time.
update login set used_at = :now where token_hash = :hash and used_at is null and expires_at > :now
returning officer_id;

-- name: login_stands
select officer_id from login where token_hash = :hash and used_at is null and expires_at > :now;

-- name: begin_session
insert into session (id_hash, officer_id, created_at, seen_at) values (:hash, :officer, :now, :now);

-- name: session
select s.officer_id, s.created_at, s.seen_at, o.person_id, o.name, o.role, o.unit
from session s join officer o on o.id = s.officer_id
where s.id_hash = :hash and s.ended_at is null and o.revoked_at is null and o.person_id is not null
  and s.seen_at > :idle_since and s.created_at > :begun_since;

-- name: session_seen
update session set seen_at = :now where id_hash = :hash;

-- name: end_session
update session set ended_at = :now where id_hash = :hash and ended_at is null;

-- name: end_sessions_of
update session set ended_at = :now where officer_id = :officer and ended_at is null;
