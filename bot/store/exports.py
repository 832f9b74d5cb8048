"""Files that leave the house: the cases they are made of, read by the right of whoever asks, and the book of exports."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from bot.casework.periods import Period
from bot.model.case import Case, Scope
from bot.model.export import Body, Kept, Wish
from bot.store.cases import case_of_row, sight
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept, moment

LASTS = timedelta(hours=24)
PIECE = 500


async def cases_of(reads: Reads, scope: Scope, period: Period) -> AsyncIterator[Case]:
    """The cases in sight that were handed in within a time, by number; read in pieces."""
    given = {**sight(scope), "begin": kept(period.begin), "end": kept(period.end), "limit": PIECE}
    after = 0
    while rows := await reads.rows("cases_to_export", {**given, "after": after}):
        for row in rows:
            yield case_of_row(reads, row)
        after = rows[-1]["seq"]


async def known(reads: Reads, key: str) -> int:
    """The file made for this pressing of a button; 0 when there is none yet."""
    row = await reads.row("export_of_key", {"key": key})
    return int(row["id"]) if row else 0


async def add(tx: Transaction, wish: Wish, lines: int, body: bytes | None, at: datetime) -> None:
    """Write down that a file was made; with its bytes, they lie sealed for a day."""
    row = {
        "key": wish.key,
        "officer": wish.officer or None,
        "at": kept(at),
        "what": wish.what,
        "unit": wish.unit,
        "period": wish.period,
        "format": wish.format,
        "personal": int(wish.personal),
        "reason": wish.reason,
        "words": tx.seal.close(str, wish.words),
        "lines": lines,
        "expires": kept(at + LASTS),
        "body": tx.seal.close(Body, Body(body)) if body is not None else None,
    }
    await tx.run("add_export", row)


async def of_officer(reads: Reads, officer: int, now: datetime) -> list[Kept]:
    """What lies ready for an officer."""
    rows = await reads.rows("exports_of", {"officer": officer, "now": kept(now)})
    return [_kept(reads, row) for row in rows]


async def made_since(reads: Reads, officer: int, since: datetime) -> int:
    """How many files an officer has had made since then."""
    row = await reads.row("exports_since", {"officer": officer, "since": kept(since)})
    return int(row["many"]) if row else 0


async def fetch(tx: Transaction, id: int, officer: int, now: datetime) -> tuple[str, str, bytes] | None:
    """A file's name without its ending, its format and bytes, for the officer who asked for it, until it expires."""
    row = await tx.row("export_body", {"id": id, "officer": officer, "now": kept(now)})
    if row is None:
        return None
    await tx.run("export_fetched", {"id": id})
    return f"{row['what']}-{row['period']}", row["format"], tx.seal.open(Body, row["body_sealed"]).content


def _kept(reads: Reads, row: Row) -> Kept:
    wish = Wish(
        row["what"],
        row["unit"],
        row["period"],
        row["format"],
        bool(row["personal"]),
        row["reason"],
        reads.seal.open(str, row["words_sealed"]),
        row["officer_id"] or 0,
        row["key"],
    )
    return Kept(row["id"], wish, moment(row["at"]), moment(row["expires_at"]), row["lines"], row["fetched"])
