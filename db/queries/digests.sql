-- name: oldest_open
-- What has been open longest of what an officer sees.
select c.number from "case" c
where {in_sight} and c.practice_of is null and c.state in ('new', 'working', 'waiting')
order by c.opened_at, c.seq limit :limit;

-- name: open_by_village
-- How much is open in each village an officer sees, and how much of it is late: where most is late first.
select c.village, count(*) as open, count(*) filter (where c.clock = 'running' and c.due_at < :now) as late from "case" c
where {in_sight} and c.practice_of is null and c.state in ('new', 'working', 'waiting')
group by c.village
order by late desc, open desc, c.village limit :limit;

-- name: officers_to_brief
-- Everybody in office who is not away.
select id, person_id, name, role, unit, away_until from officer
where person_id is not null and revoked_at is null and (away_until is null or away_until <= :now)
order by id;
