"""An officer leaves: whose cases they had hear once that somebody else will answer, in the manner their plan allows."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from bot.model.messages import Message
from bot.store import officers
from bot.wording import Wording
from tests.replay import Street, _appoint, _street

NUMBER = "1000015"
SCRIPT = yaml.safe_load("""
title: ""
now: 2026-11-23 09:00:00+08:00
people:
  siti: {}
  ratna: {officer: Bu Ratna, village: 52.02.12.2001}
  made: {officer: Pak Made, village: 52.02.12.2001, role: coordinator}
turns: []
""")
ASKED = ("lantan batukliang utara", "kapan kantor buka", "lewati", "kirim")
COMPLAINED = (
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


@pytest.fixture
async def street(tmp_path: Path, wording: Wording) -> AsyncIterator[Street]:
    made = _street(SCRIPT, tmp_path / "talk.db", wording)
    await made.begin()
    await _appoint(made, SCRIPT["people"])
    yield made
    await made.end()


async def handed_in(street: Street, form: str, *said: str) -> None:
    """Siti hands something in, and Bu Ratna takes it on."""
    await street.take("siti", kind="button", button=f"form:{form}")
    await street.take("siti", kind="button", button=f"agree:{form}")
    for text in said:
        await street.take("siti", kind="text", text=text)
    await street.take("ratna", kind="button", button=f"claim:{NUMBER}")


async def minute(street: Street) -> list[Message]:
    """A minute is over; what comes to Siti then."""
    street.clock.pass_by(minutes=1)
    return [one.message for one in await street.strike() if one.address == street.addresses["siti"]]


async def test_the_person_is_told_once_for_each_time_an_officer_leaves(street: Street) -> None:
    await handed_in(street, "ask-officer", *ASKED)
    await street.take("ratna", kind="button", button="away:2026-11-24")
    (told,) = await minute(street)
    assert "100 001-5" in told.text and "Ratna" not in told.text
    assert await minute(street) == [] and await minute(street) == []

    await street.take("ratna", kind="text", text="selesai cuti")
    await street.take("ratna", kind="button", button=f"claim:{NUMBER}")
    await street.take("ratna", kind="button", button="away:2026-11-24")
    assert len(await minute(street)) == 1, "she left once more"


async def test_when_the_office_ends_they_are_told_too(street: Street) -> None:
    await handed_in(street, "ask-officer", *ASKED)
    async with street.database.transaction() as tx:
        await officers.revoke(tx, 1, street.clock())
    assert len(await minute(street)) == 1


async def test_whoever_has_it_by_then_is_all_they_hear_of(street: Street) -> None:
    await handed_in(street, "ask-officer", *ASKED)
    await street.take("ratna", kind="button", button="away:2026-11-24")
    await street.take("made", kind="button", button=f"claim:{NUMBER}")
    assert await minute(street) == []


async def test_who_may_not_be_written_to_first_reads_it_when_they_come(street: Street) -> None:
    await street.take("siti", kind="button", button="form:complaint")
    for text in COMPLAINED:
        await street.take("siti", kind="text", text=text)
    await street.take("ratna", kind="button", button=f"claim:{NUMBER}")
    await street.take("ratna", kind="button", button="away:2026-11-24")
    assert await minute(street) == []
    back = await street.take("siti", kind="text", text="kasus saya")
    assert "Petugas lain" in " ".join(one.message.text for one in back)


async def test_in_the_night_it_waits_for_the_morning(street: Street) -> None:
    await handed_in(street, "ask-officer", *ASKED)
    street.clock.pass_by(hours=13)
    await street.take("ratna", kind="button", button="away:2026-11-24")
    assert await minute(street) == []
    street.clock.pass_by(hours=10)
    await street.delivery.once()
    assert "Petugas lain" in street.screen("siti")[-1].text
