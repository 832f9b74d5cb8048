"""On WhatsApp too, what people tell and what nobody may know stands in no log line and on no page of figures."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.channels.test_whatsapp_updates import body, value
from tests.end_to_end.service import CANARY, Service, on_whatsapp
from tests.end_to_end.whatsapp import asking, bring, more, person, register, shown
from tests.whatsapp_user import SECRET, TOKEN, VERIFY_TOKEN, WhatsAppUser

STORY, PHONE = "paman menyimpan kelapa di gudang biru", "081298765432"
TOLD = f"kapan kantor buka, saya {CANARY}, nomor {PHONE}, {STORY}"
CANARIES = (CANARY, TOKEN, SECRET, VERIFY_TOKEN, STORY, "gudang biru", PHONE, PHONE[1:], "298765432", "wamid.")


@pytest.fixture(params=["text", "json"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Service, str]]:
    """A service on WhatsApp, that logs in one of the two forms."""
    with on_whatsapp(tmp_path, LOG_FORMAT=request.param) as both:
        yield both


async def test_no_canary_sings_whatever_goes_wrong(house: tuple[Service, str]) -> None:
    service, street = house
    async with person(street) as siti, person(street) as budi:
        names = (siti.number, siti.user_id, budi.number, budi.user_id)
        await register(siti, TOLD)
        await _send_fails(siti)
        await _gone(budi)
        _at_the_door(service, siti)
        _not_stored(service, siti)
        page = _figures(service)
        await siti.ask("pending", most=0, timeout=30)
    assert service.stop() == 0
    log = (service.folder / "errors.txt").read_text("utf-8")
    assert "was set aside: unreadable" in log and "503" in log and "an operator mends" in log
    assert [one for one in (*CANARIES, *names) if one in log] == []
    assert [one for one in (*CANARIES, *names) if one in page] == []
    assert 'desmigratif_handled_total{channel="whatsapp"}' in page
    if service.settings["LOG_FORMAT"] == "json":
        assert all(json.loads(line)["level"] for line in log.splitlines())


async def _send_fails(siti: WhatsAppUser) -> None:
    """Meta answers with what was sent, with half a body, with nonsense, with its refusals."""
    troubles: tuple[dict[str, object], ...] = (
        {"answer": f"{STORY} {PHONE}"},
        {"cut": "half"},
        {"status": 500},
        {"code": 131056},
        {"code": 100},
        {"code": 131053},
    )
    for one in troubles:
        await siti.fail(**one)
        await siti.say(TOLD)
    await siti.control("fail", method="read", status=401, code=190, times=2)
    before = len(await siti.seen())
    await siti.say("menu")
    await more(siti, before, timeout=60)


async def _gone(budi: WhatsAppUser) -> None:
    """Somebody asks, and cannot be reached any more before the answer; then they have a new number."""
    await budi.say("menu")
    await shown(budi, "menu:go")
    await budi.control("person", who=budi.number, deaf=True)
    await budi.say(TOLD)
    await budi.control("move", who=budi.number, to="6281298765432")
    await budi.ask("pending", most=0, timeout=30)
    await budi.control("fail", method="messages", status=401, code=190)


def _at_the_door(service: Service, siti: WhatsAppUser) -> None:
    """The wrong signature, what cannot be read, a handshake that is none, words in an address."""
    assert bring(service, TOLD.encode(), PHONE).status_code == 401
    assert bring(service, f"{{{TOLD}".encode()).status_code == 200
    poison = asking(siti, text={"body": [TOLD]})
    assert bring(service, body(value(messages=[poison]))).status_code == 200
    wrong = {"hub.mode": "subscribe", "hub.verify_token": TOLD, "hub.challenge": "1"}
    assert httpx.get(f"{service.url}/whatsapp/webhook", params=wrong).status_code == 403


def _figures(service: Service) -> str:
    return httpx.get(f"{service.url}/metrics").text


def _not_stored(service: Service, siti: WhatsAppUser) -> None:
    """The database cannot take it: the webhook is answered 503, and the same request comes again afterwards."""
    whole = body(value(messages=[asking(siti, text={"body": TOLD})]))
    with closing(sqlite3.connect(service.folder / "var" / "desmigratif.db", isolation_level=None)) as file:
        file.execute("alter table inbox rename to away")
        refused = bring(service, whole)
        file.execute("alter table away rename to inbox")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert bring(service, whole).status_code == 200
