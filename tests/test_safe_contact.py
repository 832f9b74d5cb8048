"""Whatever officers and clocks do, nothing goes first to somebody who may not be written to; what a plan forbids waits."""

import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import case_clock
from bot.casework.states import OUTCOMES
from bot.dialogue.desk.entry import ACTS
from bot.wording import Wording
from tests.replay import Street, _appoint, _street

NUMBER, HEAD = "1000015", "52.02.12"
PEOPLE = yaml.safe_load("""
title: ""
now: 2026-11-23 09:00:00+08:00
people:
  siti: {}
  ratna: {officer: Bu Ratna, village: 52.02.12.2001}
  made: {officer: Pak Made, village: 52.02.12.2001, role: coordinator}
turns: []
""")
HANDED_IN = (
    "ya",
    "ya",
    "lantan batukliang utara",
    "lewati",
    "majikan",
    "lewati",
    "ceritanya begini",
    "lewati",
    "lewati",
)
RESTS = ("", *(f":{one}" for one in OUTCOMES), f":{HEAD}", ":call", ":other", ":2026-12-24", ":yes")
SAID = ("Mbak Siti, sudah ditelepon.", "besok", HEAD, "batal", "antrean")


@pytest.fixture
async def street(tmp_path: Path, wording: Wording) -> AsyncIterator[Street]:
    """Siti has handed in a complaint, and two officers look after her village."""
    made = _street(PEOPLE, tmp_path / "talk.db", wording)
    await made.begin()
    await _appoint(made, PEOPLE["people"])
    await made.take("siti", kind="button", button="form:complaint")
    for text in (*HANDED_IN, "kirim"):
        await made.take("siti", kind="text", text=text)
    yield made
    await made.end()


async def heard(street: Street, who: str, **what: Any) -> list[str]:
    """What reaches Siti when somebody else does something."""
    arrived = await street.take(who, **what)
    return [one.message.text for one in arrived if one.address == street.addresses["siti"]]


async def presses(street: Street, button: str) -> None:
    await street.take("siti", kind="button", button=button)


async def answers(street: Street, *said: str) -> None:
    """The whole plan, question by question."""
    await presses(street, f"plan:{NUMBER}")
    for text in said:
        await street.take("siti", kind="text", text=text)


def rows(street: Street) -> list[Any]:
    """All letters about a case that were ever put into the outbox."""
    with closing(sqlite3.connect(street.path)) as database:
        return database.execute(
            "select state, due_at from outgoing where case_number is not null order by id"
        ).fetchall()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("plan", ["none", "no"])
async def test_nothing_is_ever_sent_first_whatever_officers_and_clocks_do(street: Street, seed: int, plan: str) -> None:
    if plan == "no":
        await presses(street, f"plan-no:{NUMBER}")
    chance = random.Random(seed)
    for _ in range(40):
        officer, act = chance.choice(("ratna", "made")), chance.choice(tuple(ACTS))
        assert await heard(street, officer, kind="button", button=f"{act}:{NUMBER}{chance.choice(RESTS)}") == []
        assert await heard(street, officer, kind="text", text=chance.choice(SAID)) == []
        street.clock.pass_by(minutes=chance.choice((1, 30, 600)))
        release = street.written.release
        before = len(street.screen("siti"))
        await case_clock.look(street.database, release.content.rules, street.reception.receive, street.clock())
        while await street.delivery.once():
            pass
        assert len(street.screen("siti")) == before
    assert not rows(street)


async def test_who_may_be_written_to_first_is(street: Street) -> None:
    await presses(street, f"plan-yes:{NUMBER}")
    (told,) = await heard(street, "ratna", kind="button", button=f"claim:{NUMBER}")
    assert "Bu Ratna" in told


async def test_on_a_shared_phone_one_word_that_names_nothing_goes_ahead_of_all_that_waits(street: Street) -> None:
    await answers(street, "ya", "kapan saja", "ya", "arisan", "lewati", "lewati")
    arrived = await street.take("ratna", kind="button", button=f"claim:{NUMBER}")
    (covered,) = [one.message for one in arrived if one.address == street.addresses["siti"]]
    assert "arisan" in covered.text
    assert not covered.choices
    for named in ("100 001", NUMBER, "Ratna", "kasus", "Pengaduan", "petugas"):
        assert named not in covered.text
    assert await heard(street, "ratna", kind="button", button=f"release:{NUMBER}") == []
    back = await street.take("siti", kind="text", text="kasus saya")
    assert "Bu Ratna" in " ".join(one.message.text for one in back)


async def test_outside_their_hours_a_letter_waits_for_them(street: Street) -> None:
    await answers(street, "ya", "Malam, 18-22", "tidak", "lewati", "lewati")
    assert await heard(street, "ratna", kind="button", button=f"claim:{NUMBER}") == []
    street.clock.pass_by(hours=9, minutes=5)
    await street.delivery.once()
    assert "Bu Ratna" in street.screen("siti")[-1].text


async def test_a_letter_on_its_way_is_held_back_when_the_plan_changes_before_it_goes(street: Street) -> None:
    await answers(street, "ya", "Malam, 18-22", "tidak", "lewati", "lewati")
    await heard(street, "ratna", kind="button", button=f"claim:{NUMBER}")
    await presses(street, f"plan-no:{NUMBER}")
    before = len(street.screen("siti"))
    street.clock.pass_by(hours=9, minutes=5)
    await street.delivery.once()
    assert len(street.screen("siti")) == before
    assert [state for state, _ in rows(street)] == ["cancelled"]
    back = await street.take("siti", kind="text", text="kasus saya")
    assert "Bu Ratna" in back[-1].message.text


async def test_a_letter_whose_hour_has_passed_waits_for_the_next_day(street: Street) -> None:
    await answers(street, "ya", "Malam, 18-22", "tidak", "lewati", "lewati")
    await heard(street, "ratna", kind="button", button=f"claim:{NUMBER}")
    before = len(street.screen("siti"))
    street.clock.pass_by(hours=14)
    await street.delivery.once()
    assert len(street.screen("siti")) == before
    ((state, due),) = rows(street)
    assert state == "waiting"
    assert datetime.fromisoformat(due) == street.clock() + timedelta(hours=19)


async def test_what_waits_goes_when_the_case_is_withdrawn(street: Street) -> None:
    await heard(street, "ratna", kind="button", button=f"claim:{NUMBER}")
    await presses(street, f"withdraw-yes:{NUMBER}")
    async with street.database.transaction() as tx:
        assert await tx.rows("kept_back", {"number": NUMBER, "person": 1}) == []
