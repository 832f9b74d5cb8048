-- name: unanswered_since
-- What could not be answered, each wording once.
select text, language, offered, meant, count(*) as times, min(at) as first_at, max(at) as last_at
from unanswered where at >= :since
group by text, language, offered, meant;

-- name: not_helpful_since
-- Answers somebody said no to, by language and version; those with many and mostly such words first.
select topic, language, version, count(*) filter (where helped = 1) as helped, count(*) filter (where helped = 0) as not_helped, max(at) as last_at
from rating where at >= :since
group by topic, language, version having min(helped) = 0
order by count(*) filter (where helped = 0) * count(*) filter (where helped = 0) * 1.0 / count(*) desc, last_at desc, topic, language, version;

-- name: withheld_since
-- Answers withheld because their time was over, whatever their version.
select topic, cast(sum(asked) as bigint) as asked, min(first_at) as first_at, max(last_at) as last_at
from withheld where last_at >= :since
group by topic order by asked desc, topic;
