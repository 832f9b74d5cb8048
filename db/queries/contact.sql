-- name: contact_of
-- How a person of a case may be written to in a chat of theirs: the one who handed it in, or the worker it is about. Nobody else
-- has a plan. `elsewhere`: of a secret matter this is not the chat in which they last did something about it. `own`: it is this chat's.
select c.urgency, :person in (c.person_id, coalesce(c.worker_id, 0)) as own,
       case when c.person_id in {selves} then c.plan_sealed when c.worker_id in {selves} then c.worker_plan_sealed end as plan,
       c.urgency <> 'general' and coalesce((
           select e.by_person from event e
           where e.case_number = c.number and e.kind not in ('joined', 'parted', 'number-changed') and e.by_person in {selves}
           order by e.id desc limit 1), :person) <> :person as elsewhere
from "case" c where c.number = :number;

-- name: other_plans
-- What holds for all that is written into a chat which a case did not come from: the plans of the open cases that did.
select c.number, c.urgency, case when c.person_id = :person then c.plan_sealed else c.worker_plan_sealed end as plan
from "case" c where (c.person_id = :person or c.worker_id = :person) and c.state in ('new', 'working', 'waiting');

-- name: keep_back
-- For the chat the case came from, in whichever of its person's chats it was to be shown.
insert into kept_back (case_number, person_id, message_sealed, talking, at)
select c.number, case when c.person_id in {selves} then c.person_id when c.worker_id in {selves} then c.worker_id else :person end,
       :message, :talking, :at
from "case" c where c.number = :number;

-- name: any_kept_back
select id from kept_back where case_number = :number and person_id in {selves} limit 1;

-- name: kept_back
select id, message_sealed, talking from kept_back where case_number = :number and person_id in {selves} order by id;

-- name: forget_kept_back
-- What was shown (JSON list of ids): more may be kept back at the same moment.
delete from kept_back where id in (select cast(value as bigint) from json_each(:ids));

-- name: forget_all_kept_back
-- The case is withdrawn, or its time is over.
delete from kept_back where case_number = :number;

-- name: withhold
-- The plan as it stands now forbids this letter.
update outgoing set state = 'cancelled', error = 'kept back' where id = :id and state = 'waiting';

-- name: put_off
-- Not in these hours; meanwhile it holds up nothing else in the chat.
update outgoing set due_at = :due, priority = case when priority < 9 then 9 else priority end where id = :id and state = 'waiting';

-- name: cancel_letters_of
update outgoing set state = 'cancelled', error = 'erased'
where case_number = :number and (state = 'waiting' or (state = 'cancelled' and error = 'until they write'));

-- name: codes_of
-- The code words of somebody's cases, each with its case.
select number, code_hash as code from "case" where person_id in {selves} and code_hash is not null
union all
select number, worker_code_hash from "case"
where worker_id in {selves} and worker_code_hash is not null and (person_id not in {selves} or code_hash is null);

-- name: set_code
update "case" set code_hash = case when person_id in {selves} then :hash else code_hash end,
                  worker_code_hash = case when worker_id in {selves} then :hash else worker_code_hash end
where number = :number and (person_id in {selves} or worker_id in {selves});

-- name: code_tries
-- Counted for the person, from whichever of their chats.
select wrong, last_at from code_try where person_id = {first_self};

-- name: code_wrong
insert into code_try (person_id, wrong, last_at) values ({first_self}, 1, :at)
on conflict (person_id) do update set wrong = case when code_try.last_at < :old then 1 else code_try.wrong + 1 end, last_at = excluded.last_at;

-- name: code_right
delete from code_try where person_id = {first_self};
