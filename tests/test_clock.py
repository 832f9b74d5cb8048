"""The sweep of each minute, and what is done when the wall clock jumps. Waiting is the test's own: no time passes."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet

from bot.clock import BELIEVED, SWEEP, Clocks, Duties, run
from bot.model.messages import Address, Incoming, Message
from bot.store import inbox, people, post, spoken
from bot.store.database import Database, Store, open_database
from bot.store.post import Lease, Letter
from bot.store.seal import Seal
from bot.tally import Tally, new_tally
from tests.fakes import FakeClock

WEB = Address("web", "chat", "siti")


@dataclass(slots=True)
class Time:
    """Both clocks: `rest` lets time pass on both, `jump` puts the wall clock forward or back; it ends after its looks."""

    wall: FakeClock = field(default_factory=FakeClock)
    steady: float = 100.0
    jumps: dict[int, timedelta] = field(default_factory=dict)
    looks: int = 0
    most: int = 61
    seen: list[datetime] = field(default_factory=list)

    async def rest(self, seconds: float) -> None:
        """So long; a jump that is due happens in it."""
        self.looks += 1
        if self.looks > self.most:
            raise asyncio.CancelledError
        self.steady += seconds
        self.wall.now += timedelta(seconds=seconds) + self.jumps.get(self.looks, timedelta())

    async def look(self, at: datetime) -> None:
        """The cases are looked at."""
        self.seen.append(at)

    def clocks(self) -> Clocks:
        return Clocks(self.wall, lambda: self.steady, self.rest)


@pytest.fixture
async def database(store: Store) -> AsyncIterator[Database]:
    opened = await open_database(store, Seal([Fernet.generate_key().decode()]))
    yield opened
    await opened.close()


async def let_pass(database: Database, time: Time, woken: list[str] | None = None) -> Tally:
    """The clock at work, for as many looks as the time has."""
    tally, woken = new_tally(), woken if woken is not None else []
    with pytest.raises(asyncio.CancelledError):
        await run(Duties(database, dict, tally, lambda: woken.append(""), time.look), time.clocks())
    return tally


async def written_in(database: Database, time: Time) -> people.Place:
    """Siti wrote in the web chat, and has her answer."""
    async with database.transaction() as tx:
        place = await people.add(tx, WEB, "id", time.wall())
        await inbox.keep(tx, [(1, place.id, Incoming(WEB, "1", "text", time.wall(), "halo"))])
        await post.send(tx, [Letter(1, 0, 0, place.id, Message("hello"))], time.wall())
    return place


def found(tally: Tally, what: str) -> float | None:
    return tally.registry.get_sample_value("desmigratif_sweep_found", {"what": what})


async def test_trouble_is_said_in_one_line_a_minute_and_shown_to_whoever_watches(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    time = Time(most=2 * int(SWEEP))
    await written_in(database, time)
    time.wall.pass_by(minutes=6)
    with caplog.at_level(logging.WARNING, "bot.clock"):
        tally = await let_pass(database, time)
    assert [record.getMessage() for record in caplog.records] == ["the sweep found 1 overdue sends"] * 2
    assert (found(tally, "overdue_sends"), found(tally, "dead_sends")) == (1, 0)
    swept = tally.registry.get_sample_value("desmigratif_last_sweep_timestamp_seconds")
    assert swept == time.wall().timestamp()


async def test_a_quiet_house_says_nothing(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "bot.clock"):
        tally = await let_pass(database, Time())
    assert caplog.records == []
    assert found(tally, "set_aside") == 0


async def test_put_back_by_a_day_what_waits_goes_out_at_once(database: Database) -> None:
    time, woken = Time(most=1, jumps={1: timedelta(days=-1)}), list[str]()
    await written_in(database, time)
    await let_pass(database, time, woken)
    lease = Lease(time.wall(), time.wall() + timedelta(seconds=90))
    assert [one.outgoing.message.text for one in await post.take_due(database, ["web"], lease, 9)] == ["hello"]
    assert woken == [""]


async def test_put_back_while_nobody_was_at_work_what_waits_goes_out_at_the_start(database: Database) -> None:
    time, woken = Time(most=0), list[str]()
    await written_in(database, time)
    time.wall.pass_by(days=-1)
    await let_pass(database, time, woken)
    assert woken == [""]


@pytest.mark.parametrize("jumps", [{1: timedelta(days=2)}, {1: timedelta(days=2), 2: timedelta(days=-2)}])
async def test_after_a_jump_nothing_is_erased_for_a_day(database: Database, jumps: dict[int, timedelta]) -> None:
    time = Time(jumps=jumps)
    await written_in(database, time)
    await let_pass(database, time)
    assert len(await spoken.chat_lines(database, WEB)) == 2


async def test_without_a_jump_what_has_outlived_its_purpose_goes(database: Database) -> None:
    time = Time()
    await written_in(database, time)
    time.wall.pass_by(days=2)
    await let_pass(database, time)
    assert [line.text for line in await spoken.chat_lines(database, WEB) if line.text] == []


async def test_a_clock_that_is_put_right_a_little_at_a_time_is_no_jump(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "bot.clock"):
        await let_pass(database, Time(jumps=dict.fromkeys(range(1, 60), timedelta(seconds=5))))
    assert caplog.records == []


async def test_the_cases_are_looked_at_once_a_minute_by_the_wall_clock(database: Database) -> None:
    time = Time(most=3 * int(SWEEP))
    began = time.wall()
    await let_pass(database, time)
    assert time.seen == [began + timedelta(seconds=SWEEP) * n for n in (1, 2, 3)]


@pytest.mark.parametrize("days", [1, -1])
async def test_after_a_jump_no_case_is_looked_at_for_a_quarter_of_an_hour(database: Database, days: int) -> None:
    """Put right within it, nobody has heard of a day that was not."""
    minutes = int(BELIEVED / SWEEP)
    time = Time(most=(minutes + 2) * int(SWEEP), jumps={1: timedelta(days=days)})
    began = time.wall()
    await let_pass(database, time)
    assert time.seen and time.seen[0] >= began + timedelta(days=days, seconds=BELIEVED)
    settled = Time(most=(minutes + 2) * int(SWEEP), jumps={1: timedelta(days=days), 300: timedelta(days=-days)})
    await let_pass(database, settled)
    assert settled.seen == []
