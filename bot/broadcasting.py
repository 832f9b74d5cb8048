"""Broadcasts on their way: some people each minute, each once, by the door in; and who is told how they stand.

Each message has an id of its broadcast and its person: a kill in the middle neither loses nor repeats one. So many a minute
and no more, so that an answer somebody waits for never stands behind them, and so that there is time to stop.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.casework import window
from bot.model.broadcast import Reach
from bot.model.effects.people import Brought
from bot.model.messages import THE_CLOCK, Incoming
from bot.store import broadcasts, people
from bot.store.database import Database

EACH_MINUTE = 60
Receive = Callable[[Sequence[Incoming]], Awaitable[None]]


async def look(database: Database, receive: Receive, at: datetime, most: int = EACH_MINUTE) -> int:
    """Bring what is on its way to the next people; to how many."""
    many = 0
    for id in await broadcasts.running(database):
        found = await broadcasts.waiting(database, id, most - many)
        many += len(found)
        await _bring(database, receive, id, found, at)
        async with database.transaction() as tx:
            await broadcasts.over(tx, id, at)
    await _tell_news(database, receive, at)
    return many


async def _tell_news(database: Database, receive: Receive, at: datetime) -> None:
    """That one waits for a second person, and to its author what became of it: once for each place it comes to stand in."""
    untold = await broadcasts.untold(database, at)
    if untold:
        await receive(
            [
                Incoming(THE_CLOCK, f"broadcast-news:{id}:{stand}", "broadcast-news", at, text=f"{id}:{stand}")
                for id, stand in untold
            ]
        )


async def _bring(database: Database, receive: Receive, id: int, found: Sequence[int], at: datetime) -> None:
    """To where each last wrote from and we may write first. Whom the door did not take is not tried for ever."""
    places = {person: await _place(database, person, at) for person in found}
    await receive(
        [
            Incoming(place.address, f"broadcast:{id}:{person}", "broadcast", at, text=str(id))
            for person, place in places.items()
            if place
        ]
    )
    async with database.transaction() as tx:
        now = await broadcasts.find(tx, id)
        for person, place in places.items() if now and now.stand == "running" else ():
            reach: Reach = "failed" if place else "unreached"
            await broadcasts.brought(tx, person, Brought(id, reach), None, at)


async def _place(database: Database, person: int, at: datetime) -> people.Place | None:
    found = await people.places_of(database, person)
    return next((one for one in found if window.first(one.address.channel, one.heard, at)), None)
