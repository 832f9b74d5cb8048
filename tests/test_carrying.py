"""Files on their way from one platform to another: what delivery does when they can be brought or not, and who is told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.carrying import MOST_AT_ONCE, REST
from bot.casework.arrivals import read_arrival
from bot.channel import Closed, File, Never, NotNow, Uncertain, Unfit
from bot.delivery import Delivery
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import Address, Attachment, Choice, Incoming, Instead, Message, Outgoing
from bot.model.templates import NO_TEMPLATES
from bot.sending import MOST_TRIES
from bot.store import arrivals, inbox, officers, people, post, window
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.people import Place
from bot.store.post import Letter
from bot.store.seal import Seal
from tests.by_hand import by_hand
from tests.fakes import FakeChannel, FakeClock

VILLAGE = "52.02.12.2001"
PHOTO = Attachment("photo", "AgAC-photo", "telegram")
PICTURE = File(b"\xff\xd8 gambar", "image/jpeg")
INSTEAD = Instead("Ada gambar.", (Choice("do:web", "Halaman petugas"),))


@dataclass
class Platform(FakeChannel):
    """A false platform that takes files, unless it does not like any."""

    files: list[File | None] = field(default_factory=list)
    picky: bool = False

    async def send(self, outgoing: Outgoing, file: File | None = None) -> str:
        if file and self.picky:
            raise Unfit
        sent = await super().send(outgoing)
        self.files.append(file)
        return sent


@dataclass
class Source:
    """Where files are brought from: each time a trouble, as long as there are some, and once it is open."""

    troubles: list[Exception] = field(default_factory=list)
    asked: list[Attachment] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0
    busiest: int = 0

    async def fetch(self, attachment: Attachment) -> File:
        self.asked.append(attachment)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await self.open.wait()
            if self.troubles:
                raise self.troubles.pop(0)
            return PICTURE
        finally:
            self.busy -= 1


@dataclass
class Town:
    """An officer on Telegram, people on WhatsApp and in the web chat, and delivery between them."""

    database: Database
    telegram: Platform
    whatsapp: Platform
    web: FakeChannel
    source: Source
    clock: FakeClock
    delivery: Delivery
    causes: int = 0

    async def place(self, channel: str, chat: str) -> Place:
        async with self.database.transaction() as tx:
            place = await people.add(tx, Address(channel, "bot", chat), "id", self.clock())
            await tx.run("heard", {"address": place.id, "at": self.clock().isoformat()})
        return place

    async def officer(self) -> Place:
        """Somebody in office, in a chat."""
        place = await self.place("telegram", "ratna")
        now = self.clock()
        async with self.database.transaction() as tx:
            await officers.invite(tx, Invite("Bu Ratna", "officer", VILLAGE), "code", now, now + timedelta(days=1))
            invited = await officers.invited(tx, "code", now)
            assert invited
            await officers.appoint(tx, Appoint(invited, place.person), now)
        return place

    async def send(self, to: Place, text: str = "Kata", sender: Place | None = None, **more: Any) -> None:
        """A message to somebody, which follows from what somebody did."""
        self.causes += 1
        by = sender or to
        message = Message(text, **{"attachment": PHOTO, "instead": INSTEAD, **more})
        incoming = Incoming(by.address, f"m{self.causes}", "text", self.clock(), "x")
        async with self.database.transaction() as tx:
            await inbox.keep(tx, [(self.causes, by.id, incoming)])
            step = 0 if sender is None else 1
            await post.send(tx, [Letter(self.causes, step, 0, to.id, message)], self.clock())

    async def send_all(self, rounds: int = 50) -> None:
        """Round after round, an hour between them, until nothing is due."""
        for _ in range(rounds):
            if not await self.delivery.once():
                return
            self.clock.pass_by(hours=1)

    async def states(self) -> list[str]:
        with by_hand(self.database.store) as other:
            return [state for (state,) in other.execute("select state from outgoing order by id").fetchall()]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    migrate(tmp_path / "a.db")
    database = await open_database(tmp_path / "a.db", Seal([Fernet.generate_key().decode()]))
    telegram, whatsapp, web = Platform("telegram"), Platform("whatsapp"), FakeChannel("web")
    source, clock = Source(), FakeClock()
    source.open.set()
    delivery = Delivery(database, [telegram, whatsapp, web], clock, chance=lambda: 1.0, fetch=source.fetch)
    yield Town(database, telegram, whatsapp, web, source, clock, delivery)
    await database.close()


async def test_a_file_crosses_with_its_words(town: Town) -> None:
    siti = await town.place("whatsapp", "siti")
    await town.send(siti)
    await town.send_all()
    assert (town.source.asked, town.whatsapp.files) == ([PHOTO], [PICTURE])
    assert town.whatsapp.texts() == ["Kata"]


async def test_a_file_that_stays_on_its_platform_is_not_fetched_nor_one_for_the_web_chat(town: Town) -> None:
    await town.send(await town.place("telegram", "budi"))
    await town.send(await town.place("web", "tini"))
    await town.send_all()
    assert town.source.asked == []
    assert [one.sent[0].message.attachment for one in (town.telegram, town.web)] == [PHOTO, PHOTO]


@pytest.mark.parametrize(
    "trouble", [NotNow(5.0), NotNow(5.0, everyone=True, flood=True), Uncertain()], ids=["busy", "flooded", "silent"]
)
async def test_while_its_source_is_away_the_message_waits_and_nobody_else_does(town: Town, trouble: Exception) -> None:
    siti, budi = await town.place("whatsapp", "siti"), await town.place("whatsapp", "budi")
    town.source.troubles = [trouble, trouble]
    await town.send(siti)
    await town.delivery.once()
    await town.send(budi, "untuk Budi", attachment=None)
    await town.delivery.once()
    assert town.whatsapp.texts() == ["untuk Budi"]
    town.clock.pass_by(hours=1)
    await town.send_all()
    assert town.whatsapp.files == [None, PICTURE]
    assert await town.states() == ["sent", "sent"]


async def test_when_its_source_stays_away_the_words_are_not_lost_with_it(town: Town) -> None:
    ratna, siti = await town.officer(), await town.place("whatsapp", "siti")
    town.source.troubles = [NotNow()] * (MOST_TRIES + 30)
    await town.send(siti, sender=ratna)
    await town.send_all()
    assert town.whatsapp.texts() == ["Kata\n\nAda gambar."]
    assert len(town.source.asked) >= MOST_TRIES
    assert len(town.telegram.texts("ratna")) == 1


async def test_what_is_gone_leaves_a_sentence_and_a_way_to_look_for_it(town: Town) -> None:
    ratna = await town.officer()
    town.source.troubles = [Never("gone", this_one=True)]
    await town.send(ratna, "Dari kasus", attachment=Attachment("photo", "123", "whatsapp"), passing=10)
    await town.send_all()
    (sent,) = town.telegram.sent
    assert (sent.message.text, sent.message.attachment) == ("Dari kasus\n\nAda gambar.", None)
    assert ([one.id for one in sent.message.choices], sent.message.passing) == (["do:web"], 10)


@pytest.mark.parametrize("whose", ["source", "platform"])
async def test_the_officer_whose_file_did_not_arrive_learns_it_once_where_they_sent_it(town: Town, whose: str) -> None:
    ratna, siti = await town.officer(), await town.place("whatsapp", "siti")
    town.source.troubles = [Never("too large", this_one=True)] * 3 if whose == "source" else []
    town.whatsapp.picky = whose == "platform"
    town.whatsapp.troubles["siti"] = [NotNow(), Uncertain()]
    await town.send(siti, sender=ratna)
    await town.send_all()
    assert town.whatsapp.texts() == ["Kata\n\nAda gambar."]
    (told,) = town.telegram.sent
    assert told.address == ratna.address
    assert "Kata" not in told.message.text.split()
    assert set(await town.states()) == {"sent"}


async def test_a_file_that_was_taken_and_could_not_be_brought_leaves_its_words_too(town: Town) -> None:
    ratna, siti = await town.officer(), await town.place("whatsapp", "siti")
    await town.send(siti, sender=ratna)
    await town.send(siti, "tanpa berkas", attachment=None, instead=None)
    await town.send_all()
    async with town.database.transaction() as tx:
        failed = [read_arrival(str(id), "failed:131053") for id in (1, 2)]
        assert await arrivals.take(tx, failed, town.clock(), NO_TEMPLATES)
    await town.send_all()
    assert town.whatsapp.texts() == ["Kata", "tanpa berkas", "Kata\n\nAda gambar."]
    assert len(town.telegram.texts("ratna")) == 1
    assert await town.states() == ["sent", "dead", "sent"]


async def test_outside_the_day_a_file_waits_until_they_write(town: Town) -> None:
    siti = await town.place("whatsapp", "siti")
    town.whatsapp.troubles["siti"] = [Closed()]
    await town.send(siti)
    await town.send_all()
    assert await town.states() == ["cancelled"]
    async with town.database.transaction() as tx:
        assert await window.heard(tx, {siti.id: town.clock()})
    await town.send_all()
    assert (town.whatsapp.files, await town.states()) == ([PICTURE], ["sent"])


async def test_nobody_in_no_office_is_told_of_a_file(town: Town) -> None:
    budi, siti = await town.place("telegram", "budi"), await town.place("whatsapp", "siti")
    town.whatsapp.picky = True
    await town.send(siti, sender=budi)
    await town.send_all()
    assert town.telegram.sent == []


async def test_a_letter_of_before_says_its_words(town: Town) -> None:
    town.whatsapp.picky = True
    await town.send(await town.place("whatsapp", "siti"), instead=None)
    await town.send_all()
    assert town.whatsapp.texts() == ["Kata"]


async def test_few_files_are_in_memory_at_once_and_words_pass_them_by(town: Town) -> None:
    town.source.open.clear()
    for n in range(MOST_AT_ONCE + 5):
        await town.send(await town.place("whatsapp", f"orang{n}"))
    running = asyncio.create_task(town.delivery.run())
    async with asyncio.timeout(20):
        await _until(town, lambda: town.source.busy == MOST_AT_ONCE)
        await town.send(await town.place("whatsapp", "siti"), "tolong", attachment=None)
        await _until(town, lambda: "tolong" in town.whatsapp.texts())
        assert town.whatsapp.texts() == ["tolong"]
        town.source.open.set()
        await _until(town, lambda: len(town.whatsapp.sent) == MOST_AT_ONCE + 6)
    running.cancel()
    await asyncio.wait([running])
    assert town.source.busiest == MOST_AT_ONCE
    assert town.whatsapp.files.count(PICTURE) == MOST_AT_ONCE + 5


async def _until(town: Town, come: Callable[[], bool]) -> None:
    """Time passes, and delivery looks again and again, until it is so."""
    while not come():
        town.clock.pass_by(seconds=REST)
        town.delivery.wake()
        await asyncio.sleep(0)
