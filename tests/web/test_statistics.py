"""The statistics: an officer's own units, rounded, and never a way to one person."""

import re
from contextlib import asynccontextmanager

import pytest

from bot.model.editions import Edition
from bot.model.effects.people import Answered, Rated, Unanswered
from bot.model.messages import Address
from bot.store import people, statistics
from tests.web.desk import logged_in
from tests.web.house import OTHER_VILLAGE, PERSON, VILLAGE

DISTRICT = VILLAGE.rpartition(".")[0]
NEIGHBOUR = f"{DISTRICT}.2002"
DESK = Address("telegram", "bot", "Bu Ratna")
PAGE = "/officers/statistics"


@asynccontextmanager
async def sitting(house, unit=VILLAGE, role="officer"):
    """Somebody at their browser."""
    async with logged_in(house, await house.officer(unit, f"{role} {unit}", role), f"a-login-{role}-{unit}") as browser:
        yield browser


async def handed_in(house, count, unit=VILLAGE, start=100_001, **changes):
    """So many cases in a place."""
    return [await house.case(start + at, unit=unit, **changes) for at in range(count)]


def table(page, id):
    """The numbers of a table by what stands before them."""
    part = page.partition(f'<h2 id="{id}">')[2].partition("</section>")[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", part, re.S)
    return {words(head): [words(cell) for cell in re.findall(r"<td>(.*?)</td>", cells, re.S)] for head, cells in rows}


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("&lt;", "<").strip()


async def test_an_officer_sees_their_village_rounded(house):
    await handed_in(house, 7)
    await handed_in(house, 3, start=100_101, urgency="emergency")
    await handed_in(house, 50, unit=OTHER_VILLAGE, start=100_201)
    async with sitting(house) as browser:
        page = (await browser.get(PAGE)).text
    assert table(page, "course")["Seluruhnya"][:3] == ["10", "10", "<5"]
    assert table(page, "urgency")["Seluruhnya"] == ["<5", "5", "<5"]
    assert table(page, "months")["November 2026"][:1] == ["10"]
    assert table(page, "months")["Oktober 2026"][:1] == ["<5"]


async def test_none_and_four_look_alike_everywhere(house):
    async with sitting(house) as browser:
        empty = table((await browser.get(PAGE)).text, "course")
        await handed_in(house, 4)
        assert table((await browser.get(PAGE)).text, "course") == empty


async def test_a_coordinator_reads_village_by_village_and_the_small_ones_together(house):
    await handed_in(house, 12)
    await handed_in(house, 3, unit=NEIGHBOUR, start=100_101)
    await handed_in(house, 4, unit=f"{DISTRICT}.2003", start=100_201)
    async with sitting(house, DISTRICT, "coordinator") as browser:
        page = (await browser.get(PAGE)).text
    course = table(page, "course")
    name = house.rooms.release().villages.get(VILLAGE).village
    assert {head: cells[0] for head, cells in course.items()} == {
        name: "10",
        "Wilayah lain, digabung": "5",
        "Seluruhnya": "15",
    }


@pytest.mark.parametrize("unit", [OTHER_VILLAGE, DISTRICT, "", "52.02", "' or 1=1 --", f"{VILLAGE}/"])
async def test_a_place_out_of_sight_looks_like_none(house, unit):
    await handed_in(house, 9, unit=OTHER_VILLAGE)
    async with sitting(house) as browser:
        answer = await browser.get(PAGE, params={"unit": unit})
    assert answer.status_code == 404
    assert "statistics?unit" not in answer.text


@pytest.mark.parametrize("period", ["2026-13", "2026-11-22", "kemarin", "'", "2026-01..2026-02"])
async def test_there_are_no_other_times_than_months_quarters_and_years(house, period):
    async with sitting(house) as browser:
        assert (await browser.get(PAGE, params={"period": period})).status_code == 404


async def test_who_looks_after_more_goes_down_to_a_village_and_back(house):
    await handed_in(house, 6)
    async with sitting(house, "", "ministry") as browser:
        for unit in ("", "52", "52.02", DISTRICT):
            page = (await browser.get(PAGE, params={"unit": unit})).text
            down = f"{unit}." if unit else ""
            deeper = VILLAGE[: {0: 2, 2: 5, 5: 8, 8: 13}[len(unit)]]
            assert f"unit={deeper}&amp;" in page, (unit, down)
        page = (await browser.get(PAGE, params={"unit": VILLAGE})).text
    assert table(page, "course")["Seluruhnya"][0] == "5"


async def test_what_bypasses_the_village_is_counted_where_it_waits_and_never_in_the_village(house):
    await handed_in(house, 6)
    await handed_in(house, 5, unit=DISTRICT, start=100_101, village=VILLAGE)
    async with sitting(house) as browser:
        assert table((await browser.get(PAGE)).text, "course")["Seluruhnya"][0] == "5"
    async with sitting(house, DISTRICT, "coordinator") as browser:
        course = table((await browser.get(PAGE)).text, "course")
    village = house.rooms.release().villages.get(VILLAGE).village
    assert course[village][0] == "5"
    assert [cells[0] for head, cells in course.items() if "koordinator" in head] == ["5"]
    assert course["Seluruhnya"][0] == "10"


async def test_pretend_cases_do_not_count(house):
    officer = await house.officer()
    await handed_in(house, 9, practice_of=officer.id)
    async with logged_in(house, officer) as browser:
        assert table((await browser.get(PAGE)).text, "course")["Seluruhnya"][0] == "<5"


async def answered(house, case):
    """Its first answer, ten minutes on."""
    house.clock.pass_by(minutes=10)
    await house.say(DESK, button=f"claim:{case.number}")
    await house.say(DESK, "Baik, kami urus.", f"reply:{case.number}")


async def test_how_long_people_waited_is_told_once_five_had_an_answer(house):
    officer = await house.officer()
    found = await handed_in(house, 5)
    for case in found[:4]:
        await answered(house, case)
    async with logged_in(house, officer) as browser:
        assert table((await browser.get(PAGE)).text, "course")["Seluruhnya"][3:] == ["–", "–"]
        await answered(house, found[4])
        page = (await browser.get(PAGE)).text
    assert table(page, "course")["Seluruhnya"][3:] == ["30 menit", "50 menit"]
    assert table(page, "months")["November 2026"][3:] == ["30 menit", "50 menit"]


async def test_a_month_is_counted_by_the_clocks_of_western_indonesia(house):
    house.clock.now = house.clock.now.replace(month=11, day=30, hour=16, minute=59)
    await handed_in(house, 5)
    house.clock.pass_by(minutes=1)
    await handed_in(house, 10, start=100_101)
    async with sitting(house) as browser:
        months = table((await browser.get(PAGE, params={"period": "2026-q4"})).text, "months")
    assert (months["November 2026"][0], months["Desember 2026"][0]) == ("5", "10")


async def test_what_people_asked_is_for_those_who_oversee(house):
    topic = "jobs/taiwan"
    async with house.database.transaction() as tx:
        asker = await people.add(tx, Address("telegram", "bot", "asker"), "id", house.clock())
        seen = [Answered(topic, "id", "1", Edition("ABCDEF", topic))] * 11
        seen += [Rated(topic, True, "id", "1")] * 6 + [Rated(topic, False, "id", "1")] * 3
        await statistics.note(tx, [(asker.person, one) for one in (*seen, *[Unanswered("…", "id")] * 8)], house.clock())
    house.clock.pass_by(days=1)
    async with sitting(house, DISTRICT, "coordinator") as browser:
        page = (await browser.get(PAGE)).text
    title = house.rooms.release().topic(topic).answers["id"].title
    assert table(page, "asked") == {title: ["10", "5", "<5"]}
    assert "Dijawab: 10. Tidak dimengerti: 5." in words(page)
    async with sitting(house) as browser:
        assert title not in (await browser.get(PAGE)).text


async def test_the_plot_says_what_the_table_says(house):
    await handed_in(house, 23)
    async with sitting(house) as browser:
        page = (await browser.get(PAGE)).text
    plot = page.partition("<svg")[2].partition("</svg>")[0]
    assert re.findall(r"<text x=\"[\d.]+\" y=\"[\d.]+\">(\d+)</text>", plot) == ["20"]
    assert plot.count("<rect") == 12


async def test_nobody_comes_in_without_a_session(house, visitor):
    assert (await visitor.get(PAGE)).status_code == 401


async def test_no_name_and_no_number_of_a_case_stands_in_the_page(house):
    case = (await handed_in(house, 6, address=PERSON))[0]
    async with sitting(house) as browser:
        page = (await browser.get(PAGE)).text
    assert case.number not in page
    assert "Siti" not in page
