-- name: language_of_chat
-- The language somebody chose, so that the page around their talk speaks it too.
select p.language from address a join person p on p.id = a.person_id
where a.channel = :channel and a.account = :account and a.chat = :chat;

-- name: place_of_officer
-- The officers' pages are an address of the officer's own person; what they do there is theirs.
insert into address (person_id, channel, account, chat)
select o.person_id, 'web', 'officers', cast(o.id as text) from officer o where o.id = :officer and o.person_id is not null
on conflict (channel, account, chat) do nothing;
