"""Somebody has a new number: their old chat is nobody's now, and soon a stranger's.

What was told in it stays with the person who told it, and no word of it goes to whoever is given the number: the chat is
parted from its name, so that whoever writes from there is somebody we have never met. Nor does it go to the new number by
itself: whoever sits there has yet to show who they are. The officers of open cases see why nobody is reached any more.
"""

from bot.casework.states import OPEN
from bot.model.case import Event
from bot.model.messages import Incoming
from bot.store import cases, people
from bot.store.database import Transaction
from bot.store.people import Place


async def let_go(tx: Transaction, place: Place, incoming: Incoming, number: int) -> None:
    """Part the chat from its name, and write it into the book of each open case; `number` is the message's."""
    for case in await cases.all_of_person(tx, place.person):
        if case.state in OPEN:
            await cases.write(tx, Event(case.number, "number-changed", incoming.at, place.person), number)
    await people.let_go(tx, place, number)
