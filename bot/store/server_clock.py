"""What time it is at the server: the clocks of several machines need not agree, so what their workers share goes by this one."""

from datetime import datetime

from bot.store.database import Reads
from bot.store.times import moment


async def now(reads: Reads) -> datetime:
    """This moment, as the server has it."""
    row = await reads.row("server_time")
    if row is None:
        raise LookupError("a server has a clock")
    return moment(row["now"])
