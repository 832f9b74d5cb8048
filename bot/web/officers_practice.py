"""Training begun and ended from the pages; the pretend cases themselves stand in the list and have the page of any case."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web.desk_door import press
from bot.web.forms import once, read_form
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions


@dataclass(frozen=True, slots=True)
class OfficersPractice:
    """The two presses of training."""

    rooms: Rooms
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, both behind the officers' door."""
        only = self.sessions.only_officers
        return [
            Route(f"{OFFICERS}/practice", only(self.begin), methods=["POST"]),
            Route(f"{OFFICERS}/practice/end", only(self.end), methods=["POST"]),
        ]

    async def begin(self, request: Request, seat: Seat) -> Response:
        """Pretend cases, for this officer alone; to the part of the list they stand in."""
        key = await self._pressed(request, seat, "practice:")
        return RedirectResponse(f"{OFFICERS}?part=practice&said={key}", 303)

    async def end(self, request: Request, seat: Seat) -> Response:
        """They are erased, and how it has gone is told."""
        key = await self._pressed(request, seat, "practice-end:")
        return RedirectResponse(f"{OFFICERS}/seat?said={key}", 303)

    async def _pressed(self, request: Request, seat: Seat, button: str) -> str:
        key = once(await read_form(request), button)
        await press(self.rooms, seat, key, button)
        return key
