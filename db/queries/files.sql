-- name: want_file
-- A case and a file of a platform's that it holds; known already when it was attached twice.
insert into attached_file (case_number, channel, reference, wanted_at, due_at) values (:number, :channel, :reference, :at, :at)
on conflict do nothing;

-- name: wanted_files
-- What is due to be fetched (channels: JSON list of those that are open), what waited longest first.
select case_number, channel, reference, tries, wanted_at from attached_file
where state = 'wanted' and due_at <= :now and channel in (select value from json_each(:channels))
order by due_at limit :most;

-- name: keep_copy
update attached_file set state = 'kept', content_sealed = :content, mime = :mime
where case_number = :number and channel = :channel and reference = :reference and state = 'wanted';

-- name: want_file_later
update attached_file set due_at = :due, tries = tries + 1
where case_number = :number and channel = :channel and reference = :reference and state = 'wanted';

-- name: lose_file
update attached_file set state = 'lost'
where case_number = :number and channel = :channel and reference = :reference and state = 'wanted';

-- name: kept_file
select content_sealed, mime from attached_file
where channel = :channel and reference = :reference and state = 'kept' limit 1;

-- name: forget_files
delete from attached_file where case_number = :number;
