"""The one door out: rows of the outbox become messages on somebody's phone, in order, at least once.

Rows are leased before the network call and settled after it: whoever dies in between leaves a lease that runs out. A reply
comes leased by the commit that wrote it, while there is room for it; the rest is found in the outbox. Chats are served side
by side, each in its own order; a chat that must wait holds up nobody else. `sending` is how one message goes, `settling` writes
down how that ended.
"""

import asyncio
import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from bot import merging
from bot.carrying import Carrying
from bot.casework.window import WINDOWED
from bot.channel import Channel, Fetch
from bot.fetching import fetching
from bot.model.templates import Templates
from bot.pace import Pace
from bot.sending import Sending
from bot.settling import CLOSED, Ending, Settling, as_long_as_stored
from bot.store import people, post, window
from bot.store.database import Database
from bot.store.people import Place
from bot.store.post import Due
from bot.store.times import moment
from bot.tally import Tally, new_tally

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=90)
SENT_WITHIN = timedelta(seconds=65)
"""The longest that a channel waits for its answer, and some more."""
MOST_AT_ONCE = 120
MOST_CHATS = 32
LONGEST_HOLD = 0.2
LONGEST_SLEEP = 5.0
SHORTEST_SLEEP = 0.05
LAST_WORDS = 4.0


class Delivery:
    """Sends what waits. `run` ends only when cancelled; `wake` makes it look at once. `fetch` brings files of other channels."""

    def __init__(
        self,
        database: Database,
        channels: Sequence[Channel],
        now: Callable[[], datetime],
        pace: Pace | None = None,
        chance: Callable[[], float] = random.random,
        tally: Tally | None = None,
        templates: Callable[[], Templates] = Templates,
        fetch: Fetch | None = None,
        worker: str = "",
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self._now = now
        self._pace = pace or Pace()
        self._tally = tally or new_tally()
        self._templates = templates
        self._awake = asyncio.Event()
        self._running = False
        self._doubted = False
        self._at_work: dict[asyncio.Task[None], Sequence[Due]] = {}
        self._worker = worker
        self._steady = steady
        self._settling = Settling(database, now, templates, worker)
        carrying, alone = Carrying(fetch or fetching(database, {})), not worker
        self._sending = Sending(database, self._channels, now, self._pace, chance, self._tally, carrying, alone, steady)

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    def room(self) -> post.Room | None:
        """What may be leased for us and handed to `take` now; None while we do not run, or have our hands full."""
        chats = MOST_CHATS - len(self._at_work)
        if not self._running or chats <= 0:
            return None
        return post.Room(chats, list(self._channels), self._lease())

    def take(self, leased: Sequence[Due]) -> None:
        """Send these, which are ours already. Told to stop meanwhile, we leave them to the next start."""
        if self._running:
            self._begin(leased)

    def doubt(self) -> None:
        """Rows may be ours that nobody handed us: whether what was being committed was stored, nobody could say any more."""
        self._doubted = True
        self._awake.set()

    async def run(self) -> None:
        """Send for ever.

        What a process before us was sending when it died waits again; what we are sending when we are told to stop is
        brought to its end.
        """
        while not await as_long_as_stored(self._reclaim):
            pass
        self._running = True
        try:
            while True:
                if not await as_long_as_stored(self._turn):
                    self.doubt()
        finally:
            self._running = False
            if self._at_work:
                await asyncio.wait(self._at_work, timeout=LAST_WORDS)

    async def once(self) -> int:
        """Send what is due now, to the end; how many rows were taken."""
        taken = await self._start()
        if self._at_work:
            await asyncio.gather(*self._at_work)
        return taken

    async def _turn(self) -> None:
        if self._doubted:
            await self._reclaim()
            self._doubted = False
        if len(self._at_work) >= MOST_CHATS:
            await asyncio.wait(self._at_work, return_when=asyncio.FIRST_COMPLETED)
        if not await self._start():
            await self._sleep()

    async def _start(self) -> int:
        """Begin to serve every chat with something due; one being served is not taken again, for its rows are leased."""
        self._awake.clear()
        lease = self._lease(self._held())
        if not await post.is_any_due(self._database, list(self._channels), lease):
            return 0
        due = await post.take_due(self._database, list(self._channels), lease, MOST_AT_ONCE)
        self._begin(due)
        return len(due)

    def _held(self) -> list[int]:
        return [one.outgoing.id for rows in self._at_work.values() for one in rows]

    def _lease(self, held: Sequence[int] = ()) -> post.Lease:
        now = self._now()
        return post.Lease(now, now + LEASE, held, self._templates(), self._worker, self._pace.limits)

    def _begin(self, due: Sequence[Due]) -> None:
        by_chat: dict[int, list[Due]] = defaultdict(list)
        for one in due:
            by_chat[one.address].append(one)
        for rows in by_chat.values():
            task = asyncio.create_task(self._serve_surely(rows, self._steady()))
            self._at_work[task] = rows
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._at_work[task]
        self._awake.set()

    async def _reclaim(self) -> None:
        """What is marked as being sent at our place and is not at work here waits again. Nobody hands us more meanwhile."""
        async with self._database.transaction(beside=True) as tx:
            await post.reclaim(tx, self._worker, self._held())

    async def _serve_surely(self, rows: Sequence[Due], taken: float) -> None:
        if not await as_long_as_stored(partial(self._serve, rows, taken)):
            self.doubt()

    async def _serve(self, rows: Sequence[Due], taken: float) -> None:
        """One chat's rows in order; after one that must wait, the later ones wait. A chat that must rest gives up its place."""
        groups = merging.groups(rows, merge=self._merges(rows))
        for at, group in enumerate(groups):
            left = [one for later in groups[at:] for one in later]
            rest = await self._sending.rest(group[0], taken)
            if rest > LONGEST_HOLD:
                return await self._put_back(left, rest)
            if self._is_late(taken):
                return await self._put_back(left)
            ending = await self._sent(group)
            if ending.state != "sent":
                await self._put_back(left[len(group) :])
                if ending.state == "cancelled":
                    await self._nobody_there(group[0])
                return

    def _merges(self, rows: Sequence[Due]) -> bool:
        return self._templates().merge and rows[0].outgoing.address.channel in WINDOWED

    async def _sent(self, group: Sequence[Due]) -> Ending:
        """Send rows that go as one message, and write down for each how that ended."""
        tried, one = self._now(), merging.whole(group)
        ending = await self._sending.send(one)
        if ending.state == CLOSED:
            await self._hold(group, tried)
        else:
            await self._settling.settle(group, ending)
        self._count(one, ending)
        return ending

    def _is_late(self, taken: float) -> bool:
        """Whether the lease of what was taken then could end while it is sent: another worker would send it too."""
        return bool(self._worker) and self._steady() - taken > (LEASE - SENT_WITHIN).total_seconds()

    def _count(self, one: Due, ending: Ending) -> None:
        channel = one.outgoing.address.channel
        self._tally.sends.labels(channel, ending.state).inc()
        if ending.state == "sent":  # the wall clock may have jumped meanwhile
            self._tally.delivery.labels(channel).observe(max(0.0, (self._now() - one.created).total_seconds()))

    async def _hold(self, rows: Sequence[Due], tried: datetime) -> None:
        """The channel takes nothing but a template from us now."""
        async with self._database.transaction() as tx:
            for one in rows:
                await window.refused(tx, one.outgoing.id, tried, self._now(), self._templates())

    async def _put_back(self, rows: Sequence[Due], rest: float = 0.0) -> None:
        """Leased, but not tried: they wait, and so does all behind the first of them, so many seconds."""
        until = self._now() + timedelta(seconds=rest) if rest else None
        async with self._database.transaction(beside=True) as tx:
            await post.put_back(tx, [one.outgoing.id for one in rows], until, self._worker)

    async def _nobody_there(self, one: Due) -> None:
        async with self._database.transaction() as tx:
            await people.reachable(tx, Place(one.address, one.outgoing.address, 0), reachable=False)

    async def _sleep(self) -> None:
        """Until woken, or until the next row becomes due. Not by `wait_for`, which may swallow that we are cancelled."""
        due = await post.next_due(self._database, list(self._channels))
        until = (moment(due) - self._now()).total_seconds() if due else LONGEST_SLEEP
        with suppress(TimeoutError):
            async with asyncio.timeout(min(LONGEST_SLEEP, max(SHORTEST_SLEEP, until))):
                await self._awake.wait()
