-- name: openings_of_person
-- Who saw what stands in a person's own cases: each with the office they hold, or held when they looked, the newest first.
select e.case_number, e.kind, e.at, e.by_name, e.body_sealed,
       coalesce((select o.unit from officer o where o.person_id = e.by_person order by o.revoked_at is null desc, o.id desc
                 limit 1), '') as unit
from event e join "case" c on c.number = e.case_number
where c.person_id in {selves} and e.by_person not in {selves}
  and e.kind in ('revealed', 'exported', 'merged', 'referred')
order by e.id desc limit :limit;

-- name: openings_by
-- What somebody opened since then, and whether they looked after it when they were asked about it.
select e.case_number, e.at, c.person_id, coalesce(o.person_id = e.by_person, false) as held
from event e join "case" c on c.number = e.case_number left join officer o on o.id = c.officer_id
where e.by_person = :person and e.at > :since and e.kind in ('revealed', 'exported') and c.practice_of is null
order by e.id;

-- name: alarm
-- Once a day for each officer.
insert into reading_alarm (officer_id, day) values (:officer, :day) on conflict do nothing;
