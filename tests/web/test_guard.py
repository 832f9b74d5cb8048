"""What holds for every request and every answer."""

import pytest
from starlette.datastructures import Headers

from bot.web.guard import from_here
from tests.web.house import SECRET, built, field_of, visitor_of

EVERYWHERE = ["/", "/darurat", "/away", "/officers", "/officers/login/x", "/health", "/nothing/here", "/static/chat.js"]


@pytest.mark.parametrize("path", EVERYWHERE)
async def test_every_answer_keeps_the_browser_strict(visitor, path):
    headers = (await visitor.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers


async def test_tls_is_asked_for_only_where_there_is_tls(tmp_path, release):
    async with built(tmp_path, release, secure=True) as house, visitor_of(house) as visitor:
        assert "max-age" in (await visitor.get("/")).headers["strict-transport-security"]


@pytest.mark.parametrize("path", ["/", "/officers", "/darurat", "/officers/login/x", "/away"])
async def test_no_page_has_a_style_or_script_of_its_own_or_of_others(visitor, path):
    page = (await visitor.get(path)).text
    assert "style=" not in page
    assert " on" + "click" not in page
    assert page.count("<script") == page.count('<script src="/static/')
    assert '<link rel="stylesheet" href="http' not in page


@pytest.mark.parametrize("path", ["/", "/officers", "/darurat"])
async def test_no_page_may_be_kept_by_the_browser(visitor, path):
    assert (await visitor.get(path)).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site", "origin": "http://desa.test"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://desa.test"}, False),
        ({"origin": "http://desa.test"}, True),
        ({"origin": "https://public.test"}, True),
        ({"origin": "http://evil.test"}, False),
        ({"origin": "http://desa.test.evil.test"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://["}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_may_send_forms(headers, ours):
    assert from_here(Headers({"host": "desa.test", **headers}), "public.test") is ours


async def test_a_form_from_another_site_is_refused_everywhere(house):
    async with visitor_of(house, Origin="http://evil.test") as stranger:
        for path in ("/chat", "/leave", "/officers/login/x", "/officers/logout", "/officers/case/1"):
            assert (await stranger.post(path, data={"text": "x"})).status_code == 403


async def test_a_body_that_is_too_large_is_refused_declared_or_not(visitor):
    async def drip():
        for _ in range(70):
            yield b"a" * 1024

    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await visitor.post("/chat", content=b"a" * 65_537, headers=form)).status_code == 413
    assert (await visitor.post("/chat", content=drip(), headers=form)).status_code == 413


async def test_a_file_in_a_form_is_refused(visitor):
    page = (await visitor.get("/")).text
    answer = await visitor.post("/chat", data={"nonce": field_of(page, "nonce")}, files={"text": ("x.txt", b"x")})
    assert answer.status_code == 400


async def test_the_webhook_takes_three_megabytes_and_no_more(house, visitor):
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Origin": ""}
    fits, too_large = b"a" * 3_000_000, b"a" * 3_200_000
    assert (await visitor.post("/telegram/webhook", content=fits, headers=headers)).status_code == 200
    assert (await visitor.post("/telegram/webhook", content=too_large, headers=headers)).status_code == 413
    assert house.street.taken == [fits]
