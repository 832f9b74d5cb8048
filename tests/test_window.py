"""After a day of silence nothing but a template goes to WhatsApp; the rest waits until they write, and nothing is lost."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.channel import Closed
from bot.delivery import Delivery
from bot.model.messages import Address, Choice, Message
from bot.model.templates import NO_TEMPLATES, Notice, Templates, TemplateSheet, TemplateText
from bot.pace import Pace
from bot.store import people, post, window
from bot.store.database import Database, Store, open_database
from bot.store.people import Place
from bot.store.post import NOTICE, Letter
from bot.store.seal import Seal
from tests.by_hand import by_hand
from tests.fakes import FakeChannel, FakeClock

NEWS, WORK = "Ada kabar untuk Anda.", "Ada tugas untuk Anda."


def sheet(name: str, stands_for: Notice, body: str, press: str = "do:news") -> TemplateSheet:
    return TemplateSheet(name, "utility", (stands_for,), {"id": TemplateText(body, "Baca", "approved")}, press=press)


APPROVED = Templates(
    templates=(sheet("kabar", "case", NEWS), sheet("tugas", "work", WORK), sheet("gawat", "emergency", WORK))
)


@dataclass
class Post:
    """An outbox, a false WhatsApp and the clock above; what the platform has approved."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    channel: FakeChannel = field(default_factory=lambda: FakeChannel("whatsapp"))
    templates: Templates = APPROVED
    written: int = 0
    delivery: Delivery = field(init=False)

    def __post_init__(self) -> None:
        self.delivery = Delivery(
            self.database, [self.channel], self.clock, Pace({}), chance=lambda: 1.0, templates=lambda: self.templates
        )

    async def place(self, chat: str, heard: bool = True) -> Place:
        async with self.database.transaction() as tx:
            place = await people.add(tx, Address("whatsapp", "1", chat), "id", self.clock())
        if heard:
            await self.writes(place)
        return place

    async def writes(self, place: Place) -> None:
        """They write something."""
        async with self.database.transaction() as tx:
            await window.heard(tx, {place.id: self.clock()})

    async def write(self, place: Place, *texts: str, kind: Notice = "case", **more: Any) -> None:
        self.written += 1
        letters = [
            Letter(self.written, 1, n, place.id, Message(one, **more), NOTICE, kind=kind) for n, one in enumerate(texts)
        ]
        async with self.database.transaction() as tx:
            await post.send(tx, letters, self.clock())

    async def goes(self) -> list[str]:
        """What arrives now."""
        before = len(self.channel.sent)
        while await self.delivery.once():
            pass
        return [one.message.text for one in self.channel.sent[before:]]

    def states(self) -> list[tuple[str, str]]:
        with by_hand(self.database.store) as file:
            return file.execute("select state, coalesce(error, '') from outgoing order by id").fetchall()


@pytest.fixture
async def house(store: Store) -> AsyncIterator[Post]:
    database = await open_database(store, Seal([Fernet.generate_key().decode()]))
    yield Post(database)
    await database.close()


async def test_within_a_day_what_is_written_goes_as_it_is(house: Post) -> None:
    siti = await house.place("siti")
    house.clock.pass_by(hours=23)
    await house.write(siti, "satu", "dua")
    assert await house.goes() == ["satu", "dua"]


async def test_after_a_day_one_template_goes_and_the_rest_when_they_write_in_order(house: Post) -> None:
    siti = await house.place("siti")
    house.clock.pass_by(hours=25)
    await house.write(siti, "satu", "dua")
    await house.write(siti, "tiga")
    assert await house.goes() == [NEWS]
    assert house.channel.sent[0].message.template is not None
    house.clock.pass_by(hours=3)
    await house.writes(siti)
    assert await house.goes() == ["satu", "dua", "tiga"]
    assert {state for state, _ in house.states()} == {"sent"}


async def test_without_an_approved_template_all_of_it_waits(house: Post) -> None:
    house.templates = NO_TEMPLATES
    siti = await house.place("siti")
    house.clock.pass_by(hours=25)
    await house.write(siti, "satu")
    assert await house.goes() == []
    assert house.states() == [("cancelled", "until they write")]
    await house.writes(siti)
    assert await house.goes() == ["satu"]


async def test_a_template_that_is_pending_is_as_good_as_none(house: Post) -> None:
    text = TemplateText(NEWS, "Baca", "pending")
    house.templates = Templates(templates=(replace(APPROVED.templates[0], texts={"id": text}),))
    siti = await house.place("siti")
    house.clock.pass_by(hours=25)
    await house.write(siti, "satu")
    assert await house.goes() == []


async def test_who_never_wrote_in_this_chat_is_not_written_to_freely(house: Post) -> None:
    siti = await house.place("siti", heard=False)
    await house.write(siti, "satu")
    assert await house.goes() == [NEWS]


async def test_a_template_goes_once_a_day_but_for_danger(house: Post) -> None:
    officer = await house.place("ratna")
    house.clock.pass_by(hours=25)
    await house.write(officer, "satu", kind="work")
    assert await house.goes() == [WORK]
    house.clock.pass_by(hours=2)
    await house.write(officer, "dua", kind="work")
    assert await house.goes() == []
    await house.write(officer, "bahaya", kind="emergency")
    assert await house.goes() == [WORK]
    house.clock.pass_by(hours=25)
    await house.write(officer, "tiga", kind="work")
    assert await house.goes() == [WORK]
    await house.writes(officer)
    assert await house.goes() == ["satu", "dua", "bahaya", "tiga"]


async def test_a_day_that_ends_while_a_row_waits_turns_it_into_a_template(house: Post) -> None:
    siti = await house.place("siti")
    async with house.database.transaction() as tx:
        later = house.clock() + timedelta(hours=30)
        await post.send(tx, [Letter(1, 1, 0, siti.id, Message("pagi"), NOTICE, later, kind="case")], house.clock())
    assert await house.goes() == []
    house.clock.pass_by(hours=31)
    assert await house.goes() == [NEWS]


async def test_the_platform_knows_better_when_the_day_is_over(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [Closed()]
    await house.write(siti, "satu", "dua")
    assert await house.goes() == [NEWS]
    assert house.channel.tried.count("siti") == 2
    await house.writes(siti)
    assert await house.goes() == ["satu", "dua"]


async def test_who_writes_while_the_platform_refuses_is_answered(house: Post) -> None:
    siti = await house.place("siti")

    class Writing(FakeChannel):
        async def send(self, outgoing: Any) -> str:
            if not self.tried:
                house.clock.pass_by(seconds=1)
                await house.writes(siti)
                self.tried.append("siti")
                raise Closed
            return await FakeChannel.send(self, outgoing)

    house.channel = Writing("whatsapp")
    house.__post_init__()
    await house.write(siti, "satu")
    assert await house.goes() == ["satu"]


async def test_news_that_comes_too_late_does_not_come_at_all(house: Post) -> None:
    siti = await house.place("siti")
    house.clock.pass_by(hours=25)
    await house.write(siti, "pelatihan besok", kind="news")
    assert await house.goes() == []
    await house.writes(siti)
    assert await house.goes() == []
    assert house.states() == [("cancelled", "too late")]


async def test_a_chat_whose_day_is_over_holds_up_nobody_else(house: Post) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    house.clock.pass_by(hours=25)
    await house.write(siti, "untuk siti")
    await house.writes(budi)
    await house.write(budi, "untuk budi")
    assert sorted(await house.goes()) == sorted([NEWS, "untuk budi"])


async def test_a_number_or_a_yes_after_the_template_means_nothing_they_have_not_read(house: Post) -> None:
    siti = await house.place("siti")
    async with house.database.transaction() as tx:
        talk = (await people.talks(tx, [siti.person]))[siti.person]
        await people.save(tx, [talk.but(shown=("solved:1000015",))])
    house.clock.pass_by(hours=25)
    await house.write(siti, "selesai?", choices=(Choice("solved:1000015", "Ya"),))
    await house.goes()
    talk = (await people.talks(house.database, [siti.person]))[siti.person]
    assert talk.shown == ()
    assert talk.unread == ("solved:1000015",)


async def test_another_channel_knows_no_day(house: Post, tmp_path: Path) -> None:
    house.channel = FakeChannel("telegram")
    house.__post_init__()
    async with house.database.transaction() as tx:
        place = await people.add(tx, Address("telegram", "bot", "siti"), "id", house.clock())
    house.clock.pass_by(days=9)
    await house.write(place, "satu")
    assert await house.goes() == ["satu"]


MERGED: Sequence[tuple[Sequence[Message], Sequence[str]]] = (
    ((Message("satu"), Message("dua"), Message("tiga")), ("satu\n\ndua\n\ntiga",)),
    ((Message("satu"), Message("dua", (Choice("do:menu", "Menu"),)), Message("tiga")), ("satu", "dua", "tiga")),
    ((Message("satu", passing=10), Message("dua"), Message("tiga")), ("satu", "dua\n\ntiga")),
    ((Message("a" * 3000), Message("b" * 3000), Message("c")), ("a" * 3000, "b" * 3000 + "\n\nc")),
)


@pytest.mark.parametrize(("messages", "arrive"), MERGED)
async def test_what_waits_for_one_chat_goes_as_one_where_it_fits(
    house: Post, messages: Sequence[Message], arrive: Sequence[str]
) -> None:
    house.templates = replace(APPROVED, merge=True)
    siti = await house.place("siti")
    async with house.database.transaction() as tx:
        letters = [Letter(1, 1, n, siti.id, one, NOTICE) for n, one in enumerate(messages)]
        await post.send(tx, letters, house.clock())
    assert await house.goes() == list(arrive)
    assert {state for state, _ in house.states()} == {"sent"}


async def test_rows_that_went_as_one_end_as_one(house: Post) -> None:
    house.templates = replace(APPROVED, merge=True)
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [Closed()]
    await house.write(siti, "satu", "dua")
    assert await house.goes() == [NEWS]
    assert house.states()[:2] == [("cancelled", "until they write")] * 2
