"""A case behind the officers' door: its page, and what is done with it there.

The page only reads. Every act is an `Incoming` like any other, so that it is decided, written down and told in one
place; what came of it is then read back and shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.casework.numbers import read_number
from bot.channel import Never, NotNow, Uncertain
from bot.model.case import Case, Event
from bot.model.messages import Attachment
from bot.store import cases
from bot.store.database import NotStored
from bot.web import seated
from bot.web.act_forms import Typed, read_act
from bot.web.case_page import Answer, answer_to, facts, lately_opened
from bot.web.desk_door import press
from bot.web.files import served
from bot.web.forms import new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions


@dataclass(frozen=True, slots=True)
class OfficersCase:
    """The page of a case, its acts, its files."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, all behind the officers' door."""
        only = self.sessions.only_officers
        return [
            Route(f"{OFFICERS}/case/{{number}}", only(self.show)),
            Route(f"{OFFICERS}/case/{{number}}", only(self.act), methods=["POST"]),
            Route(f"{OFFICERS}/file/{{number}}/{{field}}", only(self.file)),
        ]

    async def show(self, request: Request, seat: Seat) -> Response:
        """A case with what names a person covered, and the answer to what was just done."""
        case = await self._case(request, seat)
        if case is None:
            return self._nothing(seat)
        said = await answer_to(self.rooms, seat, request.query_params.get("said", ""), case.number)
        covered = request.query_params.get("covered") == "1"
        return self._page(seat, await facts(self.rooms, seat, case, said=said, covered=covered))

    async def act(self, request: Request, seat: Seat) -> Response:
        """Something done with a case. What could not be done keeps its words, and says why."""
        case, form = await self._case(request, seat), await read_form(request)
        if case is None:
            return self._nothing(seat)
        typed = read_act(form, case.number)
        if typed.fault:
            return await self._again(seat, case, typed, 422)
        key = once(form, typed.button, typed.text)
        came_before = bool((await answer_to(self.rooms, seat, key)).messages)
        try:
            await press(self.rooms, seat, key, typed.button, typed.text)
        except NotStored:
            return await self._again(seat, case, typed.but("not-stored"), 503)
        return await self._after(seat, case, typed, key, came_before=came_before)

    async def file(self, request: Request, seat: Seat) -> Response:
        """A photo or voice note, for whoever has opened the case's details just before."""
        case = await self._case(request, seat)
        events = await cases.events(self.rooms.database, case.number, seat.officer.scope) if case else ()
        media = attached(case, events, request.path_params["field"]) if case else None
        if media is None or not lately_opened(self.rooms, seat, events):
            return self._nothing(seat)
        try:
            return served(media, await self.rooms.fetch(media))
        except Never:
            return self._nothing(seat)
        except (NotNow, Uncertain):
            return seated.page(self.rooms, self.pages, "trouble.html", seat, 502, contacts=())

    async def _after(self, seat: Seat, before: Case, typed: Typed, key: str, *, came_before: bool) -> Response:
        """Back to the page by another address, so that loading it anew does nothing again."""
        case = await cases.in_scope(self.rooms.database, before.number, seat.officer.scope)
        if case is None:  # given away, out of sight
            return RedirectResponse(f"{OFFICERS}?said={key}", 303)
        said = await answer_to(self.rooms, seat, key, case.number)
        if typed.text and not said.next and case.version == before.version and not came_before:
            return await self._again(seat, case, typed.but("refused"), 422, said)
        if typed.act == "reveal":
            return await self._revealed(seat, case, key)
        return RedirectResponse(f"{OFFICERS}/case/{case.number}?said={key}", 303)

    async def _revealed(self, seat: Seat, case: Case, key: str) -> Response:
        """The page itself shows the details, as the book says; only when it does not, what was answered is told."""
        events = await cases.events(self.rooms.database, case.number, seat.officer.scope)
        told = "#answers" if lately_opened(self.rooms, seat, events) else f"?said={key}"
        return RedirectResponse(f"{OFFICERS}/case/{case.number}{told}", 303)

    async def _again(self, seat: Seat, case: Case, typed: Typed, status: int, said: Answer | None = None) -> Response:
        """The page with what was typed still in its form."""
        return self._page(seat, await facts(self.rooms, seat, case, said=said or Answer(), typed=typed), status)

    async def _case(self, request: Request, seat: Seat) -> Case | None:
        """The case the address names. An address of one out of sight is written down like a press for it."""
        number = request.path_params["number"]
        case = await cases.in_scope(self.rooms.database, number, seat.officer.scope)
        if case is None and read_number(number) == number:
            await press(self.rooms, seat, new_nonce(), f"case:{number}")
        return case

    def _page(self, seat: Seat, shown: dict[str, object], status: int = 200) -> Response:
        return seated.page(self.rooms, self.pages, "case.html", seat, status, **shown)

    def _nothing(self, seat: Seat) -> Response:
        """A case out of sight looks like one that does not exist."""
        return seated.nothing(self.rooms, self.pages, seat)


def attached(case: Case, events: Sequence[Event], field: str) -> Attachment | None:
    """What was handed in with a field, or came with an event of the book (`event-3`, counted from 0)."""
    if field in case.media:
        return case.media[field]
    kind, _, place = field.partition("-")
    found = kind == "event" and place.isdecimal() and len(place) < 6 and int(place) < len(events)
    return events[int(place)].attachment if found else None
