"""F6: the wall clock jumps by a day or two, both ways, again and again, while people write and the content changes.

No reply may be late, nothing may come twice, and the news that were due (a changed answer, a new vacancy) come to each who
waits for them once, however often the day begins anew. Cases nobody acts on rise with each day, but each once in a day, and
no officer is told of them in a storm. Nobody else fills in a form: after a day's silence they are asked, as it should be,
whether they want to go on.
"""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bot.library.check_market import VACANCIES
from bot.library.market import VACANCY_COLUMNS, row_of
from bot.library.tables import write_table
from tests.bot_user import FakeUser
from tests.chaos import silent
from tests.chaos.around import invited, reckoned
from tests.chaos.crowd import Crowd
from tests.chaos.installation import Installation, installation
from tests.chaos.ledger import Caller
from tests.chaos.outcome import Outcome
from tests.chaos.shifted import SHIFT, put
from tests.chaos.silent import Silence
from tests.chaos.small_content import put_version, small_content
from tests.market import vacancy

DAY = 24 * 3600.0
TO = (0.0, DAY, 2 * DAY, 3 * DAY)
"""Where it jumps to. People begin on the first day; the last is when what waits for its day has come."""
_TOPIC, _ASKED = "migration/costs", "berapa biaya ke luar negeri"
_MORNING = 2  # o'clock UTC: nine in Jakarta, when news may go out and officers have just opened
_SUBSCRIBERS = range(7001, 7005)
_NEWS_EACH = 5  # jumps between two changes of the content
_SOON = 20.0
_CORRECTIONS = "select external_id from inbox where external_id like 'correction:%'"


@dataclass
class Machine:
    """One installation, the file its clock hangs on, and what was asked and changed under it."""

    house: Installation
    content: Path
    file: Path
    crowd: Crowd
    silence: Silence
    morning: float
    chance: random.Random
    at: float = 0.0
    jumps: Counter[float] = field(default_factory=Counter)
    vacancies: int = 0
    replies: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def jump(self, to: float) -> None:
        """Put the clock to another day."""
        self.jumps[to - self.at] += 1
        self.at = to
        put(self.file, self.morning + to)
        self.silence.mark()

    def change(self) -> None:
        """Another release: an answer many had is changed, and there is one vacancy more."""
        self.vacancies += 1
        today = datetime.now(UTC).date()
        found = [
            vacancy(f"v-{n}", title=_title(n), posted=today - timedelta(30), expires=today + timedelta(30))
            for n in range(1, self.vacancies + 1)
        ]
        (self.content / VACANCIES).write_text(write_table(VACANCY_COLUMNS, map(row_of, found), []), "utf-8")
        with (self.content / "topics" / _TOPIC / "topic.yaml").open("a", encoding="utf-8") as topic:
            topic.write("" if self.vacancies > 1 else "changes:\n")
            topic.write(f"  - {{date: 2026-10-01, what: {{id: 'Berubah {self.vacancies}.'}}}}\n")
        put_version(self.content, f"2026.2.{self.vacancies}")

    async def asks(self, one: Caller, to: float) -> None:
        """A reply waits to be tried again when the clock jumps; it comes as if there had been no jump."""
        seen = await one.screen()
        await one.user.fail("sendMessage", chat=one.user.chat, status=500, times=2)
        await one.say("menu")
        await asyncio.sleep(self.chance.uniform(0, 1.5))
        self.jump(to)
        began = time.monotonic()
        try:
            async with asyncio.timeout(_SOON):
                await one.sees(seen + 1)
        except TimeoutError:
            self.faults.append(f"no reply within {_SOON:.0f} s of a jump to day {self.at / DAY:.0f}")
        self.replies.append(time.monotonic() - began)


def _title(number: int) -> str:
    return f"Lowongan nomor {number}."


async def run(times: int) -> Outcome:
    """So many jumps."""
    with TemporaryDirectory(prefix="desmigratif-chaos-") as folder:
        return await _jumped(Path(folder), times)


async def _jumped(folder: Path, times: int) -> Outcome:
    content, cache, shift = small_content(folder / "content", "2026.1.1"), folder / "cache", folder / "shift"
    settings = {"CONTENT_DIR": str(content), "CACHE_DIR": str(cache), "BALLAST_MB": "0", SHIFT: str(shift)}
    now = datetime.now(UTC)
    morning = (now.replace(hour=_MORNING, minute=0) - now).total_seconds()
    put(shift, morning)
    async with (
        installation(folder / "house", "tests.chaos.shifted", str(cache), str(content), **settings) as house,
        AsyncExitStack() as telephones,
    ):
        crowd = Crowd(house.street, house.url, random.Random(6), registrants=0)
        machine = Machine(house, content, shift, crowd, Silence(house.database), morning, random.Random(6))
        code = await invited(house)
        silents = [await invited(house, unit=unit) for unit in (silent.VILLAGE, silent.DISTRICT)]
        await house.begin("serve")
        assert await house.opened(), house.errors()
        waiting = [await telephones.enter_async_context(FakeUser(house.street, one)) for one in _SUBSCRIBERS]
        await asyncio.gather(*[_subscribes(Caller(one, crowd.ledger)) for one in waiting])
        await silent.take_offices(house.street, crowd.ledger, silents)
        await silent.hand_in(house.street, crowd.ledger)
        asker = Caller(await telephones.enter_async_context(FakeUser(house.street, 6001)), crowd.ledger)
        living = asyncio.create_task(crowd.live(code))
        await _jump(machine, asker, times)
        crowd.closing = True
        await living
        machine.jump(TO[-1])
        await machine.silence.risen()
        return await _reckoned(machine)


async def _subscribes(one: Caller) -> None:
    """Somebody asks what will change, and wants to hear of vacancies."""
    await one.say(_ASKED)
    await one.sees(1)
    before = await one.screen()
    await one.press("subscribe::")
    await one.sees(before + 1)


async def _jump(machine: Machine, asker: Caller, times: int) -> None:
    for one in range(times):
        if one % _NEWS_EACH == 0:
            machine.change()
        await machine.asks(asker, machine.chance.choice([to for to in TO if to != machine.at]))


async def _reckoned(machine: Machine) -> Outcome:
    found = await reckoned(machine.house, machine.crowd.ledger)
    corrections = _corrections(machine.house.database)
    faults = [*machine.faults, *found.faults, *(f"seen twice in chat {chat}" for _, chat in found.repeats)]
    faults += [f"{name} {many} times" for name, many in corrections.items() if many > 1]
    faults += [*await _vacancies(machine), *machine.silence.faults()]
    figures = (
        f"{sum(machine.jumps.values())} jumps of {min(machine.jumps) / DAY:+.0f} to {max(machine.jumps) / DAY:+.0f} days; "
        f"{len(machine.crowd.ledger.said):,} messages; the slowest reply "
        f"after a jump {max(machine.replies):.1f} s; {machine.vacancies} changes of the content, {len(corrections)} "
        f"corrections and {machine.vacancies * len(_SUBSCRIBERS)} news of vacancies, none twice; "
        f"{len(silent.PEOPLE)} cases nobody acts on rose {machine.silence.rises()} times; {len(faults)} faults"
    )
    return Outcome(sum(machine.jumps.values()), len(faults), "; ".join([figures, *faults[:9]]))


def _corrections(path: Path) -> Counter[str]:
    """How often each person was brought the news of each changed answer."""
    with closing(sqlite3.connect(path)) as database:
        names = [name.split(":") for (name,) in database.execute(_CORRECTIONS)]
    return Counter(f"{kind}:{code}:{name[-1]}" for kind, code, *name in names)


async def _vacancies(machine: Machine) -> list[str]:
    """Whoever wished to hear of vacancies heard of each once."""
    async with aiohttp.ClientSession(machine.house.street) as control, control.get("/control/log") as answer:
        log: Mapping[str, Sequence[tuple[int, float, str, str]]] = await answer.json()
    told = {(chat, n): _times(log[str(chat)], n) for chat in _SUBSCRIBERS for n in range(1, machine.vacancies + 1)}
    return [f"chat {chat} heard {many} times of vacancy {n}" for (chat, n), many in told.items() if many != 1]


def _times(seen: Sequence[tuple[int, float, str, str]], number: int) -> int:
    return sum(_title(number) in text for _, _, text, _ in seen)
