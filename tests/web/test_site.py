"""The doors for machines, and what is said when something went wrong."""

from dataclasses import replace

from bot.store.database import NotStored
from bot.web.site import site
from tests.web.house import SECRET, visitor_of


async def test_health_is_ok_while_the_process_lives(visitor):
    answer = await visitor.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")


async def test_ready_says_whether_a_row_can_be_committed(house, visitor):
    async def not_ready():
        return False

    assert (await visitor.get("/ready")).status_code == 200
    house.app = site(replace(house.rooms, ready=not_ready))
    async with visitor_of(house) as other:
        assert (await other.get("/ready")).status_code == 503


async def test_metrics_are_text(visitor):
    answer = await visitor.get("/metrics")
    assert answer.text == "handled_total 7\n"
    assert answer.headers["content-type"].startswith("text/plain")


async def test_the_webhook_answers_what_telegram_s_door_says(visitor):
    assert (await visitor.post("/telegram/webhook", content=b"{}")).status_code == 401


async def test_without_telegram_there_is_no_webhook(house):
    house.app = site(replace(house.rooms, telegram=None))
    async with visitor_of(house) as visitor:
        assert (await visitor.post("/telegram/webhook", content=b"{}")).status_code == 404


HELLO = {"hub.mode": "subscribe", "hub.verify_token": SECRET, "hub.challenge": "1158201444"}


async def test_whatsapp_s_webhook_answers_what_its_door_says(house, visitor):
    signed = {"X-Hub-Signature-256": SECRET}
    assert (await visitor.post("/whatsapp/webhook", content=b"{}")).status_code == 401
    assert house.street.taken == [b"{}"]
    assert (await visitor.post("/whatsapp/webhook", content=b"[]", headers=signed)).status_code == 200


async def test_meta_s_handshake_gives_back_the_challenge_and_a_stranger_gets_none(visitor):
    answer = await visitor.get("/whatsapp/webhook", params=HELLO)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    refused = await visitor.get("/whatsapp/webhook", params={**HELLO, "hub.verify_token": "x"})
    assert (refused.status_code, refused.text) == (403, "")


async def test_what_whatsapp_brings_and_cannot_be_stored_is_503_with_a_time_to_come_back(house):
    async def full(body, signature):
        return 503

    house.app = site(replace(house.rooms, whatsapp=replace(house.rooms.whatsapp, take=full)))
    async with visitor_of(house) as visitor:
        answer = await visitor.post("/whatsapp/webhook", content=b"{}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


async def test_a_webhook_body_too_large_is_413_before_anybody_reads_it(house, visitor):
    answer = await visitor.post("/whatsapp/webhook", content=b" " * (3 * 1024 * 1024 + 1))
    assert (answer.status_code, house.street.taken) == (413, [])


async def test_without_whatsapp_there_is_no_webhook_of_its_own(house):
    house.app = site(replace(house.rooms, whatsapp=None))
    async with visitor_of(house) as visitor:
        assert (await visitor.post("/whatsapp/webhook", content=b"{}")).status_code == 404
        assert (await visitor.get("/whatsapp/webhook", params=HELLO)).status_code == 404


async def test_a_login_that_cannot_be_stored_says_so_and_asks_to_try_again(house, visitor):
    link = await house.link(await house.officer())
    await house.database.close()
    assert (await visitor.post(link)).status_code in (500, 503)


async def test_what_cannot_be_stored_is_503_with_a_time_to_come_back(house):
    async def refuse():
        raise NotStored("locked")

    house.app = site(replace(house.rooms, metrics=refuse))
    async with visitor_of(house) as visitor:
        answer = await visitor.get("/metrics")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "tel:" in answer.text


async def test_a_page_that_is_not_there_is_said_kindly(visitor):
    answer = await visitor.get("/nothing/here")
    assert answer.status_code == 404
    assert "<h1>" in answer.text
