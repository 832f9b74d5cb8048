"""Two pages behind the officers' door: what people asked in vain, for who improves the answers; and whom to phone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.editorial import LATELY, gather, stands
from bot.model.content import said
from bot.model.editions import Edition
from bot.model.feedback import Rating
from bot.store import editions
from bot.store.editions import Correction, ToPhone
from bot.understanding.release import Release
from bot.web import seated
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions

MOST = 100
CHANGED_LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Names:
    """What topics, languages and days are called for the officer who reads."""

    release: Release
    seat: Seat

    def topic(self, id: str) -> str:
        """A topic's title; its id when there is none any more."""
        topic = self.release.topic(id)
        return self.release.answer(topic, self.seat.language)[0].title if topic else id

    def language(self, id: str) -> str:
        """A language's name."""
        found = next((one for one in self.release.content.languages if one.id == id), None)
        return said(found.name, self.seat.language) if found else id

    def day(self, moment: datetime) -> str:
        """The day of a moment where the officer is."""
        return moment.astimezone(ZoneInfo(self.release.zone(self.seat.officer.unit))).date().isoformat()

    def until(self, id: str) -> str:
        """The last day an answer held."""
        topic = self.release.topic(id)
        return topic.valid_until.isoformat() if topic and topic.valid_until else ""

    def stands(self, rating: Rating) -> bool:
        """Whether we still say what was rated."""
        return stands(self.release, rating)


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer that has changed, as officers may read of it: of a discreet one neither its name nor what has changed."""

    title: str
    what: tuple[str, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the news of a change has come; `rest` asked again by themselves or are still to be told."""

    had: int = 0
    told: int = 0
    owed: int = 0
    unreachable: int = 0

    @property
    def rest(self) -> int:
        """Everybody else."""
        return max(0, self.had - self.told - self.owed - self.unreachable)

    def with_more(self, one: Correction) -> "Spread":
        """Together with another edition of the same answer."""
        return replace(
            self,
            had=self.had + one.had,
            told=self.told + one.told,
            owed=self.owed + one.owed,
            unreachable=self.unreachable + one.unreachable,
        )


@dataclass(frozen=True, slots=True)
class Editors:
    """The two pages. They only read."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, both behind the officers' door."""
        only = self.sessions.only_officers
        return [
            Route(f"{OFFICERS}/questions", only(self.questions)),
            Route(f"{OFFICERS}/corrections", only(self.corrections)),
        ]

    async def questions(self, request: Request, seat: Seat) -> Response:
        """What could not be answered, what did not help, what had to be withheld; for those who oversee others."""
        if not seat.oversees:
            return seated.nothing(self.rooms, self.pages, seat)
        release = self.rooms.release()
        found = await gather(self.rooms.database, release, self.rooms.now())
        names = Names(release, seat)
        return self._page("questions.html", seat, found=found, names=names, most=MOST, days=LATELY.days)

    async def corrections(self, request: Request, seat: Seat) -> Response:
        """Which answers have changed, and whom of their own scope to phone; who oversees others sees how many were reached."""
        names, since = Names(self.rooms.release(), seat), self.rooms.now() - CHANGED_LATELY
        to_phone = await editions.to_phone(self.rooms.database, seat.officer.scope)
        found = await editions.corrections(self.rooms.database, since) if seat.oversees else []
        calls = calls_for((one for one in to_phone if one.ended >= since), names)
        spread = spread_of(found, names)
        return self._page("corrections.html", seat, calls=calls, spread=spread, days=CHANGED_LATELY.days)

    def _page(self, template: str, seat: Seat, **facts: object) -> Response:
        return seated.page(self.rooms, self.pages, template, seat, 200, **facts)


def changed(edition: Edition, ended: datetime, names: Names) -> Changed:
    """What an officer may read of a change."""
    topic = names.release.topic(edition.topic)
    if topic is None or topic.discreet:
        return Changed("", (), names.day(ended))
    what = tuple(said(one.what, names.seat.language) for one in topic.changes[edition.changes :])
    return Changed(names.topic(topic.id), what, names.day(ended))


def calls_for(to_phone: Iterable[ToPhone], names: Names) -> list[tuple[Changed, list[str]]]:
    """The cases to phone for, by what has changed; for which country somebody had asked is not said."""
    found: dict[Changed, dict[str, None]] = {}
    for one in to_phone:
        found.setdefault(changed(one.edition, one.ended, names), {})[one.number] = None
    return [(what, list(numbers)) for what, numbers in found.items()]


def spread_of(corrections: Iterable[Correction], names: Names) -> list[tuple[Changed, Spread]]:
    """How far the news has come, by what has changed."""
    found: dict[Changed, Spread] = {}
    for one in corrections:
        what = changed(one.edition, one.ended, names)
        found[what] = found.get(what, Spread()).with_more(one)
    return list(found.items())
