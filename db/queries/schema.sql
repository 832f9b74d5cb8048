-- name: applied
-- Which migrations a file has seen.
select number from migration order by number;
