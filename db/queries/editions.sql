-- name: keep_edition
insert into edition (code, topic, country, sector, changes, first_at)
values (:code, :topic, :country, :sector, :changes, :at) on conflict do nothing;

-- name: edition
select code, topic, country, sector, changes, first_at, ended_at from edition where code = :code;

-- name: editions
select code, topic, country, sector, changes, first_at, ended_at from edition;

-- name: edition_ended
update edition set ended_at = :at, spread_at = null where code = :code and ended_at is null;

-- name: edition_stands
update edition set ended_at = null, spread_at = null where code = :code;

-- name: corrections_undone
-- What stands again may end again: then everybody who had it is told anew.
delete from corrected where code = :code;

-- name: to_correct
-- People who had an answer that has changed since, were not told so yet, and have not asked again meanwhile. From the few editions
-- that have ended, not from all answers ever given.
select distinct (select min(s.self_id) from same_person s where s.person_id = a.person_id) as person_id, a.edition as code, e.ended_at
from edition e cross join answered a
where e.ended_at is not null and e.spread_at is null and a.edition = e.code and a.at < e.ended_at
  and not exists (select 1 from same_person s join corrected c on c.person_id = s.self_id
                  where s.person_id = a.person_id and c.code = e.code)
  and not exists (select 1 from same_person s join answered n on n.person_id = s.self_id join edition m on m.code = n.edition
                  where s.person_id = a.person_id and n.at >= e.ended_at
                    and m.topic = e.topic and m.country = e.country and m.sector = e.sector)
order by e.ended_at, 1 limit :limit;

-- name: all_spread
update edition set spread_at = :at where ended_at is not null and spread_at is null;

-- name: corrected
insert into corrected (code, person_id, state, at) values (:code, {first_self}, :state, :at)
on conflict (code, person_id) do update set state = excluded.state, at = excluded.at;

-- name: corrections
-- Each answer that has changed: who had it, and what became of telling them.
select e.code, e.topic, e.country, e.sector, e.changes, e.ended_at,
       (select count(distinct a.person_id) from answered a where a.edition = e.code and a.at < e.ended_at) as had,
       count(*) filter (where c.state = 'told') as told,
       count(*) filter (where c.state = 'owed') as owed,
       count(*) filter (where c.state = 'unreachable') as unreachable
from edition e left join corrected c on c.code = e.code
where e.ended_at > :since
group by e.code order by e.ended_at desc, e.topic limit :limit;

-- name: had_edition
-- How many people had answers of these topics (JSON list), by edition.
select e.code, e.topic, e.country, e.sector, count(distinct a.person_id) as people
from edition e join answered a on a.edition = e.code
where e.topic in (select value from json_each(:topics))
group by e.code order by people desc, e.code;

-- name: to_phone
-- Cases of people we could not tell, or who have not written since, in an officer's units: of each the latest case.
select c.number, max(c.seq), k.code, e.topic, e.country, e.sector, e.changes, e.ended_at
from corrected k join edition e on e.code = k.code
join same_person s on s.person_id = k.person_id join "case" c on c.person_id = s.self_id and c.answers_sealed is not null
where k.state <> 'told' and e.ended_at is not null
  and {in_sight}
group by k.code, k.person_id
order by e.ended_at desc, c.number limit :limit;

-- name: to_phone on postgresql
select * from (
    select distinct on (k.code, k.person_id) c.number, k.code, e.topic, e.country, e.sector, e.changes, e.ended_at
    from corrected k join edition e on e.code = k.code
    join same_person s on s.person_id = k.person_id join "case" c on c.person_id = s.self_id and c.answers_sealed is not null
    where k.state <> 'told' and e.ended_at is not null
      and {in_sight}
    order by k.code, k.person_id, c.seq desc) latest
order by ended_at desc, number limit :limit;

-- name: forget_corrected
delete from corrected where person_id in {selves};

-- name: tidy_corrected
delete from corrected where (code, person_id) in (
    select code, person_id from corrected where at < :before limit {piece});
