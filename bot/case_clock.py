"""Time at work on cases: whoever must act is warned, what nobody answered rises, what was put aside comes back.

Each stage of a case is an `Incoming` with an id of its own (the case, the stage, the state of the case it was found in), brought
by the door in: a kill in the middle neither loses nor repeats one. A look takes a case by one stage at most, however late it is,
so that after a long outage nothing races up through all levels. And whoever would hear of many cases in one look is told how many
instead: first, so that a kill before the cases finds the same cases again, and the same id.

After a jump of the wall clock nothing is looked at for a while (clock.py): a clock that is wrong is mostly put right at once,
and what has risen does not come down again.
"""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime

from bot.casework.clocks import farthest
from bot.casework.rising import hearing
from bot.dialogue.case_clock import Brought
from bot.dialogue.digests import MANY
from bot.model.case import Officer
from bot.model.messages import ONLY_WHEN_THEY_WRITE, THE_CLOCK, Address, Incoming
from bot.model.rules import Rules
from bot.store import absence, clocks, officers, people
from bot.store.clocks import Passed
from bot.store.database import Database

BATCH, MOST_EACH = 64, 5
Receive = Callable[[Sequence[Incoming]], Awaitable[None]]
Heard = Mapping[str, Sequence[Officer]]
"""Who hears of a case, by its number."""


async def look(database: Database, rules: Rules, receive: Receive, at: datetime) -> int:
    """Bring every case whose time has come, by one stage, and who left cases behind; how many cases."""
    found = await clocks.passed(database, at, farthest(at, rules))
    heard = await _heard(database, found, at)
    muted = _muted(found, heard)
    await _tell_how_many(database, receive, at, found, heard, muted)
    for start in range(0, len(found), BATCH):
        await receive([_stage(one, muted[one.number], at) for one in found[start : start + BATCH]])
    left = await absence.gone_lately(database, at)
    if left:
        await receive(
            [Incoming(THE_CLOCK, f"left:{one.officer}:{one.at}", "left", at, str(one.officer)) for one in left]
        )
    return len(found)


async def _heard(database: Database, found: Iterable[Passed], at: datetime) -> Heard:
    """Who would be told of each; whom a case bypasses is left out when it is brought."""
    over = {unit: await officers.at_work(database, unit, at) for unit in {one.unit for one in found}}
    return {one.number: hearing(one.stage, one.unit, one.officer, one.raised_to, over[one.unit]) for one in found}


def _muted(found: Sequence[Passed], heard: Heard) -> Mapping[str, frozenset[int]]:
    """Those who are not told of a case by itself, since there are too many for them; of the first emergencies they are."""
    many = Counter(officer.id for one in found for officer in heard[one.number])
    told = Counter[int]()
    muted = {}
    for one in found:
        crowded = [officer.id for officer in heard[one.number] if many[officer.id] > MOST_EACH]
        urgent = [id for id in crowded if one.urgency == "emergency" and told[id] < MOST_EACH]
        told.update(urgent)
        muted[one.number] = frozenset(crowded) - frozenset(urgent)
    return muted


async def _tell_how_many(
    database: Database,
    receive: Receive,
    at: datetime,
    found: Sequence[Passed],
    heard: Heard,
    muted: Mapping[str, frozenset[int]],
) -> None:
    by_id = {officer.id: officer for one in found for officer in heard[one.number]}
    for id in sorted({id for ids in muted.values() for id in ids}):
        place = await chat_of(database, by_id[id])
        if place:
            name = f"many:{id}:{_named(one for one in found if id in muted[one.number])}"
            await receive([Incoming(place, name, "digest", at, MANY)])


async def chat_of(database: Database, officer: Officer) -> Address | None:
    """Where an officer can be told something first; None when they would not see it there."""
    places = await people.places_of_chat(database, officer.person)
    return next((one.address for one in places if one.address.channel not in ONLY_WHEN_THEY_WRITE), None)


def _stage(one: Passed, muted: frozenset[int], at: datetime) -> Incoming:
    text = Brought(one.number, one.stage, muted).written()
    return Incoming(THE_CLOCK, f"{one.stage}:{one.number}:{one.version}", "case-clock", at, text)


def _named(found: Iterable[Passed]) -> str:
    """A short name for so many cases at one stage each: the same for the same."""
    listed = " ".join(sorted(f"{one.stage}:{one.number}:{one.version}" for one in found))
    return hashlib.sha256(listed.encode()).hexdigest()[:16]
