"""One batch at work: read what it needs, decide purely and in order, write in bulk; all within one transaction.

A message about a case needs to see what the ones before it did, so its turn begins with writing down what has been decided
so far. A message whose step fails is our own bug and would fail again: it is set aside whole, the person gets an apology,
the rest goes on.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot import new_number
from bot.casework.arrivals import Arrival, read_arrival
from bot.casework.deadlines import after_quiet
from bot.casework.window import WINDOWED
from bot.decided import Decided
from bot.dialogue.menu import menu_reply
from bot.dialogue.step import step
from bot.dialogue.together import follow
from bot.dialogue.wants import wants
from bot.model.conversation import Conversation
from bot.model.doors import Doors
from bot.model.effects.joining import Join, Part
from bot.model.messages import NUMBER_CHANGED, UNASKED, Incoming, Reply
from bot.model.step import Effect
from bot.readings import know, next_case
from bot.store import arrivals, inbox, numbers, people, post, window
from bot.store.database import NotStored, Refused, Transaction
from bot.store.people import Met, Place
from bot.understanding.release import Release
from bot.wording import Wording, together
from bot.writings import write_heavy, write_light

log = logging.getLogger(__name__)
_NOBODY_TO_ANSWER = ("unreadable",)
_COMINGS_AND_GOINGS = ("gone", "back-again")
_OF_OUR_OWN = "status"
"""How far a message of ours has come: nobody did anything."""


@dataclass(slots=True)
class Batch:
    """A batch at work: who wrote, where their talks stand by now, and what is decided but not yet written.

    `reported` is what platforms said of messages of ours. `numbers` are those of its messages, `number` that of the one at work.
    `effects`, `aside` and `letters` (how many replies were written) are of the whole batch, for once it is committed, and so is
    `others`: whether others may have been told something.
    """

    tx: Transaction
    fresh: Sequence[Incoming]
    met: Met
    talks: dict[int, Conversation]
    numbers: Sequence[int]
    next_case: int
    number: int = 0
    decided: list[Decided] = field(default_factory=list)
    reported: list[tuple[int, Incoming, Arrival]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    aside: int = 0
    letters: int = 0
    others: bool = False


class Handling:
    """What is done with a batch: the words in use, the address of the pages, and the doors as they are known by then."""

    def __init__(self, wording: Callable[[], Wording], pages: str, doors: Callable[[], Doors] = Doors) -> None:
        self._wording = wording
        self._pages = pages
        self._doors = doors

    async def handle(self, tx: Transaction, arrived: Sequence[Incoming]) -> Batch:
        """Take these in, those that came before left out. Raises `NotStored` or `Refused`: then nothing may be committed."""
        fresh = await inbox.unseen(tx, arrived)
        met = await people.meet(tx, [one for one in fresh if one.kind not in (*_NOBODY_TO_ANSWER, _OF_OUR_OWN)])
        released = await window.heard(tx, _heard(met, fresh))
        given = await numbers.new(tx, "new_messages", len(fresh))
        batch = Batch(tx, fresh, met, dict(met.talks), given, await next_case(tx), others=released)
        for batch.number, incoming in zip(given, fresh, strict=True):
            if incoming.kind in _NOBODY_TO_ANSWER:
                await keep_aside(tx, batch.number, Place(0, incoming.address, 0), incoming, "unreadable")
                batch.aside += 1
            elif incoming.kind in _COMINGS_AND_GOINGS:
                await self._come_or_go(batch, incoming)
            elif incoming.kind == _OF_OUR_OWN:
                await self._hear_of(batch, incoming)
            else:
                await self._answer(batch, incoming)
        await self._flush(batch)
        await self._note(batch)
        return batch

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
                batch.talks |= {place.person: decided.step.conversation, **_beside(batch, decided)}
            batch.effects += decided.step.effects
        except (NotStored, Refused):
            raise
        except Exception as error:
            await self._flush(batch)
            await keep_aside(batch.tx, batch.number, place, incoming, where(error))
            batch.aside += 1
            if incoming.kind not in UNASKED:
                await self._apologise(batch, place, incoming)

    async def _decide(self, batch: Batch, place: Place, incoming: Incoming) -> Decided:
        wording, talk = self._wording(), batch.talks[place.person]
        wanted = wants(talk, incoming, wording.release)
        if wanted:
            await self._flush(batch)
            known = await know(batch.tx, talk, wanted, incoming.at, self._pages, wording.release.villages.zones)
            said = step(talk.but(known=replace(known, doors=self._doors())), incoming, wording.release)
            said = replace(said, conversation=said.conversation.but(known=talk.known))
        else:
            said = step(_with_next_case(talk, batch.next_case), incoming, wording.release)
        messages = together(wording, said.replies, said.conversation.language)
        return Decided(batch.number, place, incoming, said, messages, _when(incoming, talk, wording.release))

    async def _write_heavy(self, batch: Batch, decided: Decided) -> None:
        await self._flush(batch)
        batch.letters += len(decided.messages)
        batch.others = True
        beside = _beside(batch, decided) if decided.asked else {}
        async with batch.tx.apart():
            await people.save(batch.tx, beside.values(), decided.incoming.at)
            changed = await write_heavy(batch.tx, decided, self._wording(), decided.incoming.at)
        changed = (changed | beside.keys()) & batch.talks.keys()
        if any(isinstance(effect, Join | Part) for effect in decided.step.effects):
            batch.met = replace(batch.met, fellows=await people.fellows(batch.tx, batch.talks))
            changed |= {one for others in batch.met.fellows.values() for one in others}
        batch.talks |= await people.talks(batch.tx, changed)
        batch.next_case = await next_case(batch.tx)

    async def _flush(self, batch: Batch) -> None:
        """Write what is decided so far."""
        if batch.decided:
            batch.letters += sum(len(one.messages) for one in batch.decided)
            heard = [one.place.person for one in batch.decided]
            persons = dict.fromkeys(one for whose in heard for one in (whose, *batch.met.fellows.get(whose, ())))
            at = batch.decided[-1].incoming.at
            await write_light(batch.tx, batch.decided, [batch.talks[one] for one in persons], at)
            batch.decided = []

    async def _come_or_go(self, batch: Batch, incoming: Incoming) -> None:
        await self._flush(batch)
        place = replace(batch.met.places[incoming.address], reachable=incoming.kind == "back-again")
        await inbox.keep(batch.tx, [(batch.number, place.id, incoming)])
        await people.reachable(batch.tx, place, reachable=place.reachable)
        batch.met = replace(batch.met, places={**batch.met.places, place.address: place})
        if incoming.text == NUMBER_CHANGED:
            await new_number.let_go(batch.tx, place, incoming, batch.number)
            await self._meet_anew(batch, incoming)

    async def _meet_anew(self, batch: Batch, incoming: Incoming) -> None:
        """Whoever wrote from the same place later in this batch is somebody else by now."""
        at = batch.fresh.index(incoming)
        later = [one for one in batch.fresh[at + 1 :] if one.address == incoming.address and one.kind != _OF_OUR_OWN]
        if later:
            met = await people.meet(batch.tx, later)
            batch.met = replace(batch.met, places={**batch.met.places, **met.places})
            batch.talks |= met.talks
            await window.heard(batch.tx, _heard(met, later))

    async def _hear_of(self, batch: Batch, incoming: Incoming) -> None:
        """What a platform says of a message of ours. What it cannot have said is set aside."""
        try:
            batch.reported.append((batch.number, incoming, read_arrival(incoming.text, incoming.button)))
        except ValueError as error:
            await keep_aside(batch.tx, batch.number, Place(0, incoming.address, 0), incoming, where(error))
            batch.aside += 1

    async def _note(self, batch: Batch) -> None:
        """Write down all that platforms said."""
        if batch.reported:
            await inbox.keep(batch.tx, [(number, 0, incoming) for number, incoming, _ in batch.reported])
            at, templates = batch.reported[-1][1].at, self._wording().release.content.templates
            batch.others |= await arrivals.take(batch.tx, [said for _, _, said in batch.reported], at, templates)

    async def _apologise(self, batch: Batch, place: Place, incoming: Incoming) -> None:
        wording, talk = self._wording(), batch.talks[place.person]
        replies = (Reply("sorry"), menu_reply(wording.release, talk.language))
        messages = together(wording, replies, talk.language)
        letters = [post.Letter(batch.number, 0, n, place.id, message) for n, message in enumerate(messages)]
        await post.send(batch.tx, letters, incoming.at)
        batch.letters += len(letters)


def _beside(batch: Batch, decided: Decided) -> dict[int, Conversation]:
    """The talks of whoever was heard in their other chats, in which some of it holds too."""
    others = batch.met.fellows.get(decided.place.person, ())
    return {one: follow(batch.talks[one], decided.step.conversation) for one in others}


def _heard(met: Met, fresh: Sequence[Incoming]) -> dict[int, datetime]:
    """The chats somebody wrote in where it matters when, by their rows."""
    return {
        met.places[one.address].id: one.at
        for one in fresh
        if one.address.channel in WINDOWED
        and one.kind not in (*UNASKED, *_NOBODY_TO_ANSWER, *_COMINGS_AND_GOINGS, _OF_OUR_OWN)
    }


def _with_next_case(talk: Conversation, number: int) -> Conversation:
    known = talk.known
    return talk if known.next_case == number else talk.but(known=replace(known, next_case=number))


def _when(incoming: Incoming, talk: Conversation, release: Release) -> datetime:
    """An answer goes out at once; what nobody asked for waits for the morning of whoever it is for."""
    if incoming.kind not in UNASKED:
        return incoming.at
    return after_quiet(incoming.at, release.content.quiet, release.zone(talk.remembered.get("village", "")))


async def keep_aside(tx: Transaction, number: int, place: Place, incoming: Incoming, error: str) -> None:
    """Keep a message as it came, with what was wrong with it."""
    log.error("message %d was set aside: %s", number, error)
    await inbox.keep(tx, [(number, place.id, incoming)])
    await inbox.set_aside(tx, number, incoming, error)


def where(error: BaseException) -> str:
    """The kind of an error and its place in our code: never its text, which may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}" if last else type(error).__name__
