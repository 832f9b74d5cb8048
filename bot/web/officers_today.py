"""The officers' lists: the day's work, the most pressing first, and what was closed lately."""

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.model.day import SharedPart
from bot.store import cases, day
from bot.web import seated
from bot.web.desk_door import answered
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions
from bot.web.today import PAGE, Look, asked_for, in_parts, link, place_of, read_view

_VILLAGE = "00.00.00.0000"


@dataclass(frozen=True, slots=True)
class OfficersToday:
    """The two lists. They only read."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, both behind the officers' door."""
        only = self.sessions.only_officers
        return [Route(OFFICERS, only(self.today)), Route(f"{OFFICERS}/closed", only(self.closed))]

    async def today(self, request: Request, seat: Seat) -> Response:
        """What waits, a page at a time, and how much of it there is in each part."""
        view, look = read_view(request.query_params.items()), self._look(seat)
        asked = asked_for(view, look)
        counts = await day.counts(self.rooms.database, asked)
        found = await day.page(self.rooms.database, asked, PAGE)
        poster = seat.officer.unit if len(seat.officer.unit) == len(_VILLAGE) else ""
        said = await answered(self.rooms, seat, request.query_params.get("said", ""))
        shown = await day.shared(self.rooms.database, seat.officer)
        facts = {
            "shown": bool(shown),
            "shared": [_asked(one, look) for one in shown if not one.answered],
            "said": said,
            "counts": counts,
            "parts": in_parts(found[:PAGE], look),
            "more": len(found) > PAGE,
        }
        return self._page("today.html", seat, view=view, link=partial(link, view), now=look.now, poster=poster, **facts)

    async def closed(self, request: Request, seat: Seat) -> Response:
        """What was closed, the latest first, a page at a time."""
        page, look = read_view(request.query_params.items()).page, self._look(seat)
        found = await cases.closed(self.rooms.database, seat.officer.scope, PAGE + 1, page * PAGE)
        rows = [look.row(case) for case in found[:PAGE]]
        return self._page("closed.html", seat, rows=rows, page=page, more=len(found) > PAGE)

    def _look(self, seat: Seat) -> Look:
        return Look(self.rooms.release(), seat.officer, seat.language, self.rooms.now())

    def _page(self, template: str, seat: Seat, **facts: object) -> Response:
        return seated.page(self.rooms, self.pages, template, seat, 200, **facts)


def _asked(one: SharedPart, look: Look) -> tuple[SharedPart, str, str]:
    """What another office shows, the name of its kind, and where it is looked after."""
    return one, look.release.title_of_form(one.form, look.language), place_of(one.unit, look.release)
