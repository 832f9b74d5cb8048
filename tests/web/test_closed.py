"""The list of what was closed: the latest first, a page at a time, each case on one page."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.model.case import Event
from bot.model.effects.cases import Act
from bot.store import cases
from bot.web.today import PAGE
from tests.web.desk import logged_in

CLOSED = "/officers/closed"


async def closed(house, many):
    """So many closed cases; two at a time in the same second, as after an upgrade."""
    numbers = []
    for at in range(many):
        case = await house.case(100_001 + at)
        when = house.clock() + timedelta(seconds=at // 2)
        over = replace(case, state="closed", outcome="solved", closed=when)
        async with house.database.transaction() as tx:
            await cases.act(tx, Act(case, Event(case.number, "closed", when, case.person), over))
        numbers.append(case.number)
    return numbers


def listed(page):
    return re.findall(r"/officers/case/(\d+)", page)


async def test_every_closed_case_stands_on_exactly_one_page_the_latest_first(house):
    numbers = await closed(house, PAGE + 3)
    async with logged_in(house, await house.officer()) as browser:
        first, second = (await browser.get(CLOSED)).text, (await browser.get(f"{CLOSED}?page=2")).text
    assert listed(first) + listed(second) == numbers[::-1]
    assert f"{CLOSED}?page=2" in first and f"{CLOSED}?page=1" in second and f"{CLOSED}?page=3" not in second


async def test_a_page_that_is_not_there_says_so_and_leads_back(house):
    await closed(house, 1)
    async with logged_in(house, await house.officer()) as browser:
        page = await browser.get(f"{CLOSED}?page=99999")
        odd = (await browser.get(f"{CLOSED}?page=' or 1")).text
    assert page.status_code == 200 and listed(page.text) == []
    assert "Tidak ada kasus di halaman ini" in page.text
    assert len(listed(odd)) == 1
