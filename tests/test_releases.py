"""One release takes the place of another while people talk: whole or not at all, and back again."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.library import Faulty
from bot.library.learnt import kept_in
from bot.releases import Releases, load_published, open_releases, roll_back
from bot.store import releases
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from tests.cache import CACHE
from tests.conftest import CONTENT
from tests.fakes import FakeClock

pytestmark = pytest.mark.xdist_group("releases")
MENU = "data/menu.yaml"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    migrate(tmp_path / "a.db")
    opened = await open_database(tmp_path / "a.db", Seal([Fernet.generate_key().decode()]))
    yield opened
    await opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


async def looked(current: Releases) -> bool:
    """Two looks: a change is read when it has come to rest."""
    first = await current.look()
    return await current.look() or first


async def used(database: Database) -> list[tuple[str, str]]:
    return [(one.digest, one.because) for one in reversed(await releases.history(database))]


async def test_a_change_is_taken_up_whole_kept_and_can_be_rolled_back(database: Database, folder: Path) -> None:
    current = await open_releases(database, folder, FakeClock(), CACHE)
    first = current.wording().release.content.digest
    assert not await looked(current)
    edit(folder, "data/wages.yaml", "amount: 20000, currency: TWD", "amount: 20001, currency: TWD")
    assert not await current.look() and await current.look()
    second = current.wording().release
    assert any(job.wage and job.wage.amount == 20_001 for job in second.content.jobs)
    assert kept_in(CACHE, second).is_file(), "and what it teaches is kept for the next start"

    await roll_back(database, await load_published(database, first), FakeClock()())
    assert await current.look() and current.wording().release.content.digest == first
    assert not await looked(current)
    again = await open_releases(database, folder, FakeClock(), CACHE)
    assert again.wording().release.content.digest == first, "a restart does not undo the rollback"
    expected = [(first, "published"), (second.content.digest, "published"), (first, "rolled-back")]
    assert await used(database) == expected


async def test_what_was_left_to_a_worker_that_died_at_it_is_put_into_use_by_the_next(
    database: Database, folder: Path
) -> None:
    current = await open_releases(database, folder, FakeClock(), CACHE)
    edit(folder, "data/wages.yaml", "amount: 20000, currency: TWD", "amount: 20001, currency: TWD")
    for _ in range(3):
        assert not await current.look(publishes=False)
    assert await current.look()
    assert [because for _, because in await used(database)] == ["published", "published"]


async def test_what_another_put_into_use_and_was_rolled_back_is_not_put_into_use_again(
    database: Database, folder: Path
) -> None:
    follower, other = [await open_releases(database, folder, FakeClock(), CACHE) for _ in range(2)]
    first = follower.wording().release
    edit(folder, "data/wages.yaml", "amount: 20000, currency: TWD", "amount: 20001, currency: TWD")
    assert await looked(other)
    await roll_back(database, first, FakeClock()())
    for publishes in (False, False, True, True):
        assert not await follower.look(publishes=publishes)
    assert [because for _, because in await used(database)] == ["published", "published", "rolled-back"]


async def test_a_fault_leaves_everything_as_it_was_until_it_is_mended(
    database: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    current = await open_releases(database, folder, FakeClock(), CACHE)
    before = current.wording()
    edit(folder, MENU, "migration/steps", "migration/stops")
    assert not await looked(current)
    assert current.wording() is before and current.faults >= 2
    assert "migration/stops" in caplog.text
    edit(folder, MENU, "migration/stops", "migration/steps")
    assert not await looked(current) and current.faults == 0


async def test_a_broken_folder_at_the_start_leaves_the_last_release_in_use(database: Database, folder: Path) -> None:
    digest = (await open_releases(database, folder, FakeClock(), CACHE)).wording().release.content.digest
    edit(folder, MENU, "topics:", "tropics:")
    current = await open_releases(database, folder, FakeClock(), CACHE)
    assert not await looked(current) and current.faults > 0
    assert current.wording().release.content.digest == digest


async def test_a_broken_folder_and_nothing_before_is_said(database: Database, tmp_path: Path) -> None:
    with pytest.raises(Faulty):
        await open_releases(database, tmp_path / "nothing", FakeClock(), CACHE)


async def test_a_file_that_did_not_change_is_kept_once(database: Database, folder: Path) -> None:
    first = await open_releases(database, folder, FakeClock(), CACHE)
    edit(folder, "release.yaml", "version:", "# a new day\nversion:")
    second = await open_releases(database, folder, FakeClock(), CACHE)
    assert await looked(second), "what changed while nobody ran is taken up"
    files = await releases.files(database, second.wording().release.content.digest)
    older = await releases.files(database, first.wording().release.content.digest)
    changed = {path for path, body in files.items() if older[path] != body}
    assert changed == {"release.yaml"} and set(files) == set(older)
