"""How sends ended, written down: what becomes known while the last of it is being written goes together in one transaction.

What cannot be written down is kept until it can.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import fileless
from bot.casework.window import WINDOWED
from bot.channel import Closed, Never
from bot.model.templates import Templates
from bot.store import arrivals, post
from bot.store.arrivals import Sent
from bot.store.database import Database, NotStored, Outrun
from bot.store.post import Due
from bot.store.times import kept

log = logging.getLogger(__name__)
_SOON = 0.05


@dataclass(frozen=True, slots=True)
class Ending:
    """How a send ended: the new state of its rows, and when to try again if they wait. `fileless`: their words went alone."""

    state: str
    external_id: str = ""
    again_after: float | None = None
    error: str = ""
    fileless: bool = False


CLOSED = "closed"


def refused(error: Closed | Never) -> Ending:
    """The platform will not take it: from us now, or ever; or nobody is there."""
    if isinstance(error, Closed):
        return Ending(CLOSED)
    return Ending("dead" if error.this_one else "cancelled", error="never")


@dataclass(frozen=True, slots=True)
class _Ended:
    """Rows to be written down, those among them whose channel will report how far they came, those whose words went without
    their file, and who waits."""

    rows: Sequence[Mapping[str, object]]
    sent: Sequence[Sent]
    fileless: Sequence[int]
    written: asyncio.Future[None]


class Settling:
    """The one pen. `settle` returns when it is committed."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], templates: Callable[[], Templates], worker: str
    ) -> None:
        self._database = database
        self._worker = worker
        self._now = now
        self._templates = templates
        self._ended: list[_Ended] = []
        self._pen = asyncio.Lock()

    async def settle(self, group: Sequence[Due], ending: Ending) -> None:
        """Write down how the send of these rows ended, with all that ended meanwhile."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        now = self._now()
        sent = [one for row in group if (one := _reported(row, ending))]
        rows = [_row(row, ending, now) for row in group]
        alone = [row.outgoing.id for row in group if ending.fileless]
        self._ended.append(_Ended(rows, sent, alone, written))
        async with self._pen:
            while not written.done():
                await as_long_as_stored(self._write_down)

    async def _write_down(self) -> None:
        some = list(self._ended)
        sent = [one for each in some for one in each.sent]
        async with self._database.transaction(beside=True) as tx:
            await post.settle(tx, [row for each in some for row in each.rows], self._worker)
            if sent:
                await arrivals.sent(tx, sent, self._now(), self._templates())
            await fileless.tell(tx, [letter for each in some for letter in each.fileless], self._now())
        del self._ended[: len(some)]
        for each in some:
            if not each.written.done():
                each.written.set_result(None)


async def as_long_as_stored(work: Callable[[], Awaitable[None]]) -> bool:
    """Whether it was done. When the outbox cannot be read or written, rest a little: leases run out, nothing is lost.

    Where another worker was quicker, only for a moment.
    """
    try:
        await work()
    except Outrun:
        await asyncio.sleep(_SOON)
        return False
    except NotStored as error:
        log.error("the outbox cannot be read or written: %s", type(error.__cause__).__name__)
        await asyncio.sleep(1.0)
        return False
    return True


def _row(one: Due, ending: Ending, now: datetime) -> Mapping[str, object]:
    """As `post.settle` wants it."""
    again = now + timedelta(seconds=ending.again_after) if ending.again_after is not None else None
    return {
        "id": one.outgoing.id,
        "state": ending.state,
        "external_id": ending.external_id,
        "sent": kept(now) if ending.state == "sent" else None,
        "due": kept(again) if again else None,
        "error": ending.error or None,
    }


def _reported(one: Due, ending: Ending) -> Sent | None:
    """What a channel that reports how far messages come will speak of."""
    if ending.state != "sent" or one.outgoing.address.channel not in WINDOWED:
        return None
    template = one.outgoing.message.template
    ids = tuple(filter(None, ending.external_id.split(",")))
    return Sent(one.outgoing.id, ids, template.category if template else "service")
