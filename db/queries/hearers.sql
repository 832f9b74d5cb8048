-- name: officers_nearest
-- Who sees a unit but this person, in the order in which they are told: who is there before who is away, the nearest level first.
-- The unit and those it lies in are named one by one (JSON list): so they are found by an index.
select id, person_id, name, role, unit, coalesce(away_until > :now, false) as away from officer
where person_id is not null and person_id <> :but and revoked_at is null
  and unit in (select value from json_each(:units))
order by away, length(unit) desc, id;

-- name: sees_case
-- Whether somebody may see this case, or a part of it that was shared with them.
select 1 as yes from "case" c where c.number = :number and {in_sight}
union
select 1 from referral r join "case" c on c.number = r.case_number where c.number = :number and {shared_with};
