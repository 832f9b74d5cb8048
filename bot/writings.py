"""What follows from steps is written down here: letters into the outbox, effects into the books, talks as they now stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.decided import LIGHT, Decided, Told
from bot.dialogue.together import forgotten
from bot.joining import write_joining
from bot.model.conversation import Conversation
from bot.model.effects.cases import (
    Act,
    CaseEffect,
    CodeTried,
    EnterCase,
    GivePaper,
    InviteWorker,
    LinkCase,
    OpenCase,
    Refer,
    SetCode,
    TriedPaper,
    WorkerJoined,
)
from bot.model.effects.joining import JoiningEffect
from bot.model.effects.offices import Appoint, BeginPractice, EndPractice, GiveLogin, Leave, OfficeEffect, SetCap
from bot.model.effects.people import Brought, Forget, PersonEffect, Subscribe, Unsubscribe
from bot.model.effects.telling import Telling
from bot.model.step import Effect
from bot.model.templates import Notice
from bot.store import (
    absence,
    broadcasts,
    cases,
    code_words,
    inbox,
    officers,
    papers,
    people,
    post,
    practice,
    referrals,
    statistics,
    subscriptions,
    team,
    workers,
)
from bot.store.database import Transaction
from bot.store.post import HELP, REPLY, UNASKED_FOR, Letter
from bot.telling import tell
from bot.wording import Wording


async def write_light(tx: Transaction, decided: Sequence[Decided], talks: Sequence[Conversation], at: datetime) -> None:
    """Many ordinary messages in bulk."""
    await inbox.keep(tx, [(one.number, one.place.id, one.incoming) for one in decided])
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
    if isinstance(effect, Telling):
        await tell(tx, effect, one, wording, told)
    elif isinstance(effect, CaseEffect):
        await _of_case(tx, effect, one)
    elif isinstance(effect, OfficeEffect):
        await _of_office(tx, effect, one)
    elif isinstance(effect, JoiningEffect):
        await write_joining(tx, effect, one, told)
    else:
        await _of_person(tx, effect, one, told)


async def _of_case(tx: Transaction, effect: CaseEffect, one: Decided) -> None:
    at = one.incoming.at
    match effect:
        case OpenCase():
            await cases.open_case(tx, effect, one.place.address.channel)
        case Act():
            await cases.act(tx, effect, one.number)
        case Refer():
            await _refer(tx, effect, one)
        case EnterCase() | GivePaper() | TriedPaper() | LinkCase():
            await papers.write(tx, effect, at)
        case InviteWorker():
            await workers.invite(tx, effect)
        case WorkerJoined():
            await workers.joined(tx, effect.case)
        case SetCode():
            await code_words.set_word(tx, effect.case, one.place.person, effect.word)
        case CodeTried():
            await code_words.tried(tx, one.place.person, at, right=effect.right)
        case _:
            assert_never(effect)


async def _refer(tx: Transaction, effect: Refer, one: Decided) -> None:
    await referrals.refer(tx, effect, one.incoming.at)
    if effect.event:
        await cases.write(tx, effect.event, one.number)


async def _of_office(tx: Transaction, effect: OfficeEffect, one: Decided) -> None:
    match effect:
        case Appoint():
            await officers.appoint(tx, effect, one.incoming.at)
        case Leave():
            await absence.leave(tx, effect.officer.id, effect.until, one.incoming.at)
        case GiveLogin():
            await officers.give_login(tx, effect)
        case SetCap():
            await team.set_cap(tx, effect)
        case BeginPractice():
            await practice.begin(tx, effect, one.incoming.at)
        case EndPractice():
            await practice.end(tx, effect.officer, effect.round, one.incoming.at)
        case _:
            assert_never(effect)


async def _of_person(tx: Transaction, effect: PersonEffect, one: Decided, told: Told) -> None:
    """What `LIGHT` names is written in bulk, with the others' of the batch."""
    person, at = one.place.person, one.incoming.at
    match effect:
        case Brought():
            await broadcasts.brought(tx, person, effect, one.number, at)
        case Forget():
            await statistics.forget(tx, effect)
            others = (await people.fellows(tx, [person])).get(person, ())
            told.talks |= {one: forgotten(talk) for one, talk in (await people.talks_held(tx, others)).items()}
        case Subscribe() | Unsubscribe():
            await subscriptions.change(tx, person, effect, at)


def _replies(one: Decided) -> list[Letter]:
    priority, kind = _priority(one), _kind(one)
    return [
        Letter(one.number, 0, n, one.place.id, message, priority, one.due, kind=kind)
        for n, message in enumerate(one.messages)
    ]


def _kind(one: Decided) -> Notice:
    if one.asked:
        return ""
    return "work" if one.incoming.kind == "digest" else "news"


def _priority(one: Decided) -> int:
    """Help, and why nothing else is answered, waits behind no other answer."""
    first = one.step.replies[0].phrase if one.step.replies else ""
    if not one.asked:
        return UNASKED_FOR
    return HELP if first in ("emergency", "slow-down") or first.startswith("danger/") else REPLY


def _light(one: Decided) -> list[LIGHT]:
    return [effect for effect in one.step.effects if isinstance(effect, LIGHT)]
