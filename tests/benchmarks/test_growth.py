"""What the measurement of growth asks is asked of places and people that are there: nothing it times is an empty answer."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet

from benchmarks.generate import make
from benchmarks.growth import Grown, Land, compare, messages
from benchmarks.land.asking import ASKED, Asking
from benchmarks.land.ground import settle
from bot.store.database import Database, Store, open_database
from bot.store.seal import Seal
from bot.understanding.release import Release
from bot.wording import Wording
from tests.by_hand import by_hand

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
OFFICIAL = tuple(f"35.05.{district:02}.{village}" for district in range(1, 3) for village in range(2001, 2006))
SEAL = Seal([Fernet.generate_key().decode()])
GROUND = settle(1_000, OFFICIAL, NOW)


class Noting:
    """A database that keeps how many rows each query found."""

    def __init__(self, database: Database) -> None:
        self.database, self.found = database, dict[str, int]()
        self.seal = database.seal

    async def rows(self, name: str, values: object = None) -> list[object]:
        rows = await self.database.rows(name, values)  # type: ignore[arg-type]
        self.found[name] = self.found.get(name, 0) + len(rows)
        return rows  # type: ignore[return-value]

    async def row(self, name: str, values: object = None) -> object:
        rows = await self.rows(name, values)
        return rows[0] if rows else None


@pytest.fixture
async def database(store: Store) -> AsyncIterator[Database]:
    await make(store, GROUND, SEAL)
    opened = await open_database(store, SEAL)
    yield opened
    await opened.close()


async def test_all_that_is_asked_finds_something(database: Database, release: Release) -> None:
    may_be_empty = {"shared_with_unit", "codes_of", "openings_by", "due", "oldest_unsent"}
    for name, ask in ASKED.items():
        noting = Noting(database)
        asking = await Asking.of(GROUND, noting, release, NOW)  # type: ignore[arg-type]
        for number in range(8):
            await ask(asking, number)
        assert [one for one, many in noting.found.items() if not many and one not in may_be_empty] == [], name


async def test_both_lands_are_asked_and_each_message_is_taken_in_once(database: Database, release: Release) -> None:
    land = Land(await Asking.of(GROUND, database, release, NOW))
    half, slowest = await compare(ASKED["a person by their chat"], (land, land))
    assert 0 < half.few <= slowest.few and 0 < half.many <= slowest.many
    through = await messages((land, land), Wording(release), batches=2, page=5)
    assert through.few > 0 and through.many > 0
    with by_hand(database.store) as other:
        assert other.execute("select count(*) from inbox").fetchall() == [(GROUND.messages + (2 + 8) * 5,)]


def test_growth_is_what_many_take_beside_few() -> None:
    assert Grown(200.0, 300.0).ratio == 1.5
