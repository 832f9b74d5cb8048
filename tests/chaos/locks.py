"""F4: the database locked by another program, again and again, while people write by Telegram and at the web chat.

Nobody may be told of an error, nothing may be lost, and whoever asks `/ready` is answered while it lasts. The last lock is held
until the service, told to stop, has ended.
"""

import asyncio
import random
import signal
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from tests.bot_user import FakeUser
from tests.chaos.around import calm, invited, reckoned
from tests.chaos.crashing import NOWHERE
from tests.chaos.crowd import QUESTIONS, Crowd
from tests.chaos.installation import Installation, installation
from tests.chaos.ledger import Caller, Visitor
from tests.chaos.outcome import Outcome
from tests.chaos.small_content import small_content

SHORTEST, LONGEST, LONGEST_OF_FEW = 0.1, 30.0, 2.0
_FEW = 10  # so many locks or fewer are short ones
_PATIENT = aiohttp.ClientTimeout(total=90)
_HANGS = aiohttp.ClientTimeout(total=5)
_STOPS_WITHIN = 10.0
_EACH = 8


@dataclass
class Locksmith:
    """One installation, its people, and how long it was `held`; `waited` is how long `/ready` took meanwhile."""

    house: Installation
    crowd: Crowd
    chance: random.Random
    held: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def lock(self) -> AsyncIterator[None]:
        """As another program that writes for long."""
        with closing(sqlite3.connect(self.house.database, timeout=60, check_same_thread=False)) as other:
            other.isolation_level = None
            await asyncio.to_thread(other.execute, "begin exclusive")
            began = time.monotonic()
            try:
                yield
            finally:
                other.execute("rollback")
                self.held.append(time.monotonic() - began)

    async def hold(self, seconds: float) -> None:
        """Lock it for so long, while somebody asks whether it is ready."""
        async with self.lock():
            watching = asyncio.create_task(self._watch())
            await asyncio.sleep(seconds)
        watching.cancel()
        await asyncio.wait([watching])

    async def _watch(self) -> None:
        while True:
            await self.is_ready()

    async def is_ready(self) -> None:
        """Ask, while it is locked: that it is not ready must be said, and said soon."""
        began = time.monotonic()
        try:
            async with (
                aiohttp.ClientSession(timeout=_HANGS) as watchman,
                watchman.get(f"{self.house.url}/ready") as said,
            ):
                status = said.status
        except (aiohttp.ClientError, TimeoutError) as error:
            self.faults.append(f"/ready did not answer: {type(error).__name__}")
            return
        self.waited.append(time.monotonic() - began)
        if status != 503:
            self.faults.append(f"/ready said {status} while it was locked")

    async def visits(self) -> None:
        """People at the web chat, one after another until the crowd goes home; anything but a page is an error they see."""
        async with aiohttp.ClientSession(timeout=_PATIENT) as browser:
            while not self.crowd.closing:
                visitor = Visitor(browser, self.house.url, self.crowd.ledger)
                for asked in range(_EACH):
                    await visitor.say(f"{self.chance.choice(QUESTIONS)} ({asked})")
                self.faults += ["somebody at the web chat saw an error"] * visitor.refusals

    async def stop_while_locked(self) -> None:
        """Told to stop in the middle of a lock, with a message waiting: it ends in time, and the message is not lost."""
        async with FakeUser(self.house.street, 4001, language="id") as user:
            await calm(self.house, user)
            late = Caller(user, self.crowd.ledger)
            async with self.lock():
                await late.say("menu")
                await self.is_ready()
                self.house.end(signal.SIGTERM)
                if not await self.house.ended(_STOPS_WITHIN):
                    self.faults.append("told to stop while it was locked, it went on")
                    self.house.end()
                    await self.house.ended()
                elif self.house.code:
                    self.faults.append(f"told to stop while it was locked, it ended with {self.house.code}")
            await self.begin()
            await late.sees(1)

    async def begin(self) -> None:
        """Start it; it must open."""
        await self.house.begin(NOWHERE, "1", "serve")
        assert await self.house.opened(), self.house.errors()


async def run(times: int) -> Outcome:
    """So many locks; of a few, none is long."""
    with TemporaryDirectory(prefix="desmigratif-chaos-") as folder:
        return await _locked(Path(folder), times)


async def _locked(folder: Path, times: int) -> Outcome:
    content, cache = small_content(folder / "content", "2026.1.1"), folder / "cache"
    settings = {"CONTENT_DIR": str(content), "CACHE_DIR": str(cache), "BALLAST_MB": "0"}
    module = ("tests.chaos.crashing", str(cache), str(content))
    async with installation(folder / "house", *module, **settings) as house:
        crowd = Crowd(house.street, house.url, random.Random(4), visitors=0)
        smith = Locksmith(house, crowd, random.Random(4))
        code = await invited(house, NOWHERE, "1")
        await smith.begin()
        async with asyncio.TaskGroup() as people:
            people.create_task(crowd.live(code))
            for _ in range(2):
                people.create_task(smith.visits())
            await _lock(smith, times)
            crowd.closing = True
        await smith.stop_while_locked()
        return await _reckoned(smith)


async def _lock(smith: Locksmith, times: int) -> None:
    longest = LONGEST if times > _FEW else LONGEST_OF_FEW
    for one in range(times):
        await smith.hold(longest if one == 0 else SHORTEST * (longest / SHORTEST) ** smith.chance.random())
        await asyncio.sleep(smith.chance.uniform(0, 1))


async def _reckoned(smith: Locksmith) -> Outcome:
    found = await reckoned(smith.house, smith.crowd.ledger)
    faults = [*smith.faults, *found.faults, *(f"seen twice in chat {chat}" for _, chat in found.repeats)]
    figures = (
        f"{len(smith.held)} locks of {min(smith.held):.1f} to {max(smith.held):.1f} s, {sum(smith.held):.0f} s in all; "
        f"{len(smith.crowd.ledger.said):,} messages, {len(smith.crowd.ledger.sent):,} registrations; "
        f"/ready answered {len(smith.waited)} times within {max(smith.waited):.1f} s; {len(faults)} faults"
    )
    return Outcome(len(smith.held), len(faults), "; ".join([figures, *faults[:9]]))
