"""One person in several chats: codes that join them, and who is one with whom.

Nothing is moved: what came from a chat stays that chat's, and queries ask for every chat of a person (`{selves}`). So parting
is exact. Of a code only a hash is kept; who guesses is stopped, one chat after some wrong codes and everybody after many.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.case import Event, EventKind
from bot.model.conversation import Conversation
from bot.model.effects.joining import Join, OfferJoining
from bot.model.joining import MOST_CHATS, Chat
from bot.store import cases, people
from bot.store.database import Outrun, Reads, Transaction
from bot.store.officers import hashed
from bot.store.times import kept

MOST_WRONG = 5
MOST_WRONG_OF_ALL = 200
WITHIN = timedelta(hours=1)
_WHOLES = "joining and parting"
"""Who is one with whom is changed by one at a time: what two join may hang together."""
_TRIES = "tries at joining"
"""Wrong codes are counted for everybody together, so that they are tried one after the other."""


async def offer(tx: Transaction, person: int, doing: OfferJoining) -> None:
    """Write down a code asked for in this chat."""
    await tx.run("offer_joining", {"person": person, "hash": hashed(doing.code), "expires": kept(doing.expires)})


async def offered(tx: Transaction, code: str, person: int, now: datetime) -> Chat | None:
    """The chat this person may join by a code. None says nothing of why not: unknown, used, over, their own, too many tries."""
    await tx.hold([_TRIES])
    tries = await tx.row("tries_at_joining", {"person": person, "since": kept(now - WITHIN)})
    if tries and (tries["own"] >= MOST_WRONG or tries["everybody"] >= MOST_WRONG_OF_ALL):
        return None
    asked = {"hash": hashed(code), "person": person, "now": kept(now), "most": MOST_CHATS}
    row = await tx.row("offered", asked)
    return Chat(row["person_id"], row["channel"]) if row else None


async def tried(tx: Transaction, person: int, at: datetime) -> None:
    """Count a wrong code. While it is too many nothing counts, so that it ends."""
    tries = await tx.row("tries_at_joining", {"person": person, "since": kept(at - WITHIN)})
    if tries and tries["own"] < MOST_WRONG and tries["everybody"] < MOST_WRONG_OF_ALL:
        await tx.run("tried_joining", {"person": person, "at": kept(at)})


async def beside(reads: Reads, person: int) -> tuple[Chat, ...]:
    """The other chats of a person, with what was begun there."""
    found = await reads.rows("beside", {"people": json.dumps([person])})
    talks = await people.talks(reads, [row["self_id"] for row in found])
    return tuple(_chat(row["channel"], talks[row["self_id"]]) for row in found)


async def join(tx: Transaction, person: int, doing: Join, at: datetime) -> bool:
    """Make one of two chats, with all either was joined with before; whether the code still stood. May raise `Outrun`."""
    await tx.hold([_WHOLES])
    used = {"other": doing.other, "hash": hashed(doing.code), "now": kept(at)}
    if await tx.run("use_join_code", used) != 1:
        if tx.beside:
            raise Outrun("a code was used or replaced meanwhile")
        return False
    known = await people.fellows(tx, [person, doing.other])
    whole = sorted({person, doing.other, *known.get(person, ()), *known.get(doing.other, ())})
    await tx.run("make_whole", {"people": json.dumps(whole), "whole": whole[0]})
    await tx.run("take_over_tries", {"person": person})
    await _write_down(tx, "joined", person, whole, at)
    return True


async def part(tx: Transaction, person: int, at: datetime) -> Mapping[int, frozenset[str]]:
    """Take a chat out of its whole; of each chat that was in it, the numbers of the cases that are its own side's now."""
    await tx.hold([_WHOLES])
    others = (await people.fellows(tx, [person])).get(person, ())
    await _write_down(tx, "parted", person, (person, *others), at)
    await tx.run("part_letters", {"person": person})
    leaving = [person] if len(others) > 1 else [person, *others]
    await tx.run("leave_whole", {"people": json.dumps(leaving)})
    own = {one: frozenset(number for number, _ in await _own(tx, one)) for one in (person, *others)}
    left = frozenset(number for one in others for number in own[one])
    return {person: own[person], **dict.fromkeys(others, left)}


async def _write_down(tx: Transaction, kind: EventKind, by: int, whole: Iterable[int], at: datetime) -> None:
    """In the book of each of their cases that says anything yet: who may see it as its person has changed."""
    for one in whole:
        for number, state in await _own(tx, one):
            if state != "withdrawn":
                await cases.write(tx, Event(number, kind, at, by))


async def _own(reads: Reads, person: int) -> list[tuple[str, str]]:
    return [(row["number"], row["state"]) for row in await reads.rows("own_cases", {"person": person})]


def _chat(channel: str, talk: Conversation) -> Chat:
    begun = [one for one in (talk.filling, *talk.paused) if one and one.touched]
    drafts = {one.form: one.touched for one in begun if one.touched}
    return replace(Chat(talk.person, channel), begun=drafts, remembered=bool(talk.remembered))
