"""What was sent goes off the phone again, over the false Telegram: also after a limit, and while another chat's call hangs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.model.messages import Incoming
from bot.wording import Wording
from tests.bot_user import FakeUser
from tests.fakes import FakeChannel
from tests.replay import Street, _street

SCRIPT = {"title": "", "now": datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "people": {"siti": {}, "dewi": {}}, "turns": []}
_counted = count()


@pytest.fixture
async def street(tmp_path: Path, wording: Wording, bot: Telegram, budi: FakeUser) -> AsyncIterator[Street]:
    """Two people on the false Telegram, who have seen the menu."""
    made = _street(SCRIPT, tmp_path / "talk.db", wording)
    made.channels = (bot, FakeChannel("web"))  # type: ignore[assignment]
    await made.begin()
    for who in ("siti", "dewi"):
        await budi.control("say", chat=chat(made, who), text="menu")
        await says(made, who, "menu")
    yield made
    await made.end()


def chat(street: Street, who: str) -> int:
    """Theirs with the bot."""
    return int(street.addresses[who].chat)


async def says(street: Street, who: str, text: str) -> None:
    """Somebody writes, and gets the answer."""
    incoming = Incoming(street.addresses[who], f"t{next(_counted)}", "text", street.clock(), text, language="id")
    await street.reception.receive([incoming])
    while await street.delivery.once():
        pass


async def on_the_screen(budi: FakeUser, chat: int) -> set[int]:
    return {one["message_id"] for one in await budi.ask("sent", chat=chat) if not one["deleted"]}


async def test_the_word_clears_the_phone_also_after_a_limit(street: Street, budi: FakeUser) -> None:
    before = await on_the_screen(budi, chat(street, "siti"))
    await budi.fail("deletemessages", retry_after=90)
    await says(street, "siti", "bersihkan obrolan")
    await street.clearing.once()
    assert before <= await on_the_screen(budi, chat(street, "siti")), "Telegram would not have it yet"
    street.clock.pass_by(minutes=2)
    await street.clearing.once()
    assert before and not before & await on_the_screen(budi, chat(street, "siti"))


async def test_a_call_that_hangs_holds_up_no_letter_and_no_other_chat(street: Street, budi: FakeUser) -> None:
    mine, others = await on_the_screen(budi, chat(street, "siti")), await on_the_screen(budi, chat(street, "dewi"))
    await budi.fail("deletemessages", chat=chat(street, "siti"), hang=600)
    for who in ("siti", "dewi"):
        await says(street, who, "bersihkan obrolan")
    working = asyncio.create_task(street.clearing.run())
    await budi.ask("calls", method="deletemessages", count=2)
    shown = len(await on_the_screen(budi, chat(street, "siti")))
    await says(street, "siti", "menu")
    assert len(await on_the_screen(budi, chat(street, "siti"))) > shown
    assert mine <= await on_the_screen(budi, chat(street, "siti")) and not others & await on_the_screen(
        budi, chat(street, "dewi")
    )
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    await street.clearing.once()
    assert not mine & await on_the_screen(budi, chat(street, "siti")), (
        "what was let go of is taken away by the next look"
    )
