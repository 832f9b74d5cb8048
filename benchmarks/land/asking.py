"""What is asked of the database all day, each time of other people, places and cases of a made-up land."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.land.ground import FIRST, Ground, address_of
from benchmarks.land.people import units
from bot.casework.day import midnight, midnights
from bot.casework.numbers import FIRST as FIRST_CASE
from bot.casework.numbers import numbered
from bot.casework.periods import Period
from bot.model.case import Officer, Scope
from bot.model.conversation import Conversation
from bot.reporting import gather, kinds_of
from bot.store import cases, code_words, day, openings, statistics, trouble
from bot.store.database import Database
from bot.store.times import kept
from bot.understanding.release import Release

_REGENCY, _DISTRICT, _VILLAGE = 5, 8, 13
_PAGE = 25
_SENT_ON = json.dumps(["telegram", "whatsapp"])


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: the officers of a land by the length of their unit's code, and when they do."""

    ground: Ground
    database: Database
    release: Release
    now: datetime
    officers: Mapping[int, Sequence[Officer]]

    @classmethod
    async def of(cls, ground: Ground, database: Database, release: Release, now: datetime) -> "Asking":
        """The officers in office."""
        found: dict[int, list[Officer]] = {}
        chance = ground.chance("asking")
        for unit, person in units(ground).items():
            found.setdefault(len(unit), []).append(Officer(FIRST + person, FIRST + person, "", "officer", unit))
        for officers in found.values():
            chance.shuffle(officers)
        return cls(ground, database, release, now, found)

    def officer(self, level: int, number: int) -> Officer:
        """One of a level, another each time."""
        return self.officers[level][number % len(self.officers[level])]

    def person(self, number: int) -> int:
        """Somebody, of all times alike."""
        return number * 7919 * 104_729 % self.ground.people

    def case(self, number: int) -> int:
        """One of all cases."""
        return number * 7919 * 104_729 % self.ground.cases


Ask = Callable[[Asking, int], Awaitable[object]]


async def _load(asking: Asking, number: int) -> None:
    """Somebody by the chat they write from, with where their talk stands."""
    address = address_of(asking.person(number))
    given = json.dumps([[address.channel, address.account, address.chat]])
    (row,) = await asking.database.rows("addresses", {"addresses": given})
    asking.database.seal.open(Conversation, row["talk_sealed"])


async def _first_page(asking: Asking, officer: Officer) -> None:
    """All that an officer's first page reads."""
    ends = midnights(asking.now, asking.release.villages.zones)
    asked = day.Asked(officer, asking.now, midnight(asking.now), ends)
    await day.counts(asking.database, asked)
    await day.page(asking.database, asked, _PAGE)
    await day.shared(asking.database, officer)


async def _village(asking: Asking, number: int) -> None:
    await _first_page(asking, asking.officer(_VILLAGE, number))


async def _district(asking: Asking, number: int) -> None:
    await _first_page(asking, asking.officer(_DISTRICT, number))


async def _ministry(asking: Asking, number: int) -> None:
    await _first_page(asking, asking.officer(0, number))


async def _queue(asking: Asking, number: int) -> None:
    await cases.queue(asking.database, asking.officer(_VILLAGE, number).scope)


async def _closed(asking: Asking, number: int) -> None:
    await cases.closed(asking.database, asking.officer(_DISTRICT, number).scope, _PAGE)


async def _counts(asking: Asking, number: int) -> None:
    ends = midnights(asking.now, asking.release.villages.zones)
    await day.counts(
        asking.database, day.Asked(asking.officer(_DISTRICT, number), asking.now, midnight(asking.now), ends)
    )


async def _case(asking: Asking, number: int) -> None:
    case = numbered(FIRST_CASE + asking.case(number))
    await cases.in_scope(asking.database, case, Scope("", FIRST))
    await cases.events(asking.database, case, Scope("", FIRST))


async def _own_cases(asking: Asking, number: int) -> None:
    person = FIRST + asking.ground.of_case(asking.case(number))
    await cases.all_of_person(asking.database, person)
    await code_words.opened_by(asking.database, person, "kata", asking.now)


async def _readings(asking: Asking, number: int) -> None:
    await openings.by(asking.database, asking.officer(_VILLAGE, number).person, asking.now - timedelta(days=1))


async def _due(asking: Asking, number: int) -> None:
    await asking.database.rows("due", {"now": kept(asking.now), "channels": _SENT_ON, "limit": 32})


async def _watched(asking: Asking, number: int) -> None:
    await statistics.totals(asking.database)
    await statistics.oldest_waiting(asking.database)
    await trouble.find(asking.database, asking.now)


async def _report(asking: Asking, officer: Officer) -> None:
    period = Period(asking.now.year, asking.now.month - 1, asking.now.month - 1)
    await gather(asking.database, officer.scope, period, kinds_of(asking.release), asking.now)


async def _district_report(asking: Asking, number: int) -> None:
    await _report(asking, asking.officer(_DISTRICT, number))


ASKED: Mapping[str, Ask] = {
    "a person by their chat": _load,
    "a village's first page": _village,
    "a district's first page": _district,
    "the ministry's first page": _ministry,
    "a village's queue": _queue,
    "a district's closed cases": _closed,
    "a district's counts": _counts,
    "a case by its number, with its book": _case,
    "a person's own cases and code words": _own_cases,
    "what an officer opened lately": _readings,
    "what is due in the outbox": _due,
    "what the metrics page and sweep count": _watched,
    "a district's statistics": _district_report,
}
