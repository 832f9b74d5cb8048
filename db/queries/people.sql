-- name: addresses
-- Who is behind these addresses (JSON list of [channel, account, chat]), with where their talk stands.
select a.id as address_id, a.channel, a.account, a.chat, a.reachable, a.heard_at, p.id as person_id, p.language, p.talk_sealed, p.whole,
       o.id as officer_id, o.name as officer_name, o.role, o.unit, o.cap
from json_each(:addresses) as j
join address a on a.channel = j.value ->> 0 and a.account = j.value ->> 1 and a.chat = j.value ->> 2
join person p on p.id = a.person_id
left join officer o on o.person_id = p.id and o.revoked_at is null;

-- name: addresses on postgresql
select a.id as address_id, a.channel, a.account, a.chat, a.reachable, a.heard_at, p.id as person_id, p.language, p.talk_sealed, p.whole,
       o.id as officer_id, o.name as officer_name, o.role, o.unit, o.cap
from json_array_elements(cast(:addresses as json)) as j
join address a on a.channel = j ->> 0 and a.account = j ->> 1 and a.chat = j ->> 2
join person p on p.id = a.person_id
left join officer o on o.person_id = p.id and o.revoked_at is null;

-- name: people
-- The talks of these people (JSON list of ids).
select p.id as person_id, p.language, p.talk_sealed, o.id as officer_id, o.name as officer_name, o.role, o.unit, o.cap
from person p
left join officer o on o.person_id = p.id and o.revoked_at is null
where p.id in (select cast(value as bigint) from json_each(:people));

-- name: people_held
-- The same, of people whose talks are about to change.
select p.id as person_id, p.language, p.talk_sealed, o.id as officer_id, o.name as officer_name, o.role, o.unit, o.cap
from person p
left join officer o on o.person_id = p.id and o.revoked_at is null
where p.id in (select cast(value as bigint) from json_each(:people));

-- name: people_held on postgresql
-- Nobody else changes them until the transaction is over; all take them in the same order.
select p.id as person_id, p.language, p.talk_sealed, o.id as officer_id, o.name as officer_name, o.role, o.unit, o.cap
from person p
left join officer o on o.person_id = p.id and o.revoked_at is null
where p.id in (select cast(value as bigint) from json_each(:people))
order by p.id for no key update of p;

-- name: add_person
insert into person (id, created_at, seen_at, language, talk_sealed, drafted_at)
values (:id, :at, :at, :language, :talk, :drafted);

-- name: add_address
insert into address (id, person_id, channel, account, chat) values (:id, :person, :channel, :account, :chat);

-- name: save_talk
update person set seen_at = coalesce(:at, seen_at), language = :language, talk_sealed = :talk, drafted_at = :drafted where id = :id;

-- name: reachable
-- Heard from again, or known to be gone.
update address set reachable = :reachable where id = :address and reachable <> :reachable;

-- name: let_go_of_address
-- Whoever comes by this name from now on is somebody else.
update address set chat = chat || '#' || cast(:number as bigint) where id = :address;

-- name: addresses_of_person
-- Where to reach somebody, the place they last wrote from first, also those they have joined; pages are not places to be told at.
select a.id as address_id, a.channel, a.account, a.chat, a.reachable, a.person_id,
       case when a.channel = 'web' then (select max(i.arrived_at) from inbox i where i.address_id = a.id) else a.heard_at end as heard_at,
       coalesce((select max(i.id) from inbox i where i.address_id = a.id), 0) as last_heard
from address a where a.person_id in {selves} and a.account <> 'officers'
order by last_heard desc;

-- name: addresses_of_chat
-- The same, of this chat's own alone.
select a.id as address_id, a.channel, a.account, a.chat, a.reachable, a.heard_at, a.person_id,
       coalesce((select max(i.id) from inbox i where i.address_id = a.id), 0) as last_heard
from address a where a.person_id = :person and a.account <> 'officers'
order by last_heard desc;

-- name: move_address
-- The platform gave the chat a new id; one that is known already stays as it is.
update address set chat = :chat
where id = :address and not exists (
    select 1 from address there where there.channel = address.channel and there.account = address.account and there.chat = :chat);
