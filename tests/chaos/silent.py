"""Cases nobody acts on: people who hand in what two officers never look at, and what the clock made of it."""

import asyncio
import sqlite3
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.case_clock import MOST_EACH
from tests.bot_user import FakeUser
from tests.chaos import filling
from tests.chaos.crowd import take_office
from tests.chaos.ledger import Caller, Ledger

VILLAGE, DISTRICT = "35.05.01.2001", "35.05.01"
PEOPLE = range(8001, 8008)
"""More than an officer is told of one by one."""
_IN_DANGER = 2
_BESIDES = 2
"""Of all at once an officer is told how many; and there is the morning."""
_PATIENCE, _EACH = 20.0, 0.1
_LAST = "select coalesce(max(id), 0) from inbox"
_CASES = """
select c.number, a.chat, c.state, (select count(*) from event e where e.case_number = c.number and e.kind = 'raised') as rises,
       (select count(*) from kept_back k where k.case_number = c.number) as kept
from "case" c join address a on a.person_id = c.person_id where c.unit = ?"""
_STAGES = """
select e.inbox_id, substr(e.at, 1, 10), e.kind || ' ' || e.case_number from event e join "case" c on c.number = e.case_number
where e.kind in ('warned', 'raised', 'woken') and c.unit = ?"""
_TOLD = """
select o.cause, substr(i.arrived_at, 1, 10), a.chat
from outgoing o join inbox i on i.id = o.cause join address a on a.id = o.address_id
where i.external_id like 'warned:%' or i.external_id like 'raised:%' or i.external_id like 'woken:%'
   or i.external_id like 'many:%' or i.external_id like 'digest:%'"""
_DUE = """
update "case" set due_at = '2020-01-01T00:00:00+00:00' where unit = ? and clock = 'running' and state in ('new', 'working')"""


@dataclass
class Silence:
    """`marks` are the last messages at each jump: what lies between two, and is of one day, was told while the clock stood so.

    The day too: what was brought just before a jump may be written down after its mark, and what the jump brings before it.
    """

    database: Path
    marks: list[int] = field(default_factory=list)

    def mark(self) -> None:
        """From here on it is another time."""
        with closing(sqlite3.connect(self.database)) as database:
            self.marks.append(database.execute(_LAST).fetchone()[0])

    async def risen(self) -> None:
        """Until each case has risen; after a while of waiting, what has not is left to be counted."""
        until = time.monotonic() + _PATIENCE
        while any(not rises for *_, rises, _ in self._rows(_CASES)) and time.monotonic() < until:
            await asyncio.sleep(_EACH)

    def faults(self) -> list[str]:
        """Between two marks each stage of each case comes once at most, and nobody is told too much; no case is lost."""
        stages, told = Counter(self._by_mark(_STAGES)), Counter(self._by_mark(_TOLD, ()))
        most = MOST_EACH + _BESIDES
        return [
            *(f"{stage} {many} times after jump {at}" for (at, _, stage), many in stages.items() if many > 1),
            *(
                f"chat {chat} was told {many} times after jump {at}"
                for (at, _, chat), many in told.items()
                if many > most
            ),
            *_lost(self._rows(_CASES), Counter(chat for _, _, chat in told.elements())),
        ]

    def rises(self) -> int:
        """How often a case rose."""
        return sum(rises for *_, rises, _ in self._rows(_CASES))

    def _by_mark(self, query: str, given: tuple[str, ...] = (VILLAGE,)) -> Iterable[tuple[int, str, str]]:
        return [(bisect_left(self.marks, at), day, what) for at, day, what in self._rows(query, given)]

    def _rows(self, query: str, given: tuple[str, ...] = (VILLAGE,)) -> Sequence[tuple]:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(query, given).fetchall()


def _lost(cases: Sequence[tuple], told: Mapping[str, int]) -> list[str]:
    """All are open and have risen; who handed one in hears of each time, or it is kept until they come."""
    lost = [f"{len(cases)} cases of {len(PEOPLE)} people nobody answers"] if len(cases) != len(PEOPLE) else []
    lost += [
        f"case {number} is {state}, and has risen {rises} times"
        for number, _, state, rises, _ in cases
        if state != "new" or not rises
    ]
    return lost + [
        f"chat {chat} was told of {told[chat] + kept} of {rises} times"
        for _, chat, _, rises, kept in cases
        if told[chat] + kept != rises
    ]


def all_due(path: Path) -> None:
    """Their time is over; to be done while no service runs."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(_DUE, (VILLAGE,))


async def hand_in(street: str, ledger: Ledger) -> None:
    """Each of them one thing: some are in danger, the others complain."""
    await asyncio.gather(*(_hands_in(street, ledger, chat) for chat in PEOPLE))


async def take_offices(street: str, ledger: Ledger, codes: Sequence[str]) -> None:
    """Those who never look."""
    for chat, code in enumerate(codes, PEOPLE.stop):
        async with FakeUser(street, chat, "id") as user:
            await take_office(Caller(user, ledger), code)


async def _hands_in(street: str, ledger: Ledger, chat: int) -> None:
    form, answers = ("help", filling.HELP) if chat < PEOPLE.start + _IN_DANGER else ("complaint", filling.COMPLAINT)
    async with FakeUser(street, chat, "id") as user:
        one = Caller(user, ledger)
        await filling.begin(one, form)
        await filling.fill_in(one, form, answers, {f"past-village:{form}:yes": f"village:{VILLAGE}"})
        ledger.sent.append(one.chat)
        await one.shown("plan:" if form == "help" else "plan-yes:")
