"""A first sweep over years of messages takes them in pieces: whoever wants to write waits for one piece, never for all.

Counted in rows, as a clock would not tell a busy machine from a long piece.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet

from benchmarks.generate import make
from benchmarks.land.ground import settle
from bot.store import cases, retention
from bot.store.connection import Values
from bot.store.database import Database, Store, Transaction, open_database
from bot.store.seal import Seal
from bot.store.times import kept
from tests.by_hand import by_hand

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SEAL = Seal([Fernet.generate_key().decode()])
KEEP = {"ask-officer": 6, "prospective-worker": 12, "complaint": 24}
A_PIECE = 600
"""Rows nobody notices waiting for: some milliseconds, also on a slow disk."""


@dataclass(slots=True)
class Counting:
    """A transaction that counts the rows it changes; else it is the one it stands before."""

    tx: Transaction
    rows_changed: int = 0

    async def run(self, name: str, values: Values | None = None) -> int:
        changed = await self.tx.run(name, values)
        self.rows_changed += max(0, changed)
        return changed

    async def many(self, name: str, values: Iterable[Values]) -> None:
        listed = list(values)
        self.rows_changed += len(listed)
        await self.tx.many(name, listed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.tx, name)


@dataclass(slots=True)
class Watched:
    """A database that keeps how many rows each transaction changed."""

    database: Database
    pieces: list[int] = field(default_factory=list)

    @asynccontextmanager
    async def transaction(self, *, beside: bool = False) -> AsyncIterator[Counting]:
        async with self.database.transaction(beside=beside) as tx:
            counting = Counting(tx)
            yield counting
        self.pieces.append(counting.rows_changed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.database, name)


@pytest.fixture
async def land(store: Store) -> AsyncIterator[Watched]:
    """Two years of two thousand people, in which nobody ever tidied up."""
    villages = [f"35.05.{district:02}.{village}" for district in range(1, 4) for village in range(2001, 2006)]
    await make(store, settle(2_000, villages, NOW), SEAL)
    opened = await open_database(store, SEAL)
    yield Watched(opened)
    await opened.close()


async def tidy(land: Watched) -> int:
    """One sweep; how many rows it changed."""
    land.pieces.clear()
    await retention.tidy(land, NOW, KEEP)  # type: ignore[arg-type]
    return sum(land.pieces)


def many(land: Watched, what: str) -> int:
    with by_hand(land.database.store) as other:
        return int(other.execute(f"select count(*) from {what}").fetchall()[0][0])


async def test_no_piece_is_long_however_much_is_old(land: Watched) -> None:
    assert await tidy(land) > 5_000
    assert max(land.pieces) <= A_PIECE
    assert len(land.pieces) > 30


async def test_sweep_after_sweep_all_that_is_old_goes_and_nothing_else(land: Watched) -> None:
    young = kept(NOW - retention.SENT), kept(NOW - retention.RECEIVED), kept(NOW - retention.STATISTICS)
    stays = (
        f"outgoing where created_at >= '{young[0]}' or state not in ('sent', 'cancelled')",
        f"inbox where arrived_at >= '{young[1]}'",
        f"answered where at >= '{young[2]}'",
        f"unanswered where at >= '{young[2]}'",
        "event",
        '"case"',
        "person",
    )
    before = [many(land, one) for one in stays]
    sweeps = 1
    while await tidy(land):
        sweeps += 1
    assert sweeps > 2
    web = "outgoing where brief = 1 and state = 'sent' and created_at < '" + kept(NOW - retention.SAID) + "'"
    assert many(land, web) == 0
    assert [many(land, one.split(" where ")[0]) for one in stays[1:]] == before[1:]
    left = kept(NOW - retention.SENT - timedelta(seconds=1))
    held = "coalesce(error, '') = 'until they write' and case_number is not null"
    assert many(land, f"outgoing where created_at < '{left}' and state in ('sent', 'cancelled') and not ({held})") == 0


async def test_cases_past_their_promised_time_are_emptied_and_the_book_holds(land: Watched) -> None:
    over = f"\"case\" where form = 'ask-officer' and closed_at < '{kept(NOW - 6 * retention.MONTH)}'"
    assert many(land, f"{over} and answers_sealed is not null") > 20
    while await tidy(land):
        pass
    assert many(land, f"{over} and answers_sealed is not null") == 0
    assert many(land, "\"case\" where form = 'ask-officer' and answers_sealed is not null") > 0
    assert [one async for one in cases.verify(land.database)] == []
