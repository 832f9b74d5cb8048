-- Several at work on one database. A file has one: what is drawn and held on a server is counted and kept in memory here.
alter table outgoing add column lease_by text;                 -- who is sending it; empty when nobody is

-- How fast the fleet writes: from when on an account, and a chat, may be written to again (seconds of the epoch).
create table pace (
    channel       text not null,
    account       text not null,
    free_at       real not null,
    primary key (channel, account)
) strict;
alter table address add column free_at real;
