"""Copies of the database: made by its own means while it is in use, and looked through before they count.

A copy takes its name only when it is whole, sound and on the disk; until then it is a `.partial`, which nobody takes for one.
"""

import asyncio
import os
import secrets
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.durable import to_disk
from bot.model.server import Server
from bot.store import dumps
from bot.store.cases import FIRST, links_broken
from bot.store.contents import Contents
from bot.store.database import Database, NoRoom, NotStored, Unusable
from bot.store.disk import MIB, left_on
from bot.store.migrations import migrations
from bot.store.queries import queries
from bot.store.sqlite import FULL, is_full
from bot.store.times import kept

Result = TypeVar("Result")
_PARTIAL = ".partial"
_LEFT_BEHIND = 3600.0


async def copy(database: Database, target: Path) -> Contents:
    """A checked copy of the living database under a new name, whole or not there at all; readable by its owner only.

    Raises `NoRoom`, `NotStored`, or `Unusable` when the copy is not what it should be. May be cancelled at any point.
    """
    _may_be_made(database, target)
    row = await database.row("count_events")
    made = target.with_name(f"{target.name}.{secrets.token_hex(4)}{_PARTIAL}")
    try:
        os.close(os.open(made, os.O_CREAT | os.O_EXCL, 0o600))
        found = await _made(database.store, made)
        _is_ours(made, found, row["many"] if row else 0)
        await asyncio.to_thread(take_its_place, made, target)
        return found
    except OSError as error:
        raise NotStored(f"{target}: {error.strerror}") from error
    finally:
        for left in (made, made.with_name(f"{made.name}-journal")):
            left.unlink(missing_ok=True)


async def _made(store: Path | Server, made: Path) -> Contents:
    if isinstance(store, Server):
        await dumps.dump(store, made)
        return await dumps.contents(made)
    await _apart(store, partial(_vacuum_into, made))
    return await _apart(made, partial(contents, made))


def remove_left_behind(folder: Path) -> None:
    """What a process was copying when it was killed."""
    for one in folder.glob(f"*{_PARTIAL}*"):
        with suppress(OSError):
            if time.time() - one.stat().st_mtime > _LEFT_BEHIND:
                one.unlink()


def look_through(file: Path) -> Contents:
    """What a database file holds. Raises `Unusable` when it is damaged, none of ours or newer than this program."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = contents(file, connection)
    except sqlite3.Error as error:
        raise Unusable(f"{file} is no backup of ours: {error}") from None
    if set(found.schema) - {one.number for one in migrations()}:
        raise Unusable(f"{file} is newer than this program: upgrade the program")
    return found


def contents(file: Path, connection: sqlite3.Connection) -> Contents:
    """Look through an open file: its pages, its references, the chain of its book. Raises `Unusable`."""
    connection.row_factory = sqlite3.Row
    if connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok":
        raise Unusable(f"{file} is damaged")
    if connection.execute("pragma foreign_key_check").fetchone():
        raise Unusable(f"{file} is damaged: a row refers to one that is not there")
    schema = tuple(row["number"] for row in connection.execute(queries()["applied"]))
    return Contents(_chain(file, connection), schema)


def _chain(file: Path, connection: sqlite3.Connection) -> int:
    """How many pages the book has, when each follows the one before."""
    last, previous, many = 0, FIRST, 0
    while rows := connection.execute(queries()["book"], {"after": last}).fetchall():
        for row in rows:
            if broken := links_broken(row, last, previous):
                raise Unusable(f"{file} does not hold: event {row['id']}: {broken[0]}")
            last, previous, many = row["id"], row["hash"], many + 1
    return many


def restore(source: Path, fresh: Path, now: datetime) -> int:
    """Put a copy's contents into a new file, to take the database's place; how many letters are in doubt.

    What was to be sent by `now` has most likely been sent since the copy was made: it is marked uncertain, and not sent
    again by itself. Raises `NoRoom`, `NotStored`, and leaves no new file then.
    """
    fresh.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(fresh, isolation_level=None)) as here:
            there.backup(here)
            here.execute("pragma journal_mode=delete")
            return here.execute(queries()["doubt_waiting"], {"now": kept(now)}).rowcount
    except sqlite3.Error as error:
        fresh.unlink(missing_ok=True)
        raise _named(error) from error


def take_its_place(made: Path, target: Path) -> None:
    """Bring a finished file to the disk, then under its name, and the name to the disk."""
    to_disk(made)
    made.rename(target)
    to_disk(target.parent)


def _may_be_made(database: Database, target: Path) -> None:
    """A copy overwrites nothing, and leaves the disk its floor. Raises `Unusable`, `NoRoom`."""
    if target.exists():
        raise Unusable(f"{target} exists: a backup never overwrites")
    folder = target.parent
    if isinstance(database.store, Server):
        return  # how large it will be is not known; a full disk ends it, and leaves nothing
    parts = [database.store, database.store.with_name(f"{database.store.name}-wal")]
    need = sum(one.stat().st_size for one in parts if one.exists()) + database.disk.floor
    if folder.exists() and (left := left_on(folder)) < need:
        raise NoRoom(f"no room for a backup in {folder}: {left // MIB} MB left, {need // MIB + 1} MB needed")


def _is_ours(made: Path, found: Contents, events: int) -> None:
    if found.schema != tuple(one.number for one in migrations()):
        raise Unusable(f"{made} is of another schema than this program's")
    if found.events < events:
        raise Unusable(f"{made} lacks {events - found.events} events")


def _vacuum_into(target: Path, connection: sqlite3.Connection) -> None:
    connection.execute("vacuum into ?", (str(target),))


async def _apart(path: Path, work: Callable[[sqlite3.Connection], Result]) -> Result:
    """Minutes of work on a connection of its own, beside everything else; called off when we are cancelled."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
    working = asyncio.ensure_future(asyncio.to_thread(work, connection))
    try:
        return await asyncio.shield(working)
    except sqlite3.Error as error:
        raise _named(error) from error
    except asyncio.CancelledError:
        while not working.done():  # it may stand between two statements
            connection.interrupt()
            await asyncio.wait([working], timeout=0.1)
        working.exception()
        raise
    finally:
        connection.close()


def _named(error: sqlite3.Error) -> NotStored:
    return NoRoom(FULL) if is_full(error) else NotStored(str(error))
