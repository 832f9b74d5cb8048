-- name: current_release
select r.digest, r.version, r.dated, u.at, u.because from release_use u join release r on r.digest = u.digest
order by u.id desc limit 1;

-- name: releases
-- What has been in use, the newest first.
select u.id, r.digest, r.version, r.dated, u.at, u.because from release_use u join release r on r.digest = u.digest
order by u.id desc limit 50;

-- name: previous_release
-- What was in use before the current one.
select u.digest from release_use u
where u.digest <> (select digest from release_use order by id desc limit 1) order by u.id desc limit 1;

-- name: release_like
-- By the beginning of its digest, or its version; the newest of these.
select digest from release where digest like :name || '%' or version = :name order by published_at desc limit 1;

-- name: release_files
select files from release where digest = :digest;

-- name: content_files
select digest, body from content_file where digest in (select value from json_each(:digests));

-- name: known_files
select digest from content_file where digest in (select value from json_each(:digests));

-- name: keep_file
insert into content_file (digest, body) values (:digest, :body) on conflict do nothing;

-- name: keep_release
insert into release (digest, version, dated, published_at, files) values (:digest, :version, :dated, :at, :files)
on conflict do nothing;

-- name: use_release
insert into release_use (digest, at, because) values (:digest, :at, :because);
