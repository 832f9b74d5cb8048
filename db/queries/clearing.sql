-- name: clear_chat
-- All we lately sent to a chat, but for what answers this very message.
update outgoing set away_at = :at
where address_id = :address and state = 'sent' and brief = 0 and cause <> :cause and sent_at > :since;

-- name: clear_page
-- The page of the web chat is ours: it is empty at once.
delete from outgoing where address_id = :address and brief = 1 and cause <> :cause;

-- name: clear_page_said
delete from said where address_id = :address;

-- name: to_take_away
-- What is due to go out of its chat (channels: JSON list of those that can do it).
select o.id, o.external_id, o.address_id, a.channel, a.chat from outgoing o join address a on a.id = o.address_id
where o.state = 'sent' and o.away_at <= :now and a.channel in (select value from json_each(:channels))
union
select o.id, o.external_id, o.address_id, a.channel, a.chat from outgoing o join address a on a.id = o.address_id
where o.state = 'sent' and o.passing > 0 and julianday(o.sent_at) + o.passing / 1440.0 <= julianday(:now)
  and coalesce(o.away_at, '') <= :now and a.channel in (select value from json_each(:channels))
order by 3, 1 limit 100;

-- name: taken_away
delete from outgoing where id = :id;

-- name: take_away_later
update outgoing set away_at = :at where id = :id;
