-- name: invite_worker
insert into worker_invite (hash, case_number, expires_at) values (:hash, :number, :expires);

-- name: worker_invited
-- The open case a code leads to, while no worker is in it; never to whoever reported it.
select c.*, o.name as officer_name from worker_invite i join "case" c on c.number = i.case_number
left join officer o on o.id = c.officer_id
where i.hash = :hash and i.expires_at > :now and c.worker_id is null and c.person_id not in {selves}
  and c.state in ('new', 'working', 'waiting');

-- name: worker_joined
delete from worker_invite where case_number = :number;

-- name: case_of_worker
select c.*, o.name as officer_name from "case" c left join officer o on o.id = c.officer_id
where c.number = :number and c.worker_id in {selves};
