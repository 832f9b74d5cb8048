"""F4 on PostgreSQL: the server stops, crashes, freezes, cuts everybody off, or another takes its place, while people write.

Four workers know two servers, of which one writes and waits for the other with each commit. While none can be written to,
each worker says that it is not ready, and turns away what it is brought; when one can be, all go on without being started
anew. What was committed and could not be said so any more comes again and must be known again.
"""

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from tests.chaos.crowd import Crowd
from tests.chaos.fleet import Fleet, fleet_on
from tests.chaos.installation import SECRET, Installation
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import Reckoning
from tests.chaos.seeds import said
from tests.chaos.standby import Pair, pair_of_servers

WORKERS, OF_FEW = 4, 2
TROUBLES = ("stopped", "crashed", "frozen", "cut off", "failed over", "cut off", "restarted", "cut off")
SHORTEST, LONGEST, LONGEST_OF_FEW = 0.1, 20.0, 2.0
_FEW = 10  # so many troubles or fewer are short ones, and two workers live through them
_STRANGER = 3001
_HANGS = aiohttp.ClientTimeout(total=10)
_READY_WITHIN = 30.0
_CALM, _CALM_OF_FEW = 3.0, 0.5
_LOOK_AGAIN = 0.1
_TIME = 9 * 60.0
_CUT_OFF = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'desmigratif'"
_LIVES = "a worker did not live through it"


@dataclass
class Siege:
    """Two servers under a fleet, and what was `made` of them; `away` is how long nobody could write, `back` until all could."""

    pair: Pair
    fleet: Fleet
    crowd: Crowd
    chance: random.Random
    few: bool
    made: Counter[str] = field(default_factory=Counter)
    away: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    refused: int = 0
    asked: int = 0
    faults: list[str] = field(default_factory=list)
    numbers: count = field(default_factory=lambda: count(900_000_001))  # type: ignore[type-arg]

    async def one(self, trouble: str) -> None:
        """One trouble, and until it is over for every worker."""
        self.made[trouble] += 1
        match trouble:
            case "cut off":
                await asyncio.to_thread(self.pair.writes.sql, _CUT_OFF)
            case "restarted":
                await self._stopped(signal.SIGINT, 0.0)
            case "stopped":
                await self._stopped(signal.SIGINT, self._while())
            case "crashed":
                await self._stopped(signal.SIGQUIT, self._while())
            case "frozen":
                await self._frozen(self._while())
            case "failed over":
                await self._failed_over(self._while())
        await self._all_ready()
        if trouble == "failed over":
            await self.pair.mend()

    def _while(self) -> float:
        """Seconds."""
        longest = LONGEST_OF_FEW if self.few else LONGEST
        return SHORTEST * float(longest / SHORTEST) ** self.chance.random()

    async def _stopped(self, how: signal.Signals, seconds: float) -> None:
        server = self.pair.writes
        await asyncio.to_thread(server.stop, how)
        async with self._nobody_writes():
            await asyncio.sleep(seconds)
        await asyncio.to_thread(server.start)

    async def _frozen(self, seconds: float) -> None:
        """Nobody is told that it is away: what was brought waits, and is taken when it goes on."""
        server = self.pair.writes
        server.freeze()
        async with self._nobody_writes(turned_away=False):
            await asyncio.sleep(seconds)
        server.thaw()

    async def _failed_over(self, seconds: float) -> None:
        await asyncio.to_thread(self.pair.fail)
        async with self._nobody_writes():
            await asyncio.sleep(seconds)
        await asyncio.to_thread(self.pair.take_over)

    @asynccontextmanager
    async def _nobody_writes(self, *, turned_away: bool = True) -> AsyncIterator[None]:
        """Each worker says so all the time."""
        began = time.monotonic()
        watching = [asyncio.create_task(self._watch(one, turned_away)) for one in self.fleet.workers]
        try:
            yield
        finally:
            for one in watching:
                one.cancel()
            await asyncio.wait(watching)
            self.away.append(time.monotonic() - began)

    async def _watch(self, worker: Installation, turned_away: bool) -> None:
        async with aiohttp.ClientSession(timeout=_HANGS) as watchman:
            while True:
                if (status := await self._asked(watchman, worker)) != 503:
                    self.faults.append(f"/ready said {status} while nobody could write")
                if turned_away and (status := await self._brought(watchman, worker)) != 503:
                    self.faults.append(f"a webhook was answered {status} while nobody could write")
                await asyncio.sleep(_LOOK_AGAIN)

    async def _asked(self, watchman: aiohttp.ClientSession, worker: Installation) -> int:
        """What it says of itself; 0 for nothing."""
        try:
            async with watchman.get(f"{worker.url}/ready") as answer:
                self.asked += 1
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0

    async def _brought(self, watchman: aiohttp.ClientSession, worker: Installation) -> int:
        """How it answers to a message; nobody brings it again."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        update = said(next(self.numbers), _STRANGER, "menu")
        try:
            async with watchman.post(f"{worker.url}/telegram/webhook", json=update, headers=headers) as answer:
                self.refused += answer.status == 503
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0

    async def _all_ready(self) -> None:
        began = time.monotonic()
        async with aiohttp.ClientSession(timeout=_HANGS) as watchman:
            for worker in self.fleet.workers:
                while await self._asked(watchman, worker) != 200:
                    if time.monotonic() - began > _READY_WITHIN:
                        self.faults.append(f"a worker is not ready: {worker.errors()[-300:]}")
                        break
                    await asyncio.sleep(_LOOK_AGAIN)
        self.back.append(time.monotonic() - began)


async def run(times: int) -> Outcome:
    """So many troubles; of a few, none is long."""
    few = times <= _FEW
    workers = OF_FEW if few else WORKERS
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name:
        async with pair_of_servers() as pair, fleet_on(pair.store, Path(name), workers) as fleet:
            siege = Siege(pair, fleet, fleet.crowd(times), random.Random(times), few)
            await fleet.control.control("block", chat=_STRANGER, blocked=False)
            code = await fleet.invited()
            await fleet.begin()
            lives = [one.starts for one in fleet.workers]
            async with asyncio.TaskGroup() as people:
                people.create_task(siege.crowd.live(code))
                await _trouble(siege, times)
                siege.crowd.closing = True
            siege.faults += [_LIVES for one in fleet.workers if await one.ended(0) or one.starts not in lives]
            return _outcome(siege, await fleet.reckoned(siege.crowd.ledger))


async def _trouble(siege: Siege, times: int) -> None:
    until = time.monotonic() + _TIME
    for one in range(times):
        await asyncio.sleep(siege.chance.uniform(0, _CALM_OF_FEW if siege.few else _CALM))
        await siege.one(TROUBLES[one % len(TROUBLES)])
        if time.monotonic() > until:
            break


def _outcome(siege: Siege, found: Reckoning) -> Outcome:
    ledger, troubles = siege.crowd.ledger, siege.made.total()
    faults = [*siege.faults, *found.faults, *(f"seen twice in chat {chat}" for _, chat in found.repeats)]
    figures = (
        f"{len(siege.fleet.workers)} workers; {', '.join(f'{many} times {what}' for what, many in siege.made.items())}",
        f"nobody could write for {min(siege.away):.1f} to {max(siege.away):.1f} s, {sum(siege.away):.0f} s in all",
        f"all workers were ready {max(siege.back):.1f} s later at most; {siege.asked:,} answers of /ready",
        f"{siege.refused:,} webhooks answered 503; {len(ledger.said):,} messages, {len(ledger.sent):,} registrations",
        f"{len(faults)} faults",
        *faults[:9],
    )
    return Outcome(troubles, len(faults), "; ".join(figures))
