"""Our store on a file system that writes down what is done to it.

The log comes from a layer between SQLite and its files (an apsw VFS), the place where SQLite itself says what it wants
written and what synced: no tracing of system calls, for which a machine may lack the program or the right. apsw brings
a SQLite of its own, so the connections of the standard library cannot be put on the layer; the few of their methods the store
uses are given here on top of apsw's. Everything above is the shipped code: aiosqlite, migrations, transactions, queries.
What is found after the cut is read by the standard library's SQLite, as in service. The two must never have one file open
at once: closing it in one would drop the other's locks.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

from tests.chaos.power_disk import File, Make, Operation, Remove, Shorten, Sync, Write

NAME = "power"
PAGES = 100
_ERRORS = {**apsw.mapping_result_codes, **apsw.mapping_extended_result_codes}
_JOURNALS = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL


class Layer(apsw.VFS):
    """The file system underneath, with a log. Files without a name (SQLite's scratch) are nobody's loss."""

    def __init__(self, log: list[Operation]) -> None:
        super().__init__(NAME, "")
        self.log = log
        self._turns: dict[str, int] = {}

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        """Open, or make."""
        path = Path(name.filename() if isinstance(name, apsw.URIFilename) else name) if name else None
        new = path is not None and not path.exists()
        opened = Logged(name, flags)
        if path:
            self._turns[path.name] = self._turns.get(path.name, 0) + new
            opened.file, opened.log = File(path.name, self._turns[path.name]), self.log
            if new:
                self.log.append(Make(opened.file))
        return opened

    def xDelete(self, name: str, synced: bool) -> None:
        """Take a name away."""
        super().xDelete(name, synced)
        self.log.append(Remove(Path(name).name, synced))


class Logged(apsw.VFSFile):
    """An open file; what was done to it is logged once it is done."""

    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._with_folder = bool(flags[0] & _JOURNALS)
        self.file = File("")
        self.log: list[Operation] = []

    def xWrite(self, data: bytes, at: int) -> None:
        """Put bytes."""
        super().xWrite(data, at)
        self.log.append(Write(self.file, at, bytes(data)))

    def xTruncate(self, size: int) -> None:
        """Cut to a size."""
        super().xTruncate(size)
        self.log.append(Shorten(self.file, size))

    def xSync(self, flags: int) -> None:
        """Have it on the disk; the first time, SQLite on Unix syncs the folder of a journal too (`UNIXFILE_DIRSYNC`)."""
        super().xSync(flags)
        self.log.append(Sync(self.file, self._with_folder))
        self._with_folder = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row by place and by name, as `sqlite3.Row`."""

    names: Sequence[str]
    values: Sequence[Any]

    def __getitem__(self, key: int | str) -> Any:
        return self.values[self.names.index(key) if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def keys(self) -> Sequence[str]:
        """The names."""
        return self.names


@dataclass(slots=True)
class Result:
    """What a statement gave, as a cursor of `sqlite3`."""

    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    rowcount: int = -1

    def __iter__(self) -> Iterator[Row]:
        return self.rows

    def fetchone(self) -> Row | None:
        """The next row."""
        return next(self.rows, None)

    def fetchall(self) -> list[Row]:
        """All that are left."""
        return list(self.rows)

    def close(self) -> None:
        """Nothing is held open: a statement is run to its end at once."""


class Connection:
    """A connection of apsw with the methods of `sqlite3.Connection` the store uses; it commits when told, never by itself.

    `instead` are statements run in place of others. It checkpoints ten times as often as by itself: a short log holds many.
    It begins with `synchronous=NORMAL`, as some builds of SQLite do: who does not ask for FULL does not get it.
    """

    row_factory: Any = None

    def __init__(self, path: Path, instead: Mapping[str, str]) -> None:
        with _as_sqlite3():
            self._own = apsw.Connection(str(path), vfs=NAME)
            self._own.wal_autocheckpoint(PAGES)
            self._own.execute("pragma synchronous=normal")
        self._instead = instead

    def execute(self, sql: str, values: Any = ()) -> Result:
        """Run one statement, to its end."""
        with _as_sqlite3():
            cursor = self._own.cursor()
            cursor.execute(self._instead.get(sql, sql), values)
            names = _names(cursor)
            return Result(iter([Row(names, one) for one in cursor]), self._own.changes())

    def executemany(self, sql: str, many: Iterable[Any]) -> Result:
        """Run one statement for each set of values."""
        with _as_sqlite3():
            self._own.cursor().executemany(sql, many)
        return Result()

    @property
    def in_transaction(self) -> bool:
        """Whether anything is begun."""
        return self._own.in_transaction

    def commit(self) -> None:
        """Commit what is begun."""
        if self.in_transaction:
            self.execute("commit")

    def rollback(self) -> None:
        """Take back what is begun."""
        if self.in_transaction:
            self.execute("rollback")

    def close(self) -> None:
        """Close it."""
        with _as_sqlite3():
            self._own.close()


@contextmanager
def logged(instead: Mapping[str, str] | None = None) -> Iterator[list[Operation]]:
    """As long as the block runs, every connection made is on the layer; what was done to the files, as it is done."""
    log: list[Operation] = []
    layer = Layer(log)

    def connect(path: Path | str, **_: object) -> Connection:
        return Connection(Path(path), instead or {})

    try:
        with patch.object(sqlite3, "connect", connect):
            yield log
    finally:
        layer.unregister()


def _names(cursor: apsw.Cursor) -> Sequence[str]:
    """The columns' names; a statement that gave no row has none to tell."""
    try:
        return [name for name, _ in cursor.get_description()]
    except apsw.ExecutionCompleteError:
        return []


@contextmanager
def _as_sqlite3() -> Iterator[None]:
    """apsw's errors as the standard library names and numbers them."""
    try:
        yield
    except apsw.Error as error:
        kind = sqlite3.IntegrityError if isinstance(error, apsw.ConstraintError) else sqlite3.OperationalError
        named = kind(str(error))
        named.sqlite_errorcode = error.extendedresult
        named.sqlite_errorname = str(_ERRORS.get(error.extendedresult, type(error).__name__))
        raise named from error
