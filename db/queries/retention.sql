-- name: tidy_said
-- What people wrote in the web chat is shown for a day.
delete from said where inbox_id in (select inbox_id from said where at < :before limit :most);

-- name: tidy_web_letters
-- So is what we said there.
delete from outgoing where id in (
    select id from outgoing where brief = 1 and state = 'sent' and created_at < :before limit :most);

-- name: tidy_outgoing
-- What waits for the person of a case goes with the case.
delete from outgoing where id in (
    select id from outgoing
    where state in ('sent', 'cancelled') and created_at < :before
      and (case_number is null or coalesce(error, '') <> 'until they write')
    limit :most);

-- name: tidy_logins
delete from login where token_hash in (select token_hash from login where expires_at < :before limit :most);

-- name: tidy_invites
delete from worker_invite where hash in (select hash from worker_invite where expires_at < :before limit :most);

-- name: tidy_answered
delete from answered where id in (select id from answered where at < :before limit :most);

-- name: tidy_unanswered
delete from unanswered where id in (select id from unanswered where at < :before limit :most);

-- name: old_drafts
-- People with a form left unsent for too long.
select id as person_id, language, talk_sealed, null as officer_id from person
where drafted_at < :before order by drafted_at limit 100;

-- name: old_cases
-- Cases whose promised time after closing is over.
select number from "case" where form = :form and closed_at < :before and answers_sealed is not null
order by closed_at limit :most;

-- name: forget_letters
-- What we wrote to a person and they have read: it may repeat what they told us. What is to go out of their chat in Telegram is
-- needed for that, and deleted as soon as it has gone.
delete from outgoing where state in ('sent', 'cancelled', 'uncertain', 'dead')
  and address_id in (select id from address where person_id in {selves})
  and (away_at is null or not exists (select 1 from address a where a.id = outgoing.address_id and a.channel = 'telegram'));

-- name: tidy_inbox
-- What came in is remembered for being known when it comes again; never so few that a number could be given out twice.
delete from inbox where id in (
    select i.id from inbox i
    where i.arrived_at < :before and i.id < (select max(id) from inbox)
      and not exists (select 1 from set_aside s where s.inbox_id = i.id)
      and not exists (select 1 from said s where s.inbox_id = i.id)
      and not exists (select 1 from outgoing o where o.cause = i.id and o.state in ('waiting', 'sending'))
    order by i.arrived_at limit :most);
