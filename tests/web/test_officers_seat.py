"""An officer's own seat: where they are logged in, ending that from elsewhere, being away."""

import re
from datetime import timedelta

import pytest

from bot.model.contact import Contact
from bot.store import cases
from tests.web.desk import done, logged_in
from tests.web.house import field_of

SECOND = "another-login-token-0001"


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def browser(house, officer):
    async with logged_in(house, officer) as one:
        yield one


async def press(browser, path, **fields):
    page = (await browser.get("/officers/seat")).text
    return await browser.post(path, data={"token": field_of(page, "token"), **fields})


async def sessions(browser):
    """The ids of the sessions that can be ended from here."""
    return re.findall(r'name="id" value="(\w+)"', (await browser.get("/officers/seat")).text)


async def test_an_officer_sees_each_place_they_are_logged_in_at(house, officer, browser):
    assert await sessions(browser) == []
    async with logged_in(house, officer, SECOND) as phone:
        assert len(await sessions(browser)) == len(await sessions(phone)) == 1
        assert await sessions(browser) != await sessions(phone)


async def test_another_place_is_ended_from_here(house, officer, browser):
    async with logged_in(house, officer, SECOND) as phone:
        await press(browser, "/officers/seat/end", id=(await sessions(browser))[0])
        assert (await phone.get("/officers")).status_code == 401
    assert (await browser.get("/officers")).status_code == 200
    assert await sessions(browser) == []


async def test_nobody_ends_another_officers_session(house, browser):
    async with logged_in(house, await house.officer(name="Pak Made"), SECOND) as other:
        async with logged_in(house, await house.officer(name="Bu Sri"), "a-third-login-token-01") as third:
            page = (await third.get("/officers/seat")).text
            assert await sessions(third) == []
            for id in ("", "%", "0" * 16, field_of(page, "token")[:16]):
                await press(browser, "/officers/seat/end", id=id)
            assert (await third.get("/officers")).status_code == 200
        assert (await other.get("/officers")).status_code == 200


async def test_logging_out_everywhere_ends_all_of_them(house, officer, browser):
    async with logged_in(house, officer, SECOND) as phone:
        answer = await press(browser, "/officers/seat/end-all")
        assert answer.status_code == 303
        assert (await phone.get("/officers")).status_code == 401
    assert (await browser.get("/officers")).status_code == 401


async def test_a_session_that_has_run_out_is_not_listed(house, officer, browser):
    async with logged_in(house, officer, SECOND):
        for _ in range(2):
            house.clock.pass_by(minutes=20)
            await browser.get("/officers")
        assert await sessions(browser) == []


async def test_an_officer_is_away_until_a_day_and_back_again_and_what_they_held_waits_for_others(
    house, officer, browser
):
    case = await house.case(plan=Contact(may_write=True, shared=False))
    await done(browser, case.number, "claim")
    day = (house.clock() + timedelta(days=3)).date()
    answer = await press(browser, "/officers/seat/away", nonce="abcdefgh1234", day=day.isoformat())
    assert answer.status_code == 303
    page = (await browser.get(answer.headers["location"])).text
    assert 'role="status"' in page
    assert 'action="/officers/seat/back"' in page
    found = await cases.in_scope(house.database, case.number, officer.scope)
    assert (found.state, found.officer) == ("new", 0)
    await press(browser, "/officers/seat/back", nonce="abcdefgh5678")
    assert 'action="/officers/seat/away"' in (await browser.get("/officers/seat")).text


@pytest.mark.parametrize("day", ["2027-02-31", "2026-11-22", "2099-01-01", "besok", "", "2026-12-01:x", "💣" * 99])
async def test_a_day_that_makes_no_sense_sends_nobody_away_and_is_kept(house, browser, day):
    answer = await press(browser, "/officers/seat/away", nonce="abcdefgh1234", day=day)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert f'value="{day[:20]}"' in answer.text
    assert 'action="/officers/seat/back"' not in answer.text
