"""The statistics behind the officers' door: each sees those of their own units, and nobody a person in them.

Counted in the database, rounded by `casework/small_cells.py`; where somebody may look further down, each place leads on.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.casework import periods
from bot.casework.overseeing import last_day
from bot.reporting import ask, cost, gather, kinds_of
from bot.understanding.release import Release
from bot.web import seated
from bot.web.pages import Pages
from bot.web.places import places
from bot.web.plots import HEIGHT, WIDTH, bars
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions
from bot.web.today import place_of


@dataclass(frozen=True, slots=True)
class Statistics:
    """The page."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where it is."""
        return [Route(f"{OFFICERS}/statistics", self.sessions.only_officers(self.show))]

    async def show(self, request: Request, seat: Seat) -> Response:
        """The officer's units, or a place within them; a place out of sight looks like none."""
        now = self.rooms.now()
        unit = request.query_params.get("unit", seat.officer.unit)
        period = periods.read_period(request.query_params.get("period", periods.lately(now)[0].name))
        if period is None or not seat.officer.scope.sees(unit):
            return seated.nothing(self.rooms, self.pages, seat)
        release = self.rooms.release()
        scope = replace(seat.officer.scope, prefix=unit)
        report = await gather(self.rooms.database, scope, period, kinds_of(release), now)
        questions = await ask(self.rooms.database, period, release) if seat.oversees else None
        typed = request.query_params.get("place", "")
        months = [(line.name[-2:], line.numbers["opened"]) for line in report.by_month]
        return seated.page(
            self.rooms,
            self.pages,
            "statistics.html",
            seat,
            report=report,
            questions=questions,
            messages=await cost(self.rooms.database, period, release) if not unit else (),
            names=Names(release, seat),
            choices=periods.lately(now),
            typed=typed,
            found=places(release.villages, typed, seat.officer.scope),
            bars=bars(months),
            size=(WIDTH, HEIGHT),
        )


@dataclass(frozen=True, slots=True)
class Names:
    """What places, kinds and topics are called for who reads."""

    release: Release
    seat: Seat

    def place(self, unit: str) -> str:
        """A place's name, as short as it can be where it stands below another."""
        village = self.release.villages.get(unit)
        return village.village if village else place_of(unit, self.release)

    def whole(self, unit: str) -> str:
        """A place's name, standing alone."""
        return place_of(unit, self.release)

    def zone(self, unit: str) -> str:
        """The zone a place's clocks show; a province lies in one, the ministry's are those of the capital."""
        return self.release.villages.zones.get(unit[:2], periods.ZONE.key)

    def last_day(self, back: datetime, unit: str) -> str:
        """The last day of an absence that ends at midnight."""
        return last_day(back, self.zone(unit)).isoformat()

    def kind(self, kind: str) -> str:
        """What a kind of case is called: as its form."""
        form = next((one.id for one in self.release.content.forms.values() if one.kind == kind), kind)
        return self.release.title_of_form(form, self.seat.language)

    def topic(self, id: str) -> str:
        """A topic's title; its id when there is none any more."""
        topic = self.release.topic(id)
        return self.release.answer(topic, self.seat.language)[0].title if topic else id
