"""Plays a conversation file through the real reception, delivery and SQLite, and tells what everybody's screen showed.

A file has a `title` (a promise), `now`, `people` and `turns`. A person: {channel, language}, or an officer: {officer
(the name), village (a code), role, code (the invitation, when the talk itself types it)}. A turn:

    who             else the first of the people
    says            words; "/start x" is the start of a link
    times           so many times over, in one message
    presses         the label or id of a button on their screen
    forges          the id of a button that is not
    sends           photo, voice, file, sticker, location or contact
    after           so much later: 5h, 2d, 30m
    strikes         nobody does anything: the clock looks at the cases and at the officers' mornings
    restart         the house is closed and opened again before
    twice           the platform delivers it twice
    phrases         the phrases of what their screen shows then
    topic           the topic answered
    told            what the screens of others show: who: [phrase]
    case            the state of the newest case
    shows, hides    words that must, or must not, stand on their screen

`phrases`, `topic`, `told` and `case` are held against every turn; `pytest --update` writes them down as they are.
"""

import re
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml
from cryptography.fernet import Fernet

from bot import case_clock
from bot.casework.routing import unit_of
from bot.clearing import Clearing
from bot.delivery import Delivery
from bot.digests import Mornings
from bot.model.case import Scope
from bot.model.doors import Doors
from bot.model.effects.offices import Invite
from bot.model.messages import Address, Attachment, Incoming, Message, Outgoing, Reply
from bot.pace import Pace
from bot.reception import Reception
from bot.store import cases, officers, post
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.wording import Wording
from tests.fakes import FakeChannel, FakeClock

CHANNELS = ("telegram", "web")
MEDIA = ("photo", "voice", "file")
HELD = ("phrases", "topic", "told", "case")
WORDS = ("shows", "hides")
DOORS = Doors("desa_bot", "", "https://desa.test")
KEY = Fernet.generate_key().decode()
_SPAN = re.compile(r"(\d+)([mhd])")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]|\\\\u20")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


@dataclass(slots=True)
class Written:
    """Stands where wording stands, and remembers which reply became which message."""

    wording: Wording
    replies: dict[Message, Reply] = field(default_factory=dict)

    @property
    def release(self) -> Any:
        return self.wording.release

    def write(self, reply: Reply, language: str) -> tuple[Message, ...]:
        messages = self.wording.write(reply, language)
        self.replies |= dict.fromkeys(messages, reply)
        return messages


@dataclass(slots=True)
class Street:
    """The people of one conversation, the platforms they are on, and the house."""

    path: Path
    written: Written
    clock: FakeClock
    addresses: Mapping[str, Address]
    languages: Mapping[str, str]
    channels: tuple[FakeChannel, ...] = field(default_factory=lambda: tuple(map(FakeChannel, CHANNELS)))
    open: AsyncExitStack = field(default_factory=AsyncExitStack)
    count: int = 0
    database: Database = field(init=False)
    reception: Reception = field(init=False)
    delivery: Delivery = field(init=False)
    clearing: Clearing = field(init=False)

    async def begin(self) -> None:
        """Open the house, as after a start."""
        migrate(self.path)
        self.database = await open_database(self.path, Seal([KEY]))
        self.open.push_async_callback(self.database.close)
        self.delivery = Delivery(self.database, self.channels, self.clock, Pace({}))
        self.clearing = Clearing(self.database, self.channels, self.clock)
        self.reception = Reception(
            self.database,
            lambda: self.written,  # type: ignore[arg-type,return-value]
            self.delivery.wake,
            "https://desa.test",
            doors=lambda: DOORS,
        )

    async def end(self) -> None:
        """Close it."""
        await self.open.aclose()

    async def take(self, who: str, *, times: int = 1, clears: bool = True, **what: Any) -> list[Outgoing]:
        """Somebody does something; everything that arrives anywhere then. Without `clears` nothing is taken out of chats yet."""
        self.count += 1
        incoming = Incoming(
            self.addresses[who], f"m{self.count}", at=self.clock(), language=self.languages[who], **what
        )
        return await self._after([self.reception.receive([incoming]) for _ in range(times)], clears=clears)

    async def strike(self) -> list[Outgoing]:
        """A minute is over; everything that arrives anywhere then."""
        release, receive = self.written.release, self.reception.receive
        look = case_clock.look(self.database, release.content.rules, receive, self.clock())
        return await self._after([look, Mornings().bring(self.database, release, receive, self.clock())])

    async def _after(self, done: Sequence[Awaitable[object]], *, clears: bool = True) -> list[Outgoing]:
        before = {channel.name: len(channel.sent) for channel in self.channels}
        for one in done:
            await one
        while await self.delivery.once():
            pass
        if clears:
            await self.clearing.once()
        return [one for channel in self.channels for one in channel.sent[before[channel.name] :]]

    def screen(self, who: str) -> list[Message]:
        """All that somebody was ever sent."""
        return [one.message for channel in self.channels for one in channel.sent if one.address == self.addresses[who]]


async def play(script: Mapping[str, Any], folder: Path, wording: Wording, *, reopen: bool) -> list[dict[str, Any]]:
    """What came of each turn. With `reopen` the house is closed and opened again before each of them."""
    street = _street(script, folder / "talk.db", wording)
    await street.begin()
    try:
        await _appoint(street, script["people"])
        seen = []
        for turn in script["turns"]:
            if reopen or turn.get("restart"):
                await street.end()
                await street.begin()
            seen.append(await _turn(street, {"who": next(iter(script["people"])), **turn}))
        await _in_order(street)
        return seen
    finally:
        await street.end()


def read(file: Path) -> dict[str, Any]:
    """A conversation file."""
    found: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return found


def update(file: Path, seen: Sequence[Mapping[str, Any]]) -> None:
    """Write what came of it into the file as what is expected."""
    script = read(file)
    script["turns"] = [_updated(turn, came) for turn, came in zip(script["turns"], seen, strict=True)]
    file.write_text(_laid_out(script), "utf-8")


def _laid_out(script: Mapping[str, Any]) -> str:
    """A turn a line, as far as it fits; letters that turn the direction of writing by their numbers."""
    head = yaml.dump({name: script[name] for name in ("title", "now")}, sort_keys=False, width=110)
    people = [f"  {who}: {_in_line(given)}" for who, given in script["people"].items()]
    return "\n".join((f"{head}people:", *people, "turns:", *(f"- {_in_line(turn)}" for turn in script["turns"]), ""))


def _in_line(given: Mapping[str, Any]) -> str:
    shown = not _TURNING.search(str(given.values()))
    return yaml.dump(given, default_flow_style=True, sort_keys=False, width=110, allow_unicode=shown).strip()


def _updated(turn: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, Any]:
    done = {name: said for name, said in turn.items() if name not in (*HELD, *WORDS)}
    words = {name: turn[name] for name in WORDS if name in turn}
    return done | {name: came[name] for name in HELD if came[name]} | words


def _street(script: Mapping[str, Any], path: Path, wording: Wording) -> Street:
    people = script["people"]
    addresses = {
        who: Address(given.get("channel", "telegram"), "chat" if given.get("channel") == "web" else "bot", who)
        for who, given in people.items()
    }
    languages = {who: given.get("language", "id") for who, given in people.items()}
    return Street(path, Written(wording), FakeClock(script["now"]), addresses, languages)


async def _appoint(street: Street, people: Mapping[str, Mapping[str, str]]) -> None:
    """Every officer is invited; those whose invitation the talk does not type have typed it before."""
    for n, (who, given) in enumerate(people.items()):
        if "officer" not in given:
            continue
        role, code = given.get("role", "officer"), given.get("code", f"ABCD{'EFGHJKMN'[n]}-PQRST")
        async with street.database.transaction() as tx:
            invite = Invite(given["officer"], role, unit_of(role, given["village"]))  # type: ignore[arg-type]
            await officers.invite(tx, invite, code, street.clock(), street.clock() + timedelta(days=7))
        if "code" not in given:
            await street.take(who, kind="text", text=code)


async def _turn(street: Street, turn: Mapping[str, Any]) -> dict[str, Any]:
    if span := _SPAN.fullmatch(turn.get("after", "")):
        street.clock.pass_by(**{_UNITS[span[2]]: int(span[1])})
    who = "" if "strikes" in turn else turn["who"]
    twice = 2 if turn.get("twice") else 1
    arrived = await (street.take(who, times=twice, **_done(street, turn)) if who else street.strike())
    own = [one.message for one in arrived if one.address == street.addresses.get(who)]
    replies = _replies(street, own)
    return {
        "phrases": [reply.phrase for reply in replies],
        "topic": next((reply.facts["topic"] for reply in replies if reply.phrase == "answer"), ""),
        "told": _told(street, arrived, who),
        "case": await _newest_case(street.database),
        "screen": "\n".join(_in_words(one) for one in own),
        "arrived": {
            name: [one.message for one in arrived if one.address == at] for name, at in street.addresses.items()
        },
    }


def _done(street: Street, turn: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody does, as their platform brings it."""
    said = turn.get("says", "") * turn.get("times", 1)
    if "presses" in turn:
        return {"kind": "button", "button": _button(street.screen(turn["who"]), turn["presses"])}
    if "forges" in turn:
        return {"kind": "button", "button": turn["forges"]}
    if kind := turn.get("sends"):
        attachment = Attachment(kind, f"AgAC-{kind}", "telegram") if kind in MEDIA else None
        return {"kind": kind, "text": said, "attachment": attachment}
    if said.startswith("/start"):
        return {"kind": "start", "text": said.removeprefix("/start").strip()}
    return {"kind": "text", "text": said}


def _button(screen: Sequence[Message], wanted: str) -> str:
    for message in reversed(screen):
        for choice in (*message.choices, *message.anchors):
            if wanted in (choice.label, choice.id):
                return choice.id
    raise AssertionError(f"no button {wanted!r} on the screen")


def _replies(street: Street, messages: Sequence[Message]) -> list[Reply]:
    """What was meant; an answer in three messages is one reply."""
    meant = (street.written.replies[replace(one, quiet=False)] for one in messages)
    return [next(same) for _, same in groupby(meant, key=id)]


def _told(street: Street, arrived: Sequence[Outgoing], who: str) -> dict[str, list[str]]:
    others = {name: address for name, address in street.addresses.items() if name != who}
    told = {
        name: [reply.phrase for reply in _replies(street, [one.message for one in arrived if one.address == address])]
        for name, address in others.items()
    }
    return {name: phrases for name, phrases in told.items() if phrases}


async def _newest_case(database: Database) -> str:
    everywhere = Scope("")
    found = (*await cases.queue(database, everywhere), *await cases.closed(database, everywhere))
    return max(found, key=lambda case: case.number).state if found else ""


def _in_words(message: Message) -> str:
    return "\n".join((message.text, *(choice.label for choice in (*message.choices, *message.anchors))))


async def _in_order(street: Street) -> None:
    """Whatever was said: nothing of it was set aside, and the book of events holds."""
    assert await post.all_set_aside(street.database) == []
    assert [broken async for broken in cases.verify(street.database)] == []
