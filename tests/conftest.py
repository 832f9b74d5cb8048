"""What all tests share."""

from pathlib import Path

import pytest

from bot.library import load
from bot.releases import warm
from bot.understanding.release import Release
from bot.wording import Wording
from tests.cache import CACHE

CONTENT = Path(__file__).parents[1] / "content"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write what happened into tests/conversations as expected")


@pytest.fixture(scope="session")
def release() -> Release:
    """The shipped content: slow to read and to learn, and the same for all."""
    loaded = load(CONTENT)
    warm(loaded, CACHE)
    return loaded


@pytest.fixture(scope="session")
def wording(release: Release) -> Wording:
    return Wording(release)
