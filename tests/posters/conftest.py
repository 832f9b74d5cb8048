"""What the tests of the posters share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.posters import Doors, Sheet, sheet_of
from bot.wording import Wording

JATEN = "35.05.01.2001"
DAY = date(2026, 11, 23)
OPEN = Doors("desa_bot", "6281234567890", "https://desmigratif.example.id")


@pytest.fixture
def sheet(wording: Wording) -> Callable[..., Sheet]:
    """A village's poster, with something of the village or of the doors changed."""

    def made(code: str = JATEN, doors: Doors = OPEN, **changes: Any) -> Sheet:
        village = wording.release.villages.get(code)
        assert village
        return sheet_of(wording, replace(village, **changes), doors, DAY)

    return made
