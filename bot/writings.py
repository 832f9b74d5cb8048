"""What follows from steps is written down here: letters into the outbox, effects into the books, talks as they now stand."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from bot.casework.contact import Manner
from bot.model.case import Officer
from bot.model.conversation import Conversation
from bot.model.messages import UNASKED, Incoming, Message, Reply
from bot.model.step import (
    Act,
    Answered,
    Appoint,
    Brought,
    ClearChat,
    CodeTried,
    Corrected,
    Effect,
    EnterCase,
    Forget,
    GiveLogin,
    GivePaper,
    InviteWorker,
    Leave,
    LinkCase,
    Meant,
    OpenCase,
    Rated,
    Refer,
    RefusedLook,
    SetCap,
    SetCode,
    ShowKept,
    Step,
    Subscribe,
    TellAbove,
    TellOfficers,
    TellPerson,
    TellThese,
    TriedPaper,
    Unanswered,
    Unsubscribe,
    Withheld,
    WorkerJoined,
)
from bot.store import (
    absence,
    broadcasts,
    cases,
    clearing,
    code_words,
    contact,
    hearers,
    officers,
    papers,
    people,
    post,
    referrals,
    refused,
    statistics,
    subscriptions,
    team,
    workers,
)
from bot.store.database import Transaction
from bot.store.people import Place
from bot.store.post import HELP, NOTICE, REPLY, UNASKED_FOR, Letter
from bot.wording import Wording

log = logging.getLogger(__name__)
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
            await cases.act(tx, effect, one.number)
        case Refer():
            await _refer(tx, effect, one)
        case TellPerson():
            await _tell(tx, effect, one, wording, told)
        case ShowKept():
            await _show_kept(tx, effect, one, told)
        case InviteWorker():
            await workers.invite(tx, effect)
        case WorkerJoined():
            await workers.joined(tx, effect.case)
        case ClearChat():
            await clearing.clear(tx, one.place, one.number, one.incoming.at)
        case SetCode():
            await code_words.set_word(tx, effect.case, one.place.person, effect.word)
        case CodeTried():
            await code_words.tried(tx, one.place.person, one.incoming.at, right=effect.right)
        case TellOfficers():
            await _tell_officers(tx, effect, one, wording, told)
        case EnterCase():
            await papers.enter(tx, effect)
        case GivePaper():
            await papers.give(tx, effect)
        case TriedPaper():
            await papers.tried(tx, effect, one.incoming.at)
        case LinkCase():
            await papers.link(tx, effect, one.incoming.at)
        case TellThese():
            await _tell_these(tx, effect, one, wording, told)
        case TellAbove():
            await _tell_above(tx, effect, one, wording, told)
        case RefusedLook():
            await _refused(tx, effect, one, wording, told)
        case Appoint():
            await officers.appoint(tx, effect, one.incoming.at)
        case Leave():
            await absence.leave(tx, effect.officer.id, effect.until, one.incoming.at)
        case GiveLogin():
            await officers.give_login(tx, effect)
        case Brought():
            await broadcasts.brought(tx, one.place.person, effect, one.number, one.incoming.at)
        case SetCap():
            await team.set_cap(tx, effect)
        case Forget():
            await statistics.forget(tx, effect)
        case Subscribe() | Unsubscribe():
            await subscriptions.change(tx, one.place.person, effect, one.incoming.at)
        case Answered() | Withheld() | Corrected() | Rated() | Unanswered() | Meant():
            pass
        case _:
            assert_never(effect)


async def _refer(tx: Transaction, effect: Refer, one: Decided) -> None:
    await referrals.refer(tx, effect, one.incoming.at)
    if effect.event:
        await cases.write(tx, effect.event, one.number)


async def _tell(tx: Transaction, effect: TellPerson, one: Decided, wording: Wording, told: Told) -> None:
    """To where they last wrote from, in the manner their plan allows. When nobody is there any more, the officer hears so."""
    talk = told.talks.get(effect.person) or (await people.talks(tx, [effect.person]))[effect.person]
    how = await contact.manner_to(tx, effect.about, effect.person, one.incoming.at)
    if talk.discreet and effect.about:
        how = replace(how, covered=True)
    if how.kept or how.covered:
        await _keep_back(tx, effect, how, one, wording, told, talk)
        return
    places = await people.places_of(tx, effect.person)
    if effect.talking:
        talk = talk.but(talking="" if effect.talking == _NOBODY else effect.talking)
    shown = tuple(button.id for button in effect.reply.buttons) if one.asked else ()
    told.talks[effect.person] = talk.but(shown=shown or talk.shown)
    if places:
        later = _later(how, effect)
        _letter(told, one, places[0], wording.write(effect.reply, talk.language), about=effect.about, later=later)
    elif one.asked:
        number = str(effect.reply.facts.get("number", ""))
        phrase = "desk/unreachable" if await people.has_chat(tx, effect.person) else "desk/no-phone"
        unreachable = Reply(phrase, {"number": number})
        _letter(told, one, one.place, wording.write(unreachable, one.step.conversation.language))


async def _keep_back(
    tx: Transaction, effect: TellPerson, how: Manner, one: Decided, wording: Wording, told: Told, talk: Conversation
) -> None:
    """What may not be written waits for them; where they may be written to in other words, one such word goes ahead of it."""
    messages = wording.write(effect.reply, talk.language)
    to_officer = effect.talking not in ("", _NOBODY)
    at = one.incoming.at
    first = await contact.keep_back(tx, effect.about, effect.person, messages, at, talking=to_officer)
    places = await people.places_of(tx, effect.person) if how.covered and first and not how.kept else []
    if places:
        plan = await contact.plan_of(tx, effect.about, effect.person)
        reply = Reply("contact/covered", {"cover": plan.cover if plan else ""})
        word = [replace(message, quiet=True) for message in wording.write(reply, talk.language)]
        _letter(told, one, places[0], word, about=effect.about, later=_later(how, effect), covered=True)


def _later(how: Manner, effect: TellPerson) -> datetime | None:
    return max((moment for moment in (how.later, effect.later) if moment), default=None)


async def _show_kept(tx: Transaction, effect: ShowKept, one: Decided, told: Told) -> None:
    """They asked, so it goes like an answer."""
    person, talk = one.place.person, one.step.conversation
    waits = await contact.take_back(tx, effect.case, person)
    if waits.messages:
        _letter(told, one, one.place, waits.messages)
        talking = effect.case if waits.talking else talk.talking
        told.talks[person] = talk.but(talking=talking, shown=tuple(choice.id for choice in waits.messages[-1].choices))


async def _tell_officers(tx: Transaction, effect: TellOfficers, one: Decided, wording: Wording, told: Told) -> None:
    number = str(effect.reply.facts.get("number", ""))
    heard = await hearers.of_case(tx, number, effect.unit, one.incoming.at, one.place.person, effect.holder)
    talks = await people.talks(tx, [officer.person for officer, _ in heard])
    for officer, place in heard:
        _letter(told, one, place, _for_officer(effect.reply, wording, talks[officer.person].language))


async def _tell_these(tx: Transaction, effect: TellThese, one: Decided, wording: Wording, told: Told) -> None:
    talks = await people.talks(tx, [officer.person for officer in effect.officers])
    for officer, place in await hearers.reached(tx, effect.officers):
        word = _for_officer(effect.reply, wording, talks[officer.person].language)
        _letter(told, one, place, word, later=effect.later)


def _for_officer(reply: Reply, wording: Wording, language: str) -> list[Message]:
    """A notice rings when somebody is in danger, and then only: what rings all day is not heard."""
    rings = reply.facts.get("urgency") == "emergency"
    return [replace(one, quiet=not rings) for one in wording.write(reply, language)]


async def _tell_above(tx: Transaction, effect: TellAbove, one: Decided, wording: Wording, told: Told) -> None:
    """Only if nobody was told of this officer today."""
    if await officers.alarm(tx, effect.officer, effect.at):
        await _say_above(tx, effect.officer, effect.reply, one, wording, told)


async def _refused(tx: Transaction, effect: RefusedLook, one: Decided, wording: Wording, told: Told) -> None:
    """Counted, logged without a number, and told above when it is too often."""
    many = await refused.look(tx, effect.officer.id, one.incoming.at)
    log.warning("officer %d asked for a case out of their sight, %d within the hour", effect.officer.id, many)
    if many == effect.most:
        await _say_above(tx, effect.officer, effect.word, one, wording, told)


async def _say_above(tx: Transaction, whom: Officer, reply: Reply, one: Decided, wording: Wording, told: Told) -> None:
    """To whoever looks after this officer's work."""
    above = await officers.looking_after(tx, whom)
    talks = await people.talks(tx, [officer.person for officer in above])
    for officer in above:
        for place in (await people.places_of(tx, officer.person))[:1]:
            _letter(told, one, place, _for_officer(reply, wording, talks[officer.person].language))


def _letter(
    told: Told,
    one: Decided,
    place: Place,
    messages: Sequence[Message],
    *,
    about: str = "",
    later: datetime | None = None,
    covered: bool = False,
) -> None:
    """A letter to somebody else than the one who wrote; `about` a case, `later` when it must wait for their hours."""
    step, priority = 1 + len(told.letters), UNASKED_FOR if later else NOTICE
    told.letters += [
        Letter(one.number, step, n, place.id, message, priority, later, about, covered)
        for n, message in enumerate(messages)
    ]


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
