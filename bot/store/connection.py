"""What the store asks of a connection, and how a database fails, by who must act. There are two: SQLite's and PostgreSQL's."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

Values = Mapping[str, Any]


class NotStored(Exception):
    """The database could not take it: nothing was written, nothing may be acknowledged."""


class Outrun(NotStored):
    """Somebody at work beside us was quicker: nothing was written, and what was read is not so any more. Begin again."""


class NoRoom(NotStored):
    """The disk is full, or takes nothing more: nothing was written."""


class Refused(Exception):
    """One of the rows breaks a rule of the schema: nothing of the transaction was written."""


class Unusable(Exception):
    """The database cannot be opened at all; the message is one line for the operator."""


class Row(Protocol):
    """A row, read by the names of its columns."""

    def __getitem__(self, name: str, /) -> Any: ...

    def keys(self) -> Iterable[str]:
        """The names, in order."""


class Connection(Protocol):
    """One connection; who uses it sees to it that nobody else does meanwhile. All raise `NotStored`, `NoRoom` or `Refused`."""

    @property
    def beside(self) -> bool:
        """Whether others may be writing in this transaction's time."""

    @property
    def in_transaction(self) -> bool:
        """Whether there is still something to take back: a full disk, or a lost connection, has done so by itself."""

    async def rows(self, name: str, values: Values) -> Sequence[Row]:
        """All rows of a named query."""

    async def run(self, name: str, values: Values) -> int:
        """Run one statement; how many rows it changed."""

    async def many(self, name: str, values: Sequence[Values]) -> None:
        """Run one statement for each set of values, in one go."""

    async def do(self, statement: str) -> None:
        """What stands in no file: the marks within a transaction."""

    async def begin(self, *, beside: bool) -> bool:
        """Begin to write; False when another program is at it, after a moment.

        `beside`: while others who said so write too, where the database can do that.
        """

    async def hold(self, keys: Sequence[int]) -> None:
        """Wait until no transaction beside us holds any of these; they are ours until the end of this one. May raise `Outrun`."""

    async def commit(self) -> None:
        """Everything since `begin` is stored when this returns."""

    async def roll_back(self) -> None:
        """Take back what was begun, whatever state it is in; else do nothing. Never raises."""

    async def close(self) -> None:
        """Close it."""
