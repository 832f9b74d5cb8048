"""Backups on a timer: which are due, which stay, and what becomes of those that fail."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as some

from bot.backups import Plan, backups, is_due, last_backup, named, outlived, prune, run
from bot.store.copies import look_through
from bot.store.database import Database, open_database
from bot.store.disk import Disk
from bot.store.migrations import migrate
from bot.store.seal import Seal
from tests.fakes import FakeClock

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MOMENTS = some.sets(some.datetimes(NOW.replace(tzinfo=None) - 60 * DAY, NOW.replace(tzinfo=None)), max_size=80)


def daily(days: int, a_day: int = 1) -> list[datetime]:
    """So many days of backups, the newest now."""
    return [NOW - day * DAY - part * DAY / a_day for day in range(days) for part in range(a_day)]


def test_of_a_year_of_daily_backups_a_week_of_days_and_a_month_of_weeks_stay() -> None:
    stay = sorted(set(daily(365)) - outlived(daily(365), NOW), reverse=True)
    assert stay[:8] == daily(8)
    assert len(stay[8:]) in (3, 4)
    assert all(timedelta(days=7) < NOW - one <= timedelta(days=30) for one in stay[8:])
    assert len({one.isocalendar()[:2] for one in stay[8:]}) == len(stay[8:])


def test_of_several_on_one_day_the_newest_stays() -> None:
    morning, noon = NOW.replace(hour=1) - DAY, NOW.replace(hour=1, minute=30) - DAY
    assert outlived([morning, noon, NOW], NOW) == {morning}


def test_the_only_backup_stays_however_old_until_there_is_a_newer_one() -> None:
    old = NOW - 90 * DAY
    assert outlived([old], NOW) == set()
    assert outlived([old, NOW], NOW) == {old}


def test_day_by_day_each_of_the_last_four_weeks_keeps_one() -> None:
    kept: set[datetime] = set()
    for day in range(120):
        now = NOW + day * DAY
        kept = kept | {now}
        kept -= outlived(kept, now)
    last = NOW + 119 * DAY
    for week in range(1, 4):
        assert any(week * 7 * DAY < last - one <= (week + 1) * 7 * DAY for one in kept), week


@given(MOMENTS)
def test_nothing_stays_beyond_thirty_days_but_the_newest_and_pruning_twice_is_pruning_once(
    given_moments: set[datetime],
) -> None:
    made = {one.replace(tzinfo=UTC) for one in given_moments}
    stay = made - outlived(made, NOW)
    assert all(NOW - one <= timedelta(days=30) for one in stay if one != max(made))
    assert not made or max(made) in stay
    assert outlived(stay, NOW) == set()
    assert len(stay) <= 8 + 5 + 1


@pytest.mark.parametrize(
    ("last", "failed", "due"),
    [
        (None, None, True),
        (NOW - 23 * HOUR, None, False),
        (NOW - 24 * HOUR, None, True),
        (NOW - 300 * HOUR, NOW - HOUR / 2, False),
        (NOW - 300 * HOUR, NOW - HOUR, True),
        (None, NOW, False),
        (NOW - 300 * HOUR, NOW + HOUR, True),
    ],
)
def test_one_is_due_a_day_after_the_last_good_one_and_an_hour_after_a_failure(
    last: datetime | None, failed: datetime | None, due: bool
) -> None:
    assert is_due(last, failed, DAY, NOW) is due


def test_backups_are_told_by_their_names_and_nothing_else_is_touched(tmp_path: Path) -> None:
    others = ["desmigratif.db", "mine.db", "desmigratif-soon.db", f"{named(NOW)}.0a.partial", "letter.txt"]
    for name in (named(NOW), named(NOW - 40 * DAY), *others):
        (tmp_path / name).touch()
    assert last_backup(tmp_path) == NOW
    assert list(backups(tmp_path)) == [NOW - 40 * DAY, NOW]
    prune(tmp_path, NOW)
    assert {one.name for one in tmp_path.iterdir()} == {named(NOW), *others}
    assert last_backup(tmp_path / "no-such-folder") is None


class Enough(Exception):
    """So many minutes have passed."""


class Minutes:
    """A clock that goes on a minute with each rest, for so many of them."""

    def __init__(self, clock: FakeClock, many: int) -> None:
        self.clock = clock
        self.left = many

    async def __call__(self, seconds: float) -> None:
        if self.left == 0:
            raise Enough
        self.left -= 1
        self.clock.pass_by(seconds=seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    migrate(tmp_path / "test.db")
    opened = await open_database(tmp_path / "test.db", Seal([Fernet.generate_key().decode()]))
    yield opened
    await opened.close()


async def minutes_pass(database: Database, clock: FakeClock, many: int, folder: Path, hours: int = 2) -> None:
    """The service runs for so long, and ends."""
    with pytest.raises(Enough):
        await run(database, Plan(folder, timedelta(hours=hours)), clock, Minutes(clock, many))


async def test_one_is_made_at_once_and_then_on_time_and_a_restart_neither_repeats_nor_skips(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    folder, began = tmp_path / "kept" / "backups", clock()
    for many in (50, 60, 9, 1, 1, 100):
        await minutes_pass(database, clock, many, folder)
    assert last_backup(folder) == began + timedelta(hours=2, minutes=1)
    assert look_through(backups(folder)[began + timedelta(hours=2, minutes=1)]).events == 0
    assert (folder.stat().st_mode & 0o777, next(folder.iterdir()).stat().st_mode & 0o777) == (0o700, 0o600)


async def test_one_that_fails_is_said_and_tried_again_after_an_hour_and_leaves_nothing(
    database: Database, clock: FakeClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "backups"
    folder.write_text("somebody put a file here")
    await minutes_pass(database, clock, 130, folder)
    assert [one.levelname for one in caplog.records] == ["ERROR"] * 3
    folder.unlink()
    await minutes_pass(database, clock, 1, folder)
    assert last_backup(folder) == clock()


async def test_none_is_made_where_it_would_leave_less_than_the_floor(
    database: Database, clock: FakeClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database.disk = Disk(database.path, floor=1 << 60)
    await minutes_pass(database, clock, 1, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []
    assert "no room" in caplog.text


async def test_a_clock_that_was_a_day_ahead_holds_up_no_backup(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    clock.pass_by(days=1)
    await minutes_pass(database, clock, 1, folder)
    clock.pass_by(days=-1)
    await minutes_pass(database, clock, 1, folder)
    assert len(backups(folder)) == 2


async def test_called_off_in_the_middle_it_leaves_nothing(database: Database, clock: FakeClock, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for turns in range(1, 60, 3):
        making = asyncio.create_task(run(database, Plan(folder, DAY), clock, Minutes(clock, 1)))
        for _ in range(turns):
            await asyncio.sleep(0)
        making.cancel()
        await asyncio.gather(making, return_exceptions=True)
        assert not list(folder.glob("*.partial*"))
    assert all(look_through(one).events == 0 for one in backups(folder).values())
