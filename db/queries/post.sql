-- name: seen
-- Which of these (JSON list of [channel, account, external id]) have come before.
select i.channel, i.account, i.external_id
from json_each(:ids) as j
join inbox i on i.channel = j.value ->> 0 and i.account = j.value ->> 1 and i.external_id = j.value ->> 2;

-- name: seen on postgresql
select i.channel, i.account, i.external_id
from json_array_elements(cast(:ids as json)) as j
join inbox i on i.channel = j ->> 0 and i.account = j ->> 1 and i.external_id = j ->> 2;

-- name: keep_incoming
insert into inbox (id, channel, account, external_id, arrived_at, address_id)
values (:id, :channel, :account, :external_id, :at, nullif(cast(:address as bigint), 0));

-- name: set_aside
insert into set_aside (inbox_id, incoming_sealed, error, at) values (:inbox, :incoming, :error, :at)
on conflict (inbox_id) do update set error = excluded.error, tries = set_aside.tries + 1, at = excluded.at;

-- name: all_set_aside
select inbox_id, incoming_sealed, error, tries, at from set_aside order by inbox_id;

-- name: not_aside_any_more
delete from set_aside where inbox_id = :inbox;

-- name: keep_said
insert into said (inbox_id, address_id, text_sealed, at) values (:inbox, :address, :text, :at);

-- name: send
insert into outgoing (cause, step, n, address_id, message_sealed, priority, due_at, created_at, case_number, covered, passing, kind,
                      brief)
values (:cause, :step, :n, :address, :message, :priority, :due, :at, :case, :covered, :passing, :kind,
        (select case when channel = 'web' then 1 else 0 end from address where id = :address));

-- name: due
-- What may go out now, a chat's rows in order: none while another of the same chat is being sent, or an earlier one still waits
-- for its time. What nobody asked for, held until the morning, holds up no answer. A cross join is made in the order it is written: from the
-- head of the outbox, not from all addresses.
select o.id, o.address_id, o.message_sealed, o.attempts, o.created_at, o.error, o.case_number, o.covered, o.kind, a.channel,
       a.account, a.chat, a.person_id, a.heard_at
from outgoing o cross join address a
where o.state = 'waiting' and o.due_at <= :now and a.id = o.address_id
  and a.channel in (select value from json_each(:channels))
  and o.address_id not in (select address_id from outgoing where state = 'sending')
  and not exists (
      select 1 from outgoing e
      where e.address_id = o.address_id and e.id < o.id and e.state in ('waiting', 'sending') and e.due_at > :now
        and e.priority <= o.priority)
order by o.priority, o.id
limit :limit;

-- name: due_of_new
-- What may go out now of the replies to the newest messages (JSON list of their numbers): as `due`, and none where something
-- older still waits in the same chat that would go before it.
select o.id, o.address_id, o.message_sealed, o.attempts, o.created_at, o.error, o.case_number, o.covered, o.kind, a.channel,
       a.account, a.chat, a.person_id, a.heard_at
from json_each(:causes) c cross join outgoing o cross join address a
where o.cause = cast(c.value as bigint) and o.priority <= :reply and o.state = 'waiting' and o.due_at <= :now and a.id = o.address_id
  and a.channel in (select value from json_each(:channels))
  and o.address_id not in (select address_id from outgoing where state = 'sending')
  and not exists (
      select 1 from outgoing e
      where e.address_id = o.address_id and e.id < o.id and e.state in ('waiting', 'sending') and e.priority <= o.priority
        and (e.due_at > :now or e.cause not in (select cast(value as bigint) from json_each(:causes))))
order by o.priority, o.id;

-- name: next_due
-- When the first of those at the head of their chat becomes due: the ones behind it wait for it.
select o.due_at as due from outgoing o cross join address a
where o.state = 'waiting' and a.id = o.address_id and a.channel in (select value from json_each(:channels))
  and o.address_id not in (select address_id from outgoing where state = 'sending')
  and not exists (
      select 1 from outgoing e
      where e.address_id = o.address_id and e.id < o.id and e.state in ('waiting', 'sending') and e.due_at > o.due_at
        and e.priority <= o.priority)
order by o.due_at limit 1;

-- name: lease
update outgoing set state = 'sending', lease_until = :until, lease_by = :worker, attempts = attempts + 1
where id = :id and address_id = :address and state = 'waiting';

-- name: leased
-- Those of these letters (JSON list of ids) that a worker is sending.
select id from outgoing
where id in (select cast(value as bigint) from json_each(:ids)) and state = 'sending' and lease_by = :worker;

-- name: chats_held
-- Those of these chats (JSON list of ids) that nobody else takes letters from until the transaction is over.
select id from address where id in (select cast(value as bigint) from json_each(:chats));

-- name: chats_held on postgresql
select id from address where id in (select cast(value as bigint) from json_each(:chats))
for no key update skip locked;

-- name: put_back
update outgoing
set state = 'waiting', lease_until = null, attempts = attempts - 1, due_at = coalesce(:due, due_at)
where id = :id and state = 'sending' and coalesce(lease_by, '') = :worker;

-- name: settle
-- How a send ended, when it is still of whoever sent it. What arrived of it in an earlier try stands in the chat too.
update outgoing
set state = :state, external_id = trim(coalesce(external_id, '') || ',' || :external_id, ','), sent_at = :sent,
    due_at = coalesce(:due, due_at), error = :error, lease_until = null, lease_by = null
where id = :id and coalesce(lease_by, '') = :worker;

-- name: any_lease_run_out
select id from outgoing
where state = 'sending' and lease_until < :now and id not in (select cast(value as bigint) from json_each(:held)) limit 1;

-- name: leases_run_out
-- Whoever was sending these has died: they wait again. Not those we hold ourselves: the wall clock may have jumped.
update outgoing set state = 'waiting', lease_until = null, lease_by = null
where state = 'sending' and lease_until < :now and id not in (select cast(value as bigint) from json_each(:held));

-- name: leases_run_out on postgresql
-- What another worker is looking at is left to it.
update outgoing set state = 'waiting', lease_until = null, lease_by = null
where id in (select id from outgoing where state = 'sending' and lease_until < :now
             and id not in (select cast(value as bigint) from json_each(:held)) for update skip locked);

-- name: reclaim
-- Being sent when the process at this place died, or lost its connection; the place of the only one is ''.
update outgoing set state = 'waiting', lease_until = null, lease_by = null
where state = 'sending' and substr(coalesce(lease_by, ''), 1, length(:place)) = :place
  and id not in (select cast(value as bigint) from json_each(:held));

-- name: doubt_waiting
-- After a restore: what was to have gone out by now has most likely been sent since the copy was made. The web chat's rows
-- lie in the page itself: showing them again does no harm.
update outgoing set state = 'uncertain', lease_until = null, error = 'restored'
where (state = 'sending' or (state = 'waiting' and due_at <= :now))
  and address_id not in (select id from address where channel = 'web');

-- name: cancel_waiting
-- Nobody is there any more.
update outgoing set state = 'cancelled', error = :error where address_id = :address and state = 'waiting';

-- name: redirect_waiting
-- The chat has become one we know already: what waits goes there.
update outgoing set address_id = there.id
from address here join address there on there.channel = here.channel and there.account = here.account and there.chat = :chat
where here.id = :address and there.id <> here.id and outgoing.address_id = here.id
  and outgoing.state in ('waiting', 'sending');

-- name: said_in_chat
-- Both sides of a web chat, oldest first: what the person wrote and what we said.
select * from (
    select s.inbox_id as cause, -1 as step, 0 as n, 0 as id, s.text_sealed as body, 'person' as side, s.at as at
    from said s join address a on a.id = s.address_id
    where a.channel = :channel and a.account = :account and a.chat = :chat
    union all
    select o.cause, o.step, o.n, o.id, o.message_sealed, 'bot', o.created_at
    from outgoing o join address a on a.id = o.address_id
    where a.channel = :channel and a.account = :account and a.chat = :chat and o.state in ('waiting', 'sending', 'sent')
      and (o.case_number is null or o.state <> 'waiting')
    order by 1 desc, 2 desc, 3 desc limit :limit) lines
order by cause, step, n;

-- name: newer_in_chat
-- What we said in a web chat after a row the page already shows.
select o.cause, o.step, o.n, o.id, o.message_sealed as body, 'bot' as side, o.created_at as at
from outgoing o join address a on a.id = o.address_id
where a.channel = :channel and a.account = :account and a.chat = :chat and o.id > :after
  and (o.case_number is null or o.state in ('sending', 'sent'))
order by o.id;

-- name: in_chat
-- One thing we said in a web chat, if the page shows it.
select o.message_sealed as body
from outgoing o join address a on a.id = o.address_id
where o.id = :id and a.channel = :channel and a.account = :account and a.chat = :chat
  and o.state in ('waiting', 'sending', 'sent') and (o.case_number is null or o.state <> 'waiting');

-- name: replies_to
-- What was answered to one incoming (the officers' pages show it once).
select o.id, o.message_sealed as body from outgoing o join inbox i on i.id = o.cause
where i.channel = :channel and i.account = :account and i.external_id = :external_id and o.step = 0 order by o.n;

-- name: last_shown
-- The last message we sent to a chat (its buttons can be pressed by their labels).
select o.message_sealed as body from outgoing o join address a on a.id = o.address_id
where a.channel = :channel and a.account = :account and a.chat = :chat order by o.id desc limit :limit;
