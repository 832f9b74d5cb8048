"""Who else is told something: the person of a case, in the manner their plan allows; officers, the nearest first."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.casework.contact import Manner
from bot.decided import Decided, Told, letter
from bot.model.case import Officer
from bot.model.conversation import Conversation
from bot.model.effects.telling import (
    ClearChat,
    RefusedLook,
    ShowKept,
    TellAbove,
    TellBeside,
    Telling,
    TellOfficers,
    TellPerson,
    TellThese,
)
from bot.model.messages import Message, Reply
from bot.model.templates import Notice
from bot.store import clearing, contact, hearers, officers, people, refused
from bot.store.database import Transaction
from bot.store.people import Place
from bot.wording import Wording

log = logging.getLogger(__name__)
_NOBODY = "-"


async def tell(tx: Transaction, effect: Telling, one: Decided, wording: Wording, told: Told) -> None:
    """Say it, or keep it, or take it out of the chat."""
    match effect:
        case TellPerson():
            await _tell(tx, effect, one, wording, told)
        case ShowKept():
            await _show_kept(tx, effect, one, told)
        case ClearChat():
            await clearing.clear(tx, one.place, one.number, one.incoming.at)
        case TellBeside():
            await _tell_beside(tx, effect, one, wording, told)
        case TellOfficers():
            await _tell_officers(tx, effect, one, wording, told)
        case TellThese():
            await _tell_these(tx, effect, one, wording, told)
        case TellAbove():
            await _tell_above(tx, effect, one, wording, told)
        case RefusedLook():
            await _refused(tx, effect, one, wording, told)
        case _:
            assert_never(effect)


async def _tell(tx: Transaction, effect: TellPerson, one: Decided, wording: Wording, told: Told) -> None:
    """To where they last wrote from, in the manner their plan allows. When nobody is there any more, the officer hears so."""
    place, how = await contact.first_place(tx, effect.about, effect.person, one.incoming.at)
    there = place.person if place else effect.person
    talk = told.talks.get(there) or (await people.talks_held(tx, [there]))[there]
    if talk.discreet and effect.about:
        how = replace(how, covered=True)
    if how.kept or how.covered:
        await _keep_back(tx, effect, (place, how), one, wording, told, talk)
        return
    if effect.talking:
        talk = talk.but(talking="" if effect.talking == _NOBODY else effect.talking)
    shown = tuple(button.id for button in effect.reply.buttons) if one.asked else ()
    told.talks[there] = talk.but(shown=shown or talk.shown)
    if place:
        later = _later(how, effect)
        words = wording.write(replace(effect.reply, veiled=talk.discreet), talk.language)
        letter(told, one, place, words, about=effect.about, later=later, kind="case")
    elif one.asked:
        number = str(effect.reply.facts.get("number", ""))
        phrase = "desk/unreachable" if await people.has_chat(tx, effect.person) else "desk/no-phone"
        unreachable = Reply(phrase, {"number": number})
        letter(told, one, one.place, wording.write(unreachable, one.step.conversation.language))


async def _keep_back(
    tx: Transaction,
    effect: TellPerson,
    where: tuple[Place | None, Manner],
    one: Decided,
    wording: Wording,
    told: Told,
    talk: Conversation,
) -> None:
    """What may not be written waits for them; where they may be written to in other words, one such word goes ahead of it."""
    place, how = where
    messages = wording.write(replace(effect.reply, veiled=talk.discreet or how.covered), talk.language)
    to_officer = effect.talking not in ("", _NOBODY)
    at = one.incoming.at
    first = await contact.keep_back(tx, effect.about, effect.person, messages, at, talking=to_officer)
    if place and how.covered and first and not how.kept:
        plan = await contact.plan_of(tx, effect.about, effect.person)
        reply = Reply("contact/covered", {"cover": plan.cover if plan else ""})
        word = [replace(message, quiet=True) for message in wording.write(reply, talk.language)]
        later = _later(how, effect)
        letter(told, one, place, word, about=effect.about, later=later, covered=True, kind="covered")


def _later(how: Manner, effect: TellPerson) -> datetime | None:
    return max((moment for moment in (how.later, effect.later) if moment), default=None)


async def _show_kept(tx: Transaction, effect: ShowKept, one: Decided, told: Told) -> None:
    """They asked, so it goes like an answer."""
    person, talk = one.place.person, one.step.conversation
    waits = await contact.take_back(tx, effect.case, person)
    if waits.messages:
        letter(told, one, one.place, waits.messages)
        talking = effect.case if waits.talking else talk.talking
        told.talks[person] = talk.but(talking=talking, shown=tuple(choice.id for choice in waits.messages[-1].choices))


async def _tell_beside(tx: Transaction, effect: TellBeside, one: Decided, wording: Wording, told: Told) -> None:
    """In each of their other chats, where they last wrote from there. Nothing moves: "1" means what it meant."""
    places = {place.person: place for place in reversed(await people.places_of(tx, one.place.person))}
    places.pop(one.place.person, None)
    talks = await people.talks(tx, places)
    for person, place in places.items():
        language = told.talks.get(person, talks[person]).language
        words = [replace(message, quiet=True) for message in wording.write(effect.reply, language)]
        about = await contact.gently(tx, person, one.incoming.at) if effect.gently else ""
        if about:
            await contact.keep_back(tx, about, person, words, one.incoming.at)
        else:
            letter(told, one, place, words)


async def _tell_officers(tx: Transaction, effect: TellOfficers, one: Decided, wording: Wording, told: Told) -> None:
    number = str(effect.reply.facts.get("number", ""))
    heard = await hearers.of_case(tx, number, effect.unit, one.incoming.at, one.place.person, effect.holder)
    talks = await people.talks(tx, [officer.person for officer, _ in heard])
    for officer, place in heard:
        word = _for_officer(effect.reply, wording, talks[officer.person].language)
        letter(told, one, place, word, kind=_kind(effect.reply))


async def _tell_these(tx: Transaction, effect: TellThese, one: Decided, wording: Wording, told: Told) -> None:
    talks = await people.talks(tx, [officer.person for officer in effect.officers])
    for officer, place in await hearers.reached(tx, effect.officers):
        word = _for_officer(effect.reply, wording, talks[officer.person].language)
        letter(told, one, place, word, later=effect.later, kind=_kind(effect.reply))


def _for_officer(reply: Reply, wording: Wording, language: str) -> list[Message]:
    """A notice rings when somebody is in danger, and then only: what rings all day is not heard."""
    return [replace(one, quiet=_kind(reply) != "emergency") for one in wording.write(reply, language)]


def _kind(reply: Reply) -> Notice:
    return "emergency" if reply.facts.get("urgency") == "emergency" else "work"


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
        for place in (await people.places_of_chat(tx, officer.person))[:1]:
            letter(told, one, place, _for_officer(reply, wording, talks[officer.person].language), kind="work")
