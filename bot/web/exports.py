"""Files for officers: cases and statistics of their own units. Each needs a reason, is written down, and lies ready for a day."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot import exporting
from bot.casework import periods
from bot.exporting import MOST, MOST_PERSONAL, TooMany, asked
from bot.model.export import REASONS, WHATS, Wish
from bot.sheets import FORMATS, TYPES
from bot.store import exports
from bot.web import seated
from bot.web.forms import new_nonce, once, read_form
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions
from bot.web.statistics import Names

PAGE = f"{OFFICERS}/exports"
MOST_A_DAY = 20
SHORTEST, LONGEST = 10, 500
"""Signs of the words that say why."""
_EMPTY = Wish("statistics", "", "", "xlsx", False, "", "")


@dataclass(frozen=True, slots=True)
class Exports:
    """The form, and the files that lie ready."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, all behind the officers' door."""
        only = self.sessions.only_officers
        return [
            Route(PAGE, only(self.show)),
            Route(PAGE, only(self.make), methods=["POST"]),
            Route(f"{PAGE}/{{id:int}}", only(self.fetch)),
        ]

    async def show(self, request: Request, seat: Seat) -> Response:
        """The form, and what lies ready."""
        return await self._page(seat, _EMPTY)

    async def make(self, request: Request, seat: Seat) -> Response:
        """Make a file, once for each form."""
        form = await read_form(request)
        wish = read_wish(form, seat)
        asking = asked(wish, seat.language, seat.officer)
        if asking is None:
            return seated.nothing(self.rooms, self.pages, seat)
        fault = wrong(wish) or await self._too_often(seat)
        if not fault and not await exports.known(self.rooms.database, wish.key):
            try:
                await exporting.export(self.rooms.database, self.rooms.wording(), asking, self.rooms.now(), keep=True)
            except TooMany:
                fault = "too-many"
        return await self._page(seat, wish, fault) if fault else RedirectResponse(f"{PAGE}#ready", 303)

    async def fetch(self, request: Request, seat: Seat) -> Response:
        """A file, for whoever had it made, until it expires."""
        id = request.path_params["id"]
        async with self.rooms.database.transaction() as tx:
            found = await exports.fetch(tx, min(id, 2**62), seat.officer.id, self.rooms.now())
        if found is None:
            return seated.nothing(self.rooms, self.pages, seat)
        name, kind, body = found
        disposition = f'attachment; filename="desmigratif-{name}.{kind}"'
        headers = {"Cache-Control": "no-store", "Content-Disposition": disposition}
        return Response(body, headers={**headers, "Content-Type": TYPES[kind]})

    async def _too_often(self, seat: Seat) -> str:
        since = self.rooms.now() - timedelta(days=1)
        many = await exports.made_since(self.rooms.database, seat.officer.id, since)
        return "too-often" if many >= MOST_A_DAY else ""

    async def _page(self, seat: Seat, wish: Wish, fault: str = "") -> Response:
        now, names = self.rooms.now(), Names(self.rooms.release(), seat)
        return seated.page(
            self.rooms,
            self.pages,
            "exports.html",
            seat,
            422 if fault else 200,
            wish=wish,
            fault=fault,
            choices=periods.lately(now),
            reasons=REASONS,
            formats=FORMATS,
            ready=await exports.of_officer(self.rooms.database, seat.officer.id, now),
            names=names,
            zone=names.zone(seat.officer.unit),
            most={"rows": MOST, "personal": MOST_PERSONAL, "day": MOST_A_DAY, "words": SHORTEST},
            nonce=new_nonce(),
        )


def read_wish(form: dict[str, str], seat: Seat) -> Wish:
    """What was asked for; what the page never offers becomes what it offers first, but for places and times."""
    what = form.get("what", "")
    kind = form.get("format", "")
    words = form.get("words", "").strip()
    return Wish(
        what=next((one for one in WHATS if one == what), "statistics"),
        unit=form.get("unit", seat.officer.unit),
        period=form.get("period", ""),
        format=next((one for one in FORMATS if one == kind), "xlsx"),
        personal=bool(form.get("personal")),
        reason=form.get("reason", ""),
        words=words,
        officer=seat.officer.id,
        key=f"{seat.officer.id}-{once(form, *(form.get(name, '') for name in ('what', 'unit', 'period', 'format')), words)}",
    )


def wrong(wish: Wish) -> str:
    """Why a wish cannot be carried out as it stands; "" when it can."""
    if wish.reason not in REASONS:
        return "no-reason"
    return "" if SHORTEST <= len(wish.words) <= LONGEST else "no-words"
