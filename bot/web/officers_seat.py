"""The door of the officers' pages, and an officer's own seat behind it: where they are logged in, whether they are away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.model.messages import Message
from bot.store import practice, seats
from bot.web import seated
from bot.web.desk_door import answered, press
from bot.web.forms import new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, SESSION, Seat, Sessions

_WEST = "Asia/Jakarta"
_LONGEST_DAY = 20


@dataclass(frozen=True, slots=True)
class OfficersSeat:
    """Coming in, going out, and what an officer sees of their own sessions."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are. Only the two of the login are open; all else is behind `only_officers`."""
        only = self.sessions.only_officers
        return [
            Route(f"{OFFICERS}/seat", only(self.show)),
            Route(f"{OFFICERS}/seat/away", only(self.away), methods=["POST"]),
            Route(f"{OFFICERS}/seat/back", only(self.back), methods=["POST"]),
            Route(f"{OFFICERS}/seat/end", only(self.end), methods=["POST"]),
            Route(f"{OFFICERS}/seat/end-all", only(self.end_all), methods=["POST"]),
            Route(f"{OFFICERS}/logout", only(self.sessions.log_out), methods=["POST"]),
            Route(f"{OFFICERS}/login/{{token}}", self.sessions.show_login),
            Route(f"{OFFICERS}/login/{{token}}", self.sessions.use_login, methods=["POST"]),
        ]

    async def show(self, request: Request, seat: Seat) -> Response:
        """Whether this officer is away, and where they are logged in."""
        return await self._page(
            request, seat, said=await answered(self.rooms, seat, request.query_params.get("said", ""))
        )

    async def away(self, request: Request, seat: Seat) -> Response:
        """Away until a day; what they hold waits for others meanwhile."""
        form = await read_form(request)
        given = form.get("day", "").strip()[:_LONGEST_DAY]
        day = _day(given)
        if day is None:
            return await self._page(request, seat, typed=given, status=422)
        return await self._pressed(request, seat, form, f"away:{day}", given)

    async def back(self, request: Request, seat: Seat) -> Response:
        """There again."""
        return await self._pressed(request, seat, await read_form(request), "do:back-at-work")

    async def _pressed(
        self, request: Request, seat: Seat, form: dict[str, str], button: str, day: str = ""
    ) -> Response:
        key = once(form, button)
        await press(self.rooms, seat, key, button)
        is_away = await seats.away_until(self.rooms.database, seat.officer.id, self.rooms.now())
        if day and is_away is None:
            return await self._page(request, seat, typed=day, status=422)
        return RedirectResponse(f"{OFFICERS}/seat?said={key}", 303)

    async def end(self, request: Request, seat: Seat) -> Response:
        """End one session, on a phone that was lent or lost."""
        async with self.rooms.database.transaction() as tx:
            await seats.end(tx, seat.officer.id, (await read_form(request)).get("id", ""), self.rooms.now())
        return RedirectResponse(f"{OFFICERS}/seat", 303)

    async def end_all(self, request: Request, seat: Seat) -> Response:
        """End all of them, this one too."""
        async with self.rooms.database.transaction() as tx:
            await seats.end_all(tx, seat.officer.id, self.rooms.now())
        response = RedirectResponse(OFFICERS, 303)
        response.delete_cookie(SESSION, path=OFFICERS)
        return response

    async def _page(
        self, request: Request, seat: Seat, *, said: Sequence[Message] = (), typed: str = "", status: int = 200
    ) -> Response:
        now, database = self.rooms.now(), self.rooms.database
        zone = self.rooms.release().villages.zones.get(seat.officer.unit[:2], _WEST)
        facts = {
            "found": await seats.sessions(database, seat.officer.id, request.cookies[SESSION], now),
            "practising": (await practice.of(database, seat.officer.id)).round,
            "until": await seats.away_until(database, seat.officer.id, now),
            "today": now.astimezone(ZoneInfo(zone)).date(),
            "nonce": new_nonce(),
        }
        return seated.page(
            self.rooms, self.pages, "seat.html", seat, status, said=said, typed=typed, now=now, zone=zone, **facts
        )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
