-- What is asked for all day finds its own rows by an index, however much has gathered around them over the years.

-- Officers' lists are of open cases, few among all that were ever closed. All that says whether a case is in somebody's sight, and
-- in which part of their day it stands, lies in this index: a ministry's ten thousand are sorted without one of them being read.
create index case_open_by_unit on "case" (
    unit, due_at, seq, number, village, state, clock, urgency, officer_id, raised_to, snoozed_until, person_id, worker_id,
    practice_of, barred, opened_at
) where state in ('new', 'working', 'waiting');
-- What was closed is listed by when it was, statistics count all that was handed in: both from an index alone, too.
create index case_closed_by_unit on "case" (unit, closed_at, seq, number, state, person_id, worker_id, practice_of, barred)
where state in ('closed', 'withdrawn');
drop index case_by_unit;
create index case_by_unit on "case" (
    unit, opened_at, kind, urgency, state, outcome, clock, due_at, number, person_id, worker_id, practice_of, merged_into, barred
);
drop index case_raised;
create index case_raised on "case" (raised_to, practice_of) where raised_to is not null and closed_at is null;

-- What waits in the outbox comes and goes by the thousand beside millions that went: the server looks at it anew after a thousand
-- changes, not after a tenth of all, and clears away what they left after a fiftieth.
alter table outgoing set (
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02
);

-- A worker's cases (a code word is looked for at every message of theirs), and what an officer wrote down for others.
create index case_of_worker on "case" (worker_id) where worker_id is not null;
create index case_entered_by on "case" (entered_by, seq) where entered_by is not null;

-- What somebody opened lately, among all that ever happened.
create index event_of_reader on event (by_person, at) where kind in ('revealed', 'exported');

-- A question that was not understood, when its writer says what they meant.
create index unanswered_open on unanswered (text, offered) where meant = '';

-- Where an officer is in the pages.
create index session_of_officer on session (officer_id) where ended_at is null;

-- What has outlived its purpose is found by its age.
create index corrected_by_age on corrected (at);
create index login_by_age on login (expires_at);
create index refused_look_by_age on refused_look (at);
create index worker_invite_by_age on worker_invite (expires_at);
create index worker_invite_of_case on worker_invite (case_number);
