"""The real process in a browser without JavaScript, and for the officer who opens the printed link."""

import re

import httpx

from tests.end_to_end.service import CANARY, QUESTION, TOPIC, VILLAGE_TYPED, Service


def _browser(service: Service) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=service.url, headers={"Origin": service.url}, follow_redirects=True)


async def test_a_talk_without_javascript_goes_from_a_question_to_a_receipt(web: Service) -> None:
    async with _browser(web) as siti:
        assert "Desmigratif" in (await siti.get("/")).text
        page = await _send(siti, text=f"{QUESTION} kata {CANARY}")
        assert CANARY in page
        assert f"helped:{TOPIC}" in page
        await _send(siti, text="daftar")
        await _send(siti, button="form:ask-officer")
        await _send(siti, button="agree:ask-officer")
        await _send(siti, text=VILLAGE_TYPED)
        await _send(siti, text="kapan kantor buka")
        await _send(siti, button="skip:phone")
        await _send(siti, button="send:ask-officer")
        assert re.search(r"mine:|withdraw:", await _send(siti, text="laporan saya"))


async def test_a_form_sent_twice_by_an_impatient_thumb_is_taken_once(web: Service) -> None:
    async with _browser(web) as siti:
        nonce = _nonce((await siti.get("/")).text)
        for _ in range(2):
            page = await siti.post("/chat", data={"nonce": nonce, "text": f"{QUESTION} ya"})
        assert page.text.count(f"{QUESTION} ya") == 1


async def test_another_visitor_sees_nothing_of_it(web: Service) -> None:
    async with _browser(web) as siti, _browser(web) as maling:
        await siti.get("/")
        assert CANARY in await _send(siti, text=f"saya {CANARY}")
        assert CANARY not in (await maling.get("/")).text


async def test_the_printed_link_opens_the_officers_pages_once_and_only_by_pressing(web: Service) -> None:
    link = re.search(r"(/officers/login/\S+)", web.output())
    assert link
    async with _browser(web) as officer, _browser(web) as late:
        assert (await officer.get("/officers")).status_code == 401
        for _ in range(2):
            assert (await officer.get(link[1])).status_code == 200
        entered = await officer.post(link[1])
        assert (entered.status_code, entered.url.path) == (200, "/officers")
        assert (await late.post(link[1])).status_code == 410
        assert (await late.get("/officers")).status_code == 401
        assert (await officer.get("/officers")).status_code == 200


async def test_behind_a_proxy_one_visitors_guessing_shuts_nobody_else_out(web: Service) -> None:
    async with _browser(web) as proxy:

        async def tries(visitor: str) -> int:
            answer = await proxy.post(
                "/officers/login/guessed", headers={"X-Forwarded-For": f"198.51.100.9, {visitor}"}
            )
            return answer.status_code

        assert [await tries("203.0.113.7") for _ in range(11)] == [410] * 10 + [429]
        assert await tries("203.0.113.8") == 410


async def test_health_readiness_and_numbers_are_there_and_a_webhook_that_is_off_is_not(web: Service) -> None:
    async with _browser(web) as operator:
        assert (await operator.get("/health")).status_code == 200
        assert (await operator.get("/ready")).status_code == 200
        assert "desmigratif_handled" in (await operator.get("/metrics")).text
        assert (await operator.post("/telegram/webhook", json={})).status_code == 404


async def _send(browser: httpx.AsyncClient, **form: str) -> str:
    """Fill the form of the page as it stands, and the page after it."""
    nonce = _nonce((await browser.get("/")).text)
    answer = await browser.post("/chat", data={"nonce": nonce, "language": "id", **form})
    assert answer.status_code == 200
    return answer.text


def _nonce(page: str) -> str:
    found = re.search(r'name="nonce" value="([^"]+)"', page)
    assert found
    return found[1]
