-- name: held
-- How many open cases an officer looks after; what is pretended is no work.
select count(*) as many from "case" c
where c.officer_id = :officer and c.closed_at is null and c.practice_of is null and c.state in ('working', 'waiting')
  and {in_sight};

-- name: language_of_person
select language from person where id = :person;

-- name: alike
-- Other open cases that may be the same person's, for somebody who sees both: those of the same chat first, then those in which the
-- same telephone number was given. Families share phones, so this is to be looked at, and never joined by itself.
select c.*, o.name as officer_name from "case" c left join officer o on o.id = c.officer_id
where c.number <> :number and c.state in ('new', 'working', 'waiting') and {in_sight}
  and (c.person_id = :of_person or c.number in (
      select other.case_number from case_phone one join case_phone other on other.mark = one.mark
      where one.case_number = :number))
order by c.person_id = :of_person desc, c.seq desc limit 8;

-- name: keep_phone
insert into case_phone (case_number, mark) values (:number, :mark) on conflict do nothing;

-- name: forget_phones
delete from case_phone where case_number = :number;

-- name: case_goes_on
-- The case a person's own one was joined with: their words go there.
select b.*, o.name as officer_name from "case" a join "case" b on b.number = a.merged_into
left join officer o on o.id = b.officer_id
where a.number = :number and a.person_id in {selves};
