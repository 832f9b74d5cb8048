-- part: audience
-- People of these places who handed in one of these kinds, in the author's sight; nobody with a sensitive matter that is open,
-- whoever reports it.
c.practice_of is null and c.merged_into is null and c.urgency = 'general' and c.state <> 'withdrawn'
and c.answers_sealed is not null and c.kind in (select value from json_each(:kinds))
and exists (select 1 from json_each(:units) u
            where u.value = '' or c.village = u.value or substr(c.village, 1, length(u.value) + 1) = u.value || '.')
and not exists (select 1 from same_person p join "case" s on s.person_id = p.self_id where p.person_id = c.person_id
                and s.urgency <> 'general' and s.state in ('new', 'working', 'waiting'))
and not exists (select 1 from same_person p join "case" s on s.worker_id = p.self_id where p.person_id = c.person_id
                and s.state in ('new', 'working', 'waiting'))

-- name: count_audience
select count(distinct (select min(p.self_id) from same_person p where p.person_id = c.person_id)) as many from "case" c
where {in_sight} and {audience};

-- name: add_broadcast
insert into broadcast (key, officer_id, unit, units, kinds, words_sealed, at, state)
values (:key, :author, :unit, :units, :kinds, :words, :at, 'waiting') on conflict do nothing;

-- name: broadcast_of_key
select id from broadcast where key = :key;

-- name: broadcasts
-- The latest; who may see which is decided by what each goes to.
select b.*, o.name as author_name, coalesce(s.name, '') as second_name
from broadcast b join officer o on o.id = b.officer_id left join officer s on s.id = b.second_id
order by b.id desc limit :limit;

-- name: broadcast
select b.*, o.name as author_name, coalesce(s.name, '') as second_name
from broadcast b join officer o on o.id = b.officer_id left join officer s on s.id = b.second_id
where b.id = :id;

-- name: decide_broadcast
-- By a second person, once; one person who holds two offices is one person.
update broadcast set state = :state, second_id = :officer, second_at = :at
where id = :id and state = 'waiting' and officer_id <> :officer
  and (select person_id from officer where id = :officer) <> (select person_id from officer where id = broadcast.officer_id);

-- name: list_audience
insert into broadcast_to (broadcast_id, person_id, at)
select distinct cast(:id as bigint), (select min(p.self_id) from same_person p where p.person_id = c.person_id), :at from "case" c
where {in_sight} and {audience}
on conflict do nothing;

-- name: stop_broadcast
update broadcast set state = 'stopped', ended_at = :at where id = :id and state in ('waiting', 'running');

-- name: cancel_broadcast
-- What lies in the outbox for the morning goes no more.
update outgoing set state = 'cancelled', error = 'stopped' where state = 'waiting' and step = 0
  and cause in (select cause from broadcast_to where broadcast_id = :id and cause is not null);

-- name: running_broadcasts
-- Whose author is still in office.
select b.id from broadcast b join officer o on o.id = b.officer_id
where b.state = 'running' and o.revoked_at is null order by b.id;

-- name: untold_broadcasts
-- Those that stand since lately where nobody has been told yet.
select id, state from broadcast b
where coalesce(ended_at, second_at, at) > :since
  and not exists (select 1 from inbox i where i.channel = :channel and i.account = :account
                  and i.external_id = 'broadcast-news:' || b.id || ':' || b.state)
order by id;

-- name: broadcast_waits
select person_id from broadcast_to where broadcast_id = :id and state = 'waiting' order by person_id limit :limit;

-- name: broadcast_brought
update broadcast_to set state = :state, cause = :cause, at = :at
where broadcast_id = :id and person_id in {selves} and state = 'waiting';

-- name: broadcast_over
-- Everybody on its list has had it, or never will; what lies ready for the morning can still be stopped.
update broadcast set state = 'done', ended_at = :at where id = :id and state = 'running'
  and not exists (select 1 from broadcast_to t where t.broadcast_id = :id and t.state = 'waiting')
  and not exists (select 1 from broadcast_to t join outgoing g on g.cause = t.cause and g.step = 0
                  where t.broadcast_id = :id and g.state in ('waiting', 'sending'));

-- name: broadcast_results
-- What became of it; a letter that is not out yet, or will never be, is counted as that.
select case when t.state <> 'sent' then t.state when g.state in ('waiting', 'sending') then 'on-its-way'
            when g.state in ('dead', 'cancelled') then g.state else 'sent' end as became, count(*) as many
from broadcast_to t left join outgoing g on g.cause = t.cause and g.step = 0 and g.n = 0
where t.broadcast_id = :id group by 1;

-- name: forget_broadcasts
delete from broadcast_to where person_id in {selves};

-- name: tidy_broadcasts
delete from broadcast_to where (broadcast_id, person_id) in (
    select broadcast_id, person_id from broadcast_to where at < :before limit {piece});
