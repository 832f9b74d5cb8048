"""F1: killed at random moments, at every named point, while starting, stopping and migrating, with people at work.

Each life of the process ends by SIGKILL; the next one asks Telegram for its updates or has them brought, in turns. After
the last kill everybody gets what they came for, the service is ended as operators end it, and everything is counted.
"""

import asyncio
import math
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from tests.bot_user import FakeUser
from tests.chaos import kills_whatsapp, office, silent
from tests.chaos.around import invited
from tests.chaos.crashing import AHEAD, HURRIES, NOWHERE, POINTS, UPGRADES
from tests.chaos.crowd import QUESTIONS, Crowd
from tests.chaos.installation import SECRET, Installation, installation
from tests.chaos.ledger import Caller, Ledger, Visitor
from tests.chaos.office import Office
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import Reckoning, reckon, unseen
from tests.chaos.settling import settle
from tests.chaos.silent import Silence
from tests.chaos.small_content import put_version, small_content
from tests.chaos.stock import losses
from tests.end_to_end.service import VILLAGE

VERSIONS = ("2026.1.1", "2026.1.2")
_MANY = 500  # from so many kills on, two installations share the work
_FIRST = 3  # they come while it makes its tables and publishes its first release
_SURELY = {"stop": 6.0, "clock": 6.0}  # seconds within which what comes of itself has passed every point of it
_NOT_PASSED = 1.5  # seconds after which another process that has not come by its point is killed where it is
_LONGEST_LIFE, _LONGEST_START = 0.6, 0.25
_LONGEST = 25 * 60.0
_MORNING = 3  # o'clock UTC: ten in Jakarta, when people may be told what they did not ask for
_RANDOM, _STARTING = "a random moment", "a random moment of the start"


@dataclass
class Siege:
    """One installation and how it is killed: which lives, and where how often. `faults` is what went wrong meanwhile."""

    house: Installation
    content: Path
    crowd: Crowd
    silence: Silence
    office: Office
    chance: random.Random
    kills: list[int] = field(default_factory=list)
    where: Counter[str] = field(default_factory=Counter)
    halfway: int = 0
    upgrades: int = 0
    releases: int = 0
    faults: list[str] = field(default_factory=list)

    async def one(self) -> None:
        """One life and its end."""
        place = self.chance.choice((_RANDOM, _RANDOM, _RANDOM, _STARTING, *POINTS))
        kind = POINTS[place].kind if place in POINTS else ""
        self.upgrades += kind == "upgrade"
        if kind == "clock":
            await self.time_is_over()
        many = kind == "work" or (place in POINTS and POINTS[place].when == "amid")
        await self.begin(place if kind else NOWHERE, str(self.chance.randint(1, 4 if many else 1)), "serve")
        place = await self._live(place, kind)
        self.halfway += len(self.crowd.ledger.halfway)
        self.house.end()
        await self.house.ended()
        if self.house.code == signal.SIGKILL:
            self.kills.append(self.house.starts)
            self.where[place] += 1
        elif kind != "stop" or self.house.code:
            self.faults.append(f"{place}: ended by itself with {self.house.code}")

    async def time_is_over(self) -> None:
        """Whoever should have answered by now is to be told, and a message to many is on its way; no service runs."""
        if self.office.open:
            self.silence.mark()
            silent.all_due(self.house.database)
            await self.office.announce()

    async def begin(self, *words: str, **settings: str) -> None:
        """Start a process, which takes its updates in the other way than the one before."""
        mode = "webhook" if self.house.starts % 2 else "polling"
        await self.house.begin(*words, TELEGRAM_MODE=mode, **{UPGRADES: str(self.upgrades)}, **settings)

    async def _live(self, place: str, kind: str) -> str:
        """Until the moment or the point has come; where it died, or is to be killed."""
        if place == _STARTING:
            await asyncio.sleep(self.chance.uniform(0, _LONGEST_START))
            return place
        if not await self.house.opened():
            return place
        if kind == "publish":
            self.releases += 1
            put_version(self.content, VERSIONS[self.releases % len(VERSIONS)])
        if kind in ("", "stop"):
            await asyncio.sleep(self.chance.uniform(0, _LONGEST_LIFE))
        if kind == "stop":
            self.house.end(signal.SIGTERM)
        return place if not kind or await self.house.ended(_SURELY.get(kind, _NOT_PASSED)) else _RANDOM


async def run(times: int) -> Outcome:
    """So many kills; many are shared by two installations, side by side. The stock echo bot gets a twentieth of them."""
    shares = [times // 2, times - times // 2] if times >= _MANY else [times]
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name:
        folder = Path(name)
        sieges = await asyncio.gather(*(_besieged(folder / str(n), n, share) for n, share in enumerate(shares)))
        whatsapp = await kills_whatsapp.run(math.ceil(times / 10))
        ours = await _with_a_backlog(folder / "backlog")
        stock = await losses.with_a_backlog(folder / "stock-backlog")
        killed = await losses.under_kills(folder / "stock", math.ceil(times / 20))
    said = f"{killed} in {math.ceil(times / 20)} kills; killed with a backlog of {losses.BACKLOG}: {stock}"
    mine = _outcome(sieges, ours, said)
    figures = f"{mine.figures}; {whatsapp.figures}"
    return Outcome(mine.trials + whatsapp.trials, mine.failures + whatsapp.failures, figures, mine.stock)


async def _with_a_backlog(folder: Path) -> Reckoning:
    """Ours, killed while it works off what many people wrote while it was away."""
    content = small_content(folder / "content", VERSIONS[0])
    module = ("tests.chaos.crashing", str(folder / "cache"), str(content))
    settings = {"CONTENT_DIR": str(content), "CACHE_DIR": str(folder / "cache"), "TELEGRAM_PER_SECOND": "1000"}
    async with installation(folder / "house", *module, **settings) as house, FakeUser(house.street, 1) as control:
        ledger = Ledger()
        for number in range(losses.BACKLOG):
            async with FakeUser(house.street, 9001 + number, "id") as user:
                await Caller(user, ledger).say(QUESTIONS[0])
        await losses.killed_at_work(house, control, NOWHERE, "1", "serve")
        await settle(house, control)
        await house.stop()
        return reckon(house.database, ledger, await control.ask("log"))


async def _besieged(folder: Path, seed: int, times: int) -> tuple[Siege, Reckoning]:
    contents = [small_content(folder / f"content-{version}", version) for version in VERSIONS]
    cache = folder / "cache"
    settings = {"CONTENT_DIR": str(contents[0]), "CACHE_DIR": str(cache)}
    settings |= {"TELEGRAM_WEBHOOK_SECRET": SECRET, "PUBLIC_URL": "https://127.0.0.1", "BALLAST_MB": "0"}
    now = datetime.now(UTC)
    ahead = now.replace(hour=_MORNING, minute=0) - now
    settings[AHEAD] = str(ahead.total_seconds())
    module = ("tests.chaos.crashing", str(cache), *map(str, contents))
    async with installation(folder / "house", *module, **settings) as house:
        crowd = Crowd(house.street, house.url, random.Random(seed), clearers=1)
        silence = Silence(house.database)
        siege = Siege(house, contents[0], crowd, silence, Office(house, ahead), random.Random(seed))
        async with FakeUser(house.street, 1) as control:
            await control.control("proxy", url=f"{house.url}/telegram/webhook")
            await losses.at_a_distance(control)
            await _kill(siege, times)
            await settle(house, control)
            await _shown(siege)
            return siege, await _reckoned(siege, control)


async def _kill(siege: Siege, times: int) -> None:
    """The kills, and one more life in which everybody gets what they came for."""
    until = time.monotonic() + _LONGEST
    for _ in range(_FIRST):
        await siege.one()
    code, *silents = [await _invited(siege, unit) for unit in (VILLAGE, silent.VILLAGE, silent.DISTRICT)]
    await _prepare(siege, silents)
    people = asyncio.gather(siege.crowd.live(code), siege.office.makes_files())
    while len(siege.kills) < times and time.monotonic() < until and not people.done():
        await siege.one()
    siege.crowd.closing = siege.office.closing = True
    await siege.time_is_over()
    await siege.begin(NOWHERE, "1", "serve", **{HURRIES: "1"})
    assert await siege.house.opened(), siege.house.errors()
    await people
    await siege.silence.risen()
    await siege.office.done()


async def _prepare(siege: Siege, codes: Sequence[str]) -> None:
    """A life in which those come whom nobody answers."""
    await siege.begin(NOWHERE, "1", "serve")
    assert await siege.house.opened(), siege.house.errors()
    street, ledger = siege.house.street, siege.crowd.ledger
    await silent.take_offices(street, ledger, codes)
    await asyncio.gather(silent.hand_in(street, ledger), office.hand_in(street, ledger))
    siege.office.open = True
    await siege.house.stop()


async def _invited(siege: Siege, unit: str) -> str:
    """An officer's code."""
    return await invited(siege.house, NOWHERE, "1", unit=unit, **{UPGRADES: str(siege.upgrades)})


async def _shown(siege: Siege) -> None:
    """The pages of the web chat show both sides; and the service ends well."""
    async with aiohttp.ClientSession() as browser:
        for token, texts in siege.crowd.ledger.visitors.items():
            page = await Visitor(browser, siege.house.url, siege.crowd.ledger, token).page()
            siege.faults += [f"not once on the page: {text}" for text in unseen(page, texts)]
    await siege.house.stop()
    if siege.house.code:
        siege.faults.append(f"stopped with {siege.house.code}")


async def _reckoned(siege: Siege, control: FakeUser) -> Reckoning:
    await siege.house.printed(NOWHERE, "1", "verify", **{UPGRADES: str(siege.upgrades)})
    log = await control.ask("log")
    found = reckon(siege.house.database, siege.crowd.ledger, log)
    found.faults += [*siege.faults, *found.unexcused(siege.kills), *siege.silence.faults(), *siege.office.faults()]
    return found


def _outcome(sieges: Sequence[tuple[Siege, Reckoning]], backlog: Reckoning, stock: str) -> Outcome:
    kills, where = (
        sum(len(siege.kills) for siege, _ in sieges),
        sum((siege.where for siege, _ in sieges), Counter[str]()),
    )
    faults = [*(fault for _, found in sieges for fault in found.faults), *backlog.faults]
    ledgers = [siege.crowd.ledger for siege, _ in sieges]
    repeats = [times for _, found in sieges for times in Counter(found.repeats).values()]
    named = [one for one in POINTS if where[one]]
    if kills >= _MANY:  # so many pass by every point, unless it has fallen out of use
        faults += [f"never killed at {one}" for one in POINTS if not where[one]]
    figures = (
        f"{kills:,} kills, {sum(where[one] for one in named):,} of them at {len(named)} of {len(POINTS)} named points",
        f"{sum(len(one.said) for one in ledgers):,} messages and {sum(len(one.sent) for one in ledgers):,} registrations",
        f"{sum(siege.halfway for siege, _ in sieges):,} times a half-filled form lived through a kill",
        f"{sum(repeats):,} repeats, to one person for one kill {max(repeats, default=0)} at most",
        f"killed with a backlog of {losses.BACKLOG}: {len(backlog.faults)} lost, {len(backlog.repeats)} repeats",
        f"{len(faults)} broken promises",
        *faults[:9],
    )
    return Outcome(kills + 1, len(faults), "; ".join(figures), stock)
