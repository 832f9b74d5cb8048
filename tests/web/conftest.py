"""What the tests of the pages share."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.understanding.release import Release
from tests.web.house import House, built, served, visitor_of


@pytest.fixture
async def house(tmp_path: Path, release: Release) -> AsyncIterator[House]:
    async with built(tmp_path, release) as one:
        yield one


@pytest.fixture
async def visitor(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor_of(house) as one:
        yield one


@pytest.fixture
async def address(house: House) -> AsyncIterator[str]:
    async with served(house) as one:
        yield one
