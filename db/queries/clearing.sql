-- name: clear_chat
-- All we lately sent to a chat, or may have; and what is on its way there, or was given up after some of it, and goes as soon as
-- it has come; but for what answers this very message.
update outgoing set away_at = :at
where address_id = :address and brief = 0 and cause <> :cause
  and ((state = 'sent' and sent_at > :since)
       or (due_at > :since and (state = 'uncertain' or (state = 'dead' and external_id <> '')))
       or (state in ('waiting', 'sending') and (due_at <= :at or attempts > 0)));

-- name: clear_page
-- The page of the web chat is ours: it is empty at once.
delete from outgoing where address_id = :address and brief = 1 and cause <> :cause;

-- name: clear_page_said
delete from said where address_id = :address;

-- name: to_take_away
-- What is due to go out of its chat (channels: JSON list of those that can do it; busy: of the addresses being served). What is
-- marked is looked up first, by its own indexes, for it is little among much.
select o.id, o.external_id, o.address_id, a.channel, a.chat
from (select id from outgoing
      where away_at <= :now and (state in ('sent', 'uncertain') or (state = 'dead' and external_id <> ''))
      union
      select id from outgoing where state = 'sent' and passing > 0 and coalesce(away_at, '') <= :now
        and julianday(sent_at) + passing / 1440.0 <= julianday(:now)) due
cross join outgoing o cross join address a
where o.id = due.id and a.id = o.address_id and a.channel in (select value from json_each(:channels)) and a.id not in (select cast(value as bigint) from json_each(:busy))
order by o.address_id, o.id limit 100;

-- name: taken_away
delete from outgoing where id = :id;

-- name: take_away_later
update outgoing set away_at = :at where id = :id;
