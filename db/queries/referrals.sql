-- part: shared_with
-- Who sees a referral `r` of a case `c`: whoever looks after the unit it was shared with, unless the case is about those who sit
-- there or once sat there, or it is the officer's own matter. Of the case they get the shared parts only.
r.state in ('shared', 'answered') and r.to_unit >= :prefix and r.to_unit < :beyond and c.practice_of is null
and c.state in ('new', 'working', 'waiting') and {not_about_them} and {not_their_own}

-- name: last_referral
select coalesce(max(id), 0) as last from referral;

-- name: ask_referral
insert into referral (id, case_number, to_unit, parts, state, consent, asked_at, changed_at)
values (:id, :number, :to, :parts, :state, :consent, :at, :at);

-- name: change_referral
-- Compare and set: only from the state it was seen in.
update referral set state = :state, consent = :consent, changed_at = :at where id = :id and state = :before;

-- name: referral_of
-- What was asked about a person's own case.
select r.* from referral r join "case" c on c.number = r.case_number
where r.id = :id and c.person_id in {selves};

-- name: referral_shared
-- What another unit may see: the referral, with the case it is of.
select r.*, c.form, c.village, c.unit, c.officer_id, c.answers_sealed from referral r join "case" c on c.number = r.case_number
where r.id = :id and {shared_with};

-- name: referrals_of_case
-- What is asked or shared of a case and not over, for whoever sees the case itself.
select r.* from referral r join "case" c on c.number = r.case_number
where r.case_number = :number and r.state in ('asked', 'shared', 'answered') and {in_sight}
order by r.id;
