"""What all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.library import load
from bot.releases import warm
from bot.store.database import Store
from bot.store.migrations import migrate
from bot.understanding.release import Release
from bot.wording import Wording
from tests.cache import CACHE
from tests.postgresql import Postgres, new_server

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server of our own, for those who ask for it."""
    with new_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty database with our schema: once a file, once on a server."""
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        return server.migrated()
    migrate(tmp_path / "test.db")
    return tmp_path / "test.db"


on_a_file = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
