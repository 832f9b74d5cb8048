"""F8: messages doubled, reordered, late, replayed after weeks, cut into any batches, with sends that fail in between.

A machine of hypothesis drives the real reception, store and delivery. What it holds to: each message is handled once; the
talks, the cases and the letters are those of the same messages handled one by one; per chat the letters go out in the order
of their rows, and none after the platform said that nobody is there; the book of cases holds.
"""

import asyncio
import traceback
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from bot.model.messages import Address, Incoming
from bot.store import inbox
from tests.chaos.one_by_one import Event, House, differences, opened
from tests.chaos.outcome import Outcome
from tests.chaos.street import COMINGS_AND_GOINGS, PEOPLE, REGISTRATIONS, SAYINGS, TROUBLES, Thing, Try, moved
from tests.fakes import FakeClock

KEPT = timedelta(days=30)
_WAITS = (0.001, 1.0, 7.1, 32.0, 40.0)
_Result = TypeVar("_Result")
_places = st.integers(0, 60)


class Orders(RuleBasedStateMachine):
    """People write, the post brings what it likes in what order it likes, and the platform takes letters when it likes."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._clock = FakeClock()
        self._house: House = self._do(opened(self._clock))
        self._where = list(PEOPLE)
        self._written: list[Thing] = []
        self._handled: dict[tuple[str, str, str], datetime] = {}
        self._happened: list[Event] = []
        self._last = 0
        self._nobody: set[Address] = set()
        self._last_sent: dict[tuple[Address, int], int] = {}

    def _do(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return self._loop.run_until_complete(work)

    @rule(who=st.integers(0, 3), what=st.sampled_from(SAYINGS))
    def write(self, who: int, what: str) -> None:
        """Somebody does something; nobody has heard of it yet."""
        if self._where[who].channel == "telegram" or what not in COMINGS_AND_GOINGS:
            self._written.append(Thing(self._where[who], len(self._written) + 1, what))

    @initialize(who=st.integers(0, 3), form=st.sampled_from(REGISTRATIONS))
    def register(self, who: int, form: tuple[str, ...]) -> None:
        """Somebody goes through a whole form."""
        for what in form:
            self.write(who, what)

    @precondition(lambda self: self._written)
    @rule(which=_places)
    def edit(self, which: int) -> None:
        """A message is changed after it was sent."""
        one = self._written[which % len(self._written)]
        if one.who.channel == "telegram" and ":" not in one.what and one.what not in COMINGS_AND_GOINGS:
            self._written.append(Thing(one.who, one.id, "diubah", edited=True))

    @precondition(lambda self: self._written)
    @rule(which=st.lists(_places, min_size=1, max_size=12), cut=st.integers(1, 5))
    def bring(self, which: list[int], cut: int) -> None:
        """Some of what was written arrives, in any order, any of it again: one request each at once, or pages of so many."""
        self._receive([self._written[one % len(self._written)] for one in which], cut)

    @precondition(lambda self: self._written)
    @rule(cut=st.integers(1, 30))
    def bring_all(self, cut: int) -> None:
        """All that was ever written arrives, in its order."""
        self._receive(self._written, cut)

    def _receive(self, things: list[Thing], cut: int) -> None:
        self._clock.pass_by(seconds=len(things))
        arrived = [incoming for one in things if (incoming := one.read(self._clock()))]
        known = self._do(self._house.known(arrived))
        fresh: list[Incoming] = []
        for one in arrived:
            if inbox.key(one) not in known and all(inbox.key(one) != inbox.key(other) for other in fresh):
                self._is_new(one)
                fresh.append(one)
        self._do(self._house.receive(arrived, cut))
        self._were_handled(fresh)

    def _were_handled(self, fresh: list[Incoming]) -> None:
        """Each once; in the order they came, but that people who write at the same time take turns."""
        rows = self._house.rows(f"select channel, account, external_id from inbox where id > {self._last} order by id")
        by_key = {inbox.key(one): one for one in fresh}
        assert sorted(rows) == sorted(by_key), "one was handled twice, or not at all"
        handled = [by_key[row] for row in rows]
        for address in {one.address for one in fresh}:
            mine = [one for one in handled if one.address == address]
            assert mine == [one for one in fresh if one.address == address], "one overtook another of the same chat"
        self._last += len(handled)
        self._happened += handled
        for one in handled:
            (self._nobody.add if one.kind == "gone" else self._nobody.discard)(one.address)

    def _is_new(self, one: Incoming) -> None:
        """A message that is not in the inbox has never come, or so long ago that nobody brings it any more."""
        before = self._handled.get(inbox.key(one))
        assert before is None or self._clock() - before > KEPT, "forgotten too early"
        self._handled[inbox.key(one)] = self._clock()

    @rule(troubles=st.lists(st.sampled_from(("", *TROUBLES)), max_size=6))
    def deliver(self, troubles: list[str]) -> None:
        """What is due goes out, as far as the platform lets it."""
        self._clock.pass_by(seconds=2)
        for one in self._do(self._house.deliver(troubles)):
            self._tried(one)

    def _tried(self, one: Try) -> None:
        assert one.address not in self._nobody, "somebody was written to after nobody was there"
        (priority,) = self._house.rows(f"select priority from outgoing where id = {one.row}")
        place = one.address, priority[0]
        if one.trouble == "":
            assert self._last_sent.get(place, 0) < one.row, "a letter overtook another"
            self._last_sent[place] = one.row
        if one.trouble == "never":
            self._nobody.add(one.address)
            self._happened.append(("gone", one.address, self._clock()))
        if one.trouble == "moved":
            self._moved(one.address)

    def _moved(self, address: Address) -> None:
        """From now on they write from there. What was sent there already is no measure for what comes after it."""
        self._where = [moved(one) if one == address else one for one in self._where]
        self._happened.append(("moved", address, self._clock()))
        for place in [one for one in self._last_sent if one[0] == moved(address)]:
            del self._last_sent[place]
        self._nobody.discard(moved(address))

    @rule()
    def restart(self) -> None:
        """The process is ended and another one started on the same file."""
        self._do(self._house.restart())

    @rule(days=st.sampled_from(_WAITS))
    def wait(self, days: float) -> None:
        """Time passes, and what is old is removed."""
        self._clock.pass_by(days=days)
        self._do(self._house.tidy())
        self._happened.append(("tidied", None, self._clock()))

    def teardown(self) -> None:
        """In the end all that waits is delivered, and everything is as if nothing had ever come at a wrong time."""
        try:
            self._end()
        finally:
            self._do(self._house.close())
            self._loop.close()

    def _end(self) -> None:
        for _ in range(8):
            self._clock.pass_by(minutes=6)
            self.deliver([])
        (waiting,) = self._house.rows("select count(*) from outgoing where state in ('waiting', 'sending')")
        assert waiting == (0,), "a letter waits for ever"
        (aside,) = self._house.rows("select count(*) from set_aside")
        assert aside == (0,), "a message was set aside"
        assert self._do(self._house.broken_pages()) == [], "the book of cases is broken"
        different = self._do(differences(self._house, self._happened))
        assert different == [], f"it is not as if one by one: {different}"


async def run(times: int) -> Outcome:
    """So many examples; one that breaks a promise is printed at its smallest."""
    return await asyncio.to_thread(_run, times)


def _run(times: int) -> Outcome:
    tried = [0]

    class Counted(Orders):
        def teardown(self) -> None:
            tried[0] += 1
            super().teardown()

    how = settings(
        max_examples=times,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Counted, settings=how)
    except Exception:
        traceback.print_exc()
        return Outcome(tried[0], 1, "see above for the smallest example")
    return Outcome(
        tried[0], 0, f"{tried[0]:,} histories of up to 20 turns: each message handled once, all as if one by one"
    )
