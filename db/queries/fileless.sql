-- name: sender_of_file
-- The chat from which an officer sent the file of a letter to somebody, unless they were told already that it did not arrive.
select o.cause, o.step, o.n, o.case_number, a.id as address_id, a.person_id
from outgoing o join inbox i on i.id = o.cause join address a on a.id = i.address_id
where o.id = :letter and o.step > 0 and a.id <> o.address_id
  and exists (select 1 from officer f where f.person_id = a.person_id and f.revoked_at is null)
  and not exists (select 1 from outgoing t where t.cause = o.cause and t.step = :behind + o.step and t.n = o.n);
