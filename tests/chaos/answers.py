"""F7: Telegram, or Meta, answers badly or not at all: flood limits, errors, silence, half a body, a broken line, rubbish.

Many lanes go side by side. In each somebody asks, and the call that carries the answer is spoilt in one way, drawn with
a seed; the next question waits until this one is answered. Meanwhile the calls that ask for updates are spoilt too. While a
chat's trouble lasts, another chat asks and must be answered before.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bot_user import FakeUser
from tests.chaos import answers_whatsapp
from tests.chaos.crashing import NOWHERE
from tests.chaos.crowd import QUESTIONS
from tests.chaos.installation import Installation, installation
from tests.chaos.ledger import Caller, Ledger
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import Reckoning, reckon
from tests.chaos.settling import delivered, settle
from tests.chaos.small_content import small_content
from tests.chaos.spoiling import FOREVER, Spoiling, both

LANES = 20
_RUBBISH = ("<html>Bad gateway</html>", '{"ok":true,"result":{"mess', '{"ok":true,"result":true}', "[]", "\x00")
_BETWEEN = 0.3


OUT: Sequence[Spoiling] = (
    Spoiling("429 for a chat", {"retry_after": 1}, alone=True),
    Spoiling("429 for a chat, long", {"retry_after": 5}, alone=True, lasts=True),
    Spoiling("429 for everybody", {"retry_after": 1, "times": 3, "everybody": True}, alone=True),
    Spoiling("500", {"status": 500}),
    Spoiling("502 twice", {"status": 502, "times": 2}),
    Spoiling("503", {"status": 503}),
    Spoiling("silence", {"hang": FOREVER}, doubtful=True, lasts=True),
    Spoiling("silence, delivered", {"hang": FOREVER, "deliver": True}, doubtful=True),
    *both("half a body", cut="half"),
    *both("reset", cut="reset"),
    *(one for rubbish in _RUBBISH for one in both("rubbish", answer=rubbish)),
)
IN: Sequence[Mapping[str, Any]] = (
    {"status": 500},
    {"status": 502},
    {"retry_after": 1},
    {"cut": "half"},
    {"cut": "half", "deliver": True},
    {"cut": "reset"},
    {"cut": "reset", "deliver": True},
    *({"answer": rubbish, "deliver": deliver} for rubbish in _RUBBISH for deliver in (False, True)),
)


@dataclass
class Street:
    """The lanes. `doubts` is how often a chat's answer was spoilt so that it may come twice; `faults` what went wrong."""

    house: Installation
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    numbers: Any = field(default_factory=lambda: count(6001))
    doubts: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    faults: list[str] = field(default_factory=list)

    async def lane(self, spoilings: Sequence[Spoiling]) -> None:
        """Two people of one lane; the first is in trouble all the time."""
        numbers = next(self.numbers), next(self.numbers)
        async with (
            FakeUser(self.house.street, numbers[0], "id") as one,
            FakeUser(self.house.street, numbers[1], "id") as two,
        ):
            troubled, calm = Caller(one, self.ledger), Caller(two, self.ledger)
            for spoiling in spoilings:
                if spoiling.alone:
                    async with self.alone:
                        await self._spoil(spoiling, troubled, calm)
                else:
                    await self._spoil(spoiling, troubled, calm)

    async def _spoil(self, spoiling: Spoiling, troubled: Caller, calm: Caller) -> None:
        before, calm_before = await troubled.screen(), await calm.screen()
        how = dict(spoiling.how)
        chat = {} if how.pop("everybody", False) else {"chat": troubled.user.chat}
        await troubled.user.fail("sendMessage", **chat, **how)
        self.doubts[troubled.chat] += spoiling.doubtful
        self.made[spoiling.name] += 1
        key = await troubled.say(self.chance.choice(QUESTIONS))
        if spoiling.lasts:
            await calm.say(self.chance.choice(QUESTIONS))
            await calm.sees(calm_before + 1)
            if await troubled.screen() > before:
                self.faults.append(f"{spoiling.name} in chat {troubled.chat} held up chat {calm.chat}")
        await delivered(self.house, key)

    async def way_in(self, control: FakeUser) -> None:
        """Spoil the calls that ask for updates, one after another, until cancelled."""
        while True:
            calls = len(await control.ask("calls", method="getUpdates"))
            await control.fail("getUpdates", **self.chance.choice(IN))
            self.made["getUpdates"] += 1
            await control.say("menu")
            await control.ask("calls", method="getUpdates", count=calls + 2, timeout=60)
            await asyncio.sleep(_BETWEEN)


async def run(times: int) -> Outcome:
    """So many spoilt answers to sends on Telegram, and half as many on WhatsApp."""
    first, second = await asyncio.gather(_on_telegram(times), answers_whatsapp.run(times // 2))
    figures = "; ".join((first.figures, second.figures))
    return Outcome(first.trials + second.trials, first.failures + second.failures, figures)


async def _on_telegram(times: int) -> Outcome:
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name:
        folder = Path(name)
        content = small_content(folder / "content", "2026.1.1")
        settings = {"CONTENT_DIR": str(content), "CACHE_DIR": str(folder / "cache"), "TELEGRAM_PER_SECOND": "1000"}
        module = ("tests.chaos.crashing", str(folder / "cache"), str(content))
        async with (
            installation(folder / "house", *module, **settings) as house,
            FakeUser(house.street, 2, "id") as control,
        ):
            await house.begin(NOWHERE, "1", "serve")
            assert await house.opened(), house.errors()
            street = Street(house, random.Random(times))
            await _spoil_all(street, control, times)
            await settle(house, control)
            await house.stop()
            return _outcome(street, reckon(house.database, street.ledger, await control.ask("log")))


async def _spoil_all(street: Street, control: FakeUser, times: int) -> None:
    """The way in meanwhile, too."""
    way_in = asyncio.create_task(street.way_in(control))
    await each_way(street, times)
    way_in.cancel()
    await asyncio.wait([way_in])
    if not way_in.cancelled():
        way_in.result()


async def each_way(street: Street, times: int, ways: Sequence[Spoiling] = OUT) -> None:
    """Each as often as any other, in a mixed order, shared out to the lanes."""
    wanted = [ways[n % len(ways)] for n in range(times)]
    street.chance.shuffle(wanted)
    async with asyncio.TaskGroup() as group:
        for lane in range(LANES):
            group.create_task(street.lane(wanted[lane::LANES]))


def repeated_too_often(street: Street, found: Reckoning) -> list[str]:
    """Which chats saw more than once what nobody had to doubt."""
    repeats = Counter(chat for _, chat in found.repeats)
    return [
        f"{times} repeats in chat {chat} after {street.doubts[chat]} doubtful sends"
        for chat, times in repeats.items()
        if times > street.doubts[chat]
    ]


def _outcome(street: Street, found: Reckoning) -> Outcome:
    faults = [*street.faults, *found.faults, *repeated_too_often(street, found)]
    sends, asked = street.made.total() - street.made["getUpdates"], street.made["getUpdates"]
    figures = (
        f"{sends:,} spoilt answers to sends in {len(OUT)} ways and {asked:,} to getUpdates; "
        f"{len(street.ledger.said):,} messages; {len(found.repeats):,} repeats of {street.doubts.total():,} doubtful sends; "
        f"{len(faults)} broken promises"
    )
    return Outcome(sends + asked, len(faults), "; ".join([figures, *faults[:9]]))
