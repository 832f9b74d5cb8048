"""A coordinator's officers: who is there and how much each has, who asks for help; absence, caps, cases given back.

The page reads; what is arranged comes in by the one door, as from the chat.
"""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.casework.overseeing import LARGEST_CAP, LONGEST_AWAY
from bot.store import team
from bot.web import seated
from bot.web.desk_door import answered, press
from bot.web.forms import new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions
from bot.web.statistics import Names

PAGE = f"{OFFICERS}/team"
_ACTS = ("team-away", "team-back", "team-cap", "team-release")
_MOST = 20


@dataclass(frozen=True, slots=True)
class TeamPage:
    """The page, for those who oversee others."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where it is, behind the officers' door."""
        only = self.sessions.only_officers
        return [Route(PAGE, only(self.show)), Route(PAGE, only(self.act), methods=["POST"])]

    async def show(self, request: Request, seat: Seat) -> Response:
        """Everybody under this officer, and the answer to what was just arranged."""
        if not seat.oversees:
            return seated.nothing(self.rooms, self.pages, seat)
        return await self._page(seat, request.query_params.get("said", ""))

    async def act(self, request: Request, seat: Seat) -> Response:
        """Arrange something for one of them."""
        form = await read_form(request)
        act, officer, value = (form.get(name, "").strip()[:_MOST] for name in ("act", "officer", "value"))
        if not seat.oversees:
            return seated.nothing(self.rooms, self.pages, seat)
        if act not in _ACTS:
            return await self._page(seat, status=422)
        button = f"{act}:{officer}:{value}"
        key = once(form, button)
        await press(self.rooms, seat, key, button)
        return RedirectResponse(f"{PAGE}?said={key}", 303)

    async def _page(self, seat: Seat, said: str = "", status: int = 200) -> Response:
        now, names = self.rooms.now(), Names(self.rooms.release(), seat)
        zone = names.zone(seat.officer.unit)
        found = await team.of(self.rooms.database, seat.officer, now)
        today = now.astimezone(ZoneInfo(zone)).date()
        return seated.page(
            self.rooms,
            self.pages,
            "team.html",
            seat,
            status,
            team=found,
            said=await answered(self.rooms, seat, said),
            names=names,
            usual=names.release.content.desk.cap,
            largest=LARGEST_CAP,
            days=(today.isoformat(), (today + LONGEST_AWAY - timedelta(days=1)).isoformat()),
            zone=zone,
            now=now,
            nonce=new_nonce(),
        )
