"""Places by their names: in the statistics and in the form of a message to many, and never one out of sight."""

import re
from contextlib import asynccontextmanager
from html import unescape

import pytest

from bot.model.case import Scope
from bot.store import broadcasts
from bot.web.places import places
from tests.web.desk import logged_in
from tests.web.house import OTHER_VILLAGE, VILLAGE, field_of

DISTRICT = VILLAGE.rpartition(".")[0]
REGENCY = DISTRICT.rpartition(".")[0]
WORDS = "Pelatihan menjahit dibuka Senin."


@pytest.fixture
def names(house):
    """What the places of the tests are called."""
    release = house.rooms.release()
    return {unit: release.place(unit) for unit in (VILLAGE, DISTRICT, REGENCY, OTHER_VILLAGE)}


@asynccontextmanager
async def sitting(house, unit=REGENCY):
    async with logged_in(house, await house.officer(unit, "Bu Bupati", "coordinator")) as browser:
        yield browser


def bare(name):
    """A place's name alone: of "Kec. Praya, Kab. Lombok Tengah" Praya."""
    return name.partition(",")[0].removeprefix("Kec. ").removeprefix("Kab. ")


def test_districts_and_larger_places_come_before_villages_and_all_lie_in_ones_care(release):
    districts = places(release.villages, "kec. praya", Scope("52.02"))
    assert districts[0] == "52.02.01"
    assert places(release.villages, "lombok tengah", Scope(""))[0] == "52.02"
    assert all(one.startswith("35.") for one in places(release.villages, "lombok tengah", Scope("35")))
    assert all(one.startswith("35.05.") for one in places(release.villages, "sukorejo", Scope("35.05")))


def test_a_code_is_a_name_too_and_a_slip_of_the_thumb_does_no_harm(release):
    assert places(release.villages, VILLAGE, Scope(""))[0] == VILLAGE
    assert places(release.villages, REGENCY, Scope(REGENCY)) == [REGENCY]
    assert "52.02" in places(release.villages, "lombok tengha", Scope(""))
    for odd in ("", "   ", "?", "%", "x" * 64_000, "' or 1=1 --"):
        assert places(release.villages, odd, Scope(REGENCY)) == []


async def test_a_place_is_looked_up_by_name_in_the_statistics(house, names):
    async with sitting(house) as browser:
        page = (await browser.get("/officers/statistics", params={"place": bare(names[DISTRICT])})).text
        assert f"unit={DISTRICT}&" in unescape(page)
        shown = await browser.get("/officers/statistics", params={"unit": DISTRICT})
        none = (
            await browser.get("/officers/statistics", params={"place": bare(names[OTHER_VILLAGE]) + " Blitar"})
        ).text
    assert shown.status_code == 200
    assert f"unit={OTHER_VILLAGE}&" not in unescape(none)


async def typed(browser, page="", **fields):
    """Send the form of a broadcast with what it holds and what else is pressed or typed."""
    page = page or (await browser.get("/officers/broadcasts")).text
    held = {name: unescape(field_of(page, name)) for name in ("token", "nonce", "units")}
    return await browser.post(
        "/officers/broadcasts", data={**held, "kind-skills-training": "1", "words-id": WORDS, **fields}
    )


async def test_a_message_to_many_goes_where_was_chosen_by_name_and_the_words_stay_meanwhile(house, names):
    await house.case(form="skills-training", kind="skills-training", urgency="general")
    async with sitting(house) as browser:
        found = await typed(browser, place=bare(names[DISTRICT]), look="1")
        assert found.status_code == 200 and WORDS in found.text
        assert await broadcasts.latest(house.database) == []
        assert DISTRICT in re.findall(r'name="with" value="([^"]*)"', found.text)
        chosen = await typed(browser, found.text, **{"with": DISTRICT})
        assert field_of(chosen.text, "units") == DISTRICT and names[DISTRICT] in unescape(chosen.text)
        assert (await typed(browser, chosen.text)).status_code == 303
    (one,) = await broadcasts.latest(house.database)
    assert one.units == (DISTRICT,)


async def test_a_place_left_out_again_leaves_everywhere_in_ones_care(house):
    async with sitting(house) as browser:
        chosen = await typed(browser, **{"with": DISTRICT})
        again = await typed(browser, chosen.text, without=DISTRICT)
    assert field_of(again.text, "units") == REGENCY


async def test_a_place_out_of_sight_is_not_found_and_forged_is_refused(house, names):
    async with sitting(house) as browser:
        found = await typed(browser, place=OTHER_VILLAGE, look="1")
        assert "Tidak ada tempat" in found.text and 'name="with"' not in found.text
        forged = await typed(browser, **{"with": OTHER_VILLAGE})
        sent = await typed(browser, forged.text)
    assert sent.status_code == 422
    assert await broadcasts.latest(house.database) == []
