-- name: server_time
-- What time it is where the database is.
select strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000+00:00' as now;

-- name: server_time on postgresql
select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') as now;

-- name: account_free
-- From when on an account may be written to (seconds of the epoch); until the transaction is over nobody else stands in its line.
insert into pace (channel, account, free_at) values (:channel, :account, :now)
on conflict (channel, account) do update set free_at = pace.free_at returning free_at;

-- name: account_is_free
update pace set free_at = :free where channel = :channel and account = :account;

-- name: pause_account
-- Who stands in line waits too; what two are asked for at once is the longer of both.
insert into pace (channel, account, free_at, paused_until) values (:channel, :account, :until, :until)
on conflict (channel, account) do update
set free_at = case when pace.free_at > excluded.free_at then pace.free_at else excluded.free_at end,
    paused_until = case when pace.paused_until > excluded.paused_until then pace.paused_until else excluded.paused_until end;

-- name: paused
-- For how many seconds more an account is to be left alone.
select paused_until - (julianday('now') - 2440587.5) * 86400.0 as seconds from pace
where channel = :channel and account = :account and paused_until is not null;

-- name: paused on postgresql
select paused_until - cast(extract(epoch from clock_timestamp()) as double precision) as seconds from pace
where channel = :channel and account = :account and paused_until is not null;

-- name: chats_free
-- From when on these chats (JSON list of ids) may be written to.
select id, free_at from address where id in (select cast(value as bigint) from json_each(:chats)) and free_at is not null;

-- name: chat_is_free
update address set free_at = :free where id = :id;

-- name: rest_until
update outgoing set due_at = :due where id = :id and state = 'waiting';
