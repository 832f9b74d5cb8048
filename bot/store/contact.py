"""Safe contact: how each person of a case may be written to, and what waits until they come back of their own accord."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce

from bot.casework.contact import OPENLY, Manner, manner, stricter
from bot.casework.window import is_open
from bot.model.contact import Contact
from bot.model.messages import ONLY_WHEN_THEY_WRITE, Message
from bot.store import people
from bot.store.database import Reads, Row, Transaction
from bot.store.people import Place
from bot.store.times import kept

ON_THE_PAGE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Waits:
    """What was kept back: the messages in order, and whether the person's next words were to go to the officer."""

    messages: Sequence[Message] = ()
    talking: bool = False


async def plan_of(reads: Reads, number: str, person: int) -> Contact | None:
    """How this person may be written to about the case; the one who reports and the worker each have a plan of their own."""
    row = await reads.row("contact_of", {"number": number, "person": person})
    return reads.seal.open(Contact, row["plan"]) if row and row["plan"] else None


async def manner_to(reads: Reads, number: str, person: int, at: datetime) -> Manner:
    """How something about a case may go to this person. Of no case: openly.

    In another chat of theirs than the one it came from, the plans of that chat's own cases hold too; and of a secret matter
    nothing but a covered word goes to where they have not done anything about it last.
    """
    row = await reads.row("contact_of", {"number": number, "person": person})
    if row is None:
        return OPENLY
    how = _manner(reads, row, at)
    if row["own"]:
        return replace(how, covered=how.covered or bool(row["elsewhere"]))
    others = [_manner(reads, one, at) for one in await reads.rows("other_plans", {"person": person})]
    return reduce(stricter, others, replace(how, covered=how.covered or bool(row["elsewhere"])))


async def first_place(reads: Reads, number: str, person: int, at: datetime) -> tuple[Place | None, Manner]:
    """Where something about a case is said to its person, and how: where they last wrote from, but first where it need not be
    kept back, where it need not be covered, and where it is seen."""
    places = await people.places_of(reads, person)
    found = [(place, await manner_to(reads, number, place.person, at)) for place in places]
    if not found:
        return None, await manner_to(reads, number, person, at)
    return min(found, key=lambda one: (one[1].kept, one[1].covered, not _is_seen(one[0], at)))


def _is_seen(place: Place, at: datetime) -> bool:
    """A page is looked at for a while after they wrote, and perhaps never again; elsewhere we may write while their day lasts."""
    if place.address.channel in ONLY_WHEN_THEY_WRITE:
        return place.heard is not None and at - place.heard < ON_THE_PAGE
    return is_open(place.address.channel, place.heard, at)


async def shut(reads: Reads, number: str, person: int, at: datetime) -> bool:
    """Whether they last wrote so long ago that nothing but a template goes to where they would be told of a case."""
    place, _ = await first_place(reads, number, person, at)
    return place is not None and not is_open(place.address.channel, place.heard, at)


async def gently(reads: Reads, person: int, at: datetime) -> str:
    """The number of a case because of which nothing may be said in this chat first, or not openly; "" when there is none."""
    for row in await reads.rows("other_plans", {"person": person}):
        how = _manner(reads, row, at)
        if how.kept or how.covered or how.later:
            return str(row["number"])
    return ""


def _manner(reads: Reads, row: Row, at: datetime) -> Manner:
    return manner(row["urgency"], reads.seal.open(Contact, row["plan"]) if row["plan"] else None, at)


async def keep_back(
    tx: Transaction, number: str, person: int, messages: Iterable[Message], at: datetime, *, talking: bool = False
) -> bool:
    """Keep messages until the person comes back; whether these are the first that wait."""
    first = await tx.row("any_kept_back", {"number": number, "person": person}) is None
    row = {"number": number, "person": person, "talking": int(talking), "at": kept(at)}
    await tx.many("keep_back", [{**row, "message": tx.seal.close(Message, one)} for one in messages])
    return first


async def take_back(tx: Transaction, number: str, person: int) -> Waits:
    """All that waits for this person about a case; it waits no more."""
    rows = await tx.rows("kept_back", {"number": number, "person": person})
    await tx.run("forget_kept_back", {"ids": json.dumps([row["id"] for row in rows])})
    messages = [tx.seal.open(Message, row["message_sealed"]) for row in rows]
    return Waits(messages, any(row["talking"] for row in rows))


async def may_go(tx: Transaction, rows: Sequence[Row], now: datetime) -> list[Row]:
    """Those of the rows due in the outbox that do not break a plan as it stands at this moment.

    A plan may have changed since a row was written, or the hour passed. Such a row is put off until their hours begin, or
    kept back.
    """
    return [row for row in rows if row["case_number"] is None or await _goes(tx, row, now)]


async def _goes(tx: Transaction, row: Row, now: datetime) -> bool:
    number, person = row["case_number"], row["person_id"]
    how = await manner_to(tx, number, person, now)
    if how.kept or (how.covered and not row["covered"]):
        if not row["covered"]:
            await keep_back(tx, number, person, [tx.seal.open(Message, row["message_sealed"])], now)
        await tx.run("withhold", {"id": row["id"]})
        return False
    if how.later:
        await tx.run("put_off", {"id": row["id"], "due": kept(how.later)})
        return False
    return True
