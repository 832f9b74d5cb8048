"""F7 on WhatsApp: Meta answers badly, or not at all, when a message is sent or one is said to have been read.

As on Telegram, many lanes go side by side, and while somebody's trouble lasts another person asks and is answered before.
Everybody asks once: Meta bears no more than a few messages in a row to one person.
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

from bot.store.database import Store
from tests.by_hand import by_hand
from tests.chaos.crashing import NOWHERE
from tests.chaos.crowd import QUESTIONS
from tests.chaos.installation import Installation, installation
from tests.chaos.ledger import InVain, Key, Ledger
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import reckon
from tests.chaos.settling import delivered, settle
from tests.chaos.small_content import small_content
from tests.chaos.spoiling import FOREVER, Spoiling, both
from tests.whatsapp_user import NUMBER_ID, WhatsAppUser, fake_graph
from tests.whatsapp_user import settings as settings_of

LANES = 10
_PATIENCE = 90.0
_RUBBISH = ("<html>Bad gateway</html>", '{"messages":[{"i', '{"messages":[]}', "[]", "\x00")
OUT: Sequence[Spoiling] = (
    Spoiling("pair rate", {"code": 131056}),
    Spoiling("pair rate, thrice", {"code": 131056, "times": 3}, lasts=True),
    Spoiling("429 without a number", {"status": 429}),
    Spoiling("account rate", {"code": 130429, "status": 429}, alone=True),
    Spoiling("500", {"status": 500, "code": 131000}),
    Spoiling("502 twice", {"status": 502, "times": 2}),
    Spoiling("503", {"status": 503, "code": 131016}),
    Spoiling("silence", {"hang": FOREVER}, doubtful=True, lasts=True),
    Spoiling("silence, delivered", {"hang": FOREVER, "deliver": True}, doubtful=True),
    *both("half a body", cut="half"),
    *both("reset", cut="reset"),
    *(one for rubbish in _RUBBISH for one in both("rubbish", answer=rubbish)),
)
_COURTESIES: Sequence[Mapping[str, Any]] = ({"hang": FOREVER}, {"status": 500}, {"cut": "reset"}, {"answer": "[]"})
_LETTERS = """
select a.chat, o.external_id from outgoing o join address a on a.id = o.address_id
where a.channel = 'whatsapp' and o.state = 'sent' order by o.id"""


@dataclass
class Street:
    """The lanes. `doubts` is how often somebody's answer was spoilt so that it may come twice; `people` are all, by id."""

    house: Installation
    street: str
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    numbers: Any = field(default_factory=lambda: count(6281300000001))
    doubts: Counter[str] = field(default_factory=Counter)
    people: dict[str, str] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    faults: list[str] = field(default_factory=list)

    async def lane(self, spoilings: Sequence[Spoiling]) -> None:
        """One after the other."""
        for spoiling in spoilings:
            if spoiling.alone:
                async with self.alone:
                    await self._spoil(spoiling)
            else:
                await self._spoil(spoiling)

    async def _spoil(self, spoiling: Spoiling) -> None:
        """Two people who are in trouble and not."""
        numbers = str(next(self.numbers)), str(next(self.numbers))
        async with WhatsAppUser(self.street, numbers[0]) as troubled, WhatsAppUser(self.street, numbers[1]) as calm:
            self.people |= {troubled.user_id: troubled.number, calm.user_id: calm.number}
            await troubled.fail(**spoiling.how)
            await troubled.control("fail", method="read", **self.chance.choice(_COURTESIES))
            self.doubts[troubled.user_id] += spoiling.doubtful
            self.made[spoiling.name] += 1
            key = await self._say(troubled)
            if spoiling.lasts:
                await self._say(calm)
                await self._sees(calm)
                if await troubled.seen():
                    self.faults.append(f"{spoiling.name} of {troubled.number} held up {calm.number}")
            await delivered(self.house, key)

    async def _say(self, one: WhatsAppUser) -> Key:
        given = await one.say(self.chance.choice(QUESTIONS))
        key = ("whatsapp", NUMBER_ID, str(given["id"]))
        self.ledger.said.append(key)
        return key

    async def _sees(self, one: WhatsAppUser) -> None:
        try:
            await one.ask("wait", who=one.number, count=1, timeout=_PATIENCE)
        except AssertionError:
            raise InVain(f"{one.number} waited in vain") from None


async def run(times: int) -> Outcome:
    """So many spoilt answers to sends."""
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name, fake_graph() as graph:
        folder = Path(name)
        content = small_content(folder / "content", "2026.1.1")
        settings = {"CONTENT_DIR": str(content), "CACHE_DIR": str(folder / "cache"), **settings_of(graph)}
        module = ("tests.chaos.crashing", str(folder / "cache"), str(content))
        async with (
            installation(folder / "house", *module, **settings) as house,
            WhatsAppUser(graph, "6281100000000") as control,
        ):
            await house.begin(NOWHERE, "1", "serve")
            assert await house.opened(), house.errors()
            await control.control("webhook", url=f"{house.url}/whatsapp/webhook")
            street = Street(house, graph, random.Random(times))
            await _spoil_all(street, times)
            await settle(house, control)  # type: ignore[arg-type]
            await house.stop()
            return _outcome(street, await control.ask("log"))


async def _spoil_all(street: Street, times: int) -> None:
    """Each way as often as any other, in a mixed order, shared out to the lanes."""
    wanted = [OUT[n % len(OUT)] for n in range(times)]
    street.chance.shuffle(wanted)
    async with asyncio.TaskGroup() as group:
        for lane in range(LANES):
            group.create_task(street.lane(wanted[lane::LANES]))


def _outcome(street: Street, log: Mapping[str, Sequence[tuple[str, float, str]]]) -> Outcome:
    found = [*street.faults, *reckon(street.house.database, street.ledger, {}).faults]
    repeats = 0
    letters = letters_of(street.house.store)
    for person, number in street.people.items():
        shown, known = [id for id, _, _ in log.get(number, ())], letters.get(person, [])
        again = len([one for one in shown if one not in known])
        repeats += again
        found += [f"never shown to {number}: {one}" for one in known if one not in shown]
        found += [f"out of order: {number}"] if [one for one in shown if one in known] != known else []
        if again > street.doubts[person]:
            found.append(f"{again} repeats for {number} after {street.doubts[person]} doubtful sends")
    sends = street.made.total()
    figures = (
        f"WhatsApp: {sends:,} spoilt answers in {len(OUT)} ways; {len(street.ledger.said):,} messages; "
        f"{repeats:,} repeats of {street.doubts.total():,} doubtful sends; {len(found)} broken promises"
    )
    return Outcome(sends, len(found), "; ".join([figures, *found[:9]]))


def letters_of(store: Store) -> dict[str, list[str]]:
    """The platform's ids of all that was sent to each person, in order."""
    sent: dict[str, list[str]] = {}
    with by_hand(store) as database:
        for chat, ids in database.execute(_LETTERS):
            sent.setdefault(chat, []).extend(one for one in ids.split(",") if one not in sent.get(chat, ()))
    return sent
