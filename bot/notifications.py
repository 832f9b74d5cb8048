"""What people are told unasked because the content has changed: brought by the door in, one message for each person.

Each is an `Incoming` with an id of its own, so that a kill in the middle neither loses nor repeats one.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.model.messages import Incoming
from bot.store import editions, people
from bot.store.database import Database, Transaction
from bot.store.editions import Due

log = logging.getLogger(__name__)
BATCH = 256
Receive = Callable[[Sequence[Incoming]], Awaitable[None]]


async def correct(database: Database, receive: Receive, now: Callable[[], datetime]) -> int:
    """Bring the news to everybody who had an answer that has changed; to how many."""
    brought, before = 0, None
    while (due := await editions.to_correct(database, BATCH)) and due != before:
        await _bring(database, receive, due, now())
        brought, before = brought + len(due), due
    if due:
        log.error("%d corrections could not be brought: see the messages set aside", len(due))
    elif brought:
        async with database.transaction() as tx:
            await _all_spread(tx, now())
    return brought


async def _all_spread(tx: Transaction, at: datetime) -> None:
    """Unless another answer has changed since we looked: another worker, or a command, may put a release into use."""
    if not await editions.to_correct(tx, 1):
        await editions.all_spread(tx, at)


async def _bring(database: Database, receive: Receive, due: Sequence[Due], at: datetime) -> None:
    """To where each last wrote from; those nobody can reach are written down for the officers."""
    places = [(one, await people.places_of(database, one.person)) for one in due]
    gone = [one for one, found in places if not found]
    if gone:
        async with database.transaction() as tx:
            await editions.unreachable(tx, gone, at)
    await receive([_news(one, found[0], at) for one, found in places if found])


def _news(due: Due, place: people.Place, at: datetime) -> Incoming:
    id = f"correction:{due.code}:{due.ended}:{due.person}"
    return Incoming(place.address, id, "correction", at, text=due.code)
