"""What is to go out of a chat again goes, also after a kill; what the channel cannot take back is not asked for.

And whatever a chat's platform does meanwhile, nobody else waits for it.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.channel import Never, NotNow, Uncertain
from bot.clearing import MOST_CHATS, Clearing
from bot.model.messages import Message
from bot.wording import Wording
from tests.fakes import FakeChannel
from tests.replay import Street, _street

ALONE = {"title": "", "now": datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "people": {"siti": {}}, "turns": []}

SITI = "7001"
"""Her chat, as the first of the street."""


@dataclass(slots=True)
class Taking(FakeChannel):
    """A platform that takes back what it showed; a chat that is `slow` waits for its event."""

    gone: list[str] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take_away(self, chat: str, ids: Sequence[str]) -> None:
        await self._say(self.asked, [chat])
        if chat in self.slow:
            await self.slow[chat].wait()
        if self.fails:
            raise self.fails.pop(0)
        await self._say(self.gone, ids)

    async def _say(self, written: list[str], what: Sequence[str]) -> None:
        async with self.news:
            written += what
            self.news.notify_all()

    async def until(self, enough: int, of: list[str]) -> None:
        """As soon as so many stand there."""
        async with asyncio.timeout(20), self.news:
            await self.news.wait_for(lambda: len(of) >= enough)


async def begun(folder: Path, wording: Wording, *people: str) -> tuple[Street, Taking]:
    street = _street(ALONE | {"people": {who: {} for who in people or ("siti",)}}, folder / "talk.db", wording)
    channel = Taking()
    street.channels = (channel, FakeChannel("web"))
    await street.begin()
    return street, channel


async def test_the_word_takes_away_what_was_said_but_not_its_own_answer(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    before = [str(n + 1) for n in range(len(channel.sent))]
    await street.take("siti", kind="text", text="bersihkan obrolan")
    await street.clearing.once()
    assert sorted(channel.gone) == sorted(before)
    assert before
    await street.end()


async def test_what_was_on_its_way_when_the_word_came_goes_as_soon_as_it_has_come(
    tmp_path: Path, wording: Wording
) -> None:
    street, channel = await begun(tmp_path, wording)
    channel.troubles[SITI] = [NotNow(1.0)]
    await street.take("siti", kind="text", text="menu")
    assert channel.sent == []
    await street.take("siti", kind="text", text="bersihkan obrolan")
    street.clock.pass_by(seconds=40)
    await street.take("siti", kind="text", text="menu")
    first = next(n for n, text in enumerate(channel.texts(), 1) if "tarik" in text)
    await street.clearing.once()
    assert channel.gone == [str(n) for n in range(1, first)]
    await street.end()


async def test_what_may_have_arrived_goes_too_and_is_not_kept(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    doubts = [Uncertain(), Uncertain()]
    doubts[0].arrived, doubts[1].arrived = "71", "72,73"
    channel.troubles[SITI] = list(doubts)
    await street.take("siti", kind="text", text="menu")
    street.clock.pass_by(minutes=5)
    await street.delivery.once()
    assert await waiting_in(street, "uncertain") == 1
    await street.take("siti", kind="text", text="bersihkan obrolan")
    await street.clearing.once()
    assert {"71", "72", "73"} <= set(channel.gone)
    assert await waiting_in(street, "uncertain") == 0
    await street.end()


async def test_what_arrived_of_a_letter_that_had_to_be_sent_again_goes_with_it(
    tmp_path: Path, wording: Wording
) -> None:
    street, channel = await begun(tmp_path, wording)
    doubt = Uncertain()
    doubt.arrived = "71"
    channel.troubles[SITI] = [doubt]
    await street.take("siti", kind="text", text="menu")
    street.clock.pass_by(minutes=5)
    await street.delivery.once()
    await street.take("siti", kind="text", text="bersihkan obrolan")
    await street.clearing.once()
    assert {"71", "1"} <= set(channel.gone)
    await street.end()


async def waiting_in(street: Street, state: str) -> int:
    """How many letters stand in the outbox in this state."""
    rows = await street.database.rows("undelivered", {"state": state})
    return len(rows)


async def test_what_is_older_than_the_channel_can_take_back_is_left(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    street.clock.pass_by(hours=49)
    await street.take("siti", kind="text", text="bersihkan obrolan")
    await street.clearing.once()
    assert channel.gone == []
    await street.end()


async def test_it_goes_also_when_the_house_died_before_or_the_channel_was_away(
    tmp_path: Path, wording: Wording
) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    channel.fails.append(NotNow())
    await street.take("siti", kind="text", text="bersihkan obrolan")
    await street.end()
    assert channel.gone == []
    street.clock.pass_by(minutes=2)
    await street.begin()
    await street.clearing.once()
    assert channel.gone
    await street.end()


async def test_who_is_forgotten_has_nothing_left_in_the_chat(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    before = [str(n + 1) for n in range(len(channel.sent))]
    await street.take("siti", kind="text", text="hapus data saya")
    await street.take("siti", kind="button", button="delete:yes", clears=False)
    await street.clearing.once()
    assert set(before) <= set(channel.gone)
    assert before
    await street.end()


async def test_what_can_never_be_taken_away_is_not_tried_again(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    channel.fails.append(Never("too old"))
    await street.take("siti", kind="text", text="bersihkan obrolan")
    street.clock.pass_by(hours=2)
    gone = len(channel.gone)
    await street.clearing.once()
    assert [id for id in channel.gone[gone:] if id in ("1", "2")] == []
    await street.end()


async def test_a_message_that_holds_somebodys_data_goes_when_its_minutes_are_over(
    tmp_path: Path, wording: Wording
) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="bersihkan obrolan")
    said = next(n for n, one in enumerate(channel.sent, 1) if one.message.passing)
    assert channel.gone == []
    street.clock.pass_by(minutes=2)
    await street.clearing.once()
    assert channel.gone == [str(said)]
    await street.end()


async def cleared(street: Street, who: str) -> None:
    """Somebody has seen the menu and wants everything out of their chat again; nothing is gone yet."""
    for text in ("menu", "bersihkan obrolan"):
        await street.take(who, kind="text", text=text, clears=False)


async def test_a_slow_platform_holds_up_no_letter_and_no_other_chat(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording, "siti", "budi")
    channel.slow[SITI] = asyncio.Event()
    await cleared(street, "siti")
    await cleared(street, "budi")
    working = asyncio.create_task(street.clearing.run())
    await channel.until(2, channel.asked)
    await channel.until(1, channel.gone)
    before = len(street.screen("siti"))
    await street.take("siti", kind="text", text="menu", clears=False)
    assert len(street.screen("siti")) > before, "what she asks now is answered meanwhile"
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert channel.asked.count(SITI) == 1, "a chat that is being served is not asked again"

    channel.slow[SITI].set()
    gone = len(channel.gone)
    await Clearing(street.database, street.channels, street.clock).once()
    assert len(channel.gone) > gone, "what was let go of at the end is found by the next"
    await street.end()


async def test_so_many_chats_at_once_and_no_more(tmp_path: Path, wording: Wording) -> None:
    people = [f"p{n:02}" for n in range(MOST_CHATS + 3)]
    street, channel = await begun(tmp_path, wording, *people)
    gate = asyncio.Event()
    chats = [street.addresses[who].chat for who in people]
    channel.slow = dict.fromkeys(chats, gate)
    for who in people:
        await cleared(street, who)
    working = asyncio.create_task(street.clearing.once())
    await channel.until(MOST_CHATS, channel.asked)
    gate.set()
    await working
    assert channel.asked == chats[:MOST_CHATS]
    await street.clearing.once()
    assert channel.asked == chats
    await street.end()


async def test_a_platform_that_says_when_is_not_asked_before(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    channel.fails.append(NotNow(600))
    await cleared(street, "siti")
    await street.clearing.once()
    street.clock.pass_by(minutes=9)
    await street.clearing.once()
    assert "1" not in channel.gone
    street.clock.pass_by(minutes=2)
    await street.clearing.once()
    assert "1" in channel.gone
    await street.end()


def test_a_message_is_not_quiet_unless_it_is_said() -> None:
    assert not Message("x").quiet
