"""The statistics' counts, each read by the right of whoever asks. What of them may be shown, `casework` says."""

from datetime import datetime
from typing import Literal

from bot.casework.periods import SHIFT, Period
from bot.model.case import Scope
from bot.model.report import Asked, Counted, Waited
from bot.store.cases import sight
from bot.store.database import Reads, Row
from bot.store.times import kept


async def counted(reads: Reads, scope: Scope, period: Period, now: datetime) -> list[Counted]:
    """The cases in sight that were handed in within a time, counted by all that is asked of them."""
    rows = await reads.rows("counted", {**_of(scope, period), "shift": SHIFT, "now": kept(now)})
    return [_counted(row["fate"], bool(row["late"]), row) for row in rows]


async def waited(
    reads: Reads, scope: Scope, period: Period, by: Literal["unit", "month"], length: int = 0
) -> dict[str, Waited]:
    """How long people waited for a first answer: by unit, of whose code the first `length` signs count, or by month."""
    rows = await reads.rows("first_answers", {**_of(scope, period), "shift": SHIFT, "by": by, "length": length})
    return {row["place"]: Waited(row["many"], row["half"], row["most"]) for row in rows}


async def asked(reads: Reads, period: Period) -> list[Asked]:
    """What people asked, in the whole installation, the most frequent first."""
    rows = await reads.rows("topics_asked", _within(period))
    return [Asked(row["topic"], row["answered"], row["helped"], row["not_helped"]) for row in rows]


async def in_vain(reads: Reads, period: Period) -> int:
    """How many questions nobody could answer, in the whole installation."""
    row = await reads.row("asked_in_vain", _within(period))
    return int(row["many"]) if row else 0


def _counted(fate: str, late: bool, row: Row) -> Counted:
    return Counted(row["unit"], row["month"], row["kind"], row["urgency"], fate, late, row["many"])


def _within(period: Period) -> dict[str, object]:
    return {"begin": kept(period.begin), "end": kept(period.end)}


def _of(scope: Scope, period: Period) -> dict[str, object]:
    return {**sight(scope), **_within(period)}
