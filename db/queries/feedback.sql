-- name: unanswered_since
-- What could not be answered, each wording once.
select text, language, offered, meant, count(*) as times, min(at) as first_at, max(at) as last_at
from unanswered where at >= :since
group by text, language, offered, meant;

-- name: not_helpful_since
-- Answers somebody said no to, by language and version; those with many and mostly such words first.
select topic, language, version, sum(helped) as helped, sum(not helped) as not_helped, max(at) as last_at
from rating where at >= :since
group by topic, language, version having not_helped > 0
order by not_helped * not_helped * 1.0 / count(*) desc, last_at desc, topic, language, version;

-- name: withheld_since
-- Answers withheld because their time was over, whatever their version.
select topic, sum(asked) as asked, min(first_at) as first_at, max(last_at) as last_at
from withheld where last_at >= :since
group by topic order by asked desc, topic;
