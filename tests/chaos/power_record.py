"""What was done to the disk on a day, and what the database held and the service had promised at each moment of it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from tests.chaos.power_disk import Operation


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a database holds: `digest` of every row and of the schema, and the ids of what came in."""

    digest: str
    taken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Commit:
    """Something committed: how much had been done to the disk when the commit returned, and what the database held then."""

    after: int
    contents: Contents


@dataclass(frozen=True, slots=True)
class Promise:
    """`receive` returned for these messages: whoever brought them has been told that they are stored."""

    after: int
    ids: frozenset[str]


@dataclass
class Record:
    """What was done to the disk, and what was committed and promised meanwhile."""

    operations: list[Operation]
    commits: list[Commit] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    @cached_property
    def forgotten(self) -> frozenset[str]:
        """The messages whose row went again, as it outlived its purpose or was run again; known when the day is over."""
        held = [one.contents.taken for one in self.commits]
        return frozenset[str]().union(*(before - after for before, after in pairwise(held)))


def contents(path: Path) -> Contents:
    """What a database holds, as last committed."""
    digest = sha256()
    with closing(sqlite3.connect(path)) as file:
        schema = list(file.execute("select name, sql from sqlite_schema where type = 'table' order by name"))
        for name, sql in schema:
            digest.update(f"{name} {sql}".encode())
            digest.update(repr([tuple(row) for row in file.execute(f'select * from "{name}"')]).encode())
        taken = [row[0] for row in file.execute("select external_id from inbox")]
    return Contents(digest.hexdigest(), frozenset(taken))
