"""What comes before a fault and after it: an officer who is invited, and the calm in which everything is counted."""

import asyncio
import re
import signal

from tests.bot_user import FakeUser
from tests.by_hand import by_hand
from tests.chaos.installation import Installation
from tests.chaos.ledger import Ledger
from tests.chaos.reckoning import Reckoning, reckon
from tests.end_to_end.service import VILLAGE

_LOOKS, _EACH = 1200, 0.1
_OPEN = "select count(*) from outgoing where state in ('waiting', 'sending')"


async def invited(house: Installation, *begin: str, unit: str = VILLAGE, **settings: str) -> str:
    """An officer's code; `begin` is what stands before the words of a command. Above a village it is a coordinator's."""
    role = "officer" if unit.count(".") == VILLAGE.count(".") else "coordinator"
    words = ("officer", "invite", "--village", unit, "--name", "Bu Ratna", "--role", role)
    code = re.search(r"Code: (\S+)", await house.printed(*begin, *words, **settings))
    assert code
    return code[1]


async def calm(house: Installation, control: FakeUser) -> None:
    """Until nothing waits any more on either side, or two minutes; what still does after that is counted."""
    await control.ask("pending", most=0, timeout=_LOOKS * _EACH)
    with by_hand(house.store) as database:
        for _ in range(_LOOKS):
            if not database.execute(_OPEN).fetchone()[0]:
                return
            await asyncio.sleep(_EACH)


async def reckoned(house: Installation, ledger: Ledger) -> Reckoning:
    """Everything held against everything, when it is calm and the service has ended."""
    async with FakeUser(house.street, 1) as control:
        await calm(house, control)
        house.end(signal.SIGTERM)
        await house.ended()
        return reckon(house.store, ledger, await control.ask("log"))
