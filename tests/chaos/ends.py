"""What must become of a payload, said without the reading code's help, and what did become of it, by the database."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.channels.telegram_updates import read_body, read_update
from bot.model.messages import Incoming
from bot.store.seal import Seal
from tests.fakes import FakeClock

KNOWN = "known before"
ENDS = ("handled", KNOWN, "ignored on purpose", "set aside")
Payload = tuple[bytes, Incoming | None]
"""What came, and what the reading code makes of it."""

LONGEST_KEPT = 64 * 1024
_AT = FakeClock()()
_WORTH = ("text", "photo", "voice", "audio", "animation", "video", "video_note", "document", "sticker", "venue")
_WORTH += ("location", "contact", "dice", "poll", "story", "game")
_INSIDE = ("creator", "administrator", "member")


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of what came in: set aside with which error, kept as which bytes; whether anything was answered."""

    number: int
    error: str
    raw: bytes
    answered: bool


def stored(path: Path, seal: Seal, after: int = 0) -> dict[str, Stored]:
    """What came in after a row, by its external id."""
    query = (
        "select i.id, i.external_id, s.error, s.incoming_sealed, exists (select 1 from outgoing o where o.cause = i.id)"
        " from inbox i left join set_aside s on s.inbox_id = i.id where i.id > ?"
    )
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute(query, (after,)).fetchall()
    return {
        name: Stored(id, error or "", seal.open(Incoming, sealed).raw if sealed else b"", bool(answered))
        for id, name, error, sealed, answered in rows
    }


def read_alone(body: bytes) -> Incoming | None:
    """What the reading code makes of a webhook's body."""
    return read_body(body, _AT, "1")


def read_in_page(number: int, body: bytes) -> Incoming | None:
    """What it should make of an update in a page: what is no JSON is known by its number alone."""
    try:
        return read_update(json.loads(body), _AT, "1")
    except (ValueError, RecursionError):
        return read_update({"update_id": number, "message": 0}, _AT, "1")


def judge(payloads: Sequence[Payload], rows: Mapping[str, Stored], known: set[str]) -> list[tuple[str, bytes]]:
    """How each payload ended: one of `ENDS`, else which promise was broken. Its id is known from now on.

    Of some with one id that came at the same time, any may have been the first.
    """
    by_id: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    ended: list[tuple[str, bytes]] = []
    for body, incoming in payloads:
        end = _end_of(body, incoming, rows, known)
        (by_id[incoming.external_id] if incoming else ended).append((end, body))
    for found in by_id.values():
        first = next((at for at, (end, _) in enumerate(found) if end in ENDS), None)
        rest = [(end if first is None else KNOWN, body) for at, (end, body) in enumerate(found) if at != first]
        ended += rest if first is None else [found[first], *rest]
    known.update(by_id)
    return ended


def _end_of(body: bytes, incoming: Incoming | None, rows: Mapping[str, Stored], known: Collection[str]) -> str:
    if incoming is None:
        return "ignored on purpose" if _may_be_ignored(body) else "dropped"
    if incoming.external_id in known:
        return KNOWN
    row = rows.get(incoming.external_id)
    if row is None:
        return "lost"
    if incoming.kind != "unreadable":
        return "handled" if not row.error else f"not handled ({row.error})"
    return "set aside" if row.error == "unreadable" and _is_kept(row.raw, body) else "not kept as it came"


def _is_kept(raw: bytes, body: bytes) -> bool:
    """Whether what was set aside is what came: the same bytes, the page they came in, or the same JSON."""
    return raw == body[:LONGEST_KEPT] or body[:1000] in raw or _same(raw, body)


def _same(raw: bytes, body: bytes) -> bool:
    try:
        return len(raw) == LONGEST_KEPT or repr(json.loads(raw)) == repr(json.loads(body))
    except (ValueError, RecursionError):
        return False


def _may_be_ignored(body: bytes) -> bool:
    """Whether an update says nothing to us on purpose."""
    try:
        return _says_nothing(json.loads(body))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return False


def _says_nothing(update: dict[str, Any]) -> bool:
    """A kind we did not ask for, a group's talk, a note of the platform's own, a game."""
    message, query, change = (update.get(kind) for kind in ("message", "callback_query", "my_chat_member"))
    if message is not None:
        return _elsewhere(message["chat"]) or not any(one in message for one in _WORTH)
    if query is not None:
        return "data" not in query or _elsewhere(query["message"]["chat"])
    if change is None:
        return isinstance(update["update_id"], int)
    return _inside(change, "old") == _inside(change, "new") or change["chat"]["type"] == "channel"


def _elsewhere(chat: Any) -> bool:
    return isinstance(chat["type"], str) and chat["type"] != "private"


def _inside(change: Any, which: str) -> bool:
    member = change[f"{which}_chat_member"]
    return member["status"] in _INSIDE or (member["status"] == "restricted" and bool(member.get("is_member")))
