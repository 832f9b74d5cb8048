"""The officers' pages: the day's list, a case, and what can be done with it.

The pages only read. Every act is an `Incoming` like any other, so that it is decided, written down and told in one
place; what came of it is then read back and shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.casework.masking import Line, masked, revealed
from bot.casework.states import OUTCOMES, acts
from bot.channel import Never, NotNow, Uncertain
from bot.model.case import Case, Event
from bot.model.messages import Attachment, Incoming
from bot.store import cases, post
from bot.store.database import NotStored
from bot.store.officers import IDLE
from bot.web import seated
from bot.web.forms import LONGEST, new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions
from bot.web.today import listed, parts, row

MOST = 100
_WORDLESS = ("claim", "release", "waiting", "resume", "reveal")
_WORDED = ("reply", "note", "outcome")
_KINDS = {"photo": "image/jpeg", "voice": "audio/ogg", "file": "application/octet-stream"}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form of a case brought: kept, so that it can be shown again when it could not be taken."""

    act: str = ""
    text: str = ""
    outcome: str = ""
    fault: str = ""


_NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True)
class Officers:
    """The pages behind the officers' door."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are. Only the two of the login are open; all else is behind `only_officers`."""
        only = self.sessions.only_officers
        return [
            Route(OFFICERS, only(self.today)),
            Route(f"{OFFICERS}/closed", only(self.closed)),
            Route(f"{OFFICERS}/case/{{number}}", only(self.show)),
            Route(f"{OFFICERS}/case/{{number}}", only(self.act), methods=["POST"]),
            Route(f"{OFFICERS}/file/{{number}}/{{field}}", only(self.file)),
            Route(f"{OFFICERS}/logout", only(self.sessions.log_out), methods=["POST"]),
            Route(f"{OFFICERS}/login/{{token}}", self.sessions.show_login),
            Route(f"{OFFICERS}/login/{{token}}", self.sessions.use_login, methods=["POST"]),
        ]

    async def today(self, request: Request, seat: Seat) -> Response:
        """What waits, the most pressing first."""
        found = await cases.queue(self.rooms.database, seat.officer.scope, MOST)
        now = self.rooms.now()
        rows = listed(found, self.rooms.release(), seat.language)
        return self._page("today.html", seat, parts=parts(rows, now), now=now, count=len(found), most=MOST)

    async def closed(self, request: Request, seat: Seat) -> Response:
        """What was closed lately."""
        found = await cases.closed(self.rooms.database, seat.officer.scope)
        return self._page("closed.html", seat, rows=listed(found, self.rooms.release(), seat.language))

    async def show(self, request: Request, seat: Seat) -> Response:
        """A case with what names a person covered, and the answer to what was just done."""
        case = await self._case(request, seat)
        if case is None:
            return self._nothing(seat)
        return await self._case_page(seat, case, said=request.query_params.get("said", ""))

    async def act(self, request: Request, seat: Seat) -> Response:
        """Something done with a case."""
        case, form = await self._case(request, seat), await read_form(request)
        if case is None:
            return self._nothing(seat)
        typed = read_act(form)
        if typed.fault:
            return await self._case_page(seat, case, typed=typed, status=422)
        button = ":".join(part for part in (typed.act, case.number, typed.outcome) if part)
        key, at = once(form, button, typed.text), self.rooms.now()
        incoming = Incoming(seat.address, _own(seat, key), "button", at, typed.text, button, language=seat.language)
        try:
            await self.rooms.receive([incoming])
        except NotStored:
            kept = Typed(typed.act, typed.text, typed.outcome, fault="not-stored")
            return await self._case_page(seat, case, typed=kept, status=503)
        if typed.act == "reveal":
            return await self._revealed(seat, case.number, at, key)
        return RedirectResponse(f"{OFFICERS}/case/{case.number}?said={key}", 303)

    async def file(self, request: Request, seat: Seat) -> Response:
        """A photo or voice note, for whoever has opened the case's details just before."""
        case = await self._case(request, seat)
        events = await cases.events(self.rooms.database, case.number, seat.officer.scope) if case else ()
        media = attached(case, events, request.path_params["field"]) if case else None
        if media is None or not opened_since(events, seat.officer.person, self.rooms.now() - IDLE):
            return self._nothing(seat)
        if self.rooms.telegram is None or media.channel != "telegram":
            return self._nothing(seat)
        try:
            body = await self.rooms.telegram.fetch(media.reference)
        except (NotNow, Never, Uncertain):
            return self._page("trouble.html", seat, 502, contacts=())
        headers = {"Cache-Control": "no-store"}
        if media.kind == "file":
            headers["Content-Disposition"] = "attachment"
        return Response(body, media_type=_KINDS[media.kind], headers=headers)

    async def _revealed(self, seat: Seat, number: str, pressed: datetime, key: str) -> Response:
        """The details are shown only when the book says that this officer opened them now."""
        case = await cases.in_scope(self.rooms.database, number, seat.officer.scope)
        if case is None:
            return self._nothing(seat)
        events = await cases.events(self.rooms.database, number, seat.officer.scope)
        opened = opened_since(events, seat.officer.person, pressed)
        return await self._case_page(seat, case, opened=opened, said="" if opened else key)

    async def _case(self, request: Request, seat: Seat) -> Case | None:
        return await cases.in_scope(self.rooms.database, request.path_params["number"], seat.officer.scope)

    async def _case_page(
        self,
        seat: Seat,
        case: Case,
        *,
        opened: bool = False,
        said: str = "",
        typed: Typed = _NOTHING_TYPED,
        status: int = 200,
    ) -> Response:
        database = self.rooms.database
        answer = await post.replies_to(database, ("web", "officers", _own(seat, said))) if said else []
        return self._page(
            "case.html",
            seat,
            status,
            row=row(case, self.rooms.release(), seat.language),
            lines=self._lines(case, seat, opened=opened),
            events=await cases.events(database, case.number, seat.officer.scope),
            acts=acts(case, seat.officer),
            outcomes=OUTCOMES,
            opened=opened,
            answer=answer,
            typed=typed,
            nonce=new_nonce(),
            now=self.rooms.now(),
        )

    def _lines(self, case: Case, seat: Seat, *, opened: bool) -> list[Line]:
        release = self.rooms.release()
        form, show = release.form(case.form), revealed if opened else masked
        if form is None:
            return []
        return show(form, case, seat.language, lambda field, value: release.say(field, value, seat.language))

    def _page(self, template: str, seat: Seat, status: int = 200, **facts: object) -> Response:
        return seated.page(self.rooms, self.pages, template, seat, status, **facts)

    def _nothing(self, seat: Seat) -> Response:
        """A case out of sight looks like one that does not exist."""
        return seated.nothing(self.rooms, self.pages, seat)


def read_act(form: dict[str, str]) -> Typed:
    """What is to be done, or what is wrong with it."""
    act, text, outcome = form.get("act", ""), form.get("text", "").strip(), form.get("outcome", "")
    if act in _WORDLESS:
        return Typed(act)
    if act not in _WORDED:
        return Typed(fault="unknown")
    if act == "outcome" and outcome not in OUTCOMES:
        return Typed(act, text, fault="no-outcome")
    kept = outcome if act == "outcome" else ""
    if not text or len(text) > LONGEST:
        return Typed(act, text, kept, fault="too-long" if text else "empty")
    return Typed(act, text, kept)


def attached(case: Case, events: Sequence[Event], field: str) -> Attachment | None:
    """What was handed in with a field, or came with an event of the book (`event-3`, counted from 0)."""
    if field in case.media:
        return case.media[field]
    kind, _, place = field.partition("-")
    found = kind == "event" and place.isdecimal() and len(place) < 6 and int(place) < len(events)
    return events[int(place)].attachment if found else None


def opened_since(events: Sequence[Event], person: int, moment: datetime) -> bool:
    """Whether the book says that this person opened the details since then."""
    return any(event.kind == "revealed" and event.by == person and event.at >= moment for event in events)


def _own(seat: Seat, key: str) -> str:
    """A key of this officer's own, so that nobody is shown the answer to another."""
    return f"{seat.officer.id}-{key}"
