"""Who is let in, for how long, and how often somebody may try."""

import re

import pytest
from starlette.routing import Route

from bot.store import officers
from bot.web.sessions import SESSION, Attempts
from tests.web.desk import do, logged_in
from tests.web.house import STORY, built, visitor_of


async def test_looking_at_a_link_does_not_use_it_up(house, visitor):
    link = await house.link(await house.officer())
    for _ in range(3):
        assert (await visitor.get(link)).status_code == 200
    assert (await visitor.post(link)).status_code == 303


async def test_a_link_lets_in_once(house, visitor):
    link = await house.link(await house.officer())
    await visitor.post(link)
    async with visitor_of(house) as second:
        assert (await second.get(link)).status_code == 410
        assert (await second.post(link)).status_code == 410
        assert SESSION not in second.cookies


async def test_a_link_lasts_ten_minutes(house, visitor):
    link = await house.link(await house.officer())
    house.clock.pass_by(minutes=11)
    assert (await visitor.post(link)).status_code == 410


async def test_a_made_up_link_opens_nothing(house, visitor):
    assert (await visitor.get("/officers/login/guess")).status_code == 410
    assert (await visitor.post("/officers/login/guess")).status_code == 410


async def test_more_than_ten_tries_a_minute_are_refused(house, visitor):
    answers = [(await visitor.post("/officers/login/guess")).status_code for _ in range(12)]
    assert answers == [410] * 10 + [429] * 2


def test_tries_are_forgiven_after_a_minute_and_counted_for_each_address():
    clock = iter([0.0, 1.0, 2.0, 3.0, 70.0])
    attempts = Attempts(most=2, within=60, clock=lambda: next(clock))
    assert [attempts.allow(who) for who in ("a", "a", "a", "b", "a")] == [True, True, False, True, True]


def test_the_memory_of_tries_does_not_grow_for_ever():
    now = 0.0
    attempts = Attempts(clock=lambda: now)
    for number in range(10_001):
        attempts.allow(str(number))
    now = 100.0
    attempts.allow("one more")
    assert len(attempts._tries) == 1


async def test_half_an_hour_without_use_ends_the_session(house):
    async with logged_in(house, await house.officer()) as browser:
        house.clock.pass_by(minutes=29)
        assert (await browser.get("/officers")).status_code == 200
        house.clock.pass_by(minutes=29)
        assert (await browser.get("/officers")).status_code == 200
        house.clock.pass_by(minutes=31)
        assert (await browser.get("/officers")).status_code == 401


async def test_twelve_hours_end_the_session_however_it_is_used(house):
    async with logged_in(house, await house.officer()) as browser:
        for _ in range(12 * 4 + 1):
            last = await browser.get("/officers")
            house.clock.pass_by(minutes=15)
        assert last.status_code == 401


async def test_an_officer_who_was_revoked_is_out_at_once(house):
    officer = await house.officer()
    async with logged_in(house, officer) as browser:
        async with house.database.transaction() as tx:
            await officers.revoke(tx, officer.id, house.clock())
        assert (await browser.get("/officers")).status_code == 401


async def test_logging_out_ends_the_session_in_the_database_too(house):
    async with logged_in(house, await house.officer()) as browser:
        session = browser.cookies[SESSION]
        token = re.search(r'name="token" value="(\w+)"', (await browser.get("/officers")).text)[1]
        assert (await browser.post("/officers/logout", data={"token": token})).status_code == 303
    async with visitor_of(house, Cookie=f"{SESSION}={session}") as thief:
        assert (await thief.get("/officers")).status_code == 401


async def test_a_form_without_the_token_of_its_session_changes_nothing(house):
    case = await house.case()
    async with logged_in(house, await house.officer()) as browser:
        for token in ("", "0" * 64, "é"):
            assert (await do(browser, case.number, "claim", token=token)).status_code == 403
        assert "nobody" not in (await browser.get(f"/officers/case/{case.number}")).text
        assert 'value="claim"' in (await browser.get(f"/officers/case/{case.number}")).text


async def test_the_token_of_one_session_is_worth_nothing_in_another(house):
    case, officer = await house.case(), await house.officer()
    async with logged_in(house, officer) as first, logged_in(house, officer, "another-login-token-0001") as second:
        page = (await first.get(f"/officers/case/{case.number}")).text
        stolen = re.search(r'name="token" value="(\w+)"', page)[1]
        assert (await do(second, case.number, "claim", token=stolen)).status_code == 403


async def test_the_session_cookie_is_out_of_reach_and_by_tls_only_where_there_is_tls(tmp_path, release):
    async with built(tmp_path, release, secure=True) as house, visitor_of(house, Origin="https://desa.test") as visitor:
        cookie = (await visitor.post(await house.link(await house.officer()))).headers["set-cookie"].lower()
    for word in ("httponly", "samesite=lax", "secure", "path=/officers"):
        assert word in cookie


def paths_of(app):
    return [
        (route, method) for route in app.routes if isinstance(route, Route) for method in sorted(route.methods or ())
    ]


async def test_every_officers_route_is_closed_to_whoever_is_not_logged_in(house, visitor):
    """Walks the router, so that a new route is closed until somebody opens it here."""
    case = await house.case()
    open_to_all = {"/officers/login/{token}"}
    walked = 0
    for route, method in paths_of(house.app):
        if not route.path.startswith("/officers") or route.path in open_to_all:
            continue
        path = re.sub(r"{\w+:int}", "1", route.path.replace("{number}", case.number).replace("{field}", "proof"))
        answer = await visitor.request(method, path, data={"act": "claim"} if method == "POST" else None)
        assert (path, answer.status_code) == (path, 401)
        for secret in (case.number, "Siti", STORY):
            assert secret not in answer.text
        walked += 1
    assert walked >= 8


@pytest.mark.parametrize("cookie", ["x", "a" * 43, "é", "' or 1=1 --"])
async def test_a_made_up_session_is_none(house, cookie):
    async with visitor_of(house, Cookie=f"{SESSION}={cookie}".encode()) as visitor:
        assert (await visitor.get("/officers")).status_code == 401


async def test_a_shut_out_officer_is_told_how_to_come_back_in(visitor):
    page = await visitor.get("/officers")
    assert '"web"' in page.text.replace("&#34;", '"')
