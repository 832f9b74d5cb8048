"""PostgreSQL: a connection that writes, and one that only reads; both come back by themselves when the server does.

A transaction that was begun is never gone on with on another connection. `synchronous_commit=on`: what is committed survives
a power cut, whatever the server's own setting is. One at a time writes, as on SQLite, unless it is begun beside others: the
first hold a lock alone, the others share it. It is of the transaction, so that it goes with it however it ends, and through a
pooler too. Beside others (read committed) a key that is taken, or two that wait for each other, mean that somebody was quicker.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from typing import Any

import asyncpg

from bot.model.server import Server
from bot.store.connection import NoRoom, NotStored, Outrun, Refused, Row, Unusable, Values
from bot.store.queries import Numbered, numbered

OLDEST = 14
WRITING = 7_305_826
"""The advisory lock of whoever writes; any number would do, as long as it stays this one."""
_BEGIN = (
    "begin; set local synchronous_commit = on; set local lock_timeout = '{patience}';"
    f" select pg_advisory_xact_lock{{how}}({WRITING}); set local lock_timeout = 0"
)
_BESIDE = _BEGIN.format(patience="200ms", how="_shared")
_ALONE = _BEGIN.format(patience="1s", how="")
"""Who wants to be alone stands longer, until all who are at work have ended: nobody begins meanwhile."""
_HOLD = "select pg_advisory_xact_lock(one) from unnest($1::bigint[]) one"
"""In the order given."""
_OVERTAKEN = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
_CONNECT_WITHIN = 5.0
_ANSWER_WITHIN = 60.0
_SETTINGS = {"application_name": "desmigratif", "jit": "off", "timezone": "UTC"}
_LOST = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
"""So that the lock of a machine that is suddenly gone goes too."""
_GONE = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
FAULTS = (asyncpg.PostgresError, *_GONE)
"""All that can come of a server. The internal one: it had said good-bye, and that was not read yet."""
_BAD_VALUE = "22"
"""SQLSTATEs that begin so: a value nothing can be done with."""
_STANDBY = "the server is a standby, which only reads: name the one that writes"

_WORDS = (
    (
        asyncpg.InvalidAuthorizationSpecificationError,
        "the server does not let us in: the user or the password is wrong",
    ),
    (asyncpg.InvalidCatalogNameError, "the server has no database of this name: make it (createdb)"),
    (
        asyncpg.TooManyConnectionsError,
        "all connections of the server are taken: allow more (max_connections), or close some",
    ),
    (asyncpg.CannotConnectNowError, "the server is starting or stopping: try again"),
    (asyncpg.TargetServerAttributeNotMatched, _STANDBY),
    (TimeoutError, f"the server did not answer within {_CONNECT_WITHIN:.0f} seconds"),
)


class PostgresConnection:
    """One connection to the server, which is made anew when it was lost: but never within a transaction."""

    def __init__(self, server: Server, connection: asyncpg.Connection, *, reading: bool) -> None:
        self._server = server
        self._connection = connection
        self._reading = reading
        self._beside = False

    @property
    def beside(self) -> bool:
        """As it was begun."""
        return self._beside

    @property
    def in_transaction(self) -> bool:
        """Whether there is something to take back: the server has done so by itself when the connection was lost."""
        return not self._connection.is_closed() and self._connection.is_in_transaction()

    async def rows(self, name: str, values: Values) -> Sequence[Row]:
        """All rows of a named query."""
        statement = numbered(name)
        with _named(beside=self._beside):
            if self._reading:
                await self._come_back()
            try:
                async with self._only_reading():
                    found: Sequence[Row] = await self._connection.fetch(statement.text, *_in_order(statement, values))
            except _GONE:
                self._connection.terminate()
                raise
            return found

    async def run(self, name: str, values: Values) -> int:
        """Run one statement; how many rows it changed."""
        statement = numbered(name)
        with _named(beside=self._beside):
            return int((await self._connection.execute(statement.text, *_in_order(statement, values))).split()[-1])

    async def many(self, name: str, values: Sequence[Values]) -> None:
        """Run one statement for each set of values."""
        statement = numbered(name)
        with _named(beside=self._beside):
            await self._connection.executemany(statement.text, [_in_order(statement, one) for one in values])

    async def do(self, statement: str) -> None:
        """What stands in no file."""
        with _named(beside=self._beside):
            await self._connection.execute(statement)

    async def begin(self, *, beside: bool) -> bool:
        """In short tries: a wait at the server could not be ended by whoever wants to close."""
        try:
            with _named():
                await self._come_back()
                await self._connection.execute(_BESIDE if beside else _ALONE)
        except NotStored as error:
            if isinstance(error.__cause__, asyncpg.LockNotAvailableError):
                await self.roll_back()
                return False
            raise
        self._beside = beside
        return True

    async def hold(self, keys: Sequence[int]) -> None:
        """Each is waited for in turn; all who ask for some at once ask in the same order."""
        with _named(beside=self._beside):
            await self._connection.fetch(_HOLD, keys)

    async def commit(self) -> None:
        """To the server's disk. What a statement that failed has spoilt is taken back, and the server calls that a commit."""
        with _named(beside=self._beside):
            if await self._connection.execute("commit") != "COMMIT":
                raise NotStored("the transaction had failed before it was committed")

    async def roll_back(self) -> None:
        """Behind whatever the server still has to do. A connection that cannot even do that is given up."""
        try:
            await self._connection.execute("rollback")
        except FAULTS:
            self._connection.terminate()

    async def close(self) -> None:
        """Close it."""
        try:
            await self._connection.close(timeout=_CONNECT_WITHIN)
        except FAULTS:
            self._connection.terminate()

    def _only_reading(self) -> AbstractAsyncContextManager[object]:
        """What a connection of ours alone is told once, a pooler's must be told each time."""
        if self._reading and self._server.pooled:
            return self._connection.transaction(readonly=True)  # type: ignore[no-any-return]
        return nullcontext()

    async def _come_back(self) -> None:
        if self._connection.is_closed():
            try:
                self._connection = await _connect(self._server, reading=self._reading)
            except Unusable as error:
                raise NotStored(str(error)) from error


async def connect(server: Server) -> tuple[PostgresConnection, PostgresConnection]:
    """The connection that writes, and the one that reads. Raises `Unusable`."""
    writer = PostgresConnection(server, await _connect(server, reading=False), reading=False)
    try:
        return writer, PostgresConnection(server, await _connect(server, reading=True), reading=True)
    except BaseException:
        await writer.close()
        raise


async def open_plain(server: Server, answers_within: float = _ANSWER_WITHIN, **settings: str) -> asyncpg.Connection:
    """A connection for whoever needs one of their own. Raises `Unusable` with one line, in which no password stands.

    Of several hosts it is to the one that writes. Each is given its time: a machine that is gone, or frozen, keeps silent.
    """
    hosts, said = server.each, list[str]()
    for one in hosts:
        try:
            return await asyncpg.connect(
                one.dsn,
                timeout=_CONNECT_WITHIN,
                command_timeout=answers_within,
                statement_cache_size=0 if server.pooled else 100,
                server_settings={} if server.pooled else _SETTINGS | _LOST | settings,
                target_session_attrs="primary" if len(hosts) > 1 else "any",
            )
        except FAULTS as error:
            said.append(_plain(error))
            last = error
    raise Unusable(f"cannot use the database {server}: {'; '.join(dict.fromkeys(said))}") from last


async def free_schema(connection: asyncpg.Connection, name: str) -> str:
    """The name of a schema there is not yet: `before_move_1`, say."""
    number = 1
    while await connection.fetchval("select to_regnamespace($1) is not null", f"{name}_{number}"):
        number += 1
    return f"{name}_{number}"


async def _connect(server: Server, *, reading: bool) -> asyncpg.Connection:
    connection = await open_plain(server, default_transaction_read_only="on" if reading else "off")
    try:
        if why := await _unfit(connection):
            raise Unusable(f"cannot use the database {server}: {why}")
    except BaseException:
        connection.terminate()
        raise
    return connection


async def _unfit(connection: asyncpg.Connection) -> str:
    """What keeps us from working with this server; "" for nothing."""
    version = connection.get_server_version().major
    if version < OLDEST:
        return f"the server is PostgreSQL {version}, and {OLDEST} or newer is needed"
    if await connection.fetchval("select pg_is_in_recovery()"):
        return _STANDBY
    if connection.get_settings().server_encoding != "UTF8":
        return (
            "it does not keep its texts in UTF-8: make another (create database ... encoding 'UTF8' template template0)"
        )
    return ""


def _in_order(statement: Numbered, values: Values) -> list[Any]:
    return [values[name] for name in statement.names]


@contextmanager
def _named(*, beside: bool = False) -> Iterator[None]:
    """PostgreSQL's errors under our names, by who must act. Never with what it says in detail: there stand people's values.

    `beside` others a key may be taken because they were quicker: who finds it taken alone too has broken a rule.
    """
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        raise (Outrun if beside else Refused)(_said(error)) from error
    except _OVERTAKEN as error:
        raise Outrun(_said(error)) from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise Refused(_said(error)) from error
    except asyncpg.DiskFullError as error:
        raise NoRoom("the server's disk is full: make room on it; nothing was changed") from error
    except asyncpg.PostgresError as error:
        if (error.sqlstate or "").startswith(_BAD_VALUE):
            raise Refused(type(error).__name__) from error
        raise NotStored(_said(error)) from error
    except ValueError as error:  # a value that is not of its column's kind does not even leave us
        raise Refused(type(error).__name__) from error
    except _GONE as error:
        raise NotStored(f"the connection was lost: {type(error).__name__}") from error


def _said(error: asyncpg.PostgresError) -> str:
    return f"{type(error).__name__}: {getattr(error, 'message', '') or ''}"


def _plain(error: Exception) -> str:
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    if isinstance(error, OSError):
        return f"nobody answers there ({error.strerror or type(error).__name__})"
    return _said(error) if isinstance(error, asyncpg.PostgresError) else type(error).__name__
