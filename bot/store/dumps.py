"""Copies of a database on a server: made by PostgreSQL's own means while it is in use, and looked through before they count.

A dump holds our tables alone (schema `public`), in PostgreSQL's own compressed form. Put back, it takes the place of what is
there in one transaction; what was there stays beside it under another name (`before_restore_1`).
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import cast

from bot.model.server import Server
from bot.store.cases import FIRST, links_broken
from bot.store.connection import Unusable
from bot.store.contents import Contents
from bot.store.migrations import ON_SERVERS, migrations
from bot.store.postgresql import free_schema, open_plain
from bot.store.programs import program, ran, reaching
from bot.store.queries import queries
from bot.store.times import kept

MAGIC = b"PGDMP"
_BOOK = (
    "id",
    "case_number",
    "kind",
    "at",
    "by_person",
    "by_name",
    "body_sealed",
    "body_digest",
    "previous_hash",
    "hash",
)
_NUMBERS = ("id", "by_person", "number")
_LONGEST_LINE = 1 << 26
_HEAD = re.compile(r"COPY public\.(\w+) \((.*)\) FROM stdin;\n")
_ESCAPED = re.compile(r"\\(.)")
_SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def is_dump(file: Path) -> bool:
    """Whether a file is one, by its first bytes."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


async def dump(server: Server, made: Path) -> None:
    """Write one to this file. Raises `NotStored`; may be cancelled at any point."""
    await ran(server, "pg_dump", "-Fc", "-n", "public", "--no-owner", "-d", reaching(server)[0], takes=made)


async def contents(made: Path) -> Contents:
    """Look through a dump: it is whole, and the chain of its book holds. Raises `Unusable`."""
    chain, schema = Chain(made), []
    async with aclosing(_rows(made)) as rows:
        async for table, row in rows:
            if table == "event":
                chain.take(row)
            else:
                schema.append(int(str(row["number"])))
    return Contents(chain.end(), tuple(sorted(schema)))


async def look_through(file: Path) -> Contents:
    """What a dump holds. Raises `Unusable` when it is damaged, none of ours or newer than this program."""
    found = await contents(file)
    if not found.schema:
        raise Unusable(f"{file} is no backup of ours")
    if set(found.schema) - {one.number for one in migrations(ON_SERVERS)}:
        raise Unusable(f"{file} is newer than this program: upgrade the program")
    return found


async def restore(source: Path, server: Server, now: datetime) -> tuple[int, str]:
    """Put a dump in place of the database, whole or not at all; how many letters are in doubt, and where what was there is kept.

    What was to be sent by `now` has most likely been sent since the dump was made: it is marked uncertain. Raises `NotStored`.
    """
    aside = await _free_name(server)
    with tempfile.TemporaryDirectory() as folder:
        before, script, after, said = (
            Path(folder) / name for name in ("before.sql", "script.sql", "after.sql", "said")
        )
        await asyncio.to_thread(
            before.write_text, f"alter schema public rename to {aside};\ncreate schema public;\n", "utf-8"
        )
        await ran(None, "pg_restore", "-n", "public", "--no-owner", "--no-privileges", "-f", str(script), str(source))
        doubt = queries("postgresql")["doubt_waiting"]
        await asyncio.to_thread(after.write_text, f"set search_path to public;\n{doubt}\n", "utf-8")
        options = ("-X1", "-v", "ON_ERROR_STOP=1", "-v", f"now='{kept(now)}'", "-d", reaching(server)[0])
        files = [part for one in (before, script, after) for part in ("-f", str(one))]
        await ran(server, "psql", *options, *files, takes=said)
        doubted = await asyncio.to_thread(said.read_text, "utf-8")
    return int(doubted.split()[-1]), aside


async def _free_name(server: Server) -> str:
    connection = await open_plain(server)
    try:
        return await free_schema(connection, "before_restore")
    finally:
        await connection.close()


async def _rows(made: Path) -> AsyncGenerator[tuple[str, dict[str, object]], None]:
    """The rows of the book, in the order in which they lie there, and the migrations."""
    process = await asyncio.create_subprocess_exec(
        *(program("pg_restore"), "--data-only", "-t", "event", "-t", "migration", "-f", "-", str(made)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
    )
    table, columns = "", [""]
    try:
        async for raw in cast(asyncio.StreamReader, process.stdout):
            line = raw.decode()
            if head := _HEAD.fullmatch(line):
                table, columns = head[1], [one.strip('" ') for one in head[2].split(",")]
            elif line == "\\.\n":
                table = ""
            elif table:
                yield table, _row(columns, line)
        if await process.wait():
            raise Unusable(f"{made} is damaged, or no backup of ours")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _row(columns: list[str], line: str) -> dict[str, object]:
    fields = dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
    return {name: int(said) if name in _NUMBERS else _unescaped(said) for name, said in fields.items()}


def _unescaped(said: str) -> str | None:
    return None if said == "\\N" else _ESCAPED.sub(lambda one: _SIGNS.get(one[1], one[1]), said)


@dataclass(slots=True)
class Chain:
    """The pages of a book in any order, each held against its neighbours as soon as both are there."""

    file: Path
    many: int = 0
    hashes: dict[int, object] = field(default_factory=dict)
    wanted: dict[int, object] = field(default_factory=dict)

    def take(self, row: dict[str, object]) -> None:
        """The next one. Raises `Unusable`."""
        id, previous = int(str(row["id"])), str(row["previous_hash"])
        if broken := links_broken({name: row[name] for name in _BOOK}, id - 1, previous):
            raise Unusable(f"{self.file} does not hold: event {id}: {broken[0]}")
        self.many += 1
        before = FIRST if id == 1 else self.hashes.pop(id - 1, None)
        if before is None:
            self.wanted[id - 1] = previous
        elif before != previous:
            raise Unusable(f"{self.file} does not hold: event {id}: it does not follow the page before")
        after = self.wanted.pop(id, None)
        if after is None:
            self.hashes[id] = row["hash"]
        elif after != row["hash"]:
            raise Unusable(f"{self.file} does not hold: event {id + 1}: it does not follow the page before")

    def end(self) -> int:
        """How many pages there were. Raises `Unusable` when one is missing."""
        if self.wanted:
            raise Unusable(f"{self.file} does not hold: event {min(self.wanted) + 1}: a page before it is missing")
        return self.many
