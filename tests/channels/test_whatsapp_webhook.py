"""The webhook: nothing is answered 200 that is not stored, and nobody gets in without Meta's signature."""

import asyncio
import json
from typing import Any

import pytest

from bot.channels.whatsapp import WhatsApp
from tests.channels.conftest import Door, account_on
from tests.channels.test_whatsapp_updates import STATUS, body, text, value
from tests.fake_graph.webhook import signature
from tests.whatsapp_user import SECRET, VERIFY_TOKEN, WhatsAppUser

BODY = body(value(messages=[text()]))
SIGNED = signature(SECRET, BODY)


async def test_a_request_is_stored_and_then_answered_200(whatsapp: WhatsApp, door: Door) -> None:
    assert await whatsapp.take(BODY, SIGNED, door.receive) == 200
    assert [one.kind for one in await door.next()] == ["text"]


async def test_all_of_a_request_is_one_batch(whatsapp: WhatsApp, door: Door) -> None:
    whole = body(value(messages=[text(id="wamid.1"), text(id="wamid.2")]), value(statuses=[STATUS]))
    assert await whatsapp.take(whole, signature(SECRET, whole), door.receive) == 200
    assert [one.kind for one in await door.next()] == ["text", "text", "status"]
    assert door.batches.empty()


@pytest.mark.parametrize(
    "given",
    ["", "sha256=", SIGNED[:-1], SIGNED.upper(), SIGNED.removeprefix("sha256="), "sha1=" + SIGNED[7:], "räh", "\udcff"],
)
async def test_without_metas_signature_nothing_is_stored(whatsapp: WhatsApp, door: Door, given: str) -> None:
    assert await whatsapp.take(BODY, given, door.receive) == 401
    assert door.batches.empty()


async def test_a_signature_is_for_these_very_bytes(whatsapp: WhatsApp, door: Door) -> None:
    same = json.dumps(json.loads(BODY), indent=1).encode()
    assert await whatsapp.take(same, SIGNED, door.receive) == 401
    assert await whatsapp.take(BODY, signature("another-secret", BODY), door.receive) == 401
    assert door.batches.empty()


async def test_an_account_without_a_secret_takes_nothing_and_shakes_no_hands(graph: str, door: Door) -> None:
    bare = WhatsApp(account_on(graph, secret="", verify_token=""))
    assert await bare.take(BODY, signature("", BODY), door.receive) == 401
    assert bare.shake({"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "1"}) is None
    await bare.close()
    assert door.batches.empty()


async def test_a_body_too_large_is_turned_away_unread(whatsapp: WhatsApp, door: Door) -> None:
    huge = b" " * (3 * 1024 * 1024 + 1)
    assert await whatsapp.take(huge, signature(SECRET, huge), door.receive) == 413
    assert door.batches.empty()


async def test_what_is_not_stored_is_answered_503(whatsapp: WhatsApp, door: Door) -> None:
    door.failures = 1
    assert await whatsapp.take(BODY, SIGNED, door.receive) == 503
    assert await whatsapp.take(BODY, SIGNED, door.receive) == 200
    assert [one.external_id for one in await door.next()] == [one.external_id for one in door.refused]


async def test_another_numbers_messages_are_acknowledged_counted_and_not_stored(graph: str, door: Door) -> None:
    strange: list[int] = []
    ours = WhatsApp(account_on(graph), strange=strange.append)
    whole = body({"metadata": {"phone_number_id": "999999"}, "messages": [text()]})
    assert await ours.take(whole, signature(SECRET, whole), door.receive) == 200
    await ours.close()
    assert (strange, door.batches.empty()) == ([1], True)


@pytest.mark.parametrize("whole", [b"", b"{", b"\xff\xfe", b'{"object":"page","entry":[]}'], ids=str)
async def test_whatever_meta_signed_is_answered_200(whatsapp: WhatsApp, door: Door, whole: bytes) -> None:
    assert await whatsapp.take(whole, signature(SECRET, whole), door.receive) == 200


HELLO = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"}


def test_the_handshake_gives_back_the_challenge(whatsapp: WhatsApp) -> None:
    assert whatsapp.shake(HELLO) == "1158201444"


@pytest.mark.parametrize(
    "changes",
    [
        {"hub.verify_token": VERIFY_TOKEN[:-1]},
        {"hub.verify_token": ""},
        {"hub.verify_token": "ka\udcff"},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
        {"hub.challenge": "<script>"},
        {"hub.challenge": "1" * 5_000},
    ],
)
def test_a_stranger_gets_no_handshake(whatsapp: WhatsApp, changes: dict[str, str]) -> None:
    assert whatsapp.shake({**HELLO, **changes}) is None
    assert whatsapp.shake({}) is None


async def said(whatsapp: WhatsApp, siti: WhatsAppUser, door: Door, **what: Any) -> str:
    """A message the false Meta knows of, taken in as it would bring it."""
    id = str((await siti.send(**what))["id"])
    whole = body(value(messages=[text(id=id)]))
    assert await whatsapp.take(whole, signature(SECRET, whole), door.receive) == 200
    return id


async def test_what_was_taken_in_is_marked_read_and_we_are_seen_to_write(
    whatsapp: WhatsApp, siti: WhatsAppUser, door: Door
) -> None:
    id = await said(whatsapp, siti, door, text="halo")
    (call,) = await siti.ask("calls", method="read", count=1)
    assert (call["given"]["message_id"], call["given"]["typing_indicator"]) == (id, {"type": "text"})


async def test_a_courtesy_that_fails_or_hangs_troubles_nobody(
    whatsapp: WhatsApp, siti: WhatsAppUser, door: Door
) -> None:
    for how in ({"status": 500}, {"code": 190, "status": 401}, {"cut": "reset"}, {"hang": 3600.0}):
        await siti.control("fail", method="read", **how)
        await said(whatsapp, siti, door, text="halo")
    await siti.ask("calls", method="read", count=4)
    await asyncio.wait_for(whatsapp.close(), 10)


async def test_a_flood_gets_few_courtesies(whatsapp: WhatsApp, siti: WhatsAppUser, door: Door) -> None:
    await siti.control("fail", method="read", hang=3600.0, times=1000)
    many = body(value(messages=[text(id=f"wamid.{n}", from_user_id=f"ID.{n}") for n in range(500)]))
    assert await whatsapp.take(many, signature(SECRET, many), door.receive) == 200
    assert len(await siti.ask("calls", method="read", count=32)) == 32
