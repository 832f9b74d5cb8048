"""Safe contact: how each person of a case may be written to, and what waits until they come back of their own accord."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.casework.contact import OPENLY, Manner, manner
from bot.model.contact import Contact
from bot.model.messages import Message
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept


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
    """How something about a case may go to this person. Of no case: openly."""
    row = await reads.row("contact_of", {"number": number, "person": person})
    if row is None:
        return OPENLY
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
    await tx.run("forget_kept_back", {"number": number, "person": person})
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
