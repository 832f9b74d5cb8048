-- name: contact_of
-- How a person of a case may be written to: the one who handed it in, or the worker it is about. Nobody else has a plan.
select c.urgency,
       case when :person = c.person_id then c.plan_sealed when :person = c.worker_id then c.worker_plan_sealed end as plan
from "case" c where c.number = :number;

-- name: keep_back
insert into kept_back (case_number, person_id, message_sealed, talking, at) values (:number, :person, :message, :talking, :at);

-- name: any_kept_back
select id from kept_back where case_number = :number and person_id = :person limit 1;

-- name: kept_back
select message_sealed, talking from kept_back where case_number = :number and person_id = :person order by id;

-- name: forget_kept_back
delete from kept_back where case_number = :number and person_id = :person;

-- name: forget_all_kept_back
-- The case is withdrawn, or its time is over.
delete from kept_back where case_number = :number;

-- name: withhold
-- The plan as it stands now forbids this letter.
update outgoing set state = 'cancelled', error = 'kept back' where id = :id and state = 'waiting';

-- name: put_off
-- Not in these hours; meanwhile it holds up nothing else in the chat.
update outgoing set due_at = :due, priority = max(priority, 9) where id = :id and state = 'waiting';

-- name: cancel_letters_of
update outgoing set state = 'cancelled', error = 'erased' where case_number = :number and state = 'waiting';

-- name: codes_of
-- The code words of somebody's cases, each with its case.
select number, case when person_id = :person then code_hash else worker_code_hash end as code
from "case" where (person_id = :person and code_hash is not null) or (worker_id = :person and worker_code_hash is not null);

-- name: set_code
update "case" set code_hash = case when :person = person_id then :hash else code_hash end,
                  worker_code_hash = case when :person = worker_id then :hash else worker_code_hash end
where number = :number and (person_id = :person or worker_id = :person);

-- name: code_tries
select wrong, last_at from code_try where person_id = :person;

-- name: code_wrong
insert into code_try (person_id, wrong, last_at) values (:person, 1, :at)
on conflict (person_id) do update set wrong = case when last_at < :old then 1 else wrong + 1 end, last_at = excluded.last_at;

-- name: code_right
delete from code_try where person_id = :person;
