"""Training in the database: pretend cases and their people, made for one officer, and gone without a trace when it is over.

What happens to them stands beside the book (`cases.write`): the book, and its code on receipts, know nothing of it.
"""

from datetime import datetime

from bot.model.case import Event
from bot.model.effects.cases import Consent, OpenCase
from bot.model.effects.offices import BeginPractice
from bot.model.practice import Practice
from bot.store import cases, people
from bot.store.database import Reads, Transaction
from bot.store.times import kept

_CHANNEL, _SPOKEN = "practice", "id"
_ERASING = ("erase_practice_events", "erase_practice_referrals", "erase_practice_invites", "erase_practice_cases")
"""What hangs on a case first."""


async def of(reads: Reads, officer: int) -> Practice:
    """How this officer's practice stands."""
    last, now = await reads.row("last_practice"), await reads.row("practice_now", {"officer": officer})
    next = (last["last"] if last else 0) + 1
    if now is None:
        return Practice(next=next)
    books, rows = await _books(reads, officer), await reads.rows("practice_cases", {"officer": officer})
    found = (cases.case_of_row(reads, row) for row in rows)
    return Practice(now["id"], next, tuple((case, books.get(case.number, ())) for case in found))


async def begin(tx: Transaction, doing: BeginPractice, at: datetime) -> None:
    """The cases of a round, each with a person of its own who has no address."""
    await tx.run("begin_practice", {"round": doing.round, "officer": doing.officer, "at": kept(at)})
    for case in doing.cases:
        await people.add_pretended(tx, case.person, _SPOKEN, at)
        await cases.open_case(tx, OpenCase(case, Consent(case.form, _SPOKEN, at, "")), _CHANNEL)


async def end(tx: Transaction, officer: int, round: int, at: datetime) -> None:
    """Cases, people and all that happened are erased; that there was a practice stays."""
    if await tx.run("end_practice", {"round": round, "at": kept(at)}) != 1:
        return
    gone = await tx.rows("pretended", {"officer": officer})
    for erasing in _ERASING:
        await tx.run(erasing, {"officer": officer})
    for row in gone:
        await tx.run("erase_pretended_consent", {"consent": row["consent_id"]})
        await tx.run("erase_pretended_person", {"person": row["person_id"]})


async def end_those_left(tx: Transaction, before: datetime, at: datetime) -> None:
    """Practices begun before a moment and never ended."""
    for row in await tx.rows("practices_left", {"before": kept(before)}):
        await end(tx, row["officer_id"], row["id"], at)


async def _books(reads: Reads, officer: int) -> dict[str, tuple[Event, ...]]:
    """What happened, by case."""
    found: dict[str, list[Event]] = {}
    for row in await reads.rows("practice_events", {"officer": officer}):
        event = cases.event_of_row(reads, row)
        found.setdefault(event.case, []).append(event)
    return {number: tuple(book) for number, book in found.items()}
