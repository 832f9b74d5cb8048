-- name: link_piece
insert into piece (external_id, outgoing_id) values (:external_id, :letter) on conflict do nothing;

-- name: sent_by_us
-- The message is ours, whatever was said of it before we knew.
insert into arrival (external_id, state, category, month, parked, at) values (:external_id, 'sent', :category, :month, 0, :at)
on conflict (external_id) do update
set parked = 0, month = excluded.month,
    category = case when arrival.category = '' then excluded.category else arrival.category end;

-- name: arrived
-- The further stage is believed, in whatever order they are said: sent, failed, delivered, read.
insert into arrival (external_id, state, code, category, billing, at) values (:external_id, :stage, :code, :category, :billing, :at)
on conflict (external_id) do update
set state = case when excluded.state = 'read' or arrival.state = 'sent'
                      or (excluded.state = 'delivered' and arrival.state = 'failed') then excluded.state else arrival.state end,
    code = case when excluded.code <> '' then excluded.code else arrival.code end,
    category = case when excluded.category <> '' then excluded.category else arrival.category end,
    billing = case when excluded.billing <> '' then excluded.billing else arrival.billing end;

-- name: failed_letters
-- Of these messages (JSON list of the platform's ids) the letters that were sent and, it says, did not arrive.
select o.id, r.code, o.attempts, o.kind, o.sent_at, o.address_id, a.channel, a.account, a.chat, a.person_id
from json_each(:ids) j join arrival r on r.external_id = j.value and r.state = 'failed'
join piece p on p.external_id = r.external_id join outgoing o on o.id = p.outgoing_id and o.state = 'sent'
join address a on a.id = o.address_id
order by o.id;

-- name: arrived_after_all
-- What was given up because it was said to have failed.
update outgoing set state = 'sent', error = null
where state = 'dead' and error like 'failed %' and id in (select outgoing_id from piece where external_id = :external_id);

-- name: not_arrived
update outgoing set state = :state, error = :error, due_at = coalesce(:due, due_at) where id = :id and state = 'sent';

-- name: unlink_pieces
-- It goes once more under another id.
delete from piece where outgoing_id = :id;

-- name: tidy_parked
-- Of messages that were never ours, or whose letters have gone.
delete from arrival where external_id in (select external_id from arrival where parked = 1 and at < :before limit {piece});

-- name: tidy_arrivals
delete from arrival where external_id in (select external_id from arrival where at < :before limit {piece});

-- name: messages_sent
-- By month, category and how they are charged.
select month, category, billing, many from message_count where many > 0 order by month, category, billing;
