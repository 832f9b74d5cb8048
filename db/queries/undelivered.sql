-- name: undelivered
-- What was given up (`dead`), or may have arrived (`uncertain`), oldest first.
select o.id, a.channel, o.priority, o.created_at, o.error, o.attempts, o.message_sealed
from outgoing o join address a on a.id = o.address_id
where o.state in ('dead', 'uncertain') and o.state = :state
order by o.created_at, o.id;

-- name: revive
-- Given another chance, as if it had never been tried.
update outgoing set state = 'waiting', attempts = 0, due_at = :now, error = null where id = :id and state = :state;

-- name: bring_forward
-- Due later than any try could put it: the wall clock was put back meanwhile. What was never tried is due when it is made.
update outgoing set due_at = :now
where state = 'waiting' and due_at > :after and priority <= :priority and (:tried = 1 or attempts = 0);

-- name: trouble
-- What the sweep looks for; nothing here reads a long table through.
select (select count(*) from outgoing where state = 'sending' and lease_until < :now) as expired_leases,
       (select count(*) from outgoing where state = 'waiting' and due_at < :overdue) as overdue_sends,
       (select count(*) from outgoing where state in ('dead', 'uncertain') and state = 'dead') as dead_sends,
       (select count(*) from "case" where state in ('new', 'working', 'waiting') and due_at < :now
           and officer_id is null and practice_of is null) as unclaimed_cases,
       (select count(*) from "case" where clock = 'running' and state in ('new', 'working') and due_at < :overdue
           and practice_of is null) as overdue_cases,
       (select count(*) from "case" where snoozed_until is not null and snoozed_until < :overdue and clock <> 'running'
           and state in ('new', 'working', 'waiting') and practice_of is null) as overslept_cases,
       (select count(*) from set_aside) as set_aside,
       (select count(*) from attached_file where state = 'lost') as lost_files;
