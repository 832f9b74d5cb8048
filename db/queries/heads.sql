-- name: page_of_head
-- The page whose hash begins so: what begins so lies between the beginning itself and the beginning with a sign after "f".
select id, at, hash from event where hash >= :beginning and hash < :beginning || 'g' order by id + 0 limit 1;
