"""What became of what was sent, as platforms say: kept by their ids, also before we know them for ours; and what follows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.casework import periods
from bot.casework.arrivals import Arrival, Remedy, remedy
from bot.model.messages import Address, Message
from bot.model.report import Messages
from bot.model.templates import Templates
from bot.store import people, window
from bot.store.database import Reads, Row, Transaction
from bot.store.people import Place
from bot.store.post import FILELESS
from bot.store.times import kept, moment

AGAIN = timedelta(minutes=1)
MOST_TRIES = 12
_COUNTS = "messages sent"
"""Of a month and category there is one number, which all who send change."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that went, the platform's ids of the messages that carried it, and as what it is charged."""

    letter: int
    ids: tuple[str, ...]
    category: str


async def sent(tx: Transaction, some: Sequence[Sent], at: datetime, templates: Templates) -> bool:
    """These are ours. Whether what was said of them before asks for something to be done."""
    await tx.hold([_COUNTS])
    pieces = [(id, one) for one in some for id in one.ids]
    await tx.many("link_piece", [{"external_id": id, "letter": one.letter} for id, one in pieces])
    month = periods.month_of(at)
    rows = [{"external_id": id, "category": one.category, "month": month, "at": kept(at)} for id, one in pieces]
    await tx.many("sent_by_us", rows)
    return await _mend(tx, [id for id, _ in pieces], at, templates)


async def take(tx: Transaction, said: Iterable[Arrival], at: datetime, templates: Templates) -> bool:
    """Believe what a platform says. Whether letters wait again because of it."""
    await tx.hold([_COUNTS])
    rows = [_row(one, at) for one in said]
    await tx.many("arrived", rows)
    await tx.many("arrived_after_all", [row for row in rows if row["stage"] in ("delivered", "read")])
    return await _mend(tx, [str(row["external_id"]) for row in rows if row["stage"] == "failed"], at, templates)


async def counted(reads: Reads) -> list[Messages]:
    """All that was ever sent."""
    rows = await reads.rows("messages_sent")
    return [Messages(row["month"], row["category"], row["billing"], row["many"]) for row in rows]


def _row(one: Arrival, at: datetime) -> Mapping[str, object]:
    code = str(one.code or "")
    charged = {"category": one.category, "billing": one.billing}
    return {"external_id": one.id, "stage": one.stage, "code": code, **charged, "at": kept(at)}


async def _mend(tx: Transaction, ids: Sequence[str], now: datetime, templates: Templates) -> bool:
    rows = await tx.rows("failed_letters", {"ids": json.dumps(list(ids))}) if ids else []
    for row in rows:
        await _not_arrived(tx, row, now, templates)
    return bool(rows)


async def _remedy(tx: Transaction, letter: int, code: int) -> Remedy:
    """What the failure of this letter asks for: one without a file cannot go without it."""
    found = remedy(code)
    row = await tx.row("letter", {"id": letter}) if found == "fileless" else None
    return "lost" if row and not tx.seal.open(Message, row["message_sealed"]).attachment else found


async def _not_arrived(tx: Transaction, row: Row, now: datetime, templates: Templates) -> None:
    """As the failure asks: it waits for them, or is tried again; or it is lost, and the operator finds it among the dead."""
    code, letter = int(row["code"] or 0), row["id"]
    doing = await _remedy(tx, letter, code)
    if doing == "closed" and row["kind"] != "template":
        await tx.run("unlink_pieces", {"id": letter})
        await window.refused(tx, letter, moment(row["sent_at"]), now, templates)
    elif doing in ("later", "fileless") and row["attempts"] < MOST_TRIES:
        await tx.run("unlink_pieces", {"id": letter})
        error, due = ("not now", now + AGAIN) if doing == "later" else (FILELESS, now)
        await tx.run("not_arrived", {"id": letter, "state": "waiting", "error": error, "due": kept(due)})
    else:
        await tx.run("not_arrived", {"id": letter, "state": "dead", "error": f"failed {code}", "due": None})
    if doing == "gone":
        address = Address(row["channel"], row["account"], row["chat"])
        place = Place(row["address_id"], address, row["person_id"])
        await people.reachable(tx, place, reachable=False)
