-- Limits that hold for all who work on one database. A file has one, which keeps them in memory.
alter table pace add column paused_until real;                 -- the platform asked for quiet (seconds of the epoch)

-- How often somebody has tried, since when; who it is stands here as a mark, and not for long.
create table attempt (
    who           text primary key,
    since         text not null,
    tries         integer not null
) strict, without rowid;
create index attempt_by_age on attempt (since);
