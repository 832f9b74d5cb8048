"""People: who is behind an address, and where their talk stands."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.model.case import Officer
from bot.model.conversation import Conversation, Known
from bot.model.messages import Address, Incoming
from bot.store import numbers
from bot.store.database import Outrun, Reads, Row, Transaction
from bot.store.times import kept, moment

_NOT_KEPT = frozenset({"known"})


@dataclass(frozen=True, slots=True)
class Place:
    """An address with its row and the person behind it; `heard` is when they last wrote, if it matters (casework/window.py)."""

    id: int
    address: Address
    person: int
    reachable: bool = True
    heard: datetime | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """Those who wrote: a place for each address, a talk for each person, and for each of their `fellows`: the other chats of one
    who has joined several."""

    places: Mapping[Address, Place]
    talks: Mapping[int, Conversation]
    fellows: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


async def meet(tx: Transaction, arrived: Sequence[Incoming]) -> Met:
    """Find everybody who wrote; whom we have never met is given a new talk."""
    wanted = list(dict.fromkeys(one.address for one in arrived))
    rows = await tx.rows("addresses", {"addresses": json.dumps([[a.channel, a.account, a.chat] for a in wanted])})
    places = {place.address: place for place in map(_place, rows)}
    met = {row["person_id"]: _talk(tx, row) for row in rows}
    together = await fellows(tx, [row["person_id"] for row in rows if row["whole"]])
    met |= await talks(tx, {one for others in together.values() for one in others} - met.keys())
    if tx.beside:
        met = await _held(tx, met, [row["person_id"] for row in rows], together)
    strangers = [one for one in wanted if one not in places]
    if strangers:
        new_places, new_talks = await _welcome(tx, strangers, {one.address: one for one in reversed(arrived)})
        places |= new_places
        met |= new_talks
    return Met(places, met, together)


async def fellows(reads: Reads, persons: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The other chats of each of these people, of those who have joined any."""
    found: dict[int, tuple[int, ...]] = {}
    asked = sorted(set(persons))
    for row in await reads.rows("beside", {"people": json.dumps(asked)}) if asked else ():
        found[row["person_id"]] = (*found.get(row["person_id"], ()), row["self_id"])
    return found


async def talks(reads: Reads, people: Iterable[int]) -> dict[int, Conversation]:
    """Where the talks of these people stand."""
    wanted = sorted(set(people))
    rows = await reads.rows("people", {"people": json.dumps(wanted)}) if wanted else ()
    return {row["person_id"]: _talk(reads, row) for row in rows}


async def talks_held(tx: Transaction, people: Iterable[int]) -> dict[int, Conversation]:
    """The same, to be changed: nobody else changes them until the transaction is over."""
    wanted = sorted(set(people))
    rows = await tx.rows("people_held", {"people": json.dumps(wanted)}) if wanted else ()
    return {row["person_id"]: _talk(tx, row) for row in rows}


async def _held(
    tx: Transaction, people: Iterable[int], heard: Sequence[int], together: Mapping[int, tuple[int, ...]]
) -> dict[int, Conversation]:
    """The talks of these people as they stand now that nobody else changes them. Raises `Outrun` when chats were joined or parted
    in between."""
    held = await talks_held(tx, people)
    if await fellows(tx, heard) != together:
        raise Outrun("chats were joined or parted meanwhile")
    return held


async def save(tx: Transaction, changed: Iterable[Conversation], at: datetime | None = None) -> None:
    """Keep where these talks stand; `at` is when they were heard from, if they were."""
    await tx.many("save_talk", [_person_row(tx, one, at) for one in changed])


async def places_of(reads: Reads, person: int) -> list[Place]:
    """Where to reach somebody: first where they last wrote from, the unreachable left out. Whoever has joined chats, in all."""
    rows = await reads.rows("addresses_of_person", {"person": person})
    return [_place(row) for row in rows if row["reachable"]]


async def places_of_chat(reads: Reads, person: int) -> list[Place]:
    """The same, of this chat's own alone: what an officer does stays in the chat in which they took their office."""
    rows = await reads.rows("addresses_of_chat", {"person": person})
    return [_place(row) for row in rows if row["reachable"]]


async def has_chat(reads: Reads, person: int) -> bool:
    """Whether there ever was a chat with them, also where nobody is now."""
    return bool(await reads.rows("addresses_of_person", {"person": person}))


async def add(tx: Transaction, address: Address, language: str, at: datetime, person: int = 0) -> Place:
    """A new address, of a new person or of one we know."""
    if not person:
        person = await add_without_address(tx, language, at)
    [id] = await numbers.new(tx, "new_addresses")
    await tx.run("add_address", {"id": id, "person": person, **_address_row(address)})
    return Place(id, address, person)


async def add_without_address(tx: Transaction, language: str, at: datetime) -> int:
    """A person who has no chat with us: an officer wrote down what they said. Their number."""
    [person] = await numbers.new(tx, "new_people")
    await tx.run("add_person", _person_row(tx, Conversation(person, language), at))
    return person


async def add_pretended(tx: Transaction, person: int, language: str, at: datetime) -> None:
    """Somebody who does not exist. Their number is below zero: no count of people and no numbering knows of them."""
    await tx.run("add_person", _person_row(tx, Conversation(person, language), at))


async def _welcome(
    tx: Transaction, strangers: Sequence[Address], first: Mapping[Address, Incoming]
) -> tuple[dict[Address, Place], dict[int, Conversation]]:
    many = len(strangers)
    ids = zip(
        strangers, await numbers.new(tx, "new_addresses", many), await numbers.new(tx, "new_people", many), strict=True
    )
    places = {one: Place(id, one, person) for one, id, person in ids}
    new = {place.person: Conversation(place.person, first[place.address].language or "id") for place in places.values()}
    at = first[strangers[0]].at
    await tx.many("add_person", [_person_row(tx, talk, at) for talk in new.values()])
    await tx.many(
        "add_address",
        [{"id": place.id, "person": place.person, **_address_row(place.address)} for place in places.values()],
    )
    return places, new


def _person_row(tx: Transaction, talk: Conversation, at: datetime | None) -> dict[str, object]:
    touched = [one.touched for one in (talk.filling, *talk.paused, talk.just_said) if one and one.touched]
    return {
        "id": talk.person,
        "at": kept(at) if at else None,
        "language": talk.language,
        "talk": _sealed(tx, talk),
        "drafted": kept(min(touched)) if touched else None,
    }


def _address_row(address: Address) -> dict[str, str]:
    return {"channel": address.channel, "account": address.account, "chat": address.chat}


def _sealed(tx: Transaction, talk: Conversation) -> bytes:
    return tx.seal.close(Conversation, talk, leave_out=_NOT_KEPT)


def _place(row: Row) -> Place:
    address = Address(row["channel"], row["account"], row["chat"])
    heard = moment(row["heard_at"]) if row["heard_at"] else None
    return Place(row["address_id"], address, row["person_id"], bool(row["reachable"]), heard)


def _talk(reads: Reads, row: Row) -> Conversation:
    talk = reads.seal.open(Conversation, row["talk_sealed"])
    if row["officer_id"] is None:
        return talk
    officer = Officer(
        row["officer_id"], row["person_id"], row["officer_name"], row["role"], row["unit"], cap=row["cap"]
    )
    return replace(talk, known=Known(officer=officer))


async def let_go(tx: Transaction, place: Place, number: int) -> None:
    """Its name is not this chat's any more; `number` is the message's that says so."""
    await tx.run("let_go_of_address", {"address": place.id, "number": number})


async def reachable(tx: Transaction, place: Place, *, reachable: bool) -> None:
    """They wrote again, or are gone: what still waits for a place where nobody is, is cancelled."""
    await tx.run("reachable", {"address": place.id, "reachable": int(reachable)})
    if not reachable:
        await tx.run("cancel_waiting", {"address": place.id, "error": "gone"})
