"""The one door in: whatever waits is handled as one batch, in one transaction, and acknowledged after its commit.

While one batch commits, what arrives gathers for the next: no timer. When the database refuses a bulk write, the batch is
halved until the offender stands alone. When somebody else who takes in messages was quicker, the whole batch is read and
decided anew, soon in halves; a message that is outrun again and again gets the database for itself. When the database itself
fails, nothing is written and `NotStored` goes to whoever brought the batch: nothing may be acknowledged.

Replies that may go at once are leased by the commit that writes them, and handed to the sender after it: nobody has to find
them first. Who dies before the hand-over leaves leases that run out.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.handling import Batch, Handling, keep_aside, where
from bot.line import Line, Waiting
from bot.model.doors import Doors
from bot.model.effects.people import Answered, Unanswered
from bot.model.effects.telling import RefusedLook
from bot.model.messages import Incoming
from bot.store import numbers, post
from bot.store.database import Database, NoRoom, NotStored, Outrun, Refused
from bot.store.people import Place
from bot.tally import Tally, new_tally
from bot.wording import Wording

log = logging.getLogger(__name__)
ROUNDS = 3
_LONGEST_REST = 0.05


class Sender(Protocol):
    """Whoever sends what is in the outbox, as the door in knows them."""

    def room(self) -> post.Room | None:
        """What may be handed over now; None for nothing."""

    def take(self, leased: Sequence[post.Due]) -> None:
        """Send these, which are leased and committed."""

    def doubt(self) -> None:
        """Some may be leased that are never handed over: a commit was not heard of."""


class Reception:
    """Takes incoming messages; `wake` is called after a commit that may have left letters in the outbox to be found."""

    def __init__(
        self,
        database: Database,
        wording: Callable[[], Wording],
        wake: Callable[[], None],
        pages: str = "",
        tally: Tally | None = None,
        sender: Sender | None = None,
        doors: Callable[[], Doors] = Doors,
    ) -> None:
        self._database = database
        self._handling = Handling(wording, pages, doors)
        self._wake = wake
        self._tally = tally or new_tally()
        self._sender = sender
        self._line = Line()
        self._turn = asyncio.Lock()
        self._at_work: asyncio.Future[None] | None = None

    async def receive(self, arrived: Sequence[Incoming]) -> None:
        """Take these in; returns when they are stored. Raises `NotStored` or `NoRoom` when not all of them were: bring all again.

        Whoever gets the turn handles all that waits, also what others brought. A caller that is cancelled leaves the
        batch to finish: others wait for it.
        """
        if self._database.disk.low and not all(_of_the_desk(one) for one in arrived):
            self._tally.refused.labels("disk").inc()
            raise NoRoom("the disk has less left than DISK_FLOOR_MB: nothing is taken in from people")
        mine = self._line.join([_whole(one) for one in arrived])
        async with self._turn:
            try:
                for one in mine:
                    await self._until_stored(one)
            except NotStored:
                self._line.leave(mine)
                raise

    async def _until_stored(self, one: Waiting) -> None:
        while not one.stored.done():
            self._at_work = asyncio.ensure_future(self._work())
            await asyncio.shield(self._at_work)
        one.stored.result()

    async def finish(self) -> None:
        """Let the batch at work come to its end, also when whoever brought it has gone."""
        if self._at_work:
            await asyncio.wait([self._at_work])

    async def _work(self) -> None:
        """Handle what waits, up to a full batch, and tell those who brought it."""
        taken = self._line.take()
        try:
            await self._store([incoming for one in taken for incoming in one.arrived])
        except Exception as error:  # whatever it is, nothing was stored, and those who wait must hear it
            log.error("a batch of %d was not stored: %s", len(taken), where(error))
            self._tally.refused.labels("database").inc(len(taken))
            if self._sender:
                self._sender.doubt()
            for one in taken:
                one.stored.set_exception(NotStored(str(error)))
                one.stored.exception()  # the one who was cancelled will not ask
        else:
            for one in taken:
                one.stored.set_result(None)
            self._time(taken)

    async def _store(self, arrived: Sequence[Incoming]) -> None:
        """Store a batch; when a row is refused, its halves, until the offender stands alone and is set aside.

        When others are quicker again and again, its halves too, until one stands alone: nobody else writes while it is stored.
        """
        try:
            if await self._in_rounds(arrived):
                return
            if len(arrived) == 1:
                await self._commit(arrived, beside=False)
                return
        except Refused as error:
            if len(arrived) == 1:
                await self._set_aside_alone(arrived[0], error)
                return
        half = len(arrived) // 2
        await self._store(arrived[:half])
        await self._store(arrived[half:])

    async def _in_rounds(self, arrived: Sequence[Incoming]) -> bool:
        """Store a batch beside others, anew when they were quicker; whether it is stored."""
        for _ in range(ROUNDS):
            try:
                await self._commit(arrived, beside=True)
            except Outrun as error:
                log.info("a batch of %d begins again: %s", len(arrived), type(error.__cause__ or error).__name__)
                self._tally.outrun.inc()
                await asyncio.sleep(random.uniform(0, _LONGEST_REST))  # noqa: S311  so that two do not meet again
            else:
                return True
        return False

    async def _commit(self, arrived: Sequence[Incoming], *, beside: bool) -> None:
        """One transaction, and what follows it."""
        async with self._database.transaction(beside=beside) as tx:
            batch = await self._handling.handle(tx, arrived)
            leased = await self._lease(batch)
        self._count(batch)
        self._pass_on(batch, leased)
        self._line.know(batch.met)

    async def _lease(self, batch: Batch) -> list[post.Due]:
        """Those of its letters that may go at once, as many as the sender has room for."""
        room = self._sender.room() if self._sender and batch.letters else None
        return await post.take_new(batch.tx, batch.numbers, room) if room else []

    def _pass_on(self, batch: Batch, leased: Sequence[post.Due]) -> None:
        """After the commit: what was rolled back must not be sent."""
        if self._sender and leased:
            self._sender.take(leased)
        if batch.others or len(leased) < batch.letters:
            self._wake()

    def _count(self, batch: Batch) -> None:
        """After the commit: what was rolled back has not happened."""
        for incoming in batch.fresh:
            self._tally.handled.labels(incoming.address.channel).inc()
        self._tally.batches.inc()
        self._tally.batch_size.observe(len(batch.fresh))
        self._tally.set_aside.inc(batch.aside)
        self._tally.answered.inc(sum(isinstance(one, Answered) for one in batch.effects))
        self._tally.unanswered.inc(sum(isinstance(one, Unanswered) for one in batch.effects))
        self._tally.out_of_sight.inc(sum(isinstance(one, RefusedLook) for one in batch.effects))

    def _time(self, taken: Sequence[Waiting]) -> None:
        now = time.monotonic()
        for one in taken:
            for _ in one.arrived:
                self._tally.handling.observe(now - one.since)

    async def _set_aside_alone(self, incoming: Incoming, error: Refused) -> None:
        """The database refuses what follows from this one message: keep it as it came."""
        async with self._database.transaction() as tx:
            [number] = await numbers.new(tx, "new_messages")
            await keep_aside(tx, number, Place(0, incoming.address, 0), incoming, where(error))
        self._tally.handled.labels(incoming.address.channel).inc()
        self._tally.set_aside.inc()


def _of_the_desk(incoming: Incoming) -> bool:
    """Done in the officers' pages. Their own chats come in one page with everybody's, which is taken whole or not at all."""
    return (incoming.address.channel, incoming.address.account) == ("web", "officers")


def _whole(incoming: Incoming) -> Incoming:
    """Half a character, as some phones send it, cannot be stored: a question mark stands for it."""
    text, button = (one.encode("utf-8", "replace").decode() for one in (incoming.text, incoming.button))
    return (
        incoming if (text, button) == (incoming.text, incoming.button) else replace(incoming, text=text, button=button)
    )
