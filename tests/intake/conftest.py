"""The door in, with an empty database and words that break when told to."""

from collections.abc import AsyncIterator

import pytest

from bot.reception import Reception
from bot.store.database import Database, Store
from bot.wording import Wording
from tests.intake.house import Words, new_database


@pytest.fixture
async def database(store: Store) -> AsyncIterator[Database]:
    async with new_database(store) as opened:
        yield opened


@pytest.fixture
def words(wording: Wording) -> Words:
    return Words(wording)


@pytest.fixture
def reception(database: Database, words: Words) -> Reception:
    return Reception(database, lambda: words, words.wake)  # type: ignore[arg-type, return-value]
