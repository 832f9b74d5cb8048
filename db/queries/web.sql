-- name: language_of_chat
-- The language somebody chose, so that the page around their talk speaks it too.
select p.language from address a join person p on p.id = a.person_id
where a.channel = :channel and a.account = :account and a.chat = :chat;

-- name: place_of_officer
-- The officers' pages are an address of the officer's own person; what they do there is theirs.
insert into address (id, person_id, channel, account, chat)
select (select coalesce(max(id), 0) + 1 from address), o.person_id, 'web', 'officers', cast(o.id as text)
from officer o where o.id = :officer and o.person_id is not null
on conflict (channel, account, chat) do nothing;

-- name: place_of_officer on postgresql
insert into address (id, person_id, channel, account, chat)
select nextval('address_id_seq'), o.person_id, 'web', 'officers', cast(o.id as text) from officer o
where o.id = :officer and o.person_id is not null
on conflict (channel, account, chat) do nothing;

-- name: fresh_replies
-- What was answered to one incoming lately: somebody's data may stand in it.
select o.message_sealed as body from outgoing o join inbox i on i.id = o.cause
where i.channel = 'web' and i.account = 'officers' and i.external_id = :id and o.step = 0 and o.created_at > :since order by o.n;
