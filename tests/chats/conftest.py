"""A town for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.wording import Wording
from tests.chats.town import Town, new_town


@pytest.fixture
async def town(tmp_path: Path, wording: Wording) -> AsyncIterator[Town]:
    async with new_town(tmp_path, wording) as made:
        yield made
