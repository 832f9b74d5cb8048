"""What a step must know beyond the conversation is read here, by what the incoming message names."""

import secrets
from dataclasses import replace
from datetime import datetime

from bot.casework.numbers import FIRST
from bot.dialogue.wants import Wants
from bot.model.case import Case, Event
from bot.model.conversation import Conversation, Known
from bot.store import cases, editions, officers, subscriptions
from bot.store.database import Transaction

_SECRET_BYTES = 24


async def know(tx: Transaction, talk: Conversation, wanted: Wants, now: datetime, pages: str) -> Known:
    """Everything wanted, each read by the right of whoever asks: an officer's scope, or being the case's person."""
    case, events = await _case(tx, talk, wanted)
    officer = talk.known.officer
    return replace(
        talk.known,
        case=case,
        events=events,
        cases=await cases.all_of_person(tx, talk.person) if wanted.own_cases else (),
        queue=await cases.queue(tx, officer.scope) if wanted.queue and officer else (),
        invite=await officers.invited(tx, wanted.code, now) if wanted.code else None,
        next_case=await next_case(tx),
        token=secrets.token_urlsafe(_SECRET_BYTES) if wanted.token else "",
        pages=pages,
        told=await editions.find(tx, wanted.receipt) if wanted.receipt else None,
        wishes=await subscriptions.of_person(tx, talk.person) if wanted.wishes else (),
    )


async def next_case(tx: Transaction) -> int:
    """The sequence number the next case will have."""
    return max(await cases.last_number(tx) + 1, FIRST)


async def _case(tx: Transaction, talk: Conversation, wanted: Wants) -> tuple[Case | None, tuple[Event, ...]]:
    officer = talk.known.officer
    if wanted.officers_case and officer:
        found = await cases.in_scope(tx, wanted.officers_case, officer.scope)
        return found, await cases.events(tx, wanted.officers_case, officer.scope)
    if wanted.own_case:
        return await cases.of_person(tx, wanted.own_case, talk.person), ()
    return None, ()
