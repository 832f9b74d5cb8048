"""The one door out: rows of the outbox become messages on somebody's phone, in order, at least once.

Rows are leased before the network call and settled after it: whoever dies in between leaves a lease that runs out. A reply
comes leased by the commit that wrote it, while there is room for it; the rest is found in the outbox. Chats are served side
by side, each in its own order; a chat that must wait holds up nobody else. `settling` writes down how sends ended.
"""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from bot import merging
from bot.carrying import Carrying
from bot.casework.window import WINDOWED
from bot.channel import Channel, Closed, Fetch, Moved, Never, NotNow, Uncertain
from bot.fetching import fetching
from bot.model.messages import Address
from bot.model.templates import Templates
from bot.pace import Pace
from bot.settling import CLOSED, Ending, Settling, as_long_as_stored, refused
from bot.store import paces, people, post, window
from bot.store.database import Database, NotStored
from bot.store.people import Place
from bot.store.post import Due
from bot.store.times import moment
from bot.tally import Tally, new_tally

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=90)
MOST_AT_ONCE = 120
MOST_CHATS = 32
MOST_TRIES = 12
LONGEST_OUTAGE = timedelta(hours=6)
LONGEST_HOLD = 0.2
LONGEST_SLEEP = 5.0
SHORTEST_SLEEP = 0.05
LAST_WORDS = 4.0


def wait_before(attempt: int, chance: float) -> float:
    """Seconds before the next try: 1, 2, 4 ... at most 5 minutes, each between half and the whole (`chance` is 0 to 1)."""
    return float(min(300.0, 2.0 ** (attempt - 1)) * (0.5 + chance / 2))


class Delivery:
    """Sends what waits. `run` ends only when cancelled; `wake` makes it look at once. `fetch` brings files of other channels.

    `tell` lets the other workers know until when a platform wants nothing more from this account.
    """

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
        tell: Callable[[Address, datetime], None] = lambda *_: None,
    ) -> None:
        self._database = database
        self._channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self._now = now
        self._pace = pace or Pace()
        self._chance = chance
        self._tally = tally or new_tally()
        self._templates = templates
        self._awake = asyncio.Event()
        self._running = False
        self._doubted = False
        self._at_work: dict[asyncio.Task[None], Sequence[Due]] = {}
        self._worker = worker
        self._tell = tell
        self._settling = Settling(database, now, templates, worker)
        self._carrying = Carrying(fetch or fetching(database, {}))

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

    def quiet(self, address: Address, until: datetime) -> None:
        """A platform asked for it: nothing goes out from this account until then, whatever we hold of it."""
        self._pace.pause(address, (until - self._now()).total_seconds())

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
            task = asyncio.create_task(self._serve_surely(rows))
            self._at_work[task] = rows
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._at_work[task]
        self._awake.set()

    async def _reclaim(self) -> None:
        """What is marked as being sent at our place and is not at work here waits again. Nobody hands us more meanwhile."""
        async with self._database.transaction(beside=True) as tx:
            await post.reclaim(tx, self._worker, self._held())

    async def _serve_surely(self, rows: Sequence[Due]) -> None:
        if not await as_long_as_stored(partial(self._serve, rows)):
            self.doubt()

    async def _serve(self, rows: Sequence[Due]) -> None:
        """One chat's rows in order; after one that must wait, the later ones wait. A chat that must rest gives up its place."""
        groups = merging.groups(rows, merge=self._merges(rows))
        for at, group in enumerate(groups):
            left = [one for later in groups[at:] for one in later]
            await self._wait_in_line(group[0])
            if self._lost(group[0]):
                return None
            rest = max(self._pace.rest(group[0].outgoing.address), self._carrying.rest(group[0].outgoing))
            if rest > LONGEST_HOLD:
                return await self._put_back(left, rest)
            ending = await self._sent(group)
            if ending.state != "sent":
                await self._put_back(left[len(group) :])
                if ending.state == "cancelled":
                    await self._nobody_there(group[0])
                return

    def _lost(self, one: Due) -> bool:
        """Held for too long, by a database that was away or a machine that stood still: it may be another's by now."""
        return one.until is not None and self._now() >= one.until

    def _merges(self, rows: Sequence[Due]) -> bool:
        return self._templates().merge and rows[0].outgoing.address.channel in WINDOWED

    async def _sent(self, group: Sequence[Due]) -> Ending:
        """Send rows that go as one message, and write down for each how that ended."""
        tried, one = self._now(), merging.whole(group)
        ending = await self._send(one)
        if ending.state == CLOSED:
            await self._hold(group, tried)
        else:
            await self._settling.settle(group, ending)
        self._count(one, ending)
        return ending

    async def _send(self, one: Due) -> Ending:
        address = one.outgoing.address
        await self._pace.wait(address)
        try:
            gone = await self._carrying.send(self._channels[address.channel], one, patient=not self._in_vain(one))
            return Ending("sent", gone.id, fileless=not gone.whole)
        except NotNow as error:
            return await self._later(one, error)
        except Uncertain as error:
            again = None if one.doubted else self._wait(one)
            state = "waiting" if again is not None else "uncertain"
            return Ending(state, error.arrived, again, error=post.UNCERTAIN)
        except Moved as error:
            await self._move(one, error.chat)
            return Ending("waiting", again_after=0.0, error="moved")
        except (Closed, Never) as error:
            return refused(error)
        except Exception as error:  # a fault of ours: this row must not stop the others
            log.exception("row %d cannot be sent: %s", one.outgoing.id, type(error).__name__)
            return Ending("dead", error=type(error).__name__)

    async def _wait_in_line(self, one: Due) -> None:
        """Other workers stand there too. One of them may be asked to be quiet meanwhile."""
        seconds = (one.goes - self._now()).total_seconds() if one.goes else 0.0
        if seconds > 0:
            await asyncio.sleep(seconds)

    async def _later(self, one: Due, error: NotNow) -> Ending:
        if error.flood:
            self._tally.floods.labels(one.outgoing.address.channel).inc()
        if error.everyone:
            await self._pause(one.outgoing.address, error.after)
        elif self._in_vain(one):
            return Ending("dead", error.arrived, error="too many tries")
        why = post.UNCERTAIN if one.doubted else "not now"  # a doubt stays, whatever comes after it
        return Ending("waiting", error.arrived, max(error.after, self._wait(one)), error=why)

    def _in_vain(self, one: Due) -> bool:
        return one.attempts >= MOST_TRIES and self._now() - one.created > LONGEST_OUTAGE

    async def _pause(self, address: Address, seconds: float) -> None:
        """Nobody of us writes to this account for so long."""
        until = self._now() + timedelta(seconds=seconds)
        self.quiet(address, until)
        if self._worker:
            self._tell(address, until)
            with suppress(NotStored):  # then each hears it from the platform
                async with self._database.transaction(beside=True) as tx:
                    await paces.pause(tx, address, until)

    def _wait(self, one: Due) -> float:
        return wait_before(one.attempts, self._chance())

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

    async def _move(self, one: Due, chat: str) -> None:
        async with self._database.transaction() as tx:
            await post.move(tx, one.address, chat)

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
