"""Each officer's morning: when the office opens where they sit, how much waits for them, once a working day.

What a day's digest says is put together when it is brought, and its id is of the officer and the day: nothing is sent twice.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.casework import window
from bot.casework.deadlines import works
from bot.model.case import Officer
from bot.model.messages import Incoming
from bot.store import digests, people
from bot.store.database import Database
from bot.understanding.release import Release

BATCH = 64
LATE = timedelta(hours=2)
_WEST = "Asia/Jakarta"
Receive = Callable[[Sequence[Incoming]], Awaitable[None]]


class Mornings:
    """Who had their digest on which day, so that the door is not asked each minute again; it alone decides."""

    def __init__(self) -> None:
        self._had: dict[int, date] = {}

    async def bring(self, database: Database, release: Release, receive: Receive, at: datetime) -> int:
        """Bring the digests of the offices that have opened; how many. One that comes two hours late is left out."""
        due, zones = [], release.villages.zones
        for one in await digests.to_brief(database, at):
            local = at.astimezone(ZoneInfo(zones.get(one.unit[:2], _WEST)))
            if self._had.get(one.id) != local.date() and _begins(local, release):
                due.append((one, local.date()))
        news = [incoming for one, day in due if (incoming := await _digest(database, one, day, at))]
        for start in range(0, len(news), BATCH):
            await receive(news[start : start + BATCH])
        self._had.update({one.id: day for one, day in due})
        return len(news)


def _begins(local: datetime, release: Release) -> bool:
    """Whether an office has opened there, less than two hours ago."""
    hours = release.content.rules.office_hours
    opened = datetime.combine(local.date(), hours.start, local.tzinfo)
    return works(local.date(), hours, release.holidays) and opened <= local < opened + LATE


async def _digest(database: Database, officer: Officer, day: date, at: datetime) -> Incoming | None:
    """To where they last wrote from and we may write first."""
    for place in await people.places_of_chat(database, officer.person):
        if window.first(place.address.channel, place.heard, at):
            return Incoming(place.address, f"digest:{officer.id}:{day}", "digest", at)
    return None
