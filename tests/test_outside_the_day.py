"""A registration on WhatsApp, an officer on Telegram: what the officer sees before and after writing when a day is over."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.delivery import Delivery
from bot.model.case import Officer, Scope
from bot.pace import Pace
from bot.store import day, officers
from bot.wording import Wording
from tests.phones import approved
from tests.replay import Screens, Street, _appoint, _street

NUMBER = "1000015"
PEOPLE = yaml.safe_load("""
title: ""
now: 2026-11-23 09:00:00+08:00
people:
  siti: {channel: whatsapp}
  ratna: {officer: Bu Ratna, village: 52.02.12.2001, channel: telegram}
turns: []
""")
QUESTION = ("ya", "lantan batukliang utara", "kapan kantor buka", "lewati", "kirim")
COMPLAINT = (
    "ya",
    "ya",
    "lantan batukliang utara",
    "lewati",
    "majikan",
    "lewati",
    "ceritanya begini",
    "lewati",
    "lewati",
    "kirim",
)


def looked_at(wording: Wording, status: str) -> Wording:
    """The words in use, when the platform has looked at our templates, or has not yet."""
    content = wording.release.content
    templates = approved(content.templates) if status == "approved" else content.templates
    return Wording(replace(wording.release, content=replace(content, templates=templates)))


async def opened(folder: Path, wording: Wording, form: str, answers: tuple[str, ...]) -> Street:
    street = _street(PEOPLE, folder / "talk.db", wording, "whatsapp")
    await street.begin()
    templates = wording.release.content.templates
    street.delivery = Delivery(street.database, street.channels, street.clock, Pace({}), templates=lambda: templates)
    await _appoint(street, PEOPLE["people"])
    await forges(street, "siti", f"form:{form}")
    for said in answers:
        await says(street, "siti", said)
    return street


@pytest.fixture(params=["approved"])
async def street(tmp_path: Path, wording: Wording, request: pytest.FixtureRequest) -> AsyncIterator[Street]:
    """Siti has asked an officer something; the platform has looked at our templates."""
    made = await opened(tmp_path, looked_at(wording, request.param), "ask-officer", QUESTION)
    yield made
    await made.end()


async def says(street: Street, who: str, words: str) -> Screens:
    return street.screens(await street.bring(street.phones[who].says(words, street.clock())))


async def forges(street: Street, who: str, button: str) -> Screens:
    return street.screens(await street.bring(street.phones[who].forges(button, street.clock())))


def shown(screens: Screens, who: str) -> str:
    return "\n".join(text for _, text in screens[who])


def phrases(screens: Screens, who: str) -> list[str]:
    return [reply.phrase for reply, _ in screens[who]]


def facts(screens: Screens, who: str) -> dict[str, object]:
    return dict(screens[who][0][0].facts)


async def states(street: Street) -> set[str]:
    """What became of the letters of the case's events, as its page says."""
    officer = Officer(1, 2, "Bu Ratna", "officer", "52.02.12.2001")
    return set((await day.deliveries(street.database, NUMBER, officer)).values())


async def test_within_a_day_the_officer_writes_as_ever(street: Street) -> None:
    street.clock.pass_by(hours=23)
    asked = await forges(street, "ratna", f"claim:{NUMBER}")
    assert "how" not in facts(asked, "ratna")
    assert phrases(asked, "siti") == ["told/claimed"]


async def test_after_a_day_it_is_said_before_and_after_writing_and_read_when_they_come(street: Street) -> None:
    street.clock.pass_by(hours=25)
    claimed = await forges(street, "ratna", f"claim:{NUMBER}")
    assert facts(claimed, "ratna")["how"] == "announced"
    assert phrases(claimed, "siti") == ["template/ada_kabar"]
    for told in (NUMBER, "100 001", "Ratna", "petugas", "kasus"):
        assert told not in shown(claimed, "siti")
    before = await forges(street, "ratna", f"reply:{NUMBER}")
    assert facts(before, "ratna")["how"] == "announced"
    after = await says(street, "ratna", "Kantor buka jam delapan.")
    assert phrases(after, "ratna") == ["desk/sent"]
    assert facts(after, "ratna")["how"] == "announced"
    assert phrases(after, "siti") == []
    assert "announced" in await states(street)
    assert "orangnya tahu ada kabar" in shown(await forges(street, "ratna", f"case:{NUMBER}"), "ratna")

    read = street.screens(await street.bring(street.phones["siti"].presses("do:news", street.clock())))
    assert phrases(read, "siti") == ["unread/here", "told/claimed", "told/said"]
    assert "jam delapan" in shown(read, "siti")
    assert phrases(read, "ratna") == []
    assert await states(street) == {"sent"}

    answered = await says(street, "siti", "terima kasih, besok saya datang")
    assert phrases(answered, "ratna") == ["notice/from-person"]
    again = await forges(street, "siti", "do:news")
    assert phrases(again, "siti") == ["unread/nothing"]


async def test_a_yes_to_the_template_is_not_said_to_the_officer(street: Street) -> None:
    await forges(street, "ratna", f"claim:{NUMBER}")
    street.clock.pass_by(hours=25)
    await forges(street, "ratna", f"reply:{NUMBER}")
    await says(street, "ratna", "Kantor buka jam delapan.")
    yes = await says(street, "siti", "ya")
    assert phrases(yes, "siti") == ["unread/here", "told/said"]
    assert phrases(yes, "ratna") == []


async def test_real_words_after_the_template_go_to_the_officer_and_nothing_is_lost(street: Street) -> None:
    await forges(street, "ratna", f"claim:{NUMBER}")
    street.clock.pass_by(hours=25)
    await forges(street, "ratna", f"reply:{NUMBER}")
    await says(street, "ratna", "Kantor buka jam delapan.")
    words = await says(street, "siti", "Bu, saya sudah sampai di Surabaya")
    assert phrases(words, "ratna") == ["notice/from-person"]
    assert phrases(words, "siti")[-1] == "told/said"


async def test_an_unread_question_is_not_answered_by_a_yes(street: Street) -> None:
    """The case was closed meanwhile: a yes to the template must not say that it is solved."""
    await forges(street, "ratna", f"claim:{NUMBER}")
    street.clock.pass_by(hours=25)
    await forges(street, "ratna", f"outcome:{NUMBER}:solved")
    closed = await says(street, "ratna", "Sudah dijawab.")
    assert phrases(closed, "siti") == ["template/ada_kabar"]
    first = await says(street, "siti", "ya")
    assert "told/closed" in phrases(first, "siti")
    assert "cases/thanks" not in phrases(first, "siti")
    second = await says(street, "siti", "ya")
    assert phrases(second, "siti") != phrases(first, "siti")


@pytest.mark.parametrize("street", ["pending"], indirect=True)
async def test_without_a_template_it_waits_and_the_officer_knows(street: Street) -> None:
    street.clock.pass_by(hours=25)
    claimed = await forges(street, "ratna", f"claim:{NUMBER}")
    assert facts(claimed, "ratna")["how"] == "outside"
    assert phrases(claimed, "siti") == []
    assert await states(street) == {"kept"}
    back = await says(street, "siti", "menu")
    assert phrases(back, "siti")[-1] == "told/claimed"


async def test_a_plan_binds_first(tmp_path: Path, wording: Wording) -> None:
    """A complaint is sensitive, and nothing said that we may write first: no template goes either."""
    street = await opened(tmp_path, looked_at(wording, "approved"), "complaint", COMPLAINT)
    street.clock.pass_by(hours=25)
    claimed = await forges(street, "ratna", f"claim:{NUMBER}")
    assert facts(claimed, "ratna")["how"] == "kept"
    assert phrases(claimed, "siti") == []
    back = await says(street, "siti", "menu")
    assert "told/claimed" not in phrases(back, "siti")
    own = await says(street, "siti", "kasus saya")
    assert "Ratna" in shown(own, "siti")
    await street.end()


async def test_an_officer_on_whatsapp_is_told_of_work_and_sees_it_when_they_press(
    tmp_path: Path, wording: Wording
) -> None:
    people = {**PEOPLE["people"], "ratna": {**PEOPLE["people"]["ratna"], "channel": "whatsapp"}}
    street = _street({**PEOPLE, "people": people}, tmp_path / "talk.db", looked_at(wording, "approved"), "whatsapp")
    await street.begin()
    await _appoint(street, people)
    street.clock.pass_by(hours=25)
    await forges(street, "siti", "form:ask-officer")
    for said in QUESTION[:-1]:
        await says(street, "siti", said)
    sent = await says(street, "siti", QUESTION[-1])
    assert phrases(sent, "ratna") == ["template/tugas_menunggu"]
    seen = street.screens(await street.bring(street.phones["ratna"].presses("do:queue", street.clock())))
    assert phrases(seen, "ratna") == ["desk/queue", "notice/new"]
    officer = await officers.at_work(street.database, "52.02.12.2001", street.clock())
    assert [one.scope for one in officer] == [Scope("52.02.12.2001", 1)]
    await street.end()
