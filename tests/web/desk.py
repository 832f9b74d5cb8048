"""An officer at a browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from bot.model.case import Officer
from tests.web.house import House, field_of, visitor_of


@asynccontextmanager
async def logged_in(
    house: House, officer: Officer, token: str = "a-login-token-of-the-test-01"
) -> AsyncIterator[httpx.AsyncClient]:
    """An officer who has come in by their link."""
    async with visitor_of(house) as browser:
        answer = await browser.post(await house.link(officer, token))
        assert (answer.status_code, answer.headers["location"]) == (303, "/officers")
        yield browser


async def do(browser: httpx.AsyncClient, number: str, act: str, **fields: str) -> httpx.Response:
    """Send one of the forms of a case's page."""
    page = (await browser.get(f"/officers/case/{number}")).text
    form = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce"), "act": act, **fields}
    return await browser.post(f"/officers/case/{number}", data=form)


async def done(browser: httpx.AsyncClient, number: str, act: str, **fields: str) -> str:
    """Send one, and the page that is shown after it."""
    answer = await do(browser, number, act, **fields)
    assert answer.status_code == 303, answer.text
    return (await browser.get(answer.headers["location"])).text
