-- part: part_of_day
-- The part of the day's list a case stands in, the most pressing that fits: 0 emergency, 1 raised to whoever looks, 2 overdue,
-- 3 due today, 4 new, 5 in progress, 6 waiting for its person or put aside (`model/day.py`); 7 a pretend one, after all others.
-- Each province has its own midnight: looked up only for what is due between the first of them and the last.
case when c.practice_of is not null then 7
     when c.urgency = 'emergency' then 0
     when c.raised_to = :unit then 1
     when c.state = 'waiting' or (c.snoozed_until is not null and c.clock = 'stopped') then 6
     when c.due_at < :now then 2
     when c.due_at < :first_midnight then 3
     when c.due_at < :last_midnight
          and c.due_at < coalesce((select value from json_each(:midnights) where key = substr(c.village, 1, 2)), :midnight) then 3
     when c.state = 'new' then 4
     else 5 end

-- name: day
-- A page of the day's list in the order of work: by part, by urgency, then by deadline, then by age. `part` -1 is all of them.
-- Only what stands on the page is read whole: of all others the index of open cases says enough to sort them.
with page as (
    select c.number, {part_of_day} as part, case when c.raised_to = :unit then 0 else 1 end as of_others,
           case c.urgency when 'emergency' then 0 when 'sensitive' then 1 else 2 end as pressing, c.due_at, c.seq
    from "case" c
    where {in_sight} and c.state in ('new', 'working', 'waiting')
      and (:mine = 0 or c.officer_id = :officer) and (:part = -1 or {part_of_day} = :part)
    order by part, of_others, pressing, c.due_at, c.seq
    limit :limit offset :offset)
select c.*, o.name as officer_name, page.part, c.practice_of is not null or {is_reached} as reachable
from page join "case" c on c.number = page.number left join officer o on o.id = c.officer_id
order by page.part, page.of_others, page.pressing, page.due_at, page.seq;

-- name: day_counts
-- How many cases stand in each part.
select {part_of_day} as part, count(*) as many
from "case" c
where {in_sight} and c.state in ('new', 'working', 'waiting') and (:mine = 0 or c.officer_id = :officer)
group by 1;

-- part: how_far
-- How far a letter that was sent has come: as far as the last of its pieces. Channels that do not report say no more than that.
(select case min(case r.state when 'read' then 2 when 'delivered' then 1 else 0 end) when 2 then 'read' when 1 then 'delivered' else 'sent' end
 from piece p join arrival r on r.external_id = p.external_id where p.outgoing_id = o.id)

-- name: deliveries
-- What became of the letters to a case's people: with which event of its book (counted from 0) they went out, or were kept back
-- until the person comes by themselves.
select (select count(*) from event b where b.case_number = e.case_number and b.id < e.id) as place, l.state
from event e join "case" c on c.number = e.case_number
join (select o.cause, o.step, null as at, a.person_id,
             case when o.state = 'cancelled' and o.error in ('kept back', 'until they write') then 'kept'
                  when o.kind = 'template' and o.state = 'sent' then 'announced'
                  when o.kind = 'template' then 'template'
                  when o.state = 'sent' then {how_far} else o.state end as state
      from outgoing o join address a on a.id = o.address_id
      where o.cause in (select inbox_id from event where case_number = :number)
      union all
      select null, 1, k.at, k.person_id, 'kept' from kept_back k where k.case_number = :number) l
  on l.step > 0 and (l.cause = e.inbox_id or l.at = e.at) and exists (
      select 1 from same_person s where s.person_id = l.person_id and s.self_id in (c.person_id, c.worker_id))
where e.case_number = :number and e.kind in (select value from json_each(:kinds)) and {in_sight};

-- name: shared_with_unit
-- What other offices share with whoever looks, what nobody has answered yet first, then the oldest; of the case its number and kind
-- only.
select r.id, r.case_number, c.form, c.unit, r.state, r.changed_at from referral r join "case" c on c.number = r.case_number
where {shared_with} and not {in_sight}
order by r.state = 'answered', r.changed_at, r.id limit 50;
