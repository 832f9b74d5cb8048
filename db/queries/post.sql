-- name: seen
-- Which of these (JSON list of [channel, account, external id]) have come before.
select i.channel, i.account, i.external_id
from json_each(:ids) as j
join inbox i on i.channel = j.value ->> 0 and i.account = j.value ->> 1 and i.external_id = j.value ->> 2;

-- name: last_inbox
select coalesce(max(id), 0) as last from inbox;

-- name: keep_incoming
insert into inbox (id, channel, account, external_id, arrived_at, address_id)
values (:id, :channel, :account, :external_id, :at, nullif(:address, 0));

-- name: set_aside
insert into set_aside (inbox_id, incoming_sealed, error, at) values (:inbox, :incoming, :error, :at)
on conflict (inbox_id) do update set error = excluded.error, tries = tries + 1, at = excluded.at;

-- name: all_set_aside
select inbox_id, incoming_sealed, error, tries, at from set_aside order by inbox_id;

-- name: not_aside_any_more
delete from set_aside where inbox_id = :inbox;

-- name: forget_inbox_row
-- So that a message set aside can come in again by the door in.
update inbox set external_id = external_id || ':retry' || id where id = :inbox;

-- name: keep_said
insert into said (inbox_id, address_id, text_sealed, at) values (:inbox, :address, :text, :at);

-- name: send
insert into outgoing (cause, step, n, address_id, message_sealed, priority, due_at, created_at)
values (:cause, :step, :n, :address, :message, :priority, :due, :at);

-- name: due
-- What may go out now, a chat's rows in order: none while an earlier one of the same chat still waits for its time. What
-- nobody asked for, held until the morning, holds up no answer.
select o.id, o.address_id, o.message_sealed, o.attempts, o.priority, a.channel, a.account, a.chat
from outgoing o
join address a on a.id = o.address_id
where o.state = 'waiting' and o.due_at <= :now
  and a.channel in (select value from json_each(:channels))
  and not exists (
      select 1 from outgoing e
      where e.address_id = o.address_id and e.id < o.id
        and (e.state = 'sending' or (e.state = 'waiting' and e.due_at > :now and e.priority <= o.priority)))
order by o.priority, o.id
limit :limit;

-- name: next_due
-- When the first of those at the head of their chat becomes due: the ones behind it wait for it.
select min(o.due_at) as due from outgoing o join address a on a.id = o.address_id
where o.state = 'waiting' and a.channel in (select value from json_each(:channels))
  and not exists (
      select 1 from outgoing e
      where e.address_id = o.address_id and e.id < o.id
        and (e.state = 'sending' or (e.state = 'waiting' and e.due_at > o.due_at and e.priority <= o.priority)));

-- name: lease
update outgoing set state = 'sending', lease_until = :until, attempts = attempts + 1 where id = :id and state = 'waiting';

-- name: put_back
update outgoing set state = 'waiting', lease_until = null, attempts = attempts - 1 where id = :id and state = 'sending';

-- name: settle
-- How a send ended.
update outgoing
set state = :state, external_id = :external_id, sent_at = :sent, due_at = coalesce(:due, due_at), error = :error,
    lease_until = null
where id = :id;

-- name: leases_run_out
-- Whoever was sending these has died: they wait again.
update outgoing set state = 'waiting', lease_until = null where state = 'sending' and lease_until < :now;

-- name: reclaim
-- Being sent when the process died.
update outgoing set state = 'waiting', lease_until = null where state = 'sending';

-- name: cancel_waiting
-- Nobody is there any more.
update outgoing set state = 'cancelled', error = :error where address_id = :address and state = 'waiting';

-- name: redirect_waiting
-- The chat has become one we know already: what waits goes there.
update outgoing set address_id = there.id
from address here join address there on there.channel = here.channel and there.account = here.account and there.chat = :chat
where here.id = :address and there.id <> here.id and outgoing.address_id = here.id
  and outgoing.state in ('waiting', 'sending');

-- name: outbox_counts
select state, count(*) as many, min(created_at) as oldest from outgoing
where state in ('waiting', 'sending', 'dead', 'uncertain') group by state;

-- name: counts_set_aside
select count(*) as many from set_aside;

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
    order by 1 desc, 2 desc, 3 desc limit :limit)
order by cause, step, n;

-- name: newer_in_chat
-- What we said in a web chat after a row the page already shows.
select o.cause, o.step, o.n, o.id, o.message_sealed as body, 'bot' as side, o.created_at as at
from outgoing o join address a on a.id = o.address_id
where a.channel = :channel and a.account = :account and a.chat = :chat and o.id > :after
order by o.id;

-- name: replies_to
-- What was answered to one incoming (the officers' pages show it once).
select o.id, o.message_sealed as body from outgoing o join inbox i on i.id = o.cause
where i.channel = :channel and i.account = :account and i.external_id = :external_id and o.step = 0 order by o.n;

-- name: last_shown
-- The last message we sent to a chat (its buttons can be pressed by their labels).
select o.message_sealed as body from outgoing o join address a on a.id = o.address_id
where a.channel = :channel and a.account = :account and a.chat = :chat order by o.id desc limit :limit;
