"""New vacancies on their way to those who wanted to hear of them: one message a person, brought by the door in.

A round is written down first, then brought, then closed. Each message has an id made of its round and its person: a kill in
the middle neither loses nor repeats one. In the first round of all everything open is new; whoever subscribed before it
hears of it, and where nobody did, it is only written down.
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.knowledge.vacancies import is_where
from bot.model.messages import NEWS_WHEN_THEY_WRITE, Incoming
from bot.model.work import Vacancy
from bot.store import people, subscriptions
from bot.store.database import Database
from bot.store.subscriptions import Round

BATCH = 256
Receive = Callable[[Sequence[Incoming]], Awaitable[None]]


async def announce(database: Database, vacancies: Sequence[Vacancy], receive: Receive, now: datetime) -> int:
    """Tell of all open vacancies that are new; how many people were brought news. What fails goes on the next time."""
    found = [one for one in vacancies if one.posted <= now.date() <= one.expires]
    async with database.transaction() as tx:
        await subscriptions.begin_round(tx, [one.id for one in found], now)
    told = 0
    for one in await subscriptions.open_rounds(database):
        told += await _tell(database, one, [vacancy for vacancy in found if vacancy.id in one.vacancies], receive, now)
        async with database.transaction() as tx:
            await subscriptions.close_round(tx, one, now)
    return told


async def _tell(database: Database, one: Round, found: Sequence[Vacancy], receive: Receive, now: datetime) -> int:
    """Bring a round to everybody it suits, in batches."""
    news = [
        incoming
        for person, ids in (await _suited(database, one, found)).items()
        if (incoming := await _news(database, one, person, ids, now))
    ]
    for at in range(0, len(news), BATCH):
        await receive(news[at : at + BATCH])
    return len(news)


async def _suited(database: Database, one: Round, found: Sequence[Vacancy]) -> dict[int, list[str]]:
    """Whom to tell, and of which vacancies: each once, though several wishes fit it."""
    suited: dict[int, dict[str, None]] = {}
    for subscriber in await subscriptions.subscribers(database, one):
        for vacancy in found:
            if is_where(vacancy, subscriber.wish):
                suited.setdefault(subscriber.person, {})[vacancy.id] = None
    return {person: list(ids) for person, ids in suited.items()}


async def _news(database: Database, one: Round, person: int, ids: Sequence[str], now: datetime) -> Incoming | None:
    """The message to where somebody last wrote from and we may write first; None when there is no such place."""
    found = await people.places_of(database, person)
    places = [place for place in found if place.address.channel not in NEWS_WHEN_THEY_WRITE]
    if not places:
        return None
    round_ = hashlib.sha256(f"{one.at} {' '.join(one.vacancies)}".encode()).hexdigest()[:12]
    return Incoming(places[0].address, f"vacancies:{round_}:{person}", "vacancies", now, text=" ".join(ids))
