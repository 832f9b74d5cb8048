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
    telegram, whatsapp, web   what of all this is otherwise on that channel, null for what is not; null: there is no such turn
    phrases         the phrases of what their screen shows then
    topic           the topic answered
    told            what the screens of others show: who: [phrase]
    case            the state of the newest case
    shows, hides    words that must, or must not, stand on their screen

`phrases`, `topic`, `told` and `case` are held against every turn; `pytest --update` writes them down as they are on Telegram.

A talk is played on any channel: people are on it who are said to be on none, officers too where it has a desk. Every message
is shown by the channel's own code, and everything done is read by it (`tests/phones`).
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
from bot.model.messages import Address, Incoming, Message, Outgoing, Reply
from bot.model.server import Server
from bot.pace import Pace
from bot.reception import Reception
from bot.store import cases, inbox, officers
from bot.store.database import Database, Store, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.wording import Wording
from tests.by_hand import by_hand
from tests.fakes import FakeChannel, FakeClock
from tests.phones import Phone, approved, metas_world, new_phone

CHANNELS = ("telegram", "whatsapp", "web")
WITHOUT_A_DESK = ("web",)
HELD = ("phrases", "topic", "told", "case")
WORDS = ("shows", "hides")
DOORS = Doors("desa_bot", "", "https://desa.test")
KEY = Fernet.generate_key().decode()
Screens = Mapping[str, list[tuple[Reply, str]]]
"""What everybody sees: each message as what was meant by it, and in words."""

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

    def meant(self, message: Message) -> Reply:
        """The reply it was made from, whatever was settled on its way."""
        if message.template:
            return Reply(f"template/{message.template.name}")
        return self.replies[replace(message, quiet=False, first=1)]


@dataclass(slots=True)
class Street:
    """The people of one conversation, the platforms they are on, and the house."""

    path: Store
    written: Written
    clock: FakeClock
    phones: Mapping[str, Phone]
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
        if isinstance(self.path, Path):
            migrate(self.path)
        else:
            _number_without_gaps(self.path)
        self.database = await open_database(self.path, Seal([KEY]))
        self.open.push_async_callback(self.database.close)
        pace, templates = Pace({}), approved(self.written.release.content.templates)
        self.delivery = Delivery(self.database, self.channels, self.clock, pace, templates=lambda: templates)
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

    @property
    def addresses(self) -> Mapping[str, Address]:
        """Where each of the people is."""
        return {who: phone.address for who, phone in self.phones.items()}

    async def take(self, who: str, *, times: int = 1, clears: bool = True, **what: Any) -> list[Outgoing]:
        """Something comes from somebody, whatever their phone can do; everything that arrives anywhere then. Without `clears`
        nothing is taken out of chats yet."""
        self.count += 1
        incoming = Incoming(
            self.addresses[who], f"m{self.count}", at=self.clock(), language=self.languages[who], **what
        )
        return await self._after([self.reception.receive([incoming]) for _ in range(times)], clears=clears)

    async def bring(self, incoming: Sequence[Incoming], *, times: int = 1) -> list[Outgoing]:
        """Somebody has done something on their phone; everything that arrives anywhere then."""
        return await self._after([self.reception.receive(incoming) for _ in range(times)])

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

    def screens(self, arrived: Sequence[Outgoing]) -> Screens:
        """What everybody sees of it."""
        return {who: self._seen(phone, arrived) for who, phone in self.phones.items()}

    def _seen(self, phone: Phone, arrived: Sequence[Outgoing]) -> list[tuple[Reply, str]]:
        theirs = [one.message for one in arrived if one.address == phone.address]
        return [(self.written.meant(message), phone.show(message)) for message in theirs]


def _number_without_gaps(server: Server) -> None:
    """A case number that was drawn and never used would be a gap: a talk names the numbers of its cases beforehand."""
    with by_hand(server) as other:
        other.execute("select count_cases_on()")


async def play(
    script: Mapping[str, Any], store: Store, wording: Wording, *, channel: str = "telegram", reopen: bool = False
) -> list[dict[str, Any]]:
    """What came of each turn; in a folder or on a server. With `reopen` the house is closed and opened again before each."""
    street = _street(script, store / "talk.db" if isinstance(store, Path) else store, wording, channel)
    await street.begin()
    try:
        await _appoint(street, script["people"])
        await _choose_languages(street, script["people"])
        seen = []
        for turn in turns(script, channel):
            if reopen or turn.get("restart"):
                await street.end()
                await street.begin()
            seen.append(await _turn(street, turn))
        await _in_order(street)
        return seen
    finally:
        await street.end()


def turns(script: Mapping[str, Any], channel: str) -> list[dict[str, Any]]:
    """The turns as they are on a channel, those that cannot be had there left out.

    Who has `met` us before is not welcomed with the first answer: the web chat's page has done so, and whoever chose a language.
    """
    people, first = script["people"], next(iter(script["people"]))
    there = [{"who": first, **turn, **(turn.get(channel) or {})} for turn in script["turns"] if turn.get(channel, True)]
    met = {who: _has_met(given, _channel_of(given, channel)) for who, given in people.items()}
    return [{"met": met[one["who"]], **_there(one)} for one in there]


def _there(turn: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in turn.items() if name not in CHANNELS and said is not None}


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


def _street(script: Mapping[str, Any], path: Store, wording: Wording, channel: str = "telegram") -> Street:
    metas = metas_world(approved(wording.release.content.templates))
    phones = {
        who: new_phone(_channel_of(given, channel), number, given.get("language", "id"), metas)
        for number, (who, given) in enumerate(script["people"].items(), 1)
    }
    languages = {who: given.get("language", "id") for who, given in script["people"].items()}
    return Street(path, Written(wording), FakeClock(script["now"]), phones, languages)


def _channel_of(given: Mapping[str, str], channel: str) -> str:
    desk = "telegram" if "officer" in given and channel in WITHOUT_A_DESK else channel
    return given.get("channel", desk)


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
            await street.bring(street.phones[who].says(code, street.clock()))


def _has_met(given: Mapping[str, str], channel: str) -> bool:
    return channel == "web" or (channel == "whatsapp" and given.get("language", "id") != "id")


async def _choose_languages(street: Street, people: Mapping[str, Mapping[str, str]]) -> None:
    """Whose language their platform does not tell has chosen it before."""
    for who, given in people.items():
        phone = street.phones[who]
        if phone.address.channel == "whatsapp" and _has_met(given, "whatsapp"):
            await street.bring(phone.forges(f"language:{given['language']}", street.clock()))


async def _turn(street: Street, turn: Mapping[str, Any]) -> dict[str, Any]:
    if span := _SPAN.fullmatch(turn.get("after", "")):
        street.clock.pass_by(**{_UNITS[span[2]]: int(span[1])})
    who = "" if "strikes" in turn else turn["who"]
    twice = 2 if turn.get("twice") else 1
    arrived = await (street.bring(_done(street, turn), times=twice) if who else street.strike())
    screens = street.screens(arrived)
    replies = _replies(screens.get(who, []))
    told = {name: [reply.phrase for reply in _replies(seen)] for name, seen in screens.items() if name != who}
    return {
        "phrases": [reply.phrase for reply in replies],
        "topic": next((reply.facts["topic"] for reply in replies if reply.phrase == "answer"), ""),
        "told": {name: phrases for name, phrases in told.items() if phrases},
        "case": await _newest_case(street.database),
        "screen": "\n".join(shown for _, shown in screens.get(who, [])),
        "arrived": {
            name: [one.message for one in arrived if one.address == at] for name, at in street.addresses.items()
        },
    }


def _done(street: Street, turn: Mapping[str, Any]) -> Sequence[Incoming]:
    """What somebody does, as their platform brings it."""
    phone, at = street.phones[turn["who"]], street.clock()
    said = turn.get("says", "") * turn.get("times", 1)
    if "presses" in turn:
        return phone.presses(turn["presses"], at)
    if "forges" in turn:
        return phone.forges(turn["forges"], at)
    return phone.sends(turn["sends"], said, at) if "sends" in turn else phone.says(said, at)


def _replies(seen: Sequence[tuple[Reply, str]]) -> list[Reply]:
    """What was meant; an answer in three messages is one reply."""
    return [next(same) for _, same in groupby((reply for reply, _ in seen), key=id)]


async def _newest_case(database: Database) -> str:
    everywhere = Scope("")
    found = (*await cases.queue(database, everywhere), *await cases.closed(database, everywhere))
    return max(found, key=lambda case: case.number).state if found else ""


async def _in_order(street: Street) -> None:
    """Whatever was said: nothing of it was set aside, and the book of events holds."""
    assert await inbox.all_set_aside(street.database) == []
    assert [broken async for broken in cases.verify(street.database)] == []
