"""F1 on WhatsApp: killed while people write and Meta says how far messages came; Meta brings again what was not acknowledged.

Everybody asks once, since Meta bears no more than a few messages in a row to one person; whoever has been answered goes, and
the next one comes.
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

from tests.chaos.answers_whatsapp import letters_of
from tests.chaos.crashing import NOWHERE, ON_WHATSAPP, POINTS
from tests.chaos.crowd import QUESTIONS
from tests.chaos.installation import Installation, installation
from tests.chaos.ledger import Ledger
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import reckon
from tests.chaos.settling import delivered, settle
from tests.chaos.small_content import small_content
from tests.whatsapp_user import NUMBER_ID, WhatsAppUser, fake_graph
from tests.whatsapp_user import settings as settings_of

LANES = 8
_PATIENCE, _LONGEST_LIFE, _NOT_PASSED = 90.0, 0.6, 1.5
Log = Mapping[str, Sequence[tuple[str, float, str]]]
_RANDOM = "a random moment"
_OF_TELEGRAM = ("bot.channels.telegram", "bot.web")
_RARE = (
    "set-aside",
    "kept-back",
    "shown-what-was-kept",
    "marked-to-be-cleared",
    "taken-away-written",
    "export-written",
)
PLACES = (
    _RANDOM,
    *ON_WHATSAPP,
    *(
        name
        for name, point in POINTS.items()
        if point.kind == "work" and name not in _RARE and not point.where.startswith(_OF_TELEGRAM)
    ),
)


@dataclass
class Siege:
    """`lived` is how many kills fell while somebody (by Meta's id) was there; `people` are their numbers."""

    house: Installation
    street: str
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    numbers: Any = field(default_factory=lambda: count(6281400000001))
    people: dict[str, str] = field(default_factory=dict)
    lived: Counter[str] = field(default_factory=Counter)
    where: Counter[str] = field(default_factory=Counter)
    closing: bool = False

    @property
    def kills(self) -> int:
        return self.where.total()

    async def lane(self) -> None:
        """One person after the other."""
        while not self.closing:
            async with WhatsAppUser(self.street, str(next(self.numbers))) as one:
                await self._asks(one)

    async def _asks(self, one: WhatsAppUser) -> None:
        """Until all that answers them has come to its end."""
        self.people[one.user_id], before = one.number, self.kills
        given = await one.say(self.chance.choice(QUESTIONS))
        key = ("whatsapp", NUMBER_ID, str(given["id"]))
        self.ledger.said.append(key)
        try:
            await one.ask("wait", who=one.number, count=1, timeout=_PATIENCE)
        except AssertionError:
            self.ledger.in_vain.append(f"{one.number} waited in vain")
        await delivered(self.house, key)
        self.lived[one.user_id] = self.kills + 1 - before

    async def one(self) -> None:
        """One life and its end."""
        place = self.chance.choice(PLACES)
        await self.house.begin(
            *((NOWHERE, "1") if place == _RANDOM else (place, str(self.chance.randint(1, 4)))), "serve"
        )
        if await self.house.opened():
            if place == _RANDOM:
                await asyncio.sleep(self.chance.uniform(0, _LONGEST_LIFE))
            elif not await self.house.ended(_NOT_PASSED):
                place = _RANDOM
        self.house.end()
        await self.house.ended()
        self.where[place] += 1


async def run(times: int) -> Outcome:
    """So many kills."""
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name, fake_graph() as graph:
        folder = Path(name)
        content = small_content(folder / "content", "2026.1.1")
        settings = {
            "CONTENT_DIR": str(content),
            "CACHE_DIR": str(folder / "cache"),
            "BALLAST_MB": "0",
            **settings_of(graph),
        }
        module = ("tests.chaos.crashing", str(folder / "cache"), str(content))
        async with (
            installation(folder / "house", *module, **settings) as house,
            WhatsAppUser(graph, "6281100000000") as control,
        ):
            await _shake_hands(house, control)
            siege = Siege(house, graph, random.Random(times))
            await _kill(siege, times)
            await settle(house, control)  # type: ignore[arg-type]
            await house.stop()
            await house.printed(NOWHERE, "1", "verify")
            return _outcome(siege, await control.ask("log"))


async def _shake_hands(house: Installation, control: WhatsAppUser) -> None:
    """A life in which the webhook is set up."""
    await house.begin(NOWHERE, "1", "serve")
    assert await house.opened(), house.errors()
    await control.control("webhook", url=f"{house.url}/whatsapp/webhook")
    await house.stop()


async def _kill(siege: Siege, times: int) -> None:
    """The kills, and one more life in which everybody gets what they came for."""
    lanes = asyncio.gather(*(siege.lane() for _ in range(LANES)))
    while siege.kills < times and not lanes.done():
        await siege.one()
    siege.closing = True
    await siege.house.begin(NOWHERE, "1", "serve")
    assert await siege.house.opened(), siege.house.errors()
    await lanes


def _outcome(siege: Siege, log: Log) -> Outcome:
    phones, repeats = seen_by_phones(siege, log)
    found = [*reckon(siege.house.store, siege.ledger, {}).faults, *phones]
    named = sum(many for place, many in siege.where.items() if place != _RANDOM)
    figures = (
        f"WhatsApp: {siege.kills:,} kills, {named:,} of them at named points; {len(siege.ledger.said):,} messages; "
        f"{repeats:,} repeats; {len(found)} broken promises"
    )
    return Outcome(siege.kills, len(found), "; ".join([figures, *found[:9]]))


def seen_by_phones(siege: Siege, log: Log) -> tuple[list[str], int]:
    """What was never shown, or out of order, or again though nobody had been killed; and how many were shown again."""
    found, letters, repeats = list[str](), letters_of(siege.house.store), Counter[str]()
    for person, number in siege.people.items():
        shown, known = [id for id, _, _ in log.get(number, ())], letters.get(person, [])
        repeats[person] = len([one for one in shown if one not in known])
        found += [f"never shown to {number}: {one}" for one in known if one not in shown]
        found += [f"out of order: {number}"] if [one for one in shown if one in known] != known else []
    found += [
        f"{many} repeats for {siege.people[person]}, who lived through {siege.lived[person]} kills"
        for person, many in repeats.items()
        if many > siege.lived[person]
    ]
    return found, repeats.total()
