-- part: in_sight
-- Visibility is decided here and nowhere else: every query an officer's list, count, search or export is made of says so of its
-- case `c`. A unit's code begins with the codes of those above it, so what lies in sight is one range of codes; what is about a
-- village's own people waits above it, outside the village's range. A pretend case is for its own officer.
c.unit >= :prefix and c.unit < :beyond
and (c.practice_of = :officer or (c.practice_of is null and {not_their_own})) and {not_about_them}

-- part: not_their_own
-- Nobody looks at their own matter, or as the worker it is about, from behind the desk: they see it as its person, whichever of
-- their chats it came from.
(c.person_id not in {officers_selves} and coalesce(c.worker_id, 0) not in {officers_selves})

-- part: not_about_them
-- Wherever a case has come to: who sits in the barred unit does not see it, nor who sat there once and holds another office now.
(c.barred = '' or not (:prefix = c.barred or substr(:prefix, 1, length(c.barred) + 1) = c.barred || '.'))
and (c.barred = '' or not exists (
    select 1 from officer once
    where once.person_id in {officers_selves} and (once.unit = c.barred or substr(once.unit, 1, length(c.barred) + 1) = c.barred || '.')))

-- name: last_case
-- Pretend cases are numbered apart, above all others (casework/numbers.py).
select coalesce(max(seq), 0) as last from "case" where seq < 90000000;

-- name: add_consent
insert into consent (id, person_id, form, language, channel, words_hash, given_at)
values (:id, :person, :form, :language, :channel, :words_hash, :given);

-- name: open_case
insert into "case" (number, seq, form, kind, urgency, unit, village, person_id, consent_id, opened_at, due_at, state,
                    answers_sealed, warn_at, barred, entered_by, practice_of, plan_sealed)
values (:number, :seq, :form, :kind, :urgency, :unit, :village, :person, :consent, :opened, :due, :state, :answers, :warn,
        :barred, :entered_by, :practice_of, :plan);

-- name: move_case
-- Compare and set: only if nobody moved it meanwhile.
update "case"
set state = :state, officer_id = :officer, outcome = :outcome, closed_at = :closed, urgency = :urgency, unit = :unit,
    due_at = :due, clock = :clock, warn_at = :warn, left_minutes = :left, raised_to = :raised_to, snoozed_until = :snoozed,
    answered = :answered, barred = :barred, worker_id = coalesce(worker_id, :worker), merged_into = :merged_into, plan_sealed = :plan, worker_plan_sealed = :worker_plan,
    version = version + 1
where number = :number and version = :version;

-- name: erase_answers
update "case" set answers_sealed = null where number = :number;

-- name: case_in_scope
-- One case, if it waits within these units, and whether its person can be reached anywhere.
select c.*, o.name as officer_name,
       c.practice_of is not null or {is_reached} as reachable
from "case" c left join officer o on o.id = c.officer_id
where c.number = :number and {in_sight};

-- name: case_of
-- One case, if it is this person's own.
select c.*, o.name as officer_name from "case" c left join officer o on o.id = c.officer_id
where c.number = :number and c.person_id in {selves};

-- name: cases_of
-- A person's own cases, newest first.
select c.*, o.name as officer_name from "case" c left join officer o on o.id = c.officer_id
where c.person_id in {selves} order by c.seq desc limit 8;

-- name: queue
-- An officer's list: emergencies first, then what is due soonest, then age.
select c.*, o.name as officer_name from "case" c left join officer o on o.id = c.officer_id
where {in_sight}
  and c.state in ('new', 'working', 'waiting')
order by case c.urgency when 'emergency' then 0 when 'sensitive' then 1 else 2 end, c.due_at, c.seq
limit :limit;

-- name: closed_lately
-- What was closed in these units, newest first.
-- Only what stands on the page is read whole.
with page as (
    select c.number from "case" c where {in_sight} and c.state in ('closed', 'withdrawn')
    order by c.closed_at desc, c.seq desc limit :limit offset :offset)
select c.*, o.name as officer_name
from page join "case" c on c.number = page.number left join officer o on o.id = c.officer_id
order by c.closed_at desc, c.seq desc;

-- name: events_in_scope
-- From the book, or, of a pretend case, from what stands apart from it.
select e.id, e.case_number, e.kind, e.at, e.by_person, e.by_name, e.body_sealed
from event e join "case" c on c.number = e.case_number
where e.case_number = :number
  and {in_sight}
union all
select e.id, e.case_number, e.kind, e.at, e.by_person, e.by_name, e.body_sealed
from practice_event e join "case" c on c.number = e.case_number
where e.case_number = :number
  and {in_sight}
order by id;

-- name: last_event
select id, hash from event where id = (select max(id) from event);

-- name: add_event
insert into event (id, case_number, kind, at, by_person, by_name, body_sealed, body_digest, previous_hash, hash, inbox_id)
values (:id, :case_number, :kind, :at, :by_person, :by_name, :body, :body_digest, :previous_hash, :hash, :inbox);

-- name: erase_bodies
-- The words go, the digest stays, the chain holds.
update event set body_sealed = null where case_number = :number;

-- name: count_events
select count(*) as many from event;

-- name: book
-- The whole book, in order, a piece at a time.
select id, case_number, kind, at, by_person, by_name, body_sealed, body_digest, previous_hash, hash
from event where id > :after order by id limit 1000;
