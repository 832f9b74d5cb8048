-- Casework: clocks that rise, who may never see a case, referrals, absence, papers with a PIN, digests, broadcasts, exports.

-- Where a case stands. Its clock: until when somebody must act, when they are warned, whether time runs at all.
alter table "case" add column clock text not null default 'running' check (clock in ('running', 'paused', 'stopped'));
alter table "case" add column warn_at text;                       -- at three quarters of the limit; empty once warned
alter table "case" add column left_minutes integer;               -- of the limit, while the clock is paused
alter table "case" add column raised_to text;                     -- the unit that must act since the limit passed; '' the ministry
alter table "case" add column snoozed_until text;                 -- put aside by an officer, with a reason in the book
-- Who may never see it, and whom it is about.
alter table "case" add column barred text not null default '';    -- the unit it must not come to, for it is about those who sit there
alter table "case" add column worker_id integer references person (id);   -- when somebody reports for a worker who writes too
alter table "case" add column entered_by integer references officer (id); -- written down by an officer for somebody without a phone
alter table "case" add column practice_of integer references officer (id); -- a pretend case, of this officer alone
alter table "case" add column merged_into text references "case" (number); -- handed in twice: the work goes on there
-- How its person may be written to (model/contact.py), what they say when they come back, what stands on their paper.
alter table "case" add column plan_sealed blob;
alter table "case" add column code_hash text;                     -- of the word asked for on return
alter table "case" add column pin_hash text;                      -- of the PIN on the paper
alter table "case" add column pin_tries integer not null default 0;
create index case_by_clock on "case" (due_at) where clock = 'running' and state in ('new', 'working');
create index case_by_warning on "case" (warn_at) where clock = 'running' and warn_at is not null;
create index case_snoozed on "case" (snoozed_until) where snoozed_until is not null;
create index case_of_officer on "case" (officer_id) where officer_id is not null and closed_at is null;

-- Officers: away until a day, no more than so many open cases.
alter table officer add column away_until text;
alter table officer add column cap integer;
