"""F7 on PostgreSQL: Telegram answers badly while several workers send, and asks all of them to be quiet by telling one.

What is spoilt, and in which lanes, is as with one worker; updates are brought to any. Besides, again and again, many people
wait for letters that several workers have in hand when Telegram finds the bot too fast: whoever of them hears it, it is
meant for all, and none goes on with what it holds.
"""

import asyncio
import random
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bot_user import FakeUser
from tests.chaos.answers import OUT, Street, each_way, repeated_too_often
from tests.chaos.around import calm
from tests.chaos.fleet import Fleet, fleet_on
from tests.chaos.ledger import Caller
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import Reckoning
from tests.postgresql import new_server

WORKERS, OF_FEW = 4, 2
SOON_OVER = [one for one in OUT if "hang" not in one.how]
_FEW = 100  # so many spoilt answers or fewer are shared by two workers, and nobody keeps silent
_EACH = 60  # once for so many spoilt answers all are asked to be quiet
_CROWD, _SAID, _BEFORE = 60, "menu", 20
_QUIET, _TIMES = 3, 6
"""For so many seconds, as so many calls are told: each worker must hear it for two of its chats to know that it means all."""
_LISTENS = 2.0
_PATIENCE = 120.0


@dataclass
class Hush:
    """Telegram asks for quiet in the middle of a crowd; `most` is how often somebody of the fleet called nevertheless."""

    fleet: Fleet
    first: count = field(default_factory=lambda: count(20_001, _CROWD))  # type: ignore[type-arg]
    made: int = 0
    most: int = 0
    faults: list[str] = field(default_factory=list)

    async def one(self, street: Street) -> None:
        """Once: many write at the same moment, and while they are being answered the bot is too fast."""
        await self._crowd(street)
        await self.fleet.control.fail("sendMessage", retry_after=_QUIET, times=_TIMES)
        at = await self._calls()
        await self._calls(at + 1)
        await asyncio.sleep(_LISTENS)
        loud = await self._calls() - at
        self.made, self.most = self.made + 1, max(self.most, loud)
        if loud > _TIMES + 2 * len(self.fleet.workers):  # those told, and those already on their way
            self.faults.append(f"asked to be quiet for {_QUIET} s, the fleet called {loud} times in {_LISTENS:.0f} s")

    async def _crowd(self, street: Street) -> None:
        """Until some of them are answered."""
        before, first = await self._calls(), next(self.first)
        for chat in range(first, first + _CROWD):
            async with FakeUser(self.fleet.street, chat, "id") as user:
                await Caller(user, street.ledger).say(_SAID)
        await self._calls(before + _BEFORE)

    async def _calls(self, many: int = 0) -> int:
        """How many messages were to be sent, as soon as there are so many."""
        return len(await self.fleet.control.ask("calls", method="sendMessage", count=many, timeout=_PATIENCE))


async def run(times: int) -> Outcome:
    """So many spoilt answers to sends."""
    workers, ways = (OF_FEW, SOON_OVER) if times <= _FEW else (WORKERS, OUT)
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name, new_server() as postgres:
        async with fleet_on(postgres.new_database(), Path(name), workers) as fleet:
            hush, street = Hush(fleet), Street(fleet.workers[0], random.Random(times))
            await fleet.begin()
            for _ in range(1 + times // _EACH):
                await hush.one(street)
            await calm(fleet.workers[0], fleet.control)
            await each_way(street, times, ways)
            return _outcome(hush, street, await fleet.reckoned(street.ledger))


def _outcome(hush: Hush, street: Street, found: Reckoning) -> Outcome:
    faults = [*hush.faults, *street.faults, *found.faults, *repeated_too_often(street, found)]
    sends = street.made.total()
    figures = (
        f"{len(hush.fleet.workers)} workers; {sends:,} spoilt answers to sends in {len(street.made)} ways",
        f"{len(street.ledger.said):,} messages; {len(found.repeats):,} repeats of {street.doubts.total():,} doubtful sends",
        f"asked {hush.made} times to be quiet for {_QUIET} s amid a crowd: {hush.most} calls in {_LISTENS:.0f} s at most",
        f"{len(faults)} broken promises",
        *faults[:9],
    )
    return Outcome(sends + hush.made, len(faults), "; ".join(figures))
