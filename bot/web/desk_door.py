"""How what an officer does in the pages goes in by the one door, and how what was answered comes back to their page."""

from collections.abc import Sequence

from bot.casework.looks import OPEN_FOR
from bot.model.messages import Incoming, Message
from bot.store import pages
from bot.web.rooms import Rooms
from bot.web.sessions import Seat


async def press(rooms: Rooms, seat: Seat, key: str, button: str, text: str = "") -> None:
    """A press of a button with its words; returns when it is stored. `key` is the form's. Raises `NotStored`."""
    at = rooms.now()
    incoming = Incoming(seat.address, own_key(seat, key), "button", at, text, button, language=seat.language)
    await rooms.receive([incoming])


async def answered(rooms: Rooms, seat: Seat, key: str) -> Sequence[Message]:
    """What was said to the form of this key, if this officer sent it; for as long as opened details stay open.

    The address of the page stays in the browser, and somebody's data may stand in what was said.
    """
    if not key:
        return []
    return await pages.fresh_replies(rooms.database, own_key(seat, key), rooms.now() - OPEN_FOR)


def own_key(seat: Seat, key: str) -> str:
    """A form's key as this officer's own, so that nobody is shown the answer to another."""
    return f"{seat.officer.id}-{key}"
