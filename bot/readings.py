"""What a step must know beyond the conversation is read here, by what the incoming message names."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.casework.day import midnight, midnights
from bot.casework.numbers import FIRST
from bot.casework.reading import SPAN
from bot.dialogue.wants import Wants
from bot.model.case import Case, Event, Officer, Scope
from bot.model.conversation import Conversation, Known
from bot.model.day import PAGE, Day, Digest, View
from bot.model.paper import Standing
from bot.model.practice import Practice
from bot.model.referral import Referral
from bot.model.team import Team
from bot.store import (
    absence,
    broadcasts,
    cases,
    code_words,
    contact,
    day,
    desk,
    digests,
    editions,
    hearers,
    joining,
    numbers,
    officers,
    openings,
    papers,
    practice,
    referrals,
    subscriptions,
    team,
    workers,
)
from bot.store.database import Transaction

_SECRET_BYTES = 24


async def know(
    tx: Transaction, talk: Conversation, wanted: Wants, now: datetime, pages: str, zones: Mapping[str, str]
) -> Known:
    """Everything wanted, each read by the right of whoever asks: an officer's scope, or being the case's person.

    `zones` are the time zones of the provinces.
    """
    case, events = await _case(tx, talk, wanted)
    officer = talk.known.officer
    asked = await referrals.of_person(tx, wanted.consent, talk.person) if wanted.consent else None
    case = await cases.of_person(tx, asked.case, talk.person) if asked else case
    coded, opened = await _word(tx, talk, wanted, now)
    known = replace(
        talk.known,
        code=("right" if opened else "wrong") if coded else "",
        opened=opened,
        events=events,
        joins=await workers.invited(tx, wanted.worker, talk.person, now) if wanted.worker else None,
        cases=await cases.all_of_person(tx, talk.person) if wanted.own_cases else (),
        day=await _day(tx, officer, wanted.day, now, zones) if wanted.day and officer else Day(),
        referral=asked,
        shared=await referrals.shared(tx, wanted.shared, officer.scope) if wanted.shared and officer else None,
        next_referral=await referrals.next_id(tx) if wanted.next_referral else 0,
        invite=await officers.invited(tx, wanted.code, now) if wanted.code else None,
        next_case=await next_case(tx),
        token=secrets.token_urlsafe(_SECRET_BYTES) if wanted.token else "",
        pages=pages,
        told=await editions.find(tx, wanted.receipt) if wanted.receipt else None,
        wishes=await subscriptions.of_person(tx, talk.person) if wanted.wishes else (),
        head=await cases.head(tx) if wanted.head else "",
        leaf=await cases.leaf(tx, wanted.leaf) if wanted.leaf else None,
        paper=await _paper(tx, wanted, now),
        gone=await absence.gone(tx, wanted.gone) if wanted.gone else None,
        broadcast=await broadcasts.find(tx, wanted.broadcast) if wanted.broadcast else None,
        news=await broadcasts.news(tx, wanted.news, now) if wanted.news else None,
        team=await team.of(tx, officer, now, wanted.holder) if wanted.team and officer else Team(),
        digest=await _digest(tx, officer, now) if wanted.digest and officer else None,
        practice=await practice.of(tx, officer.id) if wanted.practice and officer else Practice(),
        beside=await joining.beside(tx, talk.person) if wanted.beside else (),
        offer=await joining.offered(tx, wanted.joining, talk.person, now) if wanted.joining else None,
        looks=await openings.by(tx, talk.person, now - SPAN) if wanted.looks else (),
        openings=await openings.of_person(tx, talk.person) if wanted.openings else (),
    )
    return await _with_case(tx, known, case, wanted, now)


async def _with_case(tx: Transaction, known: Known, case: Case | None, wanted: Wants, now: datetime) -> Known:
    """And what is wanted of a case, beside the case itself; without one all of it is empty."""
    officer = known.officer
    return replace(
        known,
        case=case,
        other=await _other(tx, officer, case, wanted) if case else None,
        referrals=await _referrals(tx, officer, case) if case and wanted.referrals else (),
        alike=await desk.alike(tx, case, officer.scope) if case and officer and wanted.alike else (),
        theirs=await desk.language(tx, case.person) if case and wanted.officers_case else "id",
        held=await desk.held(tx, officer.scope) if case and officer and wanted.officers_case else 0,
        over=await hearers.seeing(tx, case.number, case.unit, now) if case and wanted.clocked else (),
        shut=await _shut(tx, case, now) if case and officer and wanted.officers_case else (),
        went=await day.deliveries(tx, case.number, officer) if case and officer and wanted.officers_case else {},
    )


async def _word(tx: Transaction, talk: Conversation, wanted: Wants, now: datetime) -> tuple[bool, tuple[Case, ...]]:
    """Whether somebody has cases behind a code word, and those the word they typed opens."""
    if not wanted.word or not talk.coded:
        return False, ()
    coded, numbers = await code_words.opened_by(tx, talk.person, wanted.word, now)
    found = [await cases.of_person(tx, number, talk.person) for number in numbers]
    return coded, tuple(one for one in found if one)


async def _paper(tx: Transaction, wanted: Wants, now: datetime) -> Standing | None:
    """How the case of a paper stands, for whoever brings both its numbers, or has brought them just before."""
    if wanted.pin:
        await papers.alone_at(tx, wanted.paper)
        return await papers.standing(tx, wanted.paper, wanted.pin, now)
    return await papers.of_paper(tx, wanted.paper, wanted.shown, now) if wanted.paper else None


async def _shut(tx: Transaction, case: Case, now: datetime) -> tuple[int, ...]:
    """Those of a case to whom the platform lets us write nothing but a template now."""
    people = [one for one in (case.person, case.worker) if one]
    return tuple([one for one in people if await contact.shut(tx, case.number, one, now)])


async def next_case(tx: Transaction) -> int:
    """The sequence number the next case will have."""
    return await numbers.next_case(tx, FIRST)


async def _day(tx: Transaction, officer: Officer, view: View, now: datetime, zones: Mapping[str, str]) -> Day:
    asked = day.Asked(officer, now, midnight(now), midnights(now, zones), view.mine, view.part, view.page)
    listed = await day.page(tx, asked, PAGE)
    return Day(await day.counts(tx, asked), listed[:PAGE], len(listed) > PAGE, await day.shared(tx, officer))


async def _digest(tx: Transaction, officer: Officer, now: datetime) -> Digest:
    villages = () if officer.role == "officer" else await digests.by_village(tx, officer.scope, now)
    return Digest(await digests.oldest(tx, officer.scope), villages)


async def _other(tx: Transaction, officer: Officer | None, case: Case, wanted: Wants) -> Case | None:
    """The case this one is joined with, or is to be: by the right to see it, or by being the first one's person."""
    if wanted.officers_case and officer:
        number = wanted.other or case.merged_into
        return await cases.in_scope(tx, number, officer.scope) if number else None
    return await desk.goes_on(tx, case)


async def _referrals(tx: Transaction, officer: Officer | None, case: Case) -> tuple[Referral, ...]:
    return await referrals.of_case(tx, case.number, officer.scope) if officer else ()


async def _case(tx: Transaction, talk: Conversation, wanted: Wants) -> tuple[Case | None, tuple[Event, ...]]:
    officer = talk.known.officer
    if wanted.officers_case and officer:
        found = await cases.in_scope(tx, wanted.officers_case, officer.scope)
        return found, await cases.events(tx, wanted.officers_case, officer.scope)
    if wanted.clocked:
        return await cases.in_scope(tx, wanted.clocked, Scope("")), ()
    if wanted.own_case:
        own = await cases.of_person(tx, wanted.own_case, talk.person)
        return own or await workers.of_worker(tx, wanted.own_case, talk.person), ()
    return None, ()
