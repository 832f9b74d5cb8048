-- name: new_people
with recursive one (number) as (select 1 union all select number + 1 from one where number < :many)
select (select coalesce(max(id), 0) from person) + number as number from one;

-- name: new_people on postgresql
select nextval('person_id_seq') as number from generate_series(1, cast(:many as bigint));

-- name: new_addresses
with recursive one (number) as (select 1 union all select number + 1 from one where number < :many)
select (select coalesce(max(id), 0) from address) + number as number from one;

-- name: new_addresses on postgresql
select nextval('address_id_seq') as number from generate_series(1, cast(:many as bigint));

-- name: new_messages
with recursive one (number) as (select 1 union all select number + 1 from one where number < :many)
select (select coalesce(max(id), 0) from inbox) + number as number from one;

-- name: new_messages on postgresql
select nextval('inbox_id_seq') as number from generate_series(1, cast(:many as bigint));

-- name: new_consents
with recursive one (number) as (select 1 union all select number + 1 from one where number < :many)
select (select coalesce(max(id), 0) from consent) + number as number from one;

-- name: new_consents on postgresql
select nextval('consent_id_seq') as number from generate_series(1, cast(:many as bigint));

-- name: next_case
-- Pretend cases are numbered apart, above all others (casework/numbers.py).
select max((select coalesce(max(seq), 0) + 1 from "case" where seq < 90000000), :first, :drawn) as next, 0 as drawn;

-- name: next_case on postgresql
-- What was drawn before serves until a case bears it.
select next, next as drawn
from (select case when cast(:drawn as bigint) > 0 and not exists (select from "case" where seq = cast(:drawn as bigint))
                  then cast(:drawn as bigint) else nextval('case_number') - 1 + cast(:first as bigint) end as next) one;
