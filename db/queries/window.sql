-- name: heard
-- They wrote: for a day we may write what we like.
update address set heard_at = :at where id = :address;

-- name: day_is_over
-- The platform says so, whatever we reckoned.
update address set heard_at = null where id = :address;

-- name: send_again
update outgoing set state = 'waiting', error = null, due_at = :at, lease_until = null where id = :id;

-- name: release_held
-- What waited until they write goes now, in its order.
update outgoing set state = 'waiting', error = null, due_at = :at
where address_id = :address and state = 'cancelled' and error = 'until they write';

-- name: letter
-- What must be known of a letter to hold it.
select o.id, o.address_id, o.message_sealed, o.case_number, o.kind, a.person_id, a.heard_at
from outgoing o join address a on a.id = o.address_id where o.id = :id;

-- name: letter on postgresql
-- And that they write just now is heard before or after it.
select o.id, o.address_id, o.message_sealed, o.case_number, o.kind, a.person_id, a.heard_at
from outgoing o join address a on a.id = o.address_id where o.id = :id for no key update of a;

-- name: hold
update outgoing set state = 'cancelled', error = 'until they write', lease_until = null where id = :id;

-- name: too_late
-- News nobody waits for is none any more when they write again some day.
update outgoing set state = 'cancelled', error = 'too late', lease_until = null where id = :id;

-- name: lately_announced
-- A template went to this chat, or is on its way.
select id from outgoing
where address_id = :address and kind = 'template' and created_at > :since and state in ('waiting', 'sending', 'sent', 'uncertain')
limit 1;

-- name: announce
-- A template beside the letter that is held. It names nothing, as a covered one.
insert into outgoing (cause, step, n, address_id, message_sealed, priority, due_at, created_at, case_number, covered, kind)
select o.cause, o.step, (select max(s.n) + 1 from outgoing s where s.cause = o.cause and s.step = o.step), o.address_id, :message,
       o.priority, :at, :at, o.case_number, 1, 'template'
from outgoing o where o.id = :id;

-- name: stand_for
-- A letter that names nothing goes as a template itself.
update outgoing set message_sealed = :message, kind = 'template', state = 'waiting', lease_until = null where id = :id;
