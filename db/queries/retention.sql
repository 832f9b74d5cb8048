-- name: tidy_said
-- What people wrote in the web chat is shown for a day.
delete from said where inbox_id in (select inbox_id from said where at < :before limit 1000);

-- name: tidy_web_letters
-- So is what we said there.
delete from outgoing where id in (
    select o.id from outgoing o join address a on a.id = o.address_id
    where a.channel = 'web' and o.state = 'sent' and o.created_at < :before limit 1000);

-- name: tidy_outgoing
delete from outgoing where id in (
    select id from outgoing where state in ('sent', 'cancelled') and created_at < :before limit 1000);

-- name: tidy_logins
delete from login where expires_at < :before;

-- name: tidy_answered
delete from answered where id in (select id from answered where at < :before limit 1000);

-- name: tidy_unanswered
delete from unanswered where id in (select id from unanswered where at < :before limit 1000);
