"""The villages' posters behind the officers' door: each gives out those of the villages in their care."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import posters
from bot.channel import Never, NotNow, Uncertain
from bot.model.villages import Village
from bot.posters import KINDS, SIZES, Kind, Nowhere, Size
from bot.web import seated
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import OFFICERS, Seat, Sessions

MOST = 20
_DISTRICT = "00.00.00"
_LONGEST_NAME = 100
_TYPES: Mapping[Kind, str] = {"pdf": "application/pdf", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Posters:
    """The page that offers them, and the files. A poster is drawn when it is asked for, one after the other."""

    rooms: Rooms
    pages: Pages
    sessions: Sessions

    def routes(self) -> list[Route]:
        """Where they are, both behind the officers' door."""
        only = self.sessions.only_officers
        return [
            Route(f"{OFFICERS}/posters", only(self.choose)),
            Route(f"{OFFICERS}/posters/{{village}}/{{size}}.{{kind}}", only(self.draw)),
        ]

    async def choose(self, request: Request, seat: Seat) -> Response:
        """The officer's own village; for who looks after more, the villages of the district, or those looked for."""
        asked = request.query_params.get("name", "").strip()[:_LONGEST_NAME]
        unit = seat.officer.unit
        listed = self._listed(unit, asked)
        return self._page("posters.html", seat, villages=listed, asked=asked, searches=len(unit) < len(_DISTRICT))

    async def draw(self, request: Request, seat: Seat) -> Response:
        """A poster as a file. Of a village out of sight there is none."""
        village, size, kind = (request.path_params[name] for name in ("village", "size", "kind"))
        found = self.rooms.release().villages.get(village)
        if found is None or not seat.officer.scope.sees(found.code) or size not in SIZES or kind not in KINDS:
            return seated.nothing(self.rooms, self.pages, seat)
        try:
            return await self._drawn(found, kind, size)
        except Nowhere:
            return self._page("posters.html", seat, 409, fault="nowhere", **_NOTHING_CHOSEN)
        except (NotNow, Never, Uncertain):
            return self._page("posters.html", seat, 503, fault="no-name", **_NOTHING_CHOSEN)

    async def _drawn(self, village: Village, kind: Kind, size: Size) -> Response:
        sheet = posters.sheet_of(
            self.rooms.wording(),
            village,
            await self.rooms.doors(),
            self.rooms.now().astimezone(ZoneInfo(village.zone)).date(),
        )
        async with self.rooms.easel:
            body = await asyncio.to_thread(posters.drawn, sheet, kind, size)
        name = posters.file_name(village, kind)
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(body, media_type=_TYPES[kind], headers=headers)

    def _listed(self, unit: str, asked: str) -> Sequence[Village]:
        villages = self.rooms.release().villages
        if len(unit) >= len(_DISTRICT):
            return villages.under(unit)
        return villages.find(asked, within=unit, limit=MOST).matches if asked else ()

    def _page(self, template: str, seat: Seat, status: int = 200, **facts: object) -> Response:
        return seated.page(self.rooms, self.pages, template, seat, status, **{"fault": "", **facts})


_NOTHING_CHOSEN: Mapping[str, object] = {"villages": (), "asked": "", "searches": False}
