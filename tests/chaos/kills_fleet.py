"""F1 on PostgreSQL: four workers killed in turn, at random moments and named points, while people write to any of them.

They come by Telegram, the web chat and WhatsApp. Whoever is on duty is killed more often than the others. A worker starts
again as soon as it is dead, in its place, and takes updates by asking or by webhook, as it falls: what counts is how the one
on duty does it. Some are ended as operators end them.
"""

import asyncio
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from tests.chaos import kills_whatsapp
from tests.chaos.crashing import NOWHERE, ON_A_SERVER, ON_WHATSAPP, POINTS
from tests.chaos.crowd import Crowd
from tests.chaos.fleet import MODES, Fleet, fleet_on
from tests.chaos.installation import Installation
from tests.chaos.ledger import Visitor
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import Reckoning, unseen
from tests.chaos.stock.losses import at_a_distance
from tests.postgresql import new_server
from tests.whatsapp_user import WhatsAppUser, fake_graph
from tests.whatsapp_user import settings as settings_of

WORKERS, ON_WHATSAPP_AT_ONCE = 4, 2
_RANDOM = "a random moment"
_OF_A_FILE = "aiosqlite"
PLACES = (
    *ON_A_SERVER,
    *ON_WHATSAPP,
    *(
        name
        for name, point in POINTS.items()
        if point.kind in ("work", "sweep") and not point.where.startswith(_OF_A_FILE)
    ),
)
_MANY = 400  # from so many kills on, every place of a server's own must have been among them
_BETWEEN = 1.2
_STARTING, _ON_DUTY, _STOPPED, _AT_A_POINT = 0.2, 0.3, 0.1, 0.6
"""How often."""
_PATIENCE = 60.0
_LONGEST = 8 * 60.0


@dataclass
class Siege:
    """Who dies where, and how often: `lives` are those that were killed, `on_duty` how many of them had the duty.

    The `others` are the people on WhatsApp, who share the crowd's ledger.
    """

    fleet: Fleet
    crowd: Crowd
    others: kills_whatsapp.Siege
    chance: random.Random
    lives: list[int] = field(default_factory=list)
    place: dict[int, str] = field(default_factory=dict)
    on_duty: int = 0
    stopped: int = 0
    halfway: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def where(self) -> Counter[str]:
        return self.others.where

    async def begin(self, worker: Installation) -> None:
        """One more life of a worker, that may end by itself at some place."""
        place = self.chance.choice(PLACES) if self.chance.random() < _AT_A_POINT else ""
        at = (place, str(self.chance.randint(1, 4))) if place else (NOWHERE, "1")
        await worker.begin(*at, "serve", TELEGRAM_MODE=self.chance.choice(MODES))
        self.place[worker.starts] = place

    async def one(self, next_in_turn: Installation) -> None:
        """One end, when all serve or, now and then, while some start; whoever has died by itself begins again first."""
        if self.chance.random() > _STARTING:
            for worker in self.fleet.workers:
                await worker.opened()
        await asyncio.sleep(self.chance.uniform(0, _BETWEEN))
        for worker in self.fleet.workers:
            if await worker.ended(0):
                await self._count(worker)
        victim = await self.fleet.on_duty()
        if victim and self.chance.random() < _ON_DUTY:
            self.on_duty += 1
        else:
            victim = next_in_turn
        await self._end(victim)

    async def _end(self, worker: Installation) -> None:
        """By a kill, or as operators do, whom nothing hears yet while it starts."""
        how = signal.SIGTERM if worker.open and self.chance.random() < _STOPPED else signal.SIGKILL
        worker.end(how)
        if not await worker.ended():
            self.faults.append(f"a worker did not end by {how.name}")
        if how == signal.SIGKILL:
            self.place[worker.starts] = _RANDOM
        await self._count(worker)

    async def _count(self, worker: Installation) -> None:
        if worker.code == signal.SIGKILL:
            self.lives.append(worker.starts)
            self.where[self.place[worker.starts]] += 1
            self.halfway += len(self.crowd.ledger.halfway)
        elif worker.code:
            self.faults.append(f"a worker ended by itself with {worker.code}: {worker.errors()[-300:]}")
        else:
            self.stopped += 1
        await self.begin(worker)


async def run(times: int) -> Outcome:
    """So many kills."""
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name, new_server() as postgres, fake_graph() as graph:
        store, folder = postgres.new_database(), Path(name)
        async with (
            fleet_on(store, folder, WORKERS, **settings_of(graph)) as fleet,
            WhatsAppUser(graph, "6281100000000") as meta,
        ):
            await at_a_distance(fleet.control)
            crowd, chance = fleet.crowd(times, clearers=1), random.Random(times)
            others = kills_whatsapp.Siege(fleet.workers[0], graph, chance, ledger=crowd.ledger)
            siege = Siege(fleet, crowd, others, chance)
            code = await fleet.invited()
            await _shake_hands(fleet, meta)
            await _kill(siege, times, code)
            await _shown(siege)
            await meta.ask("pending", most=0, timeout=_PATIENCE)
            found = await fleet.reckoned(crowd.ledger)
            phones, again = kills_whatsapp.seen_by_phones(others, await meta.ask("log"))
            siege.faults += phones
            return _outcome(siege, found, again)


async def _shake_hands(fleet: Fleet, meta: WhatsAppUser) -> None:
    """Meta is told where the webhook is, and asks a worker."""
    first = fleet.workers[0]
    await first.begin(NOWHERE, "1", "serve")
    assert await first.opened(), first.errors()
    await meta.control("webhook", url=f"{fleet.proxy.url}/whatsapp/webhook")
    await first.stop()


async def _kill(siege: Siege, times: int, code: str) -> None:
    """The kills, and one more life of all in which everybody gets what they came for."""
    until = time.monotonic() + _LONGEST
    await asyncio.gather(*(siege.begin(one) for one in siege.fleet.workers))
    people = asyncio.gather(siege.crowd.live(code), *(siege.others.lane() for _ in range(ON_WHATSAPP_AT_ONCE)))
    for worker in cycle(siege.fleet.workers):
        if len(siege.lives) >= times or time.monotonic() > until or people.done():
            break
        await siege.one(worker)
    siege.crowd.closing = siege.others.closing = True
    for worker in siege.fleet.workers:
        worker.end()
        await worker.ended()
        siege.lives.append(worker.starts)
        siege.where[_RANDOM] += 1
    await siege.fleet.begin()
    await people


async def _shown(siege: Siege) -> None:
    """Every page of the web chat shows both sides, whichever worker is asked for it."""
    ledger = siege.crowd.ledger
    async with aiohttp.ClientSession() as browser:
        for token, texts in ledger.visitors.items():
            page = await Visitor(browser, siege.fleet.proxy.url, ledger, token).page()
            siege.faults += [f"not once on the page: {text}" for text in unseen(page, texts)]


def _outcome(siege: Siege, found: Reckoning, again: int) -> Outcome:
    kills, ledger = len(siege.lives), siege.crowd.ledger
    faults = [*siege.faults, *found.faults, *found.unexcused(siege.lives)]
    if kills >= _MANY:
        faults += [f"never killed at {one}" for one in ON_A_SERVER if not siege.where[one]]
    named = [one for one in PLACES if siege.where[one]]
    figures = (
        f"{WORKERS} workers; {kills:,} kills, {siege.on_duty:,} of them of whoever was on duty, "
        f"{sum(siege.where[one] for one in named):,} at {len(named)} of {len(PLACES)} named points",
        f"{siege.stopped:,} times told to stop",
        f"{len(ledger.said):,} messages and {len(ledger.sent):,} registrations; "
        f"{siege.fleet.proxy.passed_on:,} requests passed on to another worker",
        f"{siege.halfway:,} times a half-filled form lived through a kill",
        f"{len(found.repeats):,} repeats, to one person for one kill {max(Counter(found.repeats).values(), default=0)} at most",
        f"on WhatsApp {len(siege.others.people):,} people, {again:,} repeats",
        f"{len(faults)} broken promises",
        *faults[:9],
    )
    return Outcome(kills, len(faults), "; ".join(figures))
