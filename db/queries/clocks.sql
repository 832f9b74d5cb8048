-- name: passed
-- Cases whose time has come: the day they were put aside for, three quarters of their limit, its end. Each is read by an index of
-- its own. An emergency that is due further ahead than any limit reaches was written while the wall clock stood wrong. Pretend
-- cases bother nobody. Emergencies first, then what is late longest.
select c.number, c.unit, c.urgency, c.version, coalesce(c.officer_id, 0) as officer, c.raised_to,
       min(t.stage) as stage
from (
    select number, 'raised' as stage from "case"
    where clock = 'running' and state in ('new', 'working') and due_at <= :now
    union all
    select number, 'raised' from "case"
    where clock = 'running' and state in ('new', 'working') and due_at > :beyond and urgency = 'emergency'
    union all
    select number, 'warned' from "case"
    where clock = 'running' and warn_at is not null and warn_at <= :now and state in ('new', 'working') and due_at > :now
    union all
    select number, 'woken' from "case"
    where snoozed_until is not null and snoozed_until <= :now and clock <> 'running' and state in ('new', 'working', 'waiting')
    union all
    select number, 'woken' from "case"
    where clock <> 'running' and state in ('new', 'working') and snoozed_until is null
) t join "case" c on c.number = t.number
where c.practice_of is null
group by c.number
order by c.urgency <> 'emergency', c.due_at, c.number;
