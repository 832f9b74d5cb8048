"""Editions of answers that were told, and who must hear that one has changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Scope
from bot.model.editions import Edition, Told
from bot.store.cases import sight
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept, moment

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who had an edition that has ended since."""

    person: int
    code: str
    ended: str


@dataclass(frozen=True, slots=True)
class Correction:
    """How far the news of a changed answer has come: how many had it, and what became of telling them."""

    edition: Edition
    ended: datetime
    had: int
    told: int
    owed: int
    unreachable: int

    @property
    def waiting(self) -> int:
        """Those the clock has not come to yet; who asked again meanwhile knows it already and is among them."""
        return max(0, self.had - self.told - self.owed - self.unreachable)


@dataclass(frozen=True, slots=True)
class ToPhone:
    """A case whose person had an answer that has changed and has not heard so."""

    number: str
    edition: Edition
    ended: datetime


async def keep(tx: Transaction, told: Sequence[Edition], at: datetime) -> None:
    """Remember what was told, so that its code can be asked about."""
    await tx.many("keep_edition", [{**_row(one), "at": kept(at)} for one in dict.fromkeys(told)])


async def find(reads: Reads, code: str) -> Told | None:
    """The edition of a code; None when nobody ever had it from us."""
    row = await reads.row("edition", {"code": code})
    return _told(row) if row else None


async def turn_over(tx: Transaction, now_said: Callable[[Edition], str], at: datetime) -> int:
    """Hold everything told against what is said now (its code, or ""); how many editions have just ended."""
    told = [_told(row) for row in await tx.rows("editions")]
    stands = {one.edition.code: now_said(one.edition) == one.edition.code for one in told}
    ended = [one.edition.code for one in told if one.ended is None and not stands[one.edition.code]]
    revived = [one.edition.code for one in told if one.ended is not None and stands[one.edition.code]]
    await tx.many("edition_ended", [{"code": code, "at": kept(at)} for code in ended])
    await tx.many("edition_stands", [{"code": code} for code in revived])
    await tx.many("corrections_undone", [{"code": code} for code in revived])
    return len(ended)


async def to_correct(reads: Reads, limit: int) -> list[Due]:
    """The next people to be told; none when everybody was."""
    return [
        Due(row["person_id"], row["code"], row["ended_at"]) for row in await reads.rows("to_correct", {"limit": limit})
    ]


async def all_spread(tx: Transaction, at: datetime) -> None:
    """Everybody who had what has ended was told, is owed it, or cannot be reached."""
    await tx.run("all_spread", {"at": kept(at)})


async def unreachable(tx: Transaction, due: Iterable[Due], at: datetime) -> None:
    """Nobody is there any more to be told; an officer may phone."""
    rows = [{"person": one.person, "code": one.code, "state": "unreachable", "at": kept(at)} for one in due]
    await tx.many("corrected", rows)


async def corrections(reads: Reads, since: datetime) -> list[Correction]:
    """What has changed since a moment, the newest first, and how far the news has come."""
    rows = await reads.rows("corrections", {"since": kept(since), "limit": MOST_LISTED})
    return [
        Correction(_edition(row), moment(row["ended_at"]), row["had"], row["told"], row["owed"], row["unreachable"])
        for row in rows
    ]


async def had(reads: Reads, topics: str) -> list[tuple[Edition, int]]:
    """How many people had each edition of these topics (a JSON list)."""
    return [(_edition(row), row["people"]) for row in await reads.rows("had_edition", {"topics": topics})]


async def to_phone(reads: Reads, scope: Scope) -> list[ToPhone]:
    """Whom an officer may phone, by case, of the cases in their sight."""
    rows = await reads.rows("to_phone", {**sight(scope), "limit": MOST_LISTED})
    return [ToPhone(row["number"], _edition(row), moment(row["ended_at"])) for row in rows]


def _row(one: Edition) -> dict[str, object]:
    return {"code": one.code, "topic": one.topic, "country": one.country, "sector": one.sector, "changes": one.changes}


def _edition(row: Row) -> Edition:
    changes = row["changes"] if "changes" in row.keys() else 0  # noqa: SIM118
    return Edition(row["code"], row["topic"], row["country"], row["sector"], changes)


def _told(row: Row) -> Told:
    return Told(_edition(row), moment(row["first_at"]), moment(row["ended_at"]) if row["ended_at"] else None)
