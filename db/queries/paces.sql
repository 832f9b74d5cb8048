-- name: account_free
-- From when on an account may be written to (seconds of the epoch); until the transaction is over nobody else stands in its line.
insert into pace (channel, account, free_at) values (:channel, :account, :now)
on conflict (channel, account) do update set free_at = pace.free_at returning free_at;

-- name: account_is_free
update pace set free_at = :free where channel = :channel and account = :account;

-- name: pause_account
insert into pace (channel, account, free_at) values (:channel, :account, :until)
on conflict (channel, account) do update set free_at = excluded.free_at where pace.free_at < excluded.free_at;

-- name: chats_free
-- From when on these chats (JSON list of ids) may be written to.
select id, free_at from address where id in (select cast(value as bigint) from json_each(:chats)) and free_at is not null;

-- name: chat_is_free
update address set free_at = :free where id = :id;

-- name: rest_until
update outgoing set due_at = :due where id = :id and state = 'waiting';
