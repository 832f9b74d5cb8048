"""A database as somebody with another program sees and changes it, a file or one on a server."""

import asyncio
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from bot.model.server import Server
from bot.store.database import Store
from bot.store.postgresql import FAULTS, WRITING

BROKEN_RULE = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
"""How another program hears that a rule of the schema was broken."""


class Found(list[tuple[Any, ...]]):
    """Rows."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        return self[0] if self else None


class ByHand:
    """A connection of somebody with another program, in the manner of sqlite3: `?` or `:name` for a value."""

    def __init__(self, server: Server) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = ThreadPoolExecutor(1)
        self._connection = self._wait(asyncpg.connect(server.dsn))

    def execute(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> Found:
        """Run it."""
        if isinstance(values, Mapping):
            names = list(values)
            numbered = re.sub(r":([a-z]+)", lambda one: f"${names.index(one[1]) + 1}", statement)
            values = list(values.values())
        else:
            numbers = count(1)
            numbered = re.sub(r"\?", lambda _: f"${next(numbers)}", statement)
        return Found([tuple(row) for row in self._wait(self._connection.fetch(numbered, *values))])

    def executemany(self, statement: str, many: Iterable[Sequence[object]]) -> None:
        """Run it for each."""
        for values in many:
            self.execute(statement, values)

    def prepare(self, statement: str) -> None:
        """Have it understood by the server, without running it."""
        self._wait(self._connection.prepare(statement))

    def script(self, *statements: str) -> None:
        """Run these in one go, whole or not at all."""
        self._wait(self._connection.execute("; ".join(statements)))

    def close(self) -> None:
        """Close it, also when the server has gone."""
        self._wait(_closed(self._connection))
        self._thread.shutdown()
        self._loop.close()

    def _wait(self, work: Any) -> Any:
        return self._thread.submit(self._loop.run_until_complete, work).result()


async def _closed(connection: asyncpg.Connection) -> None:
    try:
        await connection.close(timeout=2)
    except FAULTS:
        connection.terminate()


@contextmanager
def by_hand(store: Store) -> Iterator[sqlite3.Connection | ByHand]:
    """Each statement is committed."""
    connection = sqlite3.connect(store, isolation_level=None) if isinstance(store, Path) else ByHand(store)
    try:
        yield connection
    finally:
        connection.close()


def begin_to_write(other: sqlite3.Connection | ByHand) -> None:
    """As another program of ours would: until it rolls back or commits, nobody else writes."""
    if isinstance(other, sqlite3.Connection):
        other.execute("begin immediate")
    else:
        other.execute("begin")
        other.execute(f"select pg_advisory_xact_lock({WRITING})")


def refuse(other: sqlite3.Connection | ByHand, event: str, when: str) -> None:
    """From now on no row may come so (`insert on outgoing`, say) of which this is true."""
    if isinstance(other, sqlite3.Connection):
        other.execute(
            f"create trigger refuses before {event} when {when} begin select raise(abort, 'not this one'); end"
        )
        return
    other.script(
        "create function not_this_one() returns trigger language plpgsql as $$ begin"
        f" if {when} then raise exception 'not this one' using errcode = 'integrity_constraint_violation'; end if;"
        " return new; end $$",
        f"create trigger refuses before {event} for each row execute function not_this_one()",
    )
