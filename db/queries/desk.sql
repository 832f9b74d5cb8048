-- name: held
-- How many open cases an officer looks after; what is pretended is no work.
select count(*) as many from "case" c
where c.officer_id = :officer and c.closed_at is null and c.practice_of is null and c.state in ('working', 'waiting')
  and {in_sight};

-- name: language_of_person
select language from person where id = :person;

-- name: alike
-- Other open cases of a case's person, for somebody who sees both. By the person only: families share phones.
select c.*, o.name as officer_name from "case" c left join officer o on o.id = c.officer_id
where c.person_id = :of_person and c.number <> :number and c.state in ('new', 'working', 'waiting') and {in_sight}
order by c.seq desc limit 8;

-- name: case_goes_on
-- The case a person's own one was joined with: their words go there.
select b.*, o.name as officer_name from "case" a join "case" b on b.number = a.merged_into
left join officer o on o.id = b.officer_id
where a.number = :number and a.person_id in {selves};
