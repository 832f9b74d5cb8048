"""Waiting until a service has nothing left to do."""

import asyncio
import time

from tests.bot_user import FakeUser
from tests.by_hand import by_hand
from tests.chaos.installation import Installation
from tests.chaos.ledger import Key

_PATIENCE = 180.0
_BETWEEN = 0.05
_LETTERS = """
select coalesce(sum(case when o.state in ('waiting', 'sending') then 1 else 0 end), 1)
from inbox i join outgoing o on o.cause = i.id
where i.channel = ? and i.account = ? and i.external_id = ?"""
_OPEN = "select count(*) from outgoing where state in ('waiting', 'sending')"


async def delivered(house: Installation, key: Key) -> None:
    """Until all that answers what was said under this key has come to its end."""
    with by_hand(house.store) as database:
        while database.execute(_LETTERS, key).fetchone()[0]:
            await asyncio.sleep(_BETWEEN)


async def settle(house: Installation, control: FakeUser) -> None:
    """Until nothing waits any more, on either side; after minutes of waiting, what still does is left to be counted."""
    await control.ask("pending", most=0, timeout=_PATIENCE)
    until = time.monotonic() + _PATIENCE
    with by_hand(house.store) as database:
        while database.execute(_OPEN).fetchone()[0] and time.monotonic() < until:
            await asyncio.sleep(_BETWEEN)
