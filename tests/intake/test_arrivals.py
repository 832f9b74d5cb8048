"""How far messages came: believed in any order, parked while we do not know them, and what did not arrive is seen to."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.casework.arrivals import Arrival, charged, read_arrival, remedy
from bot.delivery import Delivery
from bot.model.messages import Address, Incoming, Message
from bot.model.templates import Templates, TemplateSheet, TemplateText
from bot.pace import Pace
from bot.reception import Reception
from bot.store import arrivals, inbox, people, post, retention, window
from bot.store.database import Database
from bot.store.people import Place
from bot.store.post import NOTICE, Letter
from tests.by_hand import by_hand
from tests.fakes import FakeChannel, FakeClock
from tests.intake.house import Words

SITI = Address("whatsapp", "1", "ID.siti")
NEWS = "Ada kabar untuk Anda."
TEMPLATES = Templates(
    templates=(TemplateSheet("kabar", "utility", ("case",), {"id": TemplateText(NEWS, "", "approved")}),)
)


@dataclass
class Sending:
    """One letter on its way to Siti, and what the platform says of it."""

    database: Database
    words: Words
    clock: FakeClock = field(default_factory=FakeClock)
    channel: FakeChannel = field(default_factory=lambda: FakeChannel("whatsapp"))
    delivery: Delivery = field(init=False)
    reception: Reception = field(init=False)
    said: int = 0

    def __post_init__(self) -> None:
        templates = lambda: TEMPLATES  # noqa: E731
        self.delivery = Delivery(self.database, [self.channel], self.clock, Pace({}), templates=templates)
        self.reception = Reception(self.database, lambda: self.words, self.words.wake)  # type: ignore[arg-type, return-value]

    async def begin(self) -> Place:
        async with self.database.transaction() as tx:
            place = await people.add(tx, SITI, "id", self.clock())
            await window.heard(tx, {place.id: self.clock()})
            await post.send(tx, [Letter(1, 1, 0, place.id, Message("halo"), NOTICE, kind="case")], self.clock())
        return place

    async def goes(self) -> list[str]:
        before = len(self.channel.sent)
        while await self.delivery.once():
            pass
        return [one.message.text for one in self.channel.sent[before:]]

    async def says(self, state: str, id: str = "1") -> None:
        """The platform says something of a message."""
        self.said += 1
        incoming = Incoming(SITI, f"{id}:{state}:{self.said}", "status", self.clock(), id, state)
        await self.reception.receive([incoming])

    def ask(self, query: str) -> list[Any]:
        with by_hand(self.database.store) as file:
            return file.execute(query).fetchall()

    def letter(self) -> tuple[str, str]:
        """The state of the first letter, and why."""
        found: tuple[str, str] = self.ask("select state, coalesce(error, '') from outgoing order by id limit 1")[0]
        return found


@pytest.fixture
async def sending(database: Database, words: Words) -> AsyncIterator[Sending]:
    made = Sending(database, words)
    await made.begin()
    yield made


@pytest.mark.parametrize("order", list(itertools.permutations(("sent", "delivered", "read"))))
async def test_states_in_any_order_come_to_the_same(sending: Sending, order: tuple[str, ...]) -> None:
    await sending.goes()
    for state in order:
        await sending.says(state)
    assert sending.ask("select state from arrival") == [("read",)]


@pytest.mark.parametrize("order", [("failed:131000", "delivered"), ("delivered", "failed:131000")])
async def test_what_arrived_has_arrived_whatever_failed(sending: Sending, order: tuple[str, ...]) -> None:
    """The failure may be said before we know the message for ours."""
    for state in order:
        await sending.says(state)
    await sending.goes()
    assert sending.letter()[0] == "sent"
    assert sending.ask("select state from arrival") == [("delivered",)]


async def test_what_was_given_up_and_arrived_all_the_same_is_no_loss(sending: Sending) -> None:
    await sending.goes()
    await sending.says("failed:131053")
    assert sending.letter()[0] == "dead"
    await sending.says("delivered")
    assert sending.letter() == ("sent", "")


async def test_a_state_that_comes_before_we_know_the_id_is_parked_and_counts_then(sending: Sending) -> None:
    await sending.says("read")
    assert sending.ask("select state, parked from arrival") == [("read", 1)]
    await sending.goes()
    assert sending.ask("select state, parked from arrival") == [("read", 0)]


async def test_a_failure_that_was_parked_is_seen_to_when_the_id_is_known(sending: Sending) -> None:
    await sending.says("failed:131053")
    await sending.goes()
    assert sending.letter() == ("dead", "failed 131053")


async def test_a_state_of_a_stranger_makes_nobody_a_person_and_is_forgotten(sending: Sending) -> None:
    before = sending.ask("select count(*) from person")
    stranger = Incoming(Address("whatsapp", "1", "ID.nobody"), "x:sent", "status", sending.clock(), "x", "sent")
    await sending.reception.receive([stranger])
    assert sending.ask("select count(*) from person") == before
    assert sending.words.asked == []
    sending.clock.pass_by(days=8)
    await retention.tidy(sending.database, sending.clock(), {})
    assert sending.ask("select count(*) from arrival") == [(0,)]


async def test_nobody_there_cancels_what_waits_and_is_seen(sending: Sending) -> None:
    await sending.goes()
    async with sending.database.transaction() as tx:
        await post.send(tx, [Letter(2, 1, 0, 1, Message("lagi"), NOTICE)], sending.clock())
    await sending.says("failed:131026")
    assert sending.letter() == ("dead", "failed 131026")
    assert await people.places_of(sending.database, 1) == []
    assert await sending.goes() == []


async def test_a_closed_window_said_later_holds_the_letter_and_tells_them(sending: Sending) -> None:
    await sending.goes()
    sending.clock.pass_by(minutes=1)
    wakes = sending.words.wakes
    await sending.says("failed:131047")
    assert sending.words.wakes > wakes
    # the words in use have no template: it waits
    assert sending.letter() == ("cancelled", "until they write")
    sending.clock.pass_by(minutes=1)
    async with sending.database.transaction() as tx:
        await window.heard(tx, {1: sending.clock()})
    assert await sending.goes() == ["halo"]


async def test_a_closed_window_is_nothing_when_they_have_written_since(sending: Sending) -> None:
    await sending.goes()
    sending.clock.pass_by(minutes=1)
    async with sending.database.transaction() as tx:
        await window.heard(tx, {1: sending.clock()})
    await sending.says("failed:131047")
    assert await sending.goes() == ["halo"]


async def test_too_fast_is_tried_again_a_minute_later(sending: Sending) -> None:
    await sending.goes()
    await sending.says("failed:130429")
    assert await sending.goes() == []
    sending.clock.pass_by(minutes=1)
    assert await sending.goes() == ["halo"]
    await sending.says("delivered", "2")
    assert sending.letter()[0] == "sent"


async def test_the_same_failure_said_again_does_nothing_more(sending: Sending) -> None:
    await sending.goes()
    await sending.says("failed:130429")
    await sending.says("failed:130429")
    sending.clock.pass_by(minutes=1)
    assert await sending.goes() == ["halo"]
    await sending.says("failed:130429", "1")
    assert sending.letter()[0] == "sent"
    sending.clock.pass_by(minutes=1)
    assert await sending.goes() == []


async def test_what_cannot_be_a_state_is_set_aside_and_the_rest_goes_on(sending: Sending) -> None:
    await sending.goes()
    await sending.says("exploded")
    await sending.says("read")
    assert len(await inbox.all_set_aside(sending.database)) == 1
    assert sending.ask("select state from arrival") == [("read",)]


async def test_messages_are_counted_once_by_what_the_platform_charges(sending: Sending) -> None:
    await sending.goes()
    assert [(one.category, one.billing, one.many) for one in await arrivals.counted(sending.database)] == [
        ("service", "", 1)
    ]
    for state in ("sent", "delivered", "read", "delivered"):
        await sending.says(f"{state} service free_customer_service")
    (counted,) = await arrivals.counted(sending.database)
    assert (counted.month, counted.category, counted.billing, counted.many) == (
        "2026-11",
        "service",
        "free_customer_service",
        1,
    )


async def test_what_is_charged_stays_so_when_a_failure_is_said_late(sending: Sending) -> None:
    await sending.goes()
    await sending.says("delivered utility regular")
    await sending.says("failed:131000")
    assert [(one.category, one.billing) for one in await arrivals.counted(sending.database)] == [("utility", "regular")]


async def test_a_message_that_failed_is_not_charged(sending: Sending) -> None:
    await sending.goes()
    await sending.says("failed:131053")
    assert [one.billing for one in await arrivals.counted(sending.database)] == ["failed"]


async def test_messages_of_strangers_are_not_counted(sending: Sending) -> None:
    await sending.says("delivered utility regular", "not-ours")
    assert await arrivals.counted(sending.database) == []


@pytest.mark.parametrize(
    ("said", "arrival"),
    [
        ("sent", Arrival("w", "sent")),
        ("failed:131026", Arrival("w", "failed", 131026)),
        ("delivered utility regular", Arrival("w", "delivered", 0, "utility", "regular")),
        ("failed:0", Arrival("w", "failed")),
    ],
)
def test_a_state_as_a_channel_brings_it(said: str, arrival: Arrival) -> None:
    assert read_arrival("w", said) == arrival


@pytest.mark.parametrize("said", ["", "played", "failed:soon", "SENT"])
def test_what_is_no_state(said: str) -> None:
    with pytest.raises(ValueError, match=r"no stage|invalid literal"):
        read_arrival("w", said)


def test_each_failure_asks_for_what_helps() -> None:
    asked = {code: remedy(code) for code in (131047, 131026, 130429, 131056, 131053, 0)}
    assert asked == {131047: "closed", 131026: "gone", 130429: "later", 131056: "later", 131053: "fileless", 0: "lost"}


def test_what_costs_something() -> None:
    assert charged("utility", "regular")
    assert charged("utility", "")
    assert not charged("service", "")
    assert not charged("utility", "free_customer_service")
    assert not charged("utility", "failed")
