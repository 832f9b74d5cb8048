"""A database of its own for each test, and the people and cases the tests speak of."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from bot.casework.numbers import numbered
from bot.model.case import Case
from bot.model.effects.cases import Consent, OpenCase
from bot.model.messages import Address
from bot.store import cases, people
from bot.store.database import Database, Store, open_database
from bot.store.seal import Seal
from tests.fakes import FakeClock

SITI = Address("telegram", "bot", "siti")
KEY = Fernet.generate_key().decode()
GivenCase = Callable[..., Awaitable[Case]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def database(store: Store) -> AsyncIterator[Database]:
    opened = await open_database(store, Seal([KEY]))
    yield opened
    await opened.close()


@pytest.fixture
async def siti(database: Database, clock: FakeClock) -> people.Place:
    """A person we know."""
    async with database.transaction() as tx:
        return await people.add(tx, SITI, "id", clock())


@pytest.fixture
def given_case(database: Database, clock: FakeClock, siti: people.Place) -> GivenCase:
    """Open a case: Siti's, in Lantan, unless said otherwise."""

    async def given(seq: int = 100_001, unit: str = "52.02.12.2001", **changes: object) -> Case:
        now = clock()
        made = {
            "number": numbered(seq),
            "form": "complaint",
            "kind": "complaint",
            "urgency": "general",
            "unit": unit,
            "village": unit,
            "person": siti.person,
            "opened": now,
            "due": now + timedelta(hours=4),
            "answers": {"name": "Siti Aminah"},
            **changes,
        }
        case = Case(**made)  # type: ignore[arg-type]
        async with database.transaction() as tx:
            await cases.open_case(tx, OpenCase(case, Consent("complaint", "id", now, "setuju")), "telegram")
        return case

    return given
