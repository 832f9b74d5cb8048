"""The real process killed, and ended as operators end it, in the middle of its work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.service import QUESTION, TOPIC, on_telegram, people, press, register, shown, times_answered


async def test_killed_between_a_message_and_its_answer_it_answers_after_the_next_start(
    tmp_path: Path, chats: Iterator[int]
) -> None:
    with on_telegram(tmp_path) as (service, street):
        async with people(street, next(chats), next(chats)) as [budi, siti]:
            await budi.say("menu")
            await shown(budi, "menu:go")
            await siti.say("daftar")
            await press(siti, "form:ask-officer")
            await shown(siti, "agree:ask-officer")

            await budi.fail("sendMessage", chat=budi.chat, hang=30)
            calls = len(await budi.ask("calls", method="sendMessage"))
            await budi.say(QUESTION)
            await budi.ask("calls", method="sendMessage", count=calls + 1)
            await siti.press("agree:ask-officer")
            service.kill()
            await budi.say("menu")
            await siti.say("lantan batukliang utara")

            service.start()
            await shown(budi, f"helped:{TOPIC}")
            await siti.say("kapan kantor buka")
            await press(siti, "skip:phone")
            await press(siti, "send:ask-officer")
            await siti.say("laporan saya")
            await shown(siti, "do:menu")
            await budi.ask("pending", most=0)
            assert 1 <= times_answered(await budi.seen()) <= 2
        assert service.command("case", "list", "--json").count('"number"') == 1


@pytest.mark.parametrize("point", ["replies-leased", "before-the-hand-over", "after-commit"])
async def test_killed_with_an_answer_leased_and_not_yet_sent_it_sends_it_once_after_the_next_start(
    tmp_path: Path, chats: Iterator[int], point: str
) -> None:
    with on_telegram(tmp_path) as (service, street):
        async with people(street, next(chats)) as [budi]:
            await budi.say("menu")
            await shown(budi, "menu:go")
            service.stop()
            service.start("tests.chaos.crashing", point, "1")
            await budi.say(QUESTION)
            service.died()
            assert times_answered(await budi.seen()) == 0

            service.start()
            await shown(budi, f"helped:{TOPIC}")
            await budi.ask("pending", most=0)
            await budi.say("menu")
            await shown(budi, "menu:go")
            assert times_answered(await budi.seen()) == 1


async def test_asked_to_end_it_ends_well_within_ten_seconds_and_loses_nothing(
    tmp_path: Path, chats: Iterator[int]
) -> None:
    with on_telegram(tmp_path) as (service, street):
        async with people(street, next(chats)) as [siti]:
            await register(siti)
            assert service.stop() == 0
            await siti.say("laporan saya")
            service.start()
            await shown(siti, "do:menu")
            assert service.stop() == 0
