-- name: paper
-- How a case with a paper stands, by its number, for whoever also has the secret one: nothing of what it says is read.
select c.number, c.state, c.unit, c.village, c.opened_at, c.due_at, c.clock, c.officer_id, o.name as officer_name,
       c.pin_hash, p.language,
       c.pin_locked_until is not null and c.pin_locked_until > :now as locked,
       not exists (select 1 from address a where a.person_id = c.person_id) as free
from "case" c join person p on p.id = c.person_id left join officer o on o.id = c.officer_id
where c.number = :number and c.pin_hash is not null;

-- name: give_paper
-- A new secret number: the old one is void, and so are the wrong tries at it.
update "case" set pin_hash = :hash, pin_tries = 0, pin_locked_until = null where number = :number;

-- name: wrong_pin
-- Wrong tries are counted for the case, whoever makes them; the last one allowed shuts it for a while.
update "case"
set pin_tries = case when pin_tries + 1 >= :most then 0 else pin_tries + 1 end,
    pin_locked_until = case when pin_tries + 1 >= :most then :until else pin_locked_until end
where number = :number and pin_hash is not null and (pin_locked_until is null or pin_locked_until <= :now);

-- name: right_pin
update "case" set pin_tries = 0, pin_locked_until = null where number = :number and pin_tries > 0;

-- name: link_case
-- The case becomes that of whoever holds its paper, once: only while nobody's chat belongs to it.
update "case" set person_id = :person
where number = :number and substr(pin_hash, 1, length(:paper)) = :paper
  and not exists (select 1 from address a where a.person_id = "case".person_id);

-- name: newest_entered
-- The number of the case an officer wrote down last, for its paper.
select number from "case" where entered_by = :officer order by seq desc limit 1;
