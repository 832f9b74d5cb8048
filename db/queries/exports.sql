-- name: cases_to_export
-- In the order of their numbers, a piece at a time.
select c.*, o.name as officer_name from "case" c left join officer o on o.id = c.officer_id
where {in_sight} and c.practice_of is null and c.opened_at >= :begin and c.opened_at < :end and c.seq > :after
order by c.seq limit :limit;

-- name: add_export
insert into export (key, officer_id, at, what, unit, period, format, personal, reason, words_sealed, lines, expires_at,
                              body_sealed)
values (:key, :officer, :at, :what, :unit, :period, :format, :personal, :reason, :words, :lines, :expires, :body)
on conflict do nothing;

-- name: export_of_key
select id from export where key = :key;

-- name: exports_of
-- What an officer asked for and can still fetch, newest first.
select id, officer_id, at, what, unit, period, format, personal, reason, words_sealed, lines, expires_at, fetched, key
from export where officer_id = :officer and expires_at > :now and body_sealed is not null order by id desc;

-- name: exports_since
select count(*) as many from export where officer_id = :officer and at > :since;

-- name: export_body
-- For the same officer, until it expires.
select what, period, format, body_sealed from export
where id = :id and officer_id = :officer and expires_at > :now and body_sealed is not null;

-- name: export_fetched
update export set fetched = fetched + 1 where id = :id;

-- name: tidy_exports
-- The file goes when its time is over, that it was made stays.
update export set body_sealed = null where id in (
    select id from export where body_sealed is not null and expires_at < :before limit {piece});
