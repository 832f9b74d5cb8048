"""A page of the officers' desk, with who sits there at its head; and the page for what they may not see."""

from starlette.responses import Response

from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import Seat
from bot.web.today import place_of


def page(rooms: Rooms, pages: Pages, template: str, seat: Seat, status: int = 200, **facts: object) -> Response:
    """A page for this officer; `here` is which of the rooms of the desk it is."""
    place, here = place_of(seat.officer.unit, rooms.release()), template.removesuffix(".html")
    return pages.page(template, seat.language, status, **{"seat": seat, "place": place, "here": here, **facts})


def nothing(rooms: Rooms, pages: Pages, seat: Seat) -> Response:
    """What is out of sight looks like what does not exist."""
    return page(rooms, pages, "trouble.html", seat, 404)
