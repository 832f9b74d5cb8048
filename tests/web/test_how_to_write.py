"""The page of a case says how its person may be written to before anybody writes, as the chat does."""

import re

import pytest

from bot.model.contact import Contact
from bot.model.messages import Reply
from tests.web.desk import logged_in

WAYS = {
    "silent": Contact(may_write=True, shared=False, silent=True),
    "kept": Contact(may_write=False, shared=False),
    "covered": Contact(may_write=True, shared=True),
    "later": Contact(may_write=True, shared=False, begin="19:00", end="20:00", zone="Asia/Jakarta"),
}


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\*", "", text)).strip()


def said(house, how):
    return plain(house.rooms.wording().write(Reply("desk/how", {"how": how}), "id")[0].text)


async def page_of(house, **changes):
    case = await house.case(**changes)
    async with logged_in(house, await house.officer()) as browser:
        return plain((await browser.get(f"/officers/case/{case.number}")).text)


@pytest.mark.parametrize("how", WAYS)
async def test_each_way_is_said_in_the_chats_words_and_no_other_is(house, how):
    page = await page_of(house, plan=WAYS[how])
    assert [one for one in WAYS if said(house, one) in page] == [how]


async def test_who_may_be_written_to_openly_is_said_nothing_of(house):
    page = await page_of(house, plan=Contact(may_write=True, shared=False))
    assert [one for one in WAYS if said(house, one) in page] == []


async def test_a_sensitive_matter_without_a_plan_is_not_written_to_first(house):
    assert said(house, "kept") in await page_of(house, plan=None)


async def test_a_case_that_is_over_says_nothing_of_it(house):
    assert said(house, "kept") not in await page_of(house, plan=None, state="closed")
