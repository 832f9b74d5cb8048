"""New vacancies on their way to those who wished to hear: each once, not at night, not to whoever wants quiet."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.delivery import Delivery
from bot.model.conversation import Conversation
from bot.model.messages import Address, Incoming
from bot.model.work import Vacancy
from bot.pace import Pace
from bot.reception import Reception
from bot.store import inbox, people
from bot.store.database import Database, NotStored, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.vacancy_news import BATCH, announce
from bot.wording import Wording
from tests.fakes import FakeChannel, FakeClock
from tests.market import vacancy

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""Twelve o'clock in Java, and ten in the evening."""
TAIWAN, KOREA = vacancy("tw-1"), vacancy("kr-1", country="south-korea", title="Manufaktur E-9")


@dataclass
class House:
    """Reception, delivery and a clock, with the vacancies that are open now."""

    database: Database
    wording: Wording
    clock: FakeClock
    telegram: FakeChannel = field(default_factory=FakeChannel)
    open: tuple[Vacancy, ...] = ()
    count: int = 0

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.database, (self.telegram,), self.clock, Pace({}))
        self.reception = Reception(self.database, lambda: self.words, self.delivery.wake)

    @property
    def words(self) -> Wording:
        release = self.wording.release
        return Wording(replace(release, content=replace(release.content, vacancies=self.open)))

    async def says(self, chat: str, text: str = "", button: str = "", channel: str = "telegram") -> None:
        self.count += 1
        address = Address(channel, "bot", chat)
        kind = "button" if button else "text"
        one = Incoming(address, f"m{self.count}", kind, self.clock(), text=text, button=button)  # type: ignore[arg-type]
        await self.reception.receive([one])
        await self.deliver()

    async def subscribes(self, chat: str, wish: str) -> None:
        await self.says(chat, button=f"subscribe:{wish}")
        self.telegram.sent.clear()

    async def announces(self, *vacancies: Vacancy) -> int:
        """A minute later, these are open."""
        self.clock.pass_by(minutes=1)
        self.open = vacancies
        return await announce(self.database, vacancies, self.reception.receive, self.clock())

    async def deliver(self) -> None:
        while await self.delivery.once():
            pass


@pytest.fixture
async def house(tmp_path: Path, wording: Wording) -> AsyncIterator[House]:
    migrate(tmp_path / "a.db")
    database = await open_database(tmp_path / "a.db", Seal([Fernet.generate_key().decode()]))
    yield House(database, wording, FakeClock(NOON))
    await database.close()


def titles(house: House, chat: str) -> list[str]:
    """Which vacancies stand in what somebody was sent."""
    text = "\n".join(house.telegram.texts(chat))
    return [one.title for one in (TAIWAN, KOREA) if one.title in text]


async def test_who_wished_to_hear_is_told_and_nobody_else(house: House) -> None:
    await house.subscribes("siti", "taiwan:")
    await house.subscribes("budi", "japan:")
    await house.says("citra", "halo")
    house.telegram.sent.clear()
    assert await house.announces(TAIWAN, KOREA) == 1
    await house.deliver()
    assert titles(house, "siti") == [TAIWAN.title]
    assert {one.address.chat for one in house.telegram.sent} == {"siti"}


async def test_several_wishes_that_fit_bring_one_message_with_each_vacancy_once(house: House) -> None:
    for wish in ("taiwan:", ":factory-work", ":"):
        await house.subscribes("siti", wish)
    assert await house.announces(TAIWAN, KOREA) == 1
    await house.deliver()
    (text,) = house.telegram.texts("siti")
    assert text.count(TAIWAN.title) == text.count(KOREA.title) == 1


async def test_what_was_told_is_not_told_again(house: House) -> None:
    await house.subscribes("siti", ":")
    assert await house.announces(TAIWAN) == 1
    assert await house.announces(TAIWAN) == 0
    assert await house.announces(TAIWAN, KOREA) == 1
    await house.deliver()
    first, second = house.telegram.texts("siti")
    assert TAIWAN.title in first and TAIWAN.title not in second and KOREA.title in second


async def test_who_subscribes_later_is_not_told_of_what_stood_in_the_list(house: House) -> None:
    assert await house.announces(TAIWAN) == 0
    await house.subscribes("siti", ":")
    assert await house.announces(TAIWAN) == 0


async def test_what_is_over_or_still_to_come_is_not_told(house: House) -> None:
    await house.subscribes("siti", ":")
    today = house.clock().date()
    over, later = (vacancy(str(n), posted=today + n, expires=today + 2 * n) for n in (timedelta(-9), timedelta(9)))
    assert await house.announces(replace(over, expires=today - timedelta(1)), later) == 0
    house.clock.pass_by(days=9)
    assert await house.announces(later) == 1


async def test_what_ends_today_is_not_told_since_it_may_lie_until_the_morning(house: House) -> None:
    await house.subscribes("siti", ":")
    await house.announces(replace(TAIWAN, expires=house.clock().date()))
    await house.deliver()
    assert house.telegram.sent == []


async def test_at_night_the_news_waits_for_the_morning(house: House) -> None:
    await house.subscribes("siti", ":")
    house.clock.now = NIGHT
    await house.announces(TAIWAN)
    await house.deliver()
    assert house.telegram.sent == []
    house.clock.now = datetime(2026, 11, 24, 0, 1, tzinfo=UTC)
    await house.deliver()
    assert titles(house, "siti") == [TAIWAN.title]


async def test_news_that_waits_for_the_morning_holds_up_no_answer(house: House) -> None:
    await house.subscribes("siti", ":")
    house.clock.now = NIGHT
    await house.announces(TAIWAN)
    await house.says("siti", "darurat")
    assert house.telegram.texts("siti") and titles(house, "siti") == []
    house.clock.now = datetime(2026, 11, 24, 0, 1, tzinfo=UTC)
    await house.deliver()
    assert titles(house, "siti") == [TAIWAN.title]


async def test_one_word_ends_it_at_once(house: House) -> None:
    await house.subscribes("siti", ":")
    await house.says("siti", "berhenti")
    assert await house.announces(TAIWAN) == 0


async def test_who_asked_for_quiet_and_then_for_news_gets_news(house: House) -> None:
    await house.says("siti", "berhenti")
    await house.subscribes("siti", ":")
    assert await house.announces(TAIWAN) == 1
    await house.deliver()
    assert titles(house, "siti") == [TAIWAN.title]


async def test_who_wants_quiet_when_the_news_comes_is_told_nothing(house: House) -> None:
    await house.subscribes("siti", ":")
    await house.announces()
    async with house.database.transaction() as tx:
        (talk,) = (await people.talks(tx, [1])).values()
        await people.save(tx, [talk.but(quiet=True)])
    await house.announces(TAIWAN)
    await house.deliver()
    assert house.telegram.sent == []


async def test_whoever_deletes_everything_is_forgotten_here_too(house: House) -> None:
    await house.subscribes("siti", ":")
    await house.says("siti", button="delete:yes")
    assert await house.announces(TAIWAN) == 0


async def test_who_is_gone_is_not_told(house: House) -> None:
    await house.subscribes("siti", ":")
    await house.reception.receive([Incoming(Address("telegram", "bot", "siti"), "gone", "gone", house.clock())])
    assert await house.announces(TAIWAN) == 0


async def test_news_goes_where_we_may_write_first_not_to_where_they_wrote_last(house: House) -> None:
    await house.subscribes("siti", ":")
    async with house.database.transaction() as tx:
        await people.add(tx, Address("web", "bot", "siti"), "id", house.clock(), person=1)
    await house.says("siti", "menu", channel="web")
    house.telegram.sent.clear()
    assert await house.announces(TAIWAN) == 1
    await house.deliver()
    assert titles(house, "siti") == [TAIWAN.title]


async def test_the_talk_stands_where_it_stood(house: House) -> None:
    await house.subscribes("siti", ":")
    await house.says("siti", "daftar")
    before = await talk_of(house)
    await house.announces(TAIWAN)
    assert await talk_of(house) == before


async def talk_of(house: House) -> Conversation:
    (talk,) = (await people.talks(house.database, [1])).values()
    return talk


async def test_a_crowd_is_told_in_batches_once_each(house: House) -> None:
    crowd = BATCH + 3
    presses = [
        Incoming(Address("telegram", "bot", f"p{n}"), f"s{n}", "button", house.clock(), button="subscribe::")
        for n in range(crowd)
    ]
    await house.reception.receive(presses)
    sizes: list[int] = []

    async def receive(arrived: Sequence[Incoming]) -> None:
        sizes.append(len(arrived))
        await house.reception.receive(arrived)

    house.clock.pass_by(minutes=1)
    house.open = (TAIWAN,)
    assert await announce(house.database, house.open, receive, house.clock()) == crowd
    assert sizes == [BATCH, 3]


@pytest.mark.parametrize("after", [0, 1, 2])
async def test_a_death_in_the_middle_repeats_nothing_and_loses_nobody(house: House, after: int) -> None:
    for chat in ("siti", "budi"):
        await house.subscribes(chat, ":")

    async def dies(arrived: Sequence[Incoming]) -> None:
        await house.reception.receive(arrived[:after])
        raise NotStored("the plug was pulled")

    house.open = (TAIWAN,)
    house.clock.pass_by(minutes=1)
    with pytest.raises(NotStored):
        await announce(house.database, house.open, dies, house.clock())
    await house.announces(TAIWAN, KOREA)
    await house.deliver()
    for chat in ("siti", "budi"):
        first, second = house.telegram.texts(chat)
        assert TAIWAN.title in first and KOREA.title not in first
        assert KOREA.title in second and TAIWAN.title not in second
    assert await inbox.all_set_aside(house.database) == []
