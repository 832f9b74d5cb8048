"""What people tell, and what nobody may know, stands in no log line and on no page of figures, whatever goes wrong meanwhile."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.bot_user import FakeUser
from tests.end_to_end.service import CANARY, TOKEN, Service, free_port, on_telegram, people, register, shown

SECRET, LOGIN = "rahasia-canary-of-the-webhook", "Zk3bQ0-canary_9XyT5vWmLpQr2s"
STORY, PHONE = "paman menyimpan kelapa di gudang biru", "081298765432"
CANARIES = (CANARY, TOKEN, SECRET, LOGIN, STORY, "gudang biru", PHONE, PHONE[1:], "298765432")
TOLD = f"kapan kantor buka, saya {CANARY}, nomor {PHONE}, {STORY}"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture(params=["text", "json"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Service, str]]:
    """A service with a webhook, that logs in one of the two forms."""
    settings = {
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "PUBLIC_URL": f"https://127.0.0.1:{free_port()}",
        "LOG_FORMAT": request.param,
    }
    with on_telegram(tmp_path, **settings) as (service, street):
        httpx.post(f"{street}/control/proxy", json={"url": f"{service.url}/telegram/webhook"})
        yield service, street


async def test_no_canary_sings_whatever_goes_wrong(house: tuple[Service, str], chats: Iterator[int]) -> None:
    service, street = house
    async with people(street, next(chats), next(chats)) as [siti, budi]:
        await register(siti, TOLD)
        await _send_fails(siti)
        await _gone(budi)
        await _at_the_door(service)
        await _not_stored(service, siti)
        page = await _figures(service)
        await siti.ask("pending", most=0, timeout=30)
    assert service.stop() == 0
    log = (service.folder / "errors.txt").read_text("utf-8")
    assert "was set aside: unreadable" in log and "503" in log
    assert [one for one in CANARIES if one in log] == []
    assert [one for one in CANARIES if one in page] == []
    assert 'desmigratif_handled_total{channel="telegram"}' in page and "desmigratif_put_aside_total 1.0" in page
    if service.settings["LOG_FORMAT"] == "json":
        assert all(json.loads(line)["level"] for line in log.splitlines())


async def _send_fails(siti: FakeUser) -> None:
    """Telegram answers with what was sent, with half a body, with nonsense, with a limit, with a refusal."""
    troubles: tuple[dict[str, object], ...] = (
        {"answer": f"{STORY} {PHONE}"},
        {"cut": "half"},
        {"status": 500},
        {"retry_after": 1},
        {"status": 400},
    )
    for one in troubles:
        await siti.fail("sendMessage", chat=siti.chat, **one)
        await siti.say(TOLD)
    before = len(await siti.seen())
    await siti.say("menu")
    await siti.ask("wait", chat=siti.chat, count=before + 1, timeout=30)


async def _gone(budi: FakeUser) -> None:
    """Somebody asks, and has blocked the bot before the answer."""
    await budi.say("menu")
    await shown(budi, "menu:go")
    await budi.say(TOLD)
    await budi.block()


async def _at_the_door(service: Service) -> None:
    """The wrong secret, what cannot be read, a login that does not stand, words in an address."""
    async with httpx.AsyncClient(base_url=service.url) as stranger:
        wrong = await stranger.post(
            "/telegram/webhook", content=TOLD.encode(), headers={"X-Telegram-Bot-Api-Secret-Token": PHONE}
        )
        unreadable = await stranger.post("/telegram/webhook", content=f"{{{TOLD}".encode(), headers=HEADERS)
        assert (wrong.status_code, unreadable.status_code) == (401, 200)
        await stranger.get(f"/officers/login/{LOGIN}")
        await stranger.post(f"/officers/login/{LOGIN}", headers={"Origin": service.url})
        assert (await stranger.get("/nothing", params={"text": TOLD})).status_code == 404


async def _figures(service: Service) -> str:
    async with httpx.AsyncClient(base_url=service.url) as operator:
        return (await operator.get("/metrics")).text


async def _not_stored(service: Service, siti: FakeUser) -> None:
    """The database cannot take it: the webhook is answered 503, and the same update comes again afterwards."""
    with closing(sqlite3.connect(service.folder / "var" / "desmigratif.db", isolation_level=None)) as file:
        file.execute("alter table inbox rename to away")
        async with httpx.AsyncClient(base_url=service.url) as telegram:
            chat = {"id": siti.chat, "type": "private", "first_name": CANARY}
            message = {
                "message_id": 9_000_001,
                "date": 1,
                "text": TOLD,
                "chat": chat,
                "from": {**chat, "is_bot": False},
            }
            update = {"update_id": 9_000_001, "message": message}
            refused = await telegram.post("/telegram/webhook", json=update, headers=HEADERS)
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            file.execute("alter table away rename to inbox")
            assert (await telegram.post("/telegram/webhook", json=update, headers=HEADERS)).status_code == 200
