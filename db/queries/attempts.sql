-- name: attempt
-- One more; how many there have been since the first of them. What began before `since` is over, and begins anew.
insert into attempt (who, since, tries) values (:who, :now, 1)
on conflict (who) do update
set tries = case when attempt.since < :since then 1 else attempt.tries + 1 end,
    since = case when attempt.since < :since then excluded.since else attempt.since end
returning tries;

-- name: tidy_attempts
delete from attempt where who in (select who from attempt where since < :before limit {piece});
