-- Limits that hold for all who work on one database.
alter table pace add column paused_until double precision;     -- the platform asked for quiet (seconds of the epoch)

-- How often somebody has tried, since when; who it is stands here as a mark, and not for long. A crash may forgive.
create unlogged table attempt (
    who           text collate "C" primary key,
    since         text collate "C" not null,
    tries         bigint not null
);
create index attempt_by_age on attempt (since);
