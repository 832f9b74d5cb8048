"""Messages to many: written by one who oversees others, seen as people will see them, sent only when a second person agrees."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.casework.broadcasting import LONGEST, kinds_for, may_decide, may_stop, oversees, wrong
from bot.model.broadcast import Broadcast
from bot.model.messages import Message, Reply
from bot.store import broadcasts
from bot.web import seated
from bot.web.forms import new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.places import places
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions
from bot.web.statistics import Names

PAGE = f"{OFFICERS}/broadcasts"
_CHOOSING = {"look", "with", "without"}
"""Buttons of the form that only choose its places: a name is looked up, a place is taken in, or left out again."""
LANGUAGES = ("id", "jv", "su", "en")
_OLDEST_ID = 2**62


@dataclass(frozen=True, slots=True)
class Broadcasts:
    """The list with the form, and one broadcast: its words, how many it goes to, what became of it."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, all behind the officers' door and for those who oversee others."""
        only = self.sessions.only_officers
        return [
            Route(PAGE, only(self.show)),
            Route(PAGE, only(self.write), methods=["POST"]),
            Route(f"{PAGE}/{{id:int}}", only(self.one)),
            Route(f"{PAGE}/{{id:int}}", only(self.decide), methods=["POST"]),
        ]

    async def show(self, request: Request, seat: Seat) -> Response:
        """Those this officer may see, and a form for a new one."""
        if not seat.oversees:
            return seated.nothing(self.rooms, self.pages, seat)
        return await self._list(seat, self._draft({}, seat))

    async def write(self, request: Request, seat: Seat) -> Response:
        """Put a new one before a second person; one that would go to nobody is refused."""
        if not seat.oversees:
            return seated.nothing(self.rooms, self.pages, seat)
        form = await read_form(request)
        draft = self._draft(form, seat)
        if form.keys() & _CHOOSING:
            return await self._list(seat, draft, place=form.get("place", ""))
        fault: str = wrong(draft.words, draft.kinds, draft.units, seat.officer)
        if not fault and not await broadcasts.audience(self.rooms.database, draft):
            fault = "nobody"
        if fault:
            return await self._list(seat, draft, fault)
        key = f"{seat.officer.id}-{once(form, draft.words['id'], *draft.units, *draft.kinds)}"
        async with self.rooms.database.transaction() as tx:
            id = await broadcasts.add(tx, draft, key)
        return RedirectResponse(f"{PAGE}/{id}", 303)

    async def one(self, request: Request, seat: Seat) -> Response:
        """One of them, in the words of each language as people will read it."""
        found = await self._find(request, seat)
        return await self._one(seat, found) if found else seated.nothing(self.rooms, self.pages, seat)

    async def decide(self, request: Request, seat: Seat) -> Response:
        """Agree, refuse, or stop; what may not be done changes nothing."""
        found, form = await self._find(request, seat), await read_form(request)
        if found is None:
            return seated.nothing(self.rooms, self.pages, seat)
        act, now = form.get("act", ""), self.rooms.now()
        async with self.rooms.database.transaction() as tx:
            if act == "agree" and may_decide(found, seat.officer) and not await broadcasts.audience(tx, found):
                return await self._one(seat, found, "nobody")
            if act in ("agree", "refuse") and may_decide(found, seat.officer):
                await broadcasts.decide(tx, found, seat.officer, now, agreed=act == "agree")
            elif act == "stop" and may_stop(found, seat.officer):
                await broadcasts.stop(tx, found, now)
            else:
                return await self._one(seat, found, "not-now")
        return RedirectResponse(f"{PAGE}/{found.id}", 303)

    def _draft(self, form: dict[str, str], seat: Seat) -> Broadcast:
        """What was typed, as a broadcast that is not one yet."""
        words = {one: text for one in LANGUAGES if (text := form.get(f"words-{one}", "").strip())}
        units = _chosen(form, seat.officer.unit) or (seat.officer.unit,)
        kinds = tuple(one for one in self._kinds() if form.get(f"kind-{one}"))
        officer = seat.officer
        return Broadcast(0, officer.id, officer.name, officer.scope, units, kinds, words, self.rooms.now())

    def _kinds(self) -> list[str]:
        return kinds_for(self.rooms.release().content.forms.values())

    async def _find(self, request: Request, seat: Seat) -> Broadcast | None:
        found = await broadcasts.find(self.rooms.database, min(request.path_params["id"], _OLDEST_ID))
        return found if found and oversees(found, seat.officer) else None

    async def _list(self, seat: Seat, draft: Broadcast, fault: str = "", place: str = "") -> Response:
        """The list with the form; `place` is what was typed to look a place up."""
        listed = [one for one in await broadcasts.latest(self.rooms.database) if oversees(one, seat.officer)]
        facts = {"draft": draft, "fault": fault, "kinds": self._kinds(), "listed": listed, "longest": LONGEST}
        found = places(self.rooms.release().villages, place, seat.officer.scope)
        facts |= {"place_typed": place, "found": [one for one in found if one not in draft.units], "nonce": new_nonce()}
        return self._page("broadcasts.html", seat, 422 if fault else 200, **facts)

    async def _one(self, seat: Seat, one: Broadcast, fault: str = "") -> Response:
        database = self.rooms.database
        count = await broadcasts.audience(database, one) if one.stand == "waiting" else 0
        return self._page(
            "broadcast.html",
            seat,
            409 if fault else 200,
            one=one,
            fault=fault,
            count=count,
            results=await broadcasts.results(database, one.id),
            previews=[(language, self._said(one, language)) for language in one.words],
            decides=may_decide(one, seat.officer),
            stops=may_stop(one, seat.officer),
        )

    def _said(self, one: Broadcast, language: str) -> Message:
        place = self.rooms.release().place(one.scope.prefix)
        facts = {"text": one.said(language), "officer": one.author_name, "place": place}
        return self.rooms.wording().write(Reply("broadcast/said", facts), language)[0]

    def _page(self, template: str, seat: Seat, status: int = 200, **facts: object) -> Response:
        names = Names(self.rooms.release(), seat)
        zone = names.zone(seat.officer.unit)
        return seated.page(self.rooms, self.pages, template, seat, status, zone=zone, names=names, **facts)


def _chosen(form: dict[str, str], everywhere: str) -> tuple[str, ...]:
    """The places within `everywhere` that a form names, with what its buttons took in or left out."""
    named = dict.fromkeys((*form.get("units", "").split(), *form.get("with", "").split()))
    return tuple(one for one in named if one not in (form.get("without"), everywhere))
