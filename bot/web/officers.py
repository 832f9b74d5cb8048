"""The officers' pages, all of them: the lists, a case, what others share, training, and the officer's own seat."""

from starlette.routing import Route

from bot.web.officers_case import OfficersCase
from bot.web.officers_practice import OfficersPractice
from bot.web.officers_seat import OfficersSeat
from bot.web.officers_shared import OfficersShared
from bot.web.officers_today import OfficersToday
from bot.web.pages import Pages
from bot.web.rooms import Rooms
from bot.web.sessions import Sessions


def officers(rooms: Rooms, pages: Pages, sessions: Sessions) -> list[Route]:
    """Their routes; what each of them asks of whoever comes is said where it is."""
    return [
        *OfficersToday(rooms, pages, sessions).routes(),
        *OfficersCase(rooms, pages, sessions).routes(),
        *OfficersShared(rooms, pages, sessions).routes(),
        *OfficersPractice(rooms, sessions).routes(),
        *OfficersSeat(rooms, pages, sessions).routes(),
    ]
