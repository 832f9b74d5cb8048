"""The one door in: whatever waits is handled as one batch, in one transaction, and acknowledged after its commit.

A batch has three beats: read what it needs, decide purely and in order, write in bulk. While one batch commits, what
arrives gathers for the next: no timer. A message about a case needs to see what the ones before it did, so its turn
begins with writing down what has been decided so far, within the same transaction.

Nobody's messages stand before another's: a batch takes from everybody who waits in turn, each chat's in the order they came,
and of one chat only so many. A flood waits for itself.

A message whose step fails is our own bug and would fail again: it is set aside whole, the person gets an apology, the rest
goes on. When the database refuses a bulk write, the batch is halved until the offender stands alone. When the database
itself fails, nothing is written and `NotStored` goes to whoever brought the batch: nothing may be acknowledged.
"""

import asyncio
import logging
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.casework.deadlines import after_quiet
from bot.dialogue.menu import menu_reply
from bot.dialogue.step import step
from bot.dialogue.wants import wants
from bot.model.conversation import Conversation
from bot.model.messages import UNASKED, Address, Incoming, Reply
from bot.model.step import Answered, Effect, RefusedLook, Unanswered
from bot.readings import know, next_case
from bot.store import people, post
from bot.store.database import Database, NoRoom, NotStored, Refused, Transaction
from bot.store.people import Met, Place
from bot.tally import Tally, new_tally
from bot.understanding.release import Release
from bot.wording import Wording
from bot.writings import Decided, write_heavy, write_light

log = logging.getLogger(__name__)
MOST = 256
SHARE = 16  # of what one chat brings singly
_NOBODY_TO_ANSWER = ("unreadable",)
_COMINGS_AND_GOINGS = ("gone", "back-again")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody brought, how to tell them that it is stored, and since when they wait (monotonic seconds)."""

    arrived: Sequence[Incoming]
    stored: asyncio.Future[None]
    since: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Batch:
    """A batch at work: who wrote, where their talks stand by now, and what is decided but not yet written.

    `effects`, `aside` and `letters` (whether any may have been written) are of the whole batch, for once it is committed.
    """

    tx: Transaction
    fresh: Sequence[Incoming]
    met: Met
    talks: dict[int, Conversation]
    number: int
    next_case: int
    decided: list[Decided] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    aside: int = 0
    letters: bool = False


class Reception:
    """Takes incoming messages; `wake` is called after a commit, since there may be letters in the outbox."""

    def __init__(
        self,
        database: Database,
        wording: Callable[[], Wording],
        wake: Callable[[], None],
        pages: str = "",
        tally: Tally | None = None,
    ) -> None:
        self._database = database
        self._wording = wording
        self._wake = wake
        self._pages = pages
        self._tally = tally or new_tally()
        self._waiting: dict[Address | None, deque[Waiting]] = {}
        self._turn = asyncio.Lock()
        self._at_work: asyncio.Future[None] | None = None

    async def receive(self, arrived: Sequence[Incoming]) -> None:
        """Take these in; returns when they are stored. Raises `NotStored` when nothing of them was, or `NoRoom`.

        Whoever gets the turn handles all that waits, also what others brought. A caller that is cancelled leaves the
        batch to finish: others wait for it.
        """
        if self._database.disk.low and not all(_of_the_desk(one) for one in arrived):
            self._tally.refused.labels("disk").inc()
            raise NoRoom("the disk has less left than DISK_FLOOR_MB: nothing is taken in from people")
        mine = Waiting([_whole(one) for one in arrived], asyncio.get_running_loop().create_future())
        self._waiting.setdefault(_whose(mine), deque()).append(mine)
        async with self._turn:
            while not mine.stored.done():
                self._at_work = asyncio.ensure_future(self._work())
                await asyncio.shield(self._at_work)
        mine.stored.result()

    async def finish(self) -> None:
        """Let the batch at work come to its end, also when whoever brought it has gone."""
        if self._at_work:
            await asyncio.wait([self._at_work])

    async def _work(self) -> None:
        """Handle what waits, up to a full batch, and tell those who brought it."""
        taken = self._take()
        try:
            await self._store([incoming for one in taken for incoming in one.arrived])
        except Exception as error:  # whatever it is, nothing was stored, and those who wait must hear it
            log.error("a batch of %d was not stored: %s", len(taken), _where(error))
            self._tally.refused.labels("database").inc(len(taken))
            for one in taken:
                one.stored.set_exception(NotStored(str(error)))
                one.stored.exception()  # the one who was cancelled will not ask
        else:
            for one in taken:
                one.stored.set_result(None)
            self._time(taken)

    def _take(self) -> list[Waiting]:
        """The next batch: one thing of each chat's in turn. Who had their share stands behind the others for the next."""
        taken: list[Waiting] = []
        left = MOST
        for _ in range(SHARE):
            for whose, line in list(self._waiting.items()):
                if left <= 0:
                    return taken
                taken.append(line.popleft())
                left -= len(taken[-1].arrived)
                del self._waiting[whose]
                if line:
                    self._waiting[whose] = line
        return taken

    async def _store(self, arrived: Sequence[Incoming]) -> None:
        """Store a batch; when a row is refused, its halves, until the offender stands alone and is set aside."""
        try:
            async with self._database.transaction() as tx:
                batch = await self._handle(tx, arrived)
            self._count(batch)
            if batch.letters:
                self._wake()
        except Refused as error:
            if len(arrived) == 1:
                await self._set_aside_alone(arrived[0], error)
                return
            half = len(arrived) // 2
            await self._store(arrived[:half])
            await self._store(arrived[half:])

    async def _handle(self, tx: Transaction, arrived: Sequence[Incoming]) -> Batch:
        fresh = await post.unseen(tx, arrived)
        met = await people.meet(tx, [one for one in fresh if one.kind not in _NOBODY_TO_ANSWER])
        batch = Batch(tx, fresh, met, dict(met.talks), await post.last_number(tx), await next_case(tx))
        for incoming in fresh:
            batch.number += 1
            if incoming.kind in _NOBODY_TO_ANSWER:
                await _keep_aside(tx, batch.number, Place(0, incoming.address, 0), incoming, "unreadable")
                batch.aside += 1
            elif incoming.kind in _COMINGS_AND_GOINGS:
                await self._come_or_go(batch, incoming)
            else:
                await self._answer(batch, incoming)
        await self._flush(batch)
        return batch

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

    async def _answer(self, batch: Batch, incoming: Incoming) -> None:
        """Decide on one message. The one broad `except` of the house stands here, around one message."""
        place = batch.met.places[incoming.address]
        try:
            if not place.reachable:
                await people.reachable(batch.tx, place, reachable=True)
            decided = await self._decide(batch, place, incoming)
            if decided.heavy:
                await self._write_heavy(batch, decided)
            else:
                batch.decided.append(decided)
                batch.talks[place.person] = decided.step.conversation
            batch.effects += decided.step.effects
        except (NotStored, Refused):
            raise
        except Exception as error:
            await self._flush(batch)
            await _keep_aside(batch.tx, batch.number, place, incoming, _where(error))
            batch.aside += 1
            if incoming.kind not in UNASKED:
                await self._apologise(batch, place, incoming)

    async def _decide(self, batch: Batch, place: Place, incoming: Incoming) -> Decided:
        wording, talk = self._wording(), batch.talks[place.person]
        wanted = wants(talk, incoming, wording.release)
        if wanted:
            await self._flush(batch)
            known = await know(batch.tx, talk, wanted, incoming.at, self._pages, wording.release.villages.zones)
            said = step(talk.but(known=known), incoming, wording.release)
            said = replace(said, conversation=said.conversation.but(known=talk.known))
        else:
            said = step(_with_next_case(talk, batch.next_case), incoming, wording.release)
        messages = [message for reply in said.replies for message in wording.write(reply, said.conversation.language)]
        return Decided(batch.number, place, incoming, said, messages, _when(incoming, talk, wording.release))

    async def _write_heavy(self, batch: Batch, decided: Decided) -> None:
        await self._flush(batch)
        batch.letters = True
        async with batch.tx.apart():
            changed = await write_heavy(batch.tx, decided, self._wording(), decided.incoming.at)
        batch.talks |= await people.talks(batch.tx, changed & batch.talks.keys())
        batch.next_case = await next_case(batch.tx)

    async def _flush(self, batch: Batch) -> None:
        """Write what is decided so far."""
        if batch.decided:
            batch.letters = batch.letters or any(one.messages for one in batch.decided)
            persons = dict.fromkeys(one.place.person for one in batch.decided)
            at = batch.decided[-1].incoming.at
            await write_light(batch.tx, batch.decided, [batch.talks[one] for one in persons], at)
            batch.decided = []

    async def _come_or_go(self, batch: Batch, incoming: Incoming) -> None:
        await self._flush(batch)
        place = replace(batch.met.places[incoming.address], reachable=incoming.kind == "back-again")
        await post.keep(batch.tx, [(batch.number, place.id, incoming)])
        await people.reachable(batch.tx, place, reachable=place.reachable)
        batch.met = replace(batch.met, places={**batch.met.places, place.address: place})

    async def _apologise(self, batch: Batch, place: Place, incoming: Incoming) -> None:
        wording, talk = self._wording(), batch.talks[place.person]
        replies = (Reply("sorry"), menu_reply(wording.release, talk.language))
        messages = [message for reply in replies for message in wording.write(reply, talk.language)]
        letters = [post.Letter(batch.number, 0, n, place.id, message) for n, message in enumerate(messages)]
        await post.send(batch.tx, letters, incoming.at)
        batch.letters = True

    async def _set_aside_alone(self, incoming: Incoming, error: Refused) -> None:
        """The database refuses what follows from this one message: keep it as it came."""
        async with self._database.transaction() as tx:
            number = await post.last_number(tx) + 1
            await _keep_aside(tx, number, Place(0, incoming.address, 0), incoming, _where(error))
        self._tally.handled.labels(incoming.address.channel).inc()
        self._tally.set_aside.inc()


def _whose(one: Waiting) -> Address | None:
    """The chat all of it is from, None for several chats'."""
    first = one.arrived[0].address if one.arrived else None
    return first if all(incoming.address == first for incoming in one.arrived) else None


def _with_next_case(talk: Conversation, number: int) -> Conversation:
    known = talk.known
    return talk if known.next_case == number else talk.but(known=replace(known, next_case=number))


def _when(incoming: Incoming, talk: Conversation, release: Release) -> datetime:
    """An answer goes out at once; what nobody asked for waits for the morning of whoever it is for."""
    if incoming.kind not in UNASKED:
        return incoming.at
    return after_quiet(incoming.at, release.content.quiet, release.zone(talk.remembered.get("village", "")))


def _of_the_desk(incoming: Incoming) -> bool:
    """Done in the officers' pages. Their own chats come in one page with everybody's, which is taken whole or not at all."""
    return (incoming.address.channel, incoming.address.account) == ("web", "officers")


def _whole(incoming: Incoming) -> Incoming:
    """Half a character, as some phones send it, cannot be stored: a question mark stands for it."""
    text, button = (one.encode("utf-8", "replace").decode() for one in (incoming.text, incoming.button))
    return (
        incoming if (text, button) == (incoming.text, incoming.button) else replace(incoming, text=text, button=button)
    )


async def _keep_aside(tx: Transaction, number: int, place: Place, incoming: Incoming, error: str) -> None:
    log.error("message %d was set aside: %s", number, error)
    await post.keep(tx, [(number, place.id, incoming)])
    await post.set_aside(tx, number, incoming, error)


def _where(error: BaseException) -> str:
    """The kind of an error and its place in our code: never its text, which may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}" if last else type(error).__name__
