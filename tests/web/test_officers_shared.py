"""What another office has shared: only its own parts, only for those it was shared with, read for a press and answered."""

import re

import pytest

from bot.model.contact import Contact
from bot.model.messages import Message
from bot.store import cases
from tests.by_hand import by_hand
from tests.web.desk import do, done, logged_in
from tests.web.house import PERSON, STORY, VILLAGE, field_of

DISTRICT = VILLAGE.rpartition(".")[0]
NEIGHBOUR = "52.02.12.2002"
SECOND = "another-login-token-0001"


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def case(house, officer):
    """A case of which the village next door was shown one part, the telephone number, with its person's yes."""
    found = await house.case(plan=Contact(may_write=True, shared=False))
    async with logged_in(house, officer) as browser:
        await done(browser, found.number, "claim")
        page = (await browser.get(f"/officers/case/{found.number}")).text
        form = house.rooms.release().form("complaint")
        bit = 1 << next(at for at, field in enumerate(form.fields) if field.id == "phone")
        await done(browser, found.number, "refer", unit=NEIGHBOUR, how=field_of(page, "how"), **{f"part-{bit}": "1"})
    await house.say(PERSON, button="share-yes:1", id="yes")
    return found


@pytest.fixture
async def neighbour(house, case):
    async with logged_in(house, await house.officer(NEIGHBOUR, "Pak Made"), SECOND) as one:
        yield one


async def send(browser, act, **fields):
    page = (await browser.get("/officers/shared/1")).text
    given = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce"), "act": act, **fields}
    return await browser.post("/officers/shared/1", data=given)


async def test_the_list_says_that_an_office_asks_and_nothing_of_the_person(neighbour, case):
    page = (await neighbour.get("/officers")).text
    assert 'href="/officers/shared/1"' in page
    for secret in ("Siti", "0812", "dibayar"):
        assert secret not in page
    assert (await neighbour.get(f"/officers/case/{case.number}")).status_code == 404


async def test_only_the_shared_part_is_read_for_a_press_that_stands_in_the_book(house, officer, neighbour, case):
    assert "081234567890" not in (await neighbour.get("/officers/shared/1")).text
    answer = await send(neighbour, "read")
    page = (await neighbour.get(answer.headers["location"])).text
    assert "081234567890" in page
    for secret in ("Aminah", STORY):
        assert secret not in page
    last = (await cases.events(house.database, case.number, officer.scope))[-1]
    assert (last.kind, last.by_name) == ("revealed", "Pak Made")
    house.clock.pass_by(minutes=11)
    assert "081234567890" not in (await neighbour.get(answer.headers["location"])).text


async def test_the_answer_goes_into_the_case_and_nothing_is_asked_any_more(house, officer, neighbour, case):
    answer = await send(neighbour, "answer", text="Perusahaan itu <b>resmi</b>")
    assert answer.status_code == 303
    last = (await cases.events(house.database, case.number, officer.scope))[-1]
    assert (last.kind, last.text) == ("referral-answered", "Perusahaan itu <b>resmi</b>")
    assert 'href="/officers/shared/1"' not in (await neighbour.get("/officers")).text


@pytest.mark.parametrize("text", ["", "  ", "a" * 10_001])
async def test_an_answer_that_is_none_is_refused_and_kept(house, officer, neighbour, case, text):
    before = await cases.events(house.database, case.number, officer.scope)
    answer = await send(neighbour, "answer", text=text)
    assert answer.status_code == 422
    assert text.strip() in answer.text
    assert await cases.events(house.database, case.number, officer.scope) == before


@pytest.mark.parametrize("unit", ["52.02.12.2003", "35.05.01.2001"])
async def test_for_everybody_else_there_is_nothing(house, case, unit):
    async with logged_in(house, await house.officer(unit, "Bu Sri"), "a-third-login-token-01") as other:
        answers = [await other.get(f"/officers/shared/{id}") for id in ("1", "2", "²", "9" * 30, "x")]
        assert {one.status_code for one in answers} == {404}
        assert len({one.text for one in answers}) == 1
        assert "/officers/shared/" not in (await other.get("/officers")).text


async def test_before_the_person_has_said_yes_nobody_sees_it(house, officer):
    found = await house.case(plan=Contact(may_write=True, shared=False))
    async with logged_in(house, officer) as browser:
        await done(browser, found.number, "claim")
        await done(browser, found.number, "refer", unit=NEIGHBOUR, how="ask", **{"part-1": "1"})
    async with logged_in(house, await house.officer(NEIGHBOUR, "Pak Made"), SECOND) as other:
        assert not re.search("/officers/shared/", (await other.get("/officers")).text)
        assert (await other.get("/officers/shared/1")).status_code == 404


async def test_what_was_answered_is_still_in_the_list_of_all_that_is_shared(house, neighbour, case):
    await send(neighbour, "answer", text="Sudah kami periksa")
    assert 'href="/officers/shared"' in (await neighbour.get("/officers")).text
    page = (await neighbour.get("/officers/shared")).text
    assert 'href="/officers/shared/1"' in page and "sudah dijawab" in page
    for secret in ("Siti", "0812", "dibayar"):
        assert secret not in page


async def test_whoever_asked_ends_it_and_the_other_office_sees_and_hears_so(house, officer, neighbour, case):
    async with logged_in(house, officer, "the-first-ones-login-02") as browser:
        page = await done(browser, case.number, "refer-end", referral="1")
        assert "tidak melihat apa pun lagi" in page
        assert "refer-end" not in page, "it is over"
        assert (await do(browser, case.number, "refer-end", referral="1")).status_code == 303, (
            "once more changes nothing"
        )
    events = [one.kind for one in await cases.events(house.database, case.number, officer.scope)]
    assert events.count("referred") == 3
    assert (await neighbour.get("/officers/shared/1")).status_code == 404
    assert "/officers/shared/1" not in (await neighbour.get("/officers/shared")).text
    with by_hand(house.database.store) as file:
        told = [
            house.database.seal.open(Message, row[0]).text
            for row in file.execute(
                "select message_sealed from outgoing o join address a on a.id = o.address_id"
                " where a.chat in ('siti', 'Pak Made') order by o.id desc limit 2"
            )
        ]
    assert all("100 001-5" in one for one in told) and len(told) == 2


@pytest.mark.parametrize("referral", ["2", "x", "", "9" * 20])
async def test_a_forged_one_is_not_ended(house, officer, neighbour, case, referral):
    async with logged_in(house, officer, "the-first-ones-login-02") as browser:
        await do(browser, case.number, "refer-end", referral=referral)
    assert (await neighbour.get("/officers/shared/1")).status_code == 200
