"""The one door out: rows of the outbox become messages on somebody's phone, in order, at least once.

What a channel may say of a send is named by who must act: `NotNow` (we wait), `Never` (nobody can), `Uncertain`
(it may have arrived). Anything else is a fault of ours and kills the row, not the loop.

Rows are leased before the network call and settled after it: whoever dies in between leaves a lease that runs out. Chats
are served side by side, each in its own order; a chat that must wait holds up nobody else.
"""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.model.messages import Outgoing
from bot.pace import Pace
from bot.store import people, post
from bot.store.database import Database, NotStored
from bot.store.people import Place
from bot.store.post import Due
from bot.store.times import kept, moment

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=90)
MOST_AT_ONCE = 120
MOST_CHATS = 32
MOST_TRIES = 12
LONGEST_SLEEP = 5.0
SHORTEST_SLEEP = 0.05
LAST_WORDS = 4.0


class NotNow(Exception):
    """The channel cannot take it now: try again after so many seconds. `everyone` pauses the account, not the chat alone."""

    def __init__(self, after: float = 0.0, *, everyone: bool = False) -> None:
        super().__init__(f"not now, again in {after:.0f} s")
        self.after = after
        self.everyone = everyone


class Never(Exception):
    """This address cannot be reached any more (blocked, deactivated, gone), or will never take this message (`this_one`)."""

    def __init__(self, why: str, *, this_one: bool = False) -> None:
        super().__init__(why)
        self.this_one = this_one


class Moved(Exception):
    """The chat has a new id; the row is to be sent there."""

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has moved")
        self.chat = chat


class Uncertain(Exception):
    """It may have arrived: the answer did not. Repeated once at most."""


class Channel(Protocol):
    """A platform as delivery sees it."""

    @property
    def name(self) -> str:
        """As in `Address.channel`."""

    async def send(self, outgoing: Outgoing) -> str:
        """Send one message; the platform's id for it (of the last piece, when the text had to be split)."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a send ended: the row's new state, and when to try again if it waits."""

    row: int
    state: str
    external_id: str = ""
    again_after: float | None = None
    error: str = ""


def wait_before(attempt: int, chance: float) -> float:
    """Seconds before the next try: 1, 2, 4 ... at most 5 minutes, each between half and the whole (`chance` is 0 to 1)."""
    return float(min(300.0, 2.0 ** (attempt - 1)) * (0.5 + chance / 2))


class Delivery:
    """Sends what waits. `run` ends only when cancelled; `wake` makes it look at once."""

    def __init__(
        self,
        database: Database,
        channels: Sequence[Channel],
        now: Callable[[], datetime],
        pace: Pace | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._database = database
        self._channels: Mapping[str, Channel] = {channel.name: channel for channel in channels}
        self._now = now
        self._pace = pace or Pace()
        self._chance = chance
        self._awake = asyncio.Event()
        self._at_work: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    async def run(self) -> None:
        """Send for ever.

        What a process before us was sending when it died waits again; what we are sending when we are told to stop is
        brought to its end.
        """
        await self._as_long_as_stored(self._reclaim)
        try:
            while True:
                await self._as_long_as_stored(self._turn)
        finally:
            if self._at_work:
                await asyncio.wait(self._at_work, timeout=LAST_WORDS)

    async def once(self) -> int:
        """Send what is due now, to the end; how many rows were taken."""
        taken = await self._start()
        if self._at_work:
            await asyncio.gather(*self._at_work)
        return taken

    async def _turn(self) -> None:
        if len(self._at_work) >= MOST_CHATS:
            await asyncio.wait(self._at_work, return_when=asyncio.FIRST_COMPLETED)
        if not await self._start():
            await self._sleep()

    async def _start(self) -> int:
        """Begin to serve every chat with something due; one being served is not taken again, for its rows are leased."""
        self._awake.clear()
        now = self._now()
        due = await post.take_due(self._database, list(self._channels), now, now + LEASE, MOST_AT_ONCE)
        by_chat: dict[int, list[Due]] = defaultdict(list)
        for one in due:
            by_chat[one.address].append(one)
        for rows in by_chat.values():
            task = asyncio.create_task(self._as_long_as_stored(partial(self._serve, rows)))
            self._at_work.add(task)
            task.add_done_callback(self._done)
        return len(due)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._at_work.discard(task)
        self._awake.set()

    async def _as_long_as_stored(self, work: Callable[[], Awaitable[None]]) -> None:
        """When the outbox cannot be read or written, rest a little: leases run out, nothing is lost."""
        try:
            await work()
        except NotStored as error:
            log.error("the outbox cannot be read or written: %s", type(error.__cause__).__name__)
            await asyncio.sleep(1.0)

    async def _reclaim(self) -> None:
        async with self._database.transaction() as tx:
            await post.reclaim(tx)

    async def _serve(self, rows: Sequence[Due]) -> None:
        """One chat's rows in order; after one that must wait, the later ones wait too."""
        for at, one in enumerate(rows):
            ending = await self._send(one)
            await self._settle(one, ending)
            if ending.state != "sent":
                await self._put_back(rows[at + 1 :])
                if ending.state == "cancelled":
                    await self._nobody_there(one)
                return

    async def _send(self, one: Due) -> Ending:
        address = one.outgoing.address
        await self._pace.wait(address)
        try:
            return Ending(one.outgoing.id, "sent", await self._channels[address.channel].send(one.outgoing))
        except NotNow as error:
            return self._later(one, error)
        except Uncertain:
            again = None if one.attempts > 1 else self._wait(one)
            return Ending(
                one.outgoing.id, "uncertain" if again is None else "waiting", again_after=again, error="uncertain"
            )
        except Moved as error:
            await self._move(one, error.chat)
            return Ending(one.outgoing.id, "waiting", again_after=0.0, error="moved")
        except Never as error:
            return Ending(one.outgoing.id, "dead" if error.this_one else "cancelled", error="never")
        except Exception as error:  # a fault of ours: this row must not stop the others
            log.exception("row %d cannot be sent: %s", one.outgoing.id, type(error).__name__)
            return Ending(one.outgoing.id, "dead", error=type(error).__name__)

    def _later(self, one: Due, error: NotNow) -> Ending:
        if error.everyone:
            self._pace.pause(one.outgoing.address, error.after)
        elif one.attempts >= MOST_TRIES:
            return Ending(one.outgoing.id, "dead", error="too many tries")
        return Ending(one.outgoing.id, "waiting", again_after=max(error.after, self._wait(one)), error="not now")

    def _wait(self, one: Due) -> float:
        return wait_before(one.attempts, self._chance())

    async def _settle(self, one: Due, ending: Ending) -> None:
        now = self._now()
        again = now + timedelta(seconds=ending.again_after) if ending.again_after is not None else None
        row = {
            "id": ending.row,
            "state": ending.state,
            "external_id": ending.external_id,
            "sent": kept(now) if ending.state == "sent" else None,
            "due": kept(again) if again else None,
            "error": ending.error or None,
        }
        async with self._database.transaction() as tx:
            await post.settle(tx, [row])

    async def _put_back(self, rows: Sequence[Due]) -> None:
        """Leased with the one that must wait, but not tried."""
        async with self._database.transaction() as tx:
            await post.put_back(tx, [one.outgoing.id for one in rows])

    async def _move(self, one: Due, chat: str) -> None:
        async with self._database.transaction() as tx:
            await post.move(tx, one.address, chat)

    async def _nobody_there(self, one: Due) -> None:
        async with self._database.transaction() as tx:
            await people.reachable(tx, Place(one.address, one.outgoing.address, 0), reachable=False)

    async def _sleep(self) -> None:
        """Until woken, or until the next row becomes due."""
        due = await post.next_due(self._database, list(self._channels))
        until = (moment(due) - self._now()).total_seconds() if due else LONGEST_SLEEP
        try:
            await asyncio.wait_for(self._awake.wait(), timeout=min(LONGEST_SLEEP, max(SHORTEST_SLEEP, until)))
        except TimeoutError:
            return
