"""What the real process has taken is not lost: a form through kills at its worst moments, a message through a bug of ours."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.service import (
    QUESTION,
    TOPIC,
    VILLAGE_TYPED,
    on_telegram,
    people,
    press,
    shown,
    times_answered,
)

SORRY = "Maaf"
OTHER_QUESTION, OTHER_TOPIC = "berapa biaya ke taiwan", "migration/costs"


@pytest.mark.parametrize("point", ["talks-written", "before-the-hand-over", "after-commit"])
async def test_killed_in_the_middle_of_a_registration_it_goes_on_where_it_was(
    tmp_path: Path, chats: Iterator[int], point: str
) -> None:
    with on_telegram(tmp_path) as (service, street):
        async with people(street, next(chats)) as [siti]:
            await siti.say("daftar")
            await press(siti, "form:ask-officer")
            await press(siti, "agree:ask-officer")
            await shown(siti, "do:cancel")
            service.stop()
            service.start("tests.chaos.crashing", point, "1")
            await siti.say(VILLAGE_TYPED)
            service.died()

            service.start()
            await siti.ask("pending", most=0)
            await siti.say("kapan kantor buka")
            await press(siti, "skip:phone")
            await press(siti, "send:ask-officer")
            await siti.say("laporan saya")
            await shown(siti, "do:menu")
        (case,) = json.loads(service.command("case", "list", "--json"))
        assert case["kind"] == "ask-officer"
        assert service.command("verify")


async def test_what_met_a_bug_of_ours_is_answered_by_retry_after_the_mend(tmp_path: Path, chats: Iterator[int]) -> None:
    with on_telegram(tmp_path) as (service, street):
        async with people(street, next(chats), next(chats)) as [siti, budi]:
            service.stop()
            service.start("tests.end_to_end.planted", QUESTION.split()[-1])
            await siti.say(QUESTION)
            await budi.say(OTHER_QUESTION)
            await shown(budi, f"helped:{OTHER_TOPIC}")
            await shown(siti, "menu:go")
            assert any(SORRY in one.text for one in await siti.seen())
            assert times_answered(await siti.seen()) == 0

            service.stop()
            service.start()
            assert "1 run again, 0 still set aside" in service.command("retry")
            await shown(siti, f"helped:{TOPIC}")
            await siti.say("menu")
            await siti.ask("pending", most=0)
            assert times_answered(await siti.seen()) == 1
            assert "0 run again" in service.command("retry")
