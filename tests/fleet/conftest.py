"""Two workers on one database: each with connections and a door of its own, as two processes would have."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from cryptography.fernet import Fernet

from bot.reception import Reception
from bot.store.database import Database, open_database
from bot.store.seal import Seal
from bot.wording import Wording
from tests.fakes import FakeClock
from tests.postgresql import Postgres


@dataclass(slots=True)
class Worker:
    """One of them."""

    database: Database
    reception: Reception


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def workers(postgres: Postgres, wording: Wording) -> AsyncIterator[tuple[Worker, Worker]]:
    """Both, on an empty database."""
    store, seal = postgres.migrated(), Seal([Fernet.generate_key().decode()])
    opened = [await open_database(store, seal) for _ in range(2)]
    first, second = (Worker(one, Reception(one, lambda: wording, lambda: None)) for one in opened)
    yield first, second
    for one in opened:
        await one.close()
