-- name: refused_look
insert into refused_look (officer_id, at) values (:officer, :at);

-- name: refused_looks
-- How often an officer has asked lately for what is not in their sight.
select count(*) as many from refused_look where officer_id = :officer and at > :since;

-- name: tidy_refused_looks
delete from refused_look where at < :before;
