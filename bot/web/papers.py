"""Somebody without a phone, behind the officers' door: their form on one page, and the paper they take home.

A paper is shown where its secret number is made, and again only to whoever brings that number: it is kept nowhere.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import posters
from bot.channel import Never, NotNow, Uncertain
from bot.dialogue.desk.whole_form import Whole, read_whole
from bot.dialogue.papers import read_pin, secret_number
from bot.dialogue.turn import Turn
from bot.model.conversation import Conversation
from bot.model.effects.cases import TriedPaper
from bot.model.forms import Form
from bot.model.messages import Incoming
from bot.model.paper import Standing
from bot.posters import Doors, Paper
from bot.store import cases, papers
from bot.store.database import NotStored
from bot.web import seated
from bot.web.desk_door import answered, press
from bot.web.forms import new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.paper_page import picture
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions

_SIZES: Mapping[str, posters.Size] = {"a5": "a5", "a4": "a4"}
_MOST_VILLAGES = 100
_DISTRICT = "00.00.00"


@dataclass(frozen=True, slots=True)
class Papers:
    """The pages, all behind the officers' door."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are."""
        only = self.sessions.only_officers
        return [
            Route(f"{OFFICERS}/register", only(self.choose)),
            Route(f"{OFFICERS}/register/{{form}}", only(self.blank)),
            Route(f"{OFFICERS}/register/{{form}}", only(self.enter), methods=["POST"]),
            Route(f"{OFFICERS}/paper/{{number}}", only(self.renew), methods=["POST"]),
            Route(f"{OFFICERS}/paper/{{number}}/{{size}}.pdf", only(self.draw), methods=["POST"]),
        ]

    async def choose(self, request: Request, seat: Seat) -> Response:
        """Which form?"""
        forms = sorted(self.rooms.release().content.forms.values(), key=lambda one: one.order)
        return self._page("register.html", seat, forms=[one for one in forms if one.opens == "case"])

    async def blank(self, request: Request, seat: Seat) -> Response:
        """The whole form, to be read aloud and filled in."""
        form = self._form(request)
        return self._form_page(seat, form, {}, Whole()) if form else seated.nothing(self.rooms, self.pages, seat)

    async def enter(self, request: Request, seat: Seat) -> Response:
        """What was filled in becomes a case, and the paper is shown; what does not fit is said beside it."""
        form, given = self._form(request), await read_form(request)
        if form is None:
            return seated.nothing(self.rooms, self.pages, seat)
        read = read_whole(self._turn(seat), form, given)
        if read.faults or given.get("agreed") != "yes":
            return self._form_page(seat, form, given, read, status=422)
        key = once(given, "enter", json.dumps(given, sort_keys=True))
        pin = self._pin(seat, key)
        kept = {name: given.get(name, "") for name in (*(one.id for one in form.fields), "agreed", "language")}
        try:
            await press(self.rooms, seat, key, f"enter-all:{form.id}", json.dumps({**kept, "pin": pin}))
        except NotStored:
            return self._form_page(seat, form, given, read, status=503, fault="not-stored")
        number = await papers.newest_by(self.rooms.database, seat.officer.id)
        standing = await papers.standing(self.rooms.database, number, pin, self.rooms.now())
        if standing is None:
            said = await answered(self.rooms, seat, key)
            return self._form_page(seat, form, given, read, status=422, said=said)
        return await self._paper_page(seat, standing, pin)

    async def renew(self, request: Request, seat: Seat) -> Response:
        """A new paper with a new secret number; the old one is void."""
        number, form = request.path_params["number"], await read_form(request)
        if await cases.in_scope(self.rooms.database, number, seat.officer.scope) is None:
            return seated.nothing(self.rooms, self.pages, seat)
        key = once(form, "paper", number)
        pin = self._pin(seat, key)
        await press(self.rooms, seat, key, f"paper:{number}", pin)
        standing = await papers.standing(self.rooms.database, number, pin, self.rooms.now())
        if standing is None:
            return RedirectResponse(f"{OFFICERS}/case/{number}?said={key}", 303)
        return await self._paper_page(seat, standing, pin)

    async def draw(self, request: Request, seat: Seat) -> Response:
        """The paper as a file, for whoever brings its secret number; wrong ones count as anybody's do."""
        number, size = request.path_params["number"], _SIZES.get(request.path_params["size"])
        pin = read_pin((await read_form(request)).get("pin", ""))
        standing = await opened(self.rooms, number, pin)
        if standing is None or size is None:
            return seated.nothing(self.rooms, self.pages, seat)
        paper = await self._paper(standing, pin)
        async with self.rooms.easel:
            body = await asyncio.to_thread(posters.drawn_paper, paper, size)
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{number}-{size}.pdf"'}
        return Response(body, media_type="application/pdf", headers=headers)

    def _form(self, request: Request) -> Form | None:
        form = self.rooms.release().form(request.path_params["form"])
        return form if form and form.opens == "case" else None

    def _turn(self, seat: Seat) -> Turn:
        """What reading a form needs of a talk: a language, and a moment."""
        release = self.rooms.release()
        incoming = Incoming(seat.address, "", "text", self.rooms.now())
        return Turn(Conversation(0, seat.language), incoming, release, release.hear(""))

    def _pin(self, seat: Seat, key: str) -> str:
        """The same form sent twice has the same secret number."""
        said = f"paper:{seat.officer.id}:{key}".encode()
        return secret_number(hmac.new(self.rooms.secret, said, hashlib.sha256).hexdigest())

    async def _paper(self, standing: Standing, pin: str) -> Paper:
        rooms = self.rooms
        try:
            doors = await rooms.doors()
        except (NotNow, Never, Uncertain):
            doors = Doors(web=rooms.public_url)
        today = rooms.now().astimezone(ZoneInfo(rooms.release().zone(standing.village))).date()
        return posters.paper_of(rooms.wording(), standing, pin, doors, today, await cases.head(rooms.database))

    async def _paper_page(self, seat: Seat, standing: Standing, pin: str) -> Response:
        paper = await self._paper(standing, pin)
        seen = seat.officer.scope.sees(standing.unit)
        code = picture(paper.link)
        return self._page("paper.html", seat, paper=paper, number=standing.number, pin=pin, seen=seen, code=code)

    def _form_page(
        self, seat: Seat, form: Form, given: Mapping[str, str], read: Whole, *, status: int = 200, **more: object
    ) -> Response:
        wording, release = self.rooms.wording(), self.rooms.release()
        faults = {id: wording.write(reply, seat.language)[0].text for id, reply in read.faults.items()}
        own = release.villages.get(seat.officer.unit)
        near = release.villages.under(seat.officer.unit) if len(seat.officer.unit) >= len(_DISTRICT) else ()
        facts = {
            "fault": "",
            "said": (),
            "tried": status != 200,
            "nonce": given.get("nonce", "") or new_nonce(),
            **more,
        }
        return self._page(
            "register_form.html",
            seat,
            status,
            form=form,
            given=given,
            faults=faults,
            own=own,
            near=near[:_MOST_VILLAGES],
            languages=[one for one in release.content.languages if wording.speaks(one.id)],
            **facts,
        )

    def _page(self, template: str, seat: Seat, status: int = 200, **facts: object) -> Response:
        return seated.page(self.rooms, self.pages, template, seat, status, **facts)


async def opened(rooms: Rooms, number: str, pin: str) -> Standing | None:
    """How the case of a paper stands, for whoever brings both numbers; the try is counted."""
    now = rooms.now()
    async with rooms.database.transaction(beside=True) as tx:
        await papers.alone_at(tx, number)
        standing = await papers.standing(tx, number, pin, now)
        await papers.tried(tx, TriedPaper(number, standing is not None), now)
    return standing
