"""What is to go out of a chat again goes, also after a kill; what the channel cannot take back is not asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.channel import Never, NotNow
from bot.model.messages import Message
from bot.wording import Wording
from tests.fakes import FakeChannel
from tests.replay import Street, _street

ALONE = {"title": "", "now": datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "people": {"siti": {}}, "turns": []}


@dataclass(slots=True)
class Taking(FakeChannel):
    """A platform that takes back what it showed."""

    gone: list[str] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    async def take_away(self, chat: str, ids: Sequence[str]) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.gone += ids


async def begun(folder: Path, wording: Wording) -> tuple[Street, Taking]:
    street = _street(ALONE, folder / "talk.db", wording)
    channel = Taking()
    street.channels = (channel, FakeChannel("web"))
    await street.begin()
    return street, channel


async def test_the_word_takes_away_what_was_said_but_not_its_own_answer(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    before = [str(n + 1) for n in range(len(channel.sent))]
    await street.take("siti", kind="text", text="bersihkan obrolan")
    await street.delivery.once()
    assert sorted(channel.gone) == sorted(before)
    assert before
    await street.end()


async def test_what_is_older_than_the_channel_can_take_back_is_left(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    street.clock.pass_by(hours=49)
    await street.take("siti", kind="text", text="bersihkan obrolan")
    await street.delivery.once()
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
    await street.delivery.once()
    assert channel.gone
    await street.end()


async def test_what_can_never_be_taken_away_is_not_tried_again(tmp_path: Path, wording: Wording) -> None:
    street, channel = await begun(tmp_path, wording)
    await street.take("siti", kind="text", text="menu")
    channel.fails.append(Never("too old"))
    await street.take("siti", kind="text", text="bersihkan obrolan")
    street.clock.pass_by(hours=2)
    gone = len(channel.gone)
    await street.delivery.once()
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
    await street.delivery.once()
    assert channel.gone == [str(said)]
    await street.end()


def test_a_message_is_not_quiet_unless_it_is_said() -> None:
    assert not Message("x").quiet
