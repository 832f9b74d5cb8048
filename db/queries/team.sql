-- name: team
-- The officers at a place and below it, and how it stands with what they have taken on, as far as it is in sight.
select o.id, o.person_id, o.name, o.role, o.unit, o.cap, o.away_until,
       count(c.number) as open, count(*) filter (where c.clock = 'running' and c.due_at < :now) as overdue, min(c.opened_at) as oldest
from officer o
left join "case" c on c.officer_id = o.id and c.closed_at is null and c.state in ('working', 'waiting')
                  and c.practice_of is null and {in_sight}
where o.revoked_at is null and o.person_id is not null and o.unit >= :prefix and o.unit < :beyond
group by o.unit, o.id order by o.unit, o.id;

-- name: help_asked
-- Where an officer asks for help and nobody else has acted since.
select e.case_number, e.at, e.by_name
from "case" c join event e on e.case_number = c.number and e.kind = 'asked-help'
where {in_sight} and c.practice_of is null and c.state in ('new', 'working', 'waiting')
  and not exists (select 1 from event l where l.case_number = c.number and l.id > e.id
                  and (l.kind = 'asked-help' or (l.by_person not in (e.by_person, c.person_id)
                       and l.kind in ('note', 'to-person', 'claimed', 'transferred', 'referred'))))
order by e.id limit :limit;

-- name: taken_by_nobody
select count(*) as many from "case" c
where {in_sight} and c.practice_of is null and c.state in ('new', 'working', 'waiting') and c.officer_id is null;

-- name: cases_held
-- What an officer has taken on, as far as it is in sight.
select c.*, o.name as officer_name from "case" c join officer o on o.id = c.officer_id
where {in_sight} and c.officer_id = :holder and c.closed_at is null and c.state in ('working', 'waiting')
  and c.practice_of is null
order by c.seq limit :limit;

-- name: set_cap
update officer set cap = :cap where id = :id and revoked_at is null;
