"""What follows from steps is written down here: letters into the outbox, effects into the books, talks as they now stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from bot.model.conversation import Conversation
from bot.model.messages import UNASKED, Incoming, Message, Reply
from bot.model.step import (
    Act,
    Answered,
    Appoint,
    Corrected,
    Effect,
    Forget,
    GiveLogin,
    Meant,
    OpenCase,
    Rated,
    Step,
    Subscribe,
    TellOfficers,
    TellPerson,
    Unanswered,
    Unsubscribe,
    Withheld,
)
from bot.store import cases, officers, people, post, statistics, subscriptions
from bot.store.database import Transaction
from bot.store.people import Place
from bot.store.post import HELP, NOTICE, REPLY, UNASKED_FOR, Letter
from bot.wording import Wording

LIGHT = Answered | Withheld | Corrected | Rated | Unanswered | Meant
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Decided:
    """A message and what was decided on it: its number, where it came from, the step, the replies in words, from when on."""

    number: int
    place: Place
    incoming: Incoming
    step: Step
    messages: Sequence[Message]
    due: datetime

    @property
    def asked(self) -> bool:
        """Whether the person wrote to us; else the clock did it."""
        return self.incoming.kind not in UNASKED

    @property
    def heavy(self) -> bool:
        """Whether more follows than replies, the talk and statistics."""
        return not self.asked or any(not isinstance(effect, LIGHT) for effect in self.step.effects)


@dataclass(slots=True)
class Told:
    """Those others who were told something, and the letters to them."""

    letters: list[Letter] = field(default_factory=list)
    talks: dict[int, Conversation] = field(default_factory=dict)


async def write_light(tx: Transaction, decided: Sequence[Decided], talks: Sequence[Conversation], at: datetime) -> None:
    """Many ordinary messages in bulk."""
    await post.keep(tx, [(one.number, one.place.id, one.incoming) for one in decided])
    await people.save(tx, talks, at)
    await post.send(tx, [letter for one in decided for letter in _replies(one)], at)
    await statistics.note(tx, [(one.place.person, effect) for one in decided for effect in _light(one)], at)


async def write_heavy(tx: Transaction, one: Decided, wording: Wording, at: datetime) -> set[int]:
    """One message with all that follows from it; the people whose talks changed."""
    await write_light(tx, [one], [one.step.conversation] if one.asked else [], at)
    told = Told(talks={} if one.asked else {one.place.person: one.step.conversation})
    for effect in one.step.effects:
        await _write(tx, effect, one, wording, told)
    await people.save(tx, told.talks.values())
    await post.send(tx, told.letters, at)
    return {one.place.person, *told.talks}


async def _write(tx: Transaction, effect: Effect, one: Decided, wording: Wording, told: Told) -> None:
    match effect:
        case OpenCase():
            await cases.open_case(tx, effect, one.place.address.channel)
        case Act():
            await cases.act(tx, effect)
        case TellPerson():
            await _tell(tx, effect, one, wording, told)
        case TellOfficers():
            await _tell_officers(tx, effect, one, wording, told)
        case Appoint():
            await officers.appoint(tx, effect, one.incoming.at)
        case GiveLogin():
            await officers.give_login(tx, effect)
        case Forget():
            await statistics.forget(tx, effect)
        case Subscribe() | Unsubscribe():
            await subscriptions.change(tx, one.place.person, effect, one.incoming.at)
        case Answered() | Withheld() | Corrected() | Rated() | Unanswered() | Meant():
            pass
        case _:
            assert_never(effect)


async def _tell(tx: Transaction, effect: TellPerson, one: Decided, wording: Wording, told: Told) -> None:
    """To where they last wrote from. When nobody is there any more, the officer hears so."""
    places = await people.places_of(tx, effect.person)
    talk = told.talks.get(effect.person) or (await people.talks(tx, [effect.person]))[effect.person]
    if effect.talking:
        talk = talk.but(talking="" if effect.talking == _NOBODY else effect.talking)
    told.talks[effect.person] = talk.but(shown=tuple(button.id for button in effect.reply.buttons) or talk.shown)
    if places:
        _letter(told, one, places[0], wording.write(effect.reply, talk.language))
    else:
        number = str(effect.reply.facts.get("number", ""))
        unreachable = Reply("desk/unreachable", {"number": number})
        _letter(told, one, one.place, wording.write(unreachable, one.step.conversation.language))


async def _tell_officers(tx: Transaction, effect: TellOfficers, one: Decided, wording: Wording, told: Told) -> None:
    over = [officer for officer in await officers.over(tx, effect.unit) if officer.person != one.place.person]
    asked = [officer for officer in over if officer.id == effect.holder] or over
    talks = await people.talks(tx, [officer.person for officer in asked])
    for officer in asked:
        for place in (await people.places_of(tx, officer.person))[:1]:
            _letter(told, one, place, wording.write(effect.reply, talks[officer.person].language))


def _letter(told: Told, one: Decided, place: Place, messages: Sequence[Message]) -> None:
    step = 1 + len(told.letters)
    told.letters += [Letter(one.number, step, n, place.id, message, NOTICE) for n, message in enumerate(messages)]


def _replies(one: Decided) -> list[Letter]:
    priority = _priority(one)
    return [
        Letter(one.number, 0, n, one.place.id, message, priority, one.due) for n, message in enumerate(one.messages)
    ]


def _priority(one: Decided) -> int:
    """Help, and why nothing else is answered, waits behind no other answer."""
    first = one.step.replies[0].phrase if one.step.replies else ""
    if not one.asked:
        return UNASKED_FOR
    return HELP if first in ("emergency", "slow-down") or first.startswith("danger/") else REPLY


def _light(one: Decided) -> list[LIGHT]:
    return [effect for effect in one.step.effects if isinstance(effect, LIGHT)]
