"""What the pages say of a person on WhatsApp: how far a word came, and that a day is over, before it is written."""

import re
import sqlite3
from contextlib import closing

import pytest

from bot.casework.arrivals import Arrival
from bot.model.messages import Address, Message
from bot.model.report import Messages
from bot.model.templates import NO_TEMPLATES
from bot.store import arrivals, people, post
from bot.store.arrivals import Sent
from bot.store.post import NOTICE, Letter
from tests.web.desk import do, logged_in

SITI = Address("whatsapp", "106540352242922", "ID.siti")
DAY_OVER = "Sudah lebih dari sehari"


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def browser(house, officer):
    async with logged_in(house, officer) as one:
        yield one


async def page_of(browser, case):
    return (await browser.get(f"/officers/case/{case.number}")).text


def letter(house, case):
    """The number of the letter about a case."""
    with closing(sqlite3.connect(house.database.path)) as file:
        return file.execute("select id from outgoing where case_number = ?", (case.number,)).fetchone()[0]


async def test_before_writing_the_page_says_that_the_day_is_over(house, browser, officer):
    await house.say(SITI, "halo")
    case = await house.case(address=SITI, urgency="general")
    assert (await do(browser, case.number, "claim")).status_code == 303
    assert DAY_OVER not in await page_of(browser, case)
    house.clock.pass_by(hours=25)
    async with logged_in(house, officer, "a-login-of-the-next-day") as later:
        assert DAY_OVER in await page_of(later, case)
        await house.say(SITI, "menu")
        assert DAY_OVER not in await page_of(later, case)


async def test_a_chat_without_such_a_day_is_never_said_to_be_shut(house, browser, officer):
    case = await house.case(urgency="general")
    await do(browser, case.number, "claim")
    house.clock.pass_by(hours=99)
    async with logged_in(house, officer, "a-login-of-another-day") as later:
        page = await page_of(later, case)
    assert 'id="write"' in page
    assert DAY_OVER not in page


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ((), "terkirim"),
        (("delivered",), "sampai di HP"),
        (("read", "sent"), "sudah dibaca"),
        (("failed",), "tidak sampai"),
    ],
)
async def test_how_far_a_word_came_stands_beside_it(house, browser, said, shown):
    await house.say(SITI, "halo")
    case = await house.case(address=SITI, urgency="general")
    await do(browser, case.number, "claim")
    number = letter(house, case)
    ending = {
        "id": number,
        "state": "sent",
        "external_id": "w",
        "sent": house.clock().isoformat(),
        "due": None,
        "error": None,
    }
    async with house.database.transaction() as tx:
        await post.settle(tx, [ending])
        await arrivals.sent(tx, [Sent(number, ("w",), "service")], house.clock(), NO_TEMPLATES)
        for state in said:
            code = 131053 if state == "failed" else 0
            await arrivals.take(tx, [Arrival("w", state, code)], house.clock(), NO_TEMPLATES)
    line = re.search(r'<li class="claimed[^"]*">(.*?)</li>', await page_of(browser, case), re.S)
    assert line
    assert shown in line[1]


async def test_the_ministry_sees_what_messages_cost_and_a_village_does_not(house, browser):
    async with house.database.transaction() as tx:
        place = await people.add(tx, SITI, "id", house.clock())
        await post.send(tx, [Letter(1, 0, 0, place.id, Message("halo"), NOTICE)], house.clock())
        await arrivals.sent(tx, [Sent(1, ("w",), "utility")], house.clock(), NO_TEMPLATES)
    assert await arrivals.counted(house.database) == [Messages("2026-11", "utility", "", 1)]
    assert "Pesan di WhatsApp" not in (await browser.get("/officers/statistics")).text
    async with logged_in(
        house, await house.officer("", "Pak Menteri", "ministry"), "a-login-of-the-ministry"
    ) as ministry:
        page = (await ministry.get("/officers/statistics")).text
    assert "Pesan di WhatsApp" in page
    assert "Templat: pemberitahuan" in page
