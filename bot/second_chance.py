"""What was set aside comes in once more, after the mend.

It comes under a name of its own and is forgotten only when it is taken: a kill in between neither loses it nor, when it is
run again, has it handled twice.
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.model.messages import Incoming
from bot.store import inbox
from bot.store.database import Database

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]
Read = Callable[[Incoming], Incoming]
"""Read once more what nobody could read: the mend may have been in the reading."""


async def run_again(database: Database, receive: Receive, read: Read) -> tuple[int, int]:
    """How many were run again, and how many are set aside after it. Raises `NotStored`; the rest can be run again then."""
    aside = await inbox.all_set_aside(database)
    for one in aside:
        await receive([inbox.again(read(one.incoming), one.inbox)])
        async with database.transaction() as tx:
            await inbox.forget_aside(tx, one.inbox)
    return len(aside), len(await inbox.all_set_aside(database))
