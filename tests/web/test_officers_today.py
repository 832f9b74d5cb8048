"""The officer's list on the page: its order, its parts and pages, whose cases it shows, and what a row tells."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.casework.numbers import numbered
from bot.model.case import Event
from bot.model.contact import Contact
from bot.model.effects.cases import Act
from bot.model.messages import Address, Incoming
from bot.store import cases
from tests.web.desk import done, logged_in
from tests.web.house import OTHER_VILLAGE, PERSON, VILLAGE

DISTRICT = VILLAGE.rpartition(".")[0]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def browser(house, officer):
    async with logged_in(house, officer) as one:
        yield one


def listed(page):
    """The numbers of a page, in order."""
    return re.findall(r'<li><a href="/officers/case/(\d+)"', page)


async def test_the_list_puts_each_case_in_its_most_pressing_part(house, browser):
    now = house.clock()
    await house.case(100_001, urgency="emergency", due=now - HOUR)
    await house.case(100_002, due=now - HOUR)
    await house.case(100_003, due=now + 2 * HOUR)
    await house.case(100_004, due=now + 2 * DAY)
    page = (await browser.get("/officers")).text
    order = [page.index(f'<section class="{part}"') for part in ("emergency", "overdue", "today", "new")]
    assert order == sorted(order)
    assert 'class="waiting none"' in page
    assert listed(page) == [numbered(seq) for seq in (100_001, 100_002, 100_003, 100_004)]


async def test_a_part_can_be_looked_at_alone_and_left_again(house, browser):
    now = house.clock()
    late = await house.case(100_001, due=now - HOUR)
    await house.case(100_002, due=now + 2 * DAY)
    page = (await browser.get("/officers?part=overdue")).text
    assert listed(page) == [late.number]
    assert 'href="/officers"' in page.split("<h1>")[1]


async def test_only_mine_shows_what_this_officer_has_taken_on(house, browser):
    await house.case(100_001)
    mine = await house.case(100_002, address=Address("telegram", "bot", "ani"))
    await done(browser, mine.number, "claim")
    assert listed((await browser.get("/officers?mine=1")).text) == [mine.number]
    assert len(listed((await browser.get("/officers")).text)) == 2


async def test_25_stand_on_a_page_and_the_next_shows_the_rest(house, browser):
    for n in range(27):
        await house.case(100_001 + n, address=Address("telegram", "bot", f"p{n}"))
    first, second = [(await browser.get(f"/officers{query}")).text for query in ("", "?page=2")]
    assert (len(listed(first)), len(listed(second))) == (25, 2)
    assert not set(listed(first)) & set(listed(second))
    assert "?page=2" in first
    assert 'href="/officers"' in second.split('class="turn"')[1]
    assert "page=3" not in second


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=²", "?page=99999999999", "?part=nothing&mine=maybe"])
async def test_an_address_that_makes_no_sense_shows_the_list(house, browser, query):
    case = await house.case()
    answer = await browser.get(f"/officers{query}")
    assert (answer.status_code, listed(answer.text)) == (200, [case.number])


async def test_a_page_after_the_last_is_empty_and_leads_back(house, browser):
    await house.case()
    page = (await browser.get("/officers?page=7")).text
    assert listed(page) == []
    assert "page=6" in page


async def test_what_was_raised_to_a_level_stands_there_first_and_below_says_where_it_went(house, browser):
    now = house.clock()
    await house.case(100_001, due=now - HOUR)
    raised = await house.case(100_002, due=now + HOUR)
    async with house.database.transaction() as tx:
        event = Event(raised.number, "raised", now, 0)
        await cases.act(tx, Act(raised, event, replace(raised, raised_to=DISTRICT)))
    async with logged_in(house, await house.officer(DISTRICT, "Bu Camat", "coordinator"), "another-login-001") as above:
        page = (await above.get("/officers")).text
        assert listed(page)[0] == raised.number
        assert '<section class="raised"' in page
    below = (await browser.get("/officers")).text
    assert listed(below)[-1] == raised.number
    assert '<section class="raised"' not in below
    assert re.search("naik ke tingkat atas|raised to the next level", below)


async def test_a_row_tells_number_form_village_age_and_who_has_it_but_nothing_of_the_person(house, browser):
    case = await house.case(opened=house.clock() - 3 * DAY)
    page = (await browser.get("/officers")).text
    assert f"/officers/case/{case.number}" in page
    assert f"{case.number[:3]} {case.number[3:6]}-{case.number[6:]}" in page
    assert "Pengaduan" in page
    assert "Lantan" in page
    assert re.search("3 hari|3 days", page)
    for secret in ("Siti", "0812", "dibayar"):
        assert secret not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"entered_by": 1}, "dicatat oleh petugas|written down by an officer"),
        ({"practice_of": 1}, "LATIHAN|PRACTICE"),
        ({"urgency": "sensitive"}, "lebih dulu|write first"),
    ],
)
async def test_a_row_bears_marks(house, browser, changes, words):
    await house.case(**{"urgency": "general", **changes})
    assert re.search(words, (await browser.get("/officers")).text)


async def test_whoever_allowed_it_bears_no_mark_against_writing_first(house, browser):
    await house.case(plan=Contact(may_write=True, shared=False))
    assert not re.search("lebih dulu|write first", (await browser.get("/officers")).text)


async def test_a_row_says_when_nobody_is_reached_any_more(house, browser):
    await house.case()
    await house.rooms.receive([Incoming(PERSON, "gone-1", "gone", house.clock())])
    assert re.search("tidak bisa dihubungi|cannot be reached", (await browser.get("/officers")).text)


async def test_a_pretend_case_is_seen_by_its_own_officer_alone(house, officer, browser):
    case = await house.case(practice_of=officer.id)
    async with logged_in(house, await house.officer(name="Pak Made"), "another-login-token-0001") as other:
        assert listed((await other.get("/officers")).text) == []
        assert (await other.get(f"/officers/case/{case.number}")).status_code == 404
    assert listed((await browser.get("/officers")).text) == [case.number]


async def test_the_clock_of_a_case_is_its_villages(house, browser):
    await house.case()
    assert re.search(r"14[.:]00 WITA", (await browser.get("/officers")).text)


async def test_other_villages_are_in_no_list_and_no_count(house, browser):
    elsewhere = await house.case(unit=OTHER_VILLAGE)
    for path in ("/officers", "/officers/closed", "/officers?part=today"):
        page = (await browser.get(path)).text
        assert elsewhere.number not in page
        assert "<b>1</b>" not in page


async def test_a_village_officer_gets_the_villages_poster_from_the_list(house, browser):
    assert f'href="/officers/posters/{VILLAGE}/a4.pdf"' in (await browser.get("/officers")).text
    async with logged_in(house, await house.officer("", "Bu Menteri", "ministry"), "another-login-001") as other:
        assert "/a4.pdf" not in (await other.get("/officers")).text
