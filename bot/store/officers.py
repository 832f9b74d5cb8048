"""Officers: who was invited, who holds which unit, and who is in the web pages. Secrets are kept as hashes only."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.casework.routing import lineage
from bot.model.case import Officer
from bot.model.effects.offices import Appoint, GiveLogin, Invite
from bot.store import absence
from bot.store.database import Outrun, Reads, Row, Transaction
from bot.store.times import kept, moment

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Listed:
    """An officer as the operator lists them."""

    id: int
    name: str
    role: str
    unit: str
    taken: bool
    revoked: bool


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def invite(tx: Transaction, who: Invite, code: str, now: datetime, expires: datetime) -> None:
    """Write down an officer-to-be; whoever types the code first is it."""
    row = {"name": who.name, "role": who.role, "unit": who.unit, "hash": hashed(code)}
    await tx.run("invite", {**row, "at": kept(now), "expires": kept(expires)})


async def invited(reads: Reads, code: str, now: datetime) -> Officer | None:
    """Whose invitation this code is, if it still stands."""
    row = await reads.row("invited", {"hash": hashed(code), "now": kept(now)})
    return Officer(row["id"], 0, row["name"], row["role"], row["unit"]) if row else None


async def appoint(tx: Transaction, doing: Appoint, at: datetime) -> None:
    """The person takes the office, and one they held before is revoked; an office taken already changes nothing.

    Raises `Outrun` when somebody took it just now: they were told that it is theirs.
    """
    taking = {"id": doing.officer.id, "person": doing.person}
    if await tx.run("appoint", taking) == 1:
        for other in await tx.rows("other_offices", taking):
            await revoke(tx, other["id"], at)
    elif tx.beside:
        raise Outrun("an office was taken meanwhile")


async def revoke(tx: Transaction, officer: int, at: datetime) -> bool:
    """End an office at once: its cases wait for others again, its web sessions end."""
    changed = await tx.run("revoke", {"id": officer, "at": kept(at)})
    await absence.give_back(tx, officer, at)
    await tx.run("end_sessions_of", {"officer": officer, "now": kept(at)})
    return changed == 1


async def everyone(reads: Reads) -> list[Listed]:
    """All officers, also those invited or revoked."""
    return [_listed(row) for row in await reads.rows("officers")]


async def officer(reads: Reads, id: int) -> Officer | None:
    """An officer in office."""
    row = await reads.row("officer", {"id": id})
    return _officer(row, row["id"]) if row else None


async def over(reads: Reads, unit: str) -> Sequence[Officer]:
    """Everybody who sees this unit."""
    rows = await reads.rows("officers_over", {"units": json.dumps(lineage(unit))})
    return [_officer(row, row["id"]) for row in rows]


async def at_work(reads: Reads, unit: str, now: datetime) -> Sequence[Officer]:
    """Everybody who sees this unit and is not away."""
    rows = await reads.rows("officers_over", {"units": json.dumps(lineage(unit))})
    return [_officer(row, row["id"]) for row in rows if not (row["away_until"] and moment(row["away_until"]) > now)]


async def looking_after(reads: Reads, whom: Officer) -> Sequence[Officer]:
    """Who looks after this officer's work: the nearest level above that has somebody; of the ministry's, the others there."""
    seen = [
        one for one in await over(reads, whom.unit) if one.id != whom.id and (one.unit != whom.unit or not whom.unit)
    ]
    nearest = max((len(one.unit) for one in seen), default=0)
    return [one for one in seen if len(one.unit) == nearest]


async def alarm(tx: Transaction, whom: Officer, at: datetime) -> bool:
    """Write down that the level above hears of this officer's reading; False when it has today already."""
    return await tx.run("alarm", {"officer": whom.id, "day": at.date().isoformat()}) == 1


async def give_login(tx: Transaction, giving: GiveLogin) -> None:
    """Write down a link that lets in once."""
    row = {"hash": hashed(giving.token), "officer": giving.officer, "expires": kept(giving.expires)}
    await tx.run("add_login", row)


async def login_stands(reads: Reads, token: str, now: datetime) -> bool:
    """Whether a link would still let somebody in; looking does not use it up."""
    return await reads.row("login_stands", {"hash": hashed(token), "now": kept(now)}) is not None


async def use_login(tx: Transaction, token: str, session: str, now: datetime) -> int:
    """Use a link up and begin a session; the officer's id, or 0 when the link does not stand."""
    row = await tx.row("use_login", {"hash": hashed(token), "now": kept(now)})
    if row is None:
        return 0
    await tx.run("begin_session", {"hash": hashed(session), "officer": row["officer_id"], "now": kept(now)})
    return int(row["officer_id"])


async def in_session(reads: Reads, session: str, now: datetime) -> tuple[Officer, datetime] | None:
    """Who a session belongs to and when they were last seen; None when it ended, idled or the office was revoked."""
    row = await reads.row(
        "session", {"hash": hashed(session), "idle_since": kept(now - IDLE), "begun_since": kept(now - LONGEST)}
    )
    return (_officer(row, row["officer_id"]), moment(row["seen_at"])) if row else None


async def session_seen(tx: Transaction, session: str, now: datetime) -> None:
    """The session is in use."""
    await tx.run("session_seen", {"hash": hashed(session), "now": kept(now)})


async def end_session(tx: Transaction, session: str, now: datetime) -> None:
    """Log out."""
    await tx.run("end_session", {"hash": hashed(session), "now": kept(now)})


def _officer(row: Row, id: int) -> Officer:
    return Officer(id, row["person_id"], row["name"], row["role"], row["unit"])


def _listed(row: Row) -> Listed:
    taken, revoked = row["person_id"] is not None, row["revoked_at"] is not None
    return Listed(row["id"], row["name"], row["role"], row["unit"], taken, revoked)
