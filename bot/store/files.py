"""Copies of what people attached to their cases, where the platform forgets it after days; sealed, and gone with the case."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.messages import FORGETS_FILES, Attachment
from bot.store.database import Reads, Transaction
from bot.store.times import kept, moment

MOST = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of which there is no copy yet: of this case, where it lies, how often it was tried, since when."""

    case: str
    channel: str
    reference: str
    tries: int
    since: datetime


async def want(tx: Transaction, case: str, attached: Iterable[Attachment], at: datetime) -> None:
    """Ask for copies of those that will be forgotten."""
    forgotten = [one for one in attached if one.channel in FORGETS_FILES]
    await tx.many("want_file", [{**_named(case, one.channel, one.reference), "at": kept(at)} for one in forgotten])


async def wanted(reads: Reads, channels: Sequence[str], now: datetime) -> list[Wanted]:
    """What is due to be fetched from these channels, at most `MOST`."""
    asked = {"now": kept(now), "channels": json.dumps(list(channels)), "most": MOST}
    return [
        Wanted(row["case_number"], row["channel"], row["reference"], row["tries"], moment(row["wanted_at"]))
        for row in await reads.rows("wanted_files", asked)
    ]


async def keep(tx: Transaction, one: Wanted, sealed: bytes, mime: str) -> None:
    """Here it is, sealed, and what its platform says it is. Whose case went meanwhile is not kept."""
    await tx.run("keep_copy", {**_row(one), "content": sealed, "mime": mime})


async def later(tx: Transaction, one: Wanted, due: datetime) -> None:
    """Not now: again then."""
    await tx.run("want_file_later", {**_row(one), "due": kept(due)})


async def lose(tx: Transaction, one: Wanted) -> None:
    """Nobody can fetch it any more."""
    await tx.run("lose_file", _row(one))


async def copy_of(reads: Reads, attachment: Attachment) -> tuple[bytes, str] | None:
    """Our copy of it, and what it is; None when there is none. By the right of whoever has been given the attachment."""
    row = await reads.row("kept_file", {"channel": attachment.channel, "reference": attachment.reference})
    return (reads.seal.unwrap(row["content_sealed"]), row["mime"]) if row else None


async def forget(tx: Transaction, case: str) -> None:
    """The case is withdrawn, or its time is over."""
    await tx.run("forget_files", {"number": case})


def _row(one: Wanted) -> dict[str, str]:
    return _named(one.case, one.channel, one.reference)


def _named(case: str, channel: str, reference: str) -> dict[str, str]:
    return {"number": case, "channel": channel, "reference": reference}
