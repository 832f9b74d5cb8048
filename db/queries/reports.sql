-- part: in_report
-- Of the cases in sight, those a report counts: no pretend ones, none handed in twice.
c.practice_of is null and c.merged_into is null and c.opened_at >= :begin and c.opened_at < :end

-- name: counted
-- Cases handed in within a time, by where they wait, month, kind and what became of them. Counts as they are: not for showing.
select c.unit, substr(datetime(c.opened_at, :shift), 1, 7) as month, c.kind, c.urgency,
       case c.state when 'closed' then c.outcome when 'withdrawn' then 'withdrawn' else 'open' end as fate,
       c.clock = 'running' and c.state in ('new', 'working') and c.due_at < :now as late, count(*) as many
from "case" c
where {in_sight} and {in_report}
group by 1, 2, 3, 4, 5, 6;

-- name: first_answers
-- How long people waited for the first word from an officer, by unit (the first :length signs of its code) or by month.
with answered as materialized (
    select case :by when 'month' then substr(datetime(c.opened_at, :shift), 1, 7) else substr(c.unit, 1, :length) end as place,
           (julianday((select min(e.at) from event e where e.case_number = c.number and e.kind in ('to-person', 'closed')))
            - julianday(c.opened_at)) * 1440 as minutes
    from "case" c
    where {in_sight} and {in_report}),
ranked as (
    select place, minutes, row_number() over (partition by place order by minutes) as rank,
           count(*) over (partition by place) as many
    from answered where minutes is not null)
select place, many, min(case when rank * 2 >= many then minutes end) as half,
       min(case when rank * 10 >= many * 9 then minutes end) as most
from ranked group by place, many;

-- name: topics_asked
-- In the whole installation, for nobody's village stands beside a question: what was answered, and how often it helped.
select topic, cast(sum(answered) as bigint) as answered, cast(sum(helped) as bigint) as helped,
       cast(sum(not_helped) as bigint) as not_helped
from (select topic, 1 as answered, 0 as helped, 0 as not_helped from answered where at >= :begin and at < :end
      union all
      select topic, 0, helped, 1 - helped from rating where at >= :begin and at < :end) asked
group by topic order by 2 desc, topic;

-- name: asked_in_vain
select count(*) as many from unanswered where at >= :begin and at < :end;
