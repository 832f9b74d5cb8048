"""Time at work: what must happen although nobody writes. The clock comes in as an argument everywhere else.

The wall clock is for people, and may be put right at any moment, by a day if need be; how long something takes is measured
by the steady clock, which only runs. This room holds one against the other.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.store import retention, trouble
from bot.store.database import Database, NotStored
from bot.store.trouble import Found
from bot.tally import Tally

log = logging.getLogger(__name__)
SWEEP = 60.0
LOOK = 1.0
JUMP = 60.0
SETTLED = 24 * 3600.0
BELIEVED = 15 * 60.0
LONGEST_RETRY = timedelta(minutes=5)
WHILE_AWAY = timedelta(hours=1)


def now() -> datetime:
    """The wall clock, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The wall clock, the steady one (seconds), and how to wait."""

    wall: Callable[[], datetime]
    steady: Callable[[], float] = time.monotonic
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep

    def ahead(self) -> float:
        """By how much the wall clock is ahead of the steady one: it changes only when the wall clock is put right."""
        return self.wall().timestamp() - self.steady()


@dataclass(frozen=True, slots=True)
class Duties:
    """What the clock looks after. `keep_months` is what each form promised, `wake` says that letters may be due, `look` brings
    what is due in the cases and for the officers' mornings."""

    database: Database
    keep_months: Callable[[], Mapping[str, int]]
    tally: Tally
    wake: Callable[[], None]
    look: Callable[[datetime], Awaitable[object]]


async def sweep(database: Database, keep_months: Mapping[str, int], moment: datetime, *, erase: bool = True) -> Found:
    """Remove what has outlived its purpose, cases by what their forms promised; what is found to be in trouble."""
    if erase:
        await retention.tidy(database, moment, keep_months)
    return await trouble.find(database, moment)


async def run(duties: Duties, clocks: Clocks | None = None) -> None:
    """Sweep each minute, until cancelled; when the wall clock jumps, put right at once what hangs on it.

    After a jump nothing is erased for a day: what looks old need not be. And for a quarter of an hour no case is warned of or
    rises: a wrong clock is mostly put right at once, and what was told to people cannot be taken back. No longer than that, for
    somebody in danger may be waiting; a machine that slept has jumped too, and its clock is right.
    """
    clocks = clocks or Clocks(now)
    ahead, swept, jumped = clocks.ahead(), clocks.steady(), -SETTLED
    await _as_long_as_stored(_bring_forward(duties, clocks, WHILE_AWAY))
    while True:
        await clocks.rest(min(LOOK, SWEEP))
        before, ahead, steady = ahead, clocks.ahead(), clocks.steady()
        if abs(ahead - before) > JUMP:
            log.warning("the wall clock jumped by %.0f s", ahead - before)
            jumped = steady
            await _as_long_as_stored(_bring_forward(duties, clocks, LONGEST_RETRY))
        if steady - swept >= SWEEP:
            swept = steady
            if steady - jumped >= BELIEVED:
                await _as_long_as_stored(duties.look(clocks.wall()))
            await _as_long_as_stored(_sweep(duties, clocks, erase=steady - jumped >= SETTLED))


async def _bring_forward(duties: Duties, clocks: Clocks, after: timedelta, *, tried: bool = True) -> None:
    """What people wait for, and no try could have put off for so long, becomes due: the wall clock was put back."""
    async with duties.database.transaction() as tx:
        many = await trouble.bring_forward(tx, clocks.wall(), after, tried=tried)
    if many:
        log.warning("%d letters were due too far ahead and go out now", many)
        duties.wake()


async def _sweep(duties: Duties, clocks: Clocks, *, erase: bool) -> None:
    await _bring_forward(duties, clocks, LONGEST_RETRY, tried=False)
    found = await sweep(duties.database, duties.keep_months(), clocks.wall(), erase=erase)
    for name, many in found.counts().items():
        duties.tally.found.labels(name).set(many)
    duties.tally.swept.set(clocks.wall().timestamp())
    if any(found.counts().values()):
        log.warning("the sweep found %s", found)


async def _as_long_as_stored(work: Awaitable[object]) -> None:
    try:
        await work
    except NotStored as error:
        log.error("the sweep could not write: %s", type(error.__cause__).__name__)
