"""Parts of cases that other offices share with the officer's: listed, read by a press that stands in the book, and answered."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.store import day, referrals
from bot.web import seated
from bot.web.desk_door import answered, press
from bot.web.forms import LONGEST, new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions
from bot.web.today import place_of


@dataclass(frozen=True, slots=True)
class OfficersShared:
    """The list, and the page of one referral. Of its case nothing is shown but what was shared, and that only in the answer to a
    press."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, all behind the officers' door."""
        only = self.sessions.only_officers
        path = f"{OFFICERS}/shared/{{id}}"
        return [
            Route(f"{OFFICERS}/shared", only(self.all)),
            Route(path, only(self.show)),
            Route(path, only(self.act), methods=["POST"]),
        ]

    async def all(self, request: Request, seat: Seat) -> Response:
        """Everything that is shared with them now, what waits for an answer first."""
        release = self.rooms.release()
        listed = [
            (one, release.title_of_form(one.form, seat.language), place_of(one.unit, release))
            for one in await day.shared(self.rooms.database, seat.officer)
        ]
        return seated.page(self.rooms, self.pages, "shared_list.html", seat, listed=listed, now=self.rooms.now())

    async def show(self, request: Request, seat: Seat) -> Response:
        """That there is one, and what was just said about it."""
        return await self._page(request, seat, said=request.query_params.get("said", ""))

    async def act(self, request: Request, seat: Seat) -> Response:
        """Read it, or answer it."""
        form, id = await read_form(request), request.path_params["id"]
        text, answers = form.get("text", "").strip(), form.get("act") == "answer"
        if answers and not 0 < len(text) <= LONGEST:
            return await self._page(request, seat, typed=text, fault="too-long" if text else "empty")
        if not answers:
            text = ""
        button = f"{'referral-answer' if answers else 'referral'}:{id}"
        key = once(form, button, text)
        await press(self.rooms, seat, key, button, text)
        return RedirectResponse(f"{OFFICERS}/shared/{id}?said={key}", 303)

    async def _page(self, request: Request, seat: Seat, said: str = "", typed: str = "", fault: str = "") -> Response:
        id = request.path_params["id"]
        known = id.isascii() and id.isdecimal() and len(id) < 10
        shared = await referrals.shared(self.rooms.database, int(id), seat.officer.scope) if known else None
        if shared is None:
            return seated.nothing(self.rooms, self.pages, seat)
        return seated.page(
            self.rooms,
            self.pages,
            "shared.html",
            seat,
            422 if fault else 200,
            shared=shared,
            title=self.rooms.release().title_of_form(shared.form, seat.language),
            said=await answered(self.rooms, seat, said),
            typed=typed,
            fault=fault,
            nonce=new_nonce(),
        )
