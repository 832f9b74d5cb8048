"""Broadcasts: written by one, approved by a second, brought to each person once; and what became of them."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.model.broadcast import Broadcast, News
from bot.model.case import Officer, Scope
from bot.model.effects.people import Brought
from bot.model.messages import THE_CLOCK
from bot.store import hearers, officers
from bot.store.cases import sight
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept, moment

LATEST = 50
_LATELY = timedelta(days=7)


async def audience(reads: Reads, one: Broadcast) -> int:
    """How many people it would go to."""
    row = await reads.row("count_audience", _to(one))
    return int(row["many"]) if row else 0


async def add(tx: Transaction, one: Broadcast, key: str) -> int:
    """Put it before a second person; its id. The same form sent twice is one."""
    row = {
        "key": key,
        "author": one.author,
        "unit": one.scope.prefix,
        "units": json.dumps(one.units),
        "kinds": json.dumps(one.kinds),
        "words": tx.seal.close(dict[str, str], dict(one.words)),
        "at": kept(one.at),
    }
    await tx.run("add_broadcast", row)
    found = await tx.row("broadcast_of_key", {"key": key})
    return int(found["id"]) if found else 0


async def latest(reads: Reads) -> list[Broadcast]:
    """The newest first. Who may see one of them is for the caller to ask."""
    return [_broadcast(reads, row) for row in await reads.rows("broadcasts", {"limit": LATEST})]


async def find(reads: Reads, id: int) -> Broadcast | None:
    """One of them."""
    row = await reads.row("broadcast", {"id": id})
    return _broadcast(reads, row) if row else None


async def decide(tx: Transaction, one: Broadcast, officer: Officer, at: datetime, *, agreed: bool) -> bool:
    """A second person agrees, and the list of people is made; or refuses. False when it was decided before, or is their own."""
    state = "running" if agreed else "refused"
    changed = await tx.run("decide_broadcast", {"id": one.id, "officer": officer.id, "at": kept(at), "state": state})
    if changed and agreed:
        await tx.run("list_audience", {**_to(one), "id": one.id, "at": kept(at)})
    return changed == 1


async def stop(tx: Transaction, one: Broadcast, at: datetime) -> bool:
    """It goes to nobody any more, and what lies ready for the morning stays here."""
    changed = await tx.run("stop_broadcast", {"id": one.id, "at": kept(at)})
    await tx.run("cancel_broadcast", {"id": one.id})
    return changed == 1


async def running(reads: Reads) -> list[int]:
    """Those on their way."""
    return [row["id"] for row in await reads.rows("running_broadcasts")]


async def waiting(reads: Reads, id: int, limit: int) -> list[int]:
    """People it was not brought to yet."""
    return [row["person_id"] for row in await reads.rows("broadcast_waits", {"id": id, "limit": limit})]


async def brought(tx: Transaction, person: int, what: Brought, cause: int | None, at: datetime) -> None:
    """What became of it for somebody; the first word holds."""
    row = {"id": what.broadcast, "person": person, "state": what.reach, "cause": cause, "at": kept(at)}
    await tx.run("broadcast_brought", row)


async def over(tx: Transaction, id: int, at: datetime) -> None:
    """Everybody on its list has had it, or never will."""
    await tx.run("broadcast_over", {"id": id, "at": kept(at)})


async def untold(reads: Reads, now: datetime) -> list[tuple[int, str]]:
    """Those of which those concerned have not heard where they stand now, each with its stand."""
    by_the_clock = {"channel": THE_CLOCK.channel, "account": THE_CLOCK.account}
    rows = await reads.rows("untold_broadcasts", {"since": kept(now - _LATELY), **by_the_clock})
    return [(row["id"], row["state"]) for row in rows]


async def news(reads: Reads, id: int, now: datetime) -> News | None:
    """A broadcast with those who are to hear how it stands."""
    one = await find(reads, id)
    if one is None:
        return None
    author = await officers.officer(reads, one.author)
    seconds = await hearers.overseeing(reads, one.scope.prefix, now, author.person if author else 0)
    return News(one, author, seconds, await results(reads, id))


async def results(reads: Reads, id: int) -> Mapping[str, int]:
    """How many people: sent, on-its-way, waiting, quiet, left-out, unreached, failed, dead, cancelled."""
    return {row["became"]: row["many"] for row in await reads.rows("broadcast_results", {"id": id})}


def _to(one: Broadcast) -> dict[str, object]:
    return {**sight(one.scope), "units": json.dumps(one.units), "kinds": json.dumps(one.kinds)}


def _broadcast(reads: Reads, row: Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        author=row["officer_id"],
        author_name=row["author_name"],
        scope=Scope(row["unit"], row["officer_id"]),
        units=tuple(json.loads(row["units"])),
        kinds=tuple(json.loads(row["kinds"])),
        words=reads.seal.open(dict[str, str], row["words_sealed"]),
        at=moment(row["at"]),
        stand=row["state"],
        second=row["second_name"],
    )
