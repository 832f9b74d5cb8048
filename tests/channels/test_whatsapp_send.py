"""Sending on WhatsApp: what people see, and what delivery is told when they cannot."""

import logging
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web

from bot.channel import Closed, Never, NotNow, Uncertain
from bot.channels.whatsapp import Refused, WhatsApp
from bot.channels.whatsapp_request import LARGEST
from bot.model.messages import Address, Choice, Message, Outgoing
from tests.channels.conftest import account_on
from tests.whatsapp_user import NUMBER_ID, TOKEN, WhatsAppUser

DAY = 24 * 3600


def outgoing(text: str, person: WhatsAppUser, *, by_number: bool = False, **more: Any) -> Outgoing:
    chat = person.number if by_number else person.user_id
    return Outgoing(1, Address("whatsapp", NUMBER_ID, chat), Message(text, **more))


@pytest.fixture(autouse=True)
async def known(siti: WhatsAppUser) -> None:
    """Whoever wrote within a day may be written to."""
    await siti.say("halo")


async def test_a_message_arrives_and_metas_id_for_it_comes_back(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    id = await whatsapp.send(outgoing("Selamat pagi", siti))
    (seen,) = await siti.wait()
    assert (seen.id, seen.text) == (id, "Selamat pagi")


@pytest.mark.parametrize(("by_number", "field"), [(True, "to"), (False, "recipient")])
async def test_a_person_is_written_to_as_we_know_them(
    whatsapp: WhatsApp, siti: WhatsAppUser, by_number: bool, field: str
) -> None:
    await whatsapp.send(outgoing("Halo", siti, by_number=by_number))
    (call,) = await siti.ask("calls", method="messages")
    assert {"to", "recipient"} & call["given"].keys() == {field}
    assert len(await siti.wait()) == 1


async def test_what_is_pressed_comes_back_as_the_id_we_gave(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    await whatsapp.send(outgoing("Pilih:", siti, choices=(Choice("menu:a", "Satu"), Choice("menu:b", "Dua"))))
    (seen,) = await siti.wait()
    assert ("Satu", "menu:a") in seen.buttons
    await siti.press("Dua")


async def test_a_long_text_comes_in_order_and_every_piece_is_named(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    text = "\n\n".join(f"{number} " + "kata " * 300 for number in range(6))
    ids = await whatsapp.send(outgoing(text, siti))
    seen = await siti.wait(2)
    assert "".join("".join(one.text for one in seen).split()) == "".join(text.split())
    assert ",".join(one.id for one in seen) == ids


async def test_after_a_day_the_window_is_closed(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    await siti.control("clock", advance=DAY)
    with pytest.raises(Closed):
        await whatsapp.send(outgoing("Masih di sana?", siti))
    await siti.say("ya")
    await whatsapp.send(outgoing("Halo lagi", siti))
    assert [one.text for one in await siti.wait()] == ["Halo lagi"]


async def test_whoever_cannot_be_reached_is_never_tried_again(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    await siti.control("person", who=siti.number, deaf=True)
    with pytest.raises(Never) as found:
        await whatsapp.send(outgoing("Halo", siti))
    assert not found.value.this_one


async def test_somebody_nobody_knows_is_never_tried_again(whatsapp: WhatsApp) -> None:
    with pytest.raises(Never):
        await whatsapp.send(Outgoing(1, Address("whatsapp", NUMBER_ID, "ID.404"), Message("x")))


async def test_too_fast_for_one_person_pauses_that_chat_only(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    with pytest.raises(NotNow) as found:
        for number in range(100):
            await whatsapp.send(outgoing(str(number), siti))
    assert (found.value.flood, found.value.everyone) == (True, False)
    assert len(await siti.seen()) == 45


@pytest.mark.parametrize(
    ("fault", "wanted", "details"),
    [
        ({"code": 130429, "status": 429}, NotNow, {"everyone": True, "flood": True}),
        ({"code": 190, "status": 401}, NotNow, {"everyone": True, "after": 60.0}),
        ({"code": 132001, "status": 404}, Never, {"this_one": True}),
        ({"status": 502}, NotNow, {"everyone": False}),
        ({"cut": "reset"}, Uncertain, {}),
        ({"cut": "half", "deliver": True}, Uncertain, {}),
        ({"answer": "<html>"}, Uncertain, {}),
        ({"answer": "{}"}, Uncertain, {}),
        ({"answer": '{"messages":[{}]}'}, Uncertain, {}),
        ({"answer": '{"messages":[{"id":7}]}'}, Uncertain, {}),
        ({"answer": "[" * 100_000}, Uncertain, {}),
    ],
    ids=str,
)
async def test_a_bad_answer_says_who_must_act(
    whatsapp: WhatsApp, siti: WhatsAppUser, fault: dict[str, Any], wanted: type[Exception], details: dict[str, Any]
) -> None:
    await siti.fail(**fault)
    with pytest.raises(wanted) as found:
        await whatsapp.send(outgoing("Halo", siti))
    assert {name: getattr(found.value, name) for name in details} == details
    await whatsapp.send(outgoing("Halo", siti))


async def test_nobody_at_the_address_is_everybodys_trouble(siti: WhatsAppUser) -> None:
    lost = WhatsApp(account_on("http://127.0.0.1:9"))
    with pytest.raises(NotNow) as found:
        await lost.send(outgoing("Halo", siti))
    assert found.value.everyone
    await lost.close()


async def test_no_error_and_no_log_line_holds_the_token_the_person_or_the_words(
    graph: str, siti: WhatsAppUser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bad = WhatsApp(account_on(graph, token=f"{TOKEN}x"))
    with pytest.raises(NotNow) as found:
        await bad.send(outgoing("paspor saya ditahan", siti))
    await bad.close()
    said = caplog.text + str(found.value)
    assert [one for one in (TOKEN, siti.number, siti.user_id, "paspor") if one in said] == []
    assert "an operator" in caplog.text


async def test_what_somebody_sent_can_be_fetched(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    file = await _kept(siti, b"\xff\xd8 gambar")
    assert (await whatsapp.fetch(file)).content == b"\xff\xd8 gambar"
    assert (await whatsapp.fetch(f"video:{file}")).content == b"\xff\xd8 gambar"


@pytest.mark.parametrize("reference", ["../me", "", "1?fields=x", "https://x.id/a", "a b"])
async def test_a_reference_that_is_no_files_is_not_asked_for(
    whatsapp: WhatsApp, siti: WhatsAppUser, reference: str
) -> None:
    with pytest.raises(Never):
        await whatsapp.fetch(reference)
    assert await siti.ask("calls", method="media") == []


async def test_a_file_that_is_gone_is_never_there(whatsapp: WhatsApp) -> None:
    with pytest.raises(Never) as found:
        await whatsapp.fetch("404404")
    assert found.value.this_one


async def test_a_file_too_large_is_not_carried(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    file = await _kept(siti, bytes(LARGEST + 1))
    with pytest.raises(Never, match="too large"):
        await whatsapp.fetch(file)
    assert await siti.ask("calls", method="download") == []


@pytest.fixture
async def liar() -> AsyncIterator[tuple[str, list[str]]]:
    """A Graph API that names other places as where a file is, or more of a file than it said; and who came with a token."""
    visited: list[str] = []
    places = {
        "1": "http://127.0.0.1:9/x",
        "2": "https://fbsbx.com.evil.example/x",
        "3": "file:///etc/passwd",
        "4": "http://[",
    }

    async def look(request: web.Request) -> web.Response:
        id = request.match_info["id"]
        return web.json_response({"url": places.get(id, f"http://{request.host}/huge"), "file_size": 5})

    async def huge(request: web.Request) -> web.Response:
        visited.append(request.headers.get("Authorization", ""))
        return web.Response(body=bytes(LARGEST + 1))

    app = web.Application()
    app.add_routes([web.get("/v26.0/{id}", look), web.get("/huge", huge)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", visited
    await runner.cleanup()


@pytest.mark.parametrize("file", ["1", "2", "3", "4"])
async def test_the_token_goes_to_nobody_but_meta(liar: tuple[str, list[str]], file: str) -> None:
    ours = WhatsApp(account_on(liar[0]))
    with pytest.raises(Never):
        await ours.fetch(file)
    await ours.close()
    assert liar[1] == []


async def test_a_file_larger_than_was_said_is_let_go(liar: tuple[str, list[str]]) -> None:
    ours = WhatsApp(account_on(liar[0]))
    with pytest.raises(Never, match="too large"):
        await ours.fetch("5")
    await ours.close()
    assert liar[1] == [f"Bearer {TOKEN}"]


async def test_our_token_and_number_can_be_looked_up(whatsapp: WhatsApp, graph: str) -> None:
    await whatsapp.check()
    for wrong in ({"token": "EAAwrong"}, {"id": "40440440"}):
        bad = WhatsApp(account_on(graph, **wrong))
        with pytest.raises(Refused, match="WHATSAPP_TOKEN"):
            await bad.check()
        await bad.close()


async def _kept(person: WhatsAppUser, content: bytes, kind: str = "image") -> str:
    assert person._session
    async with person._session.post("/control/file", params={"kind": kind}, data=BytesIO(content)) as answer:
        return str((await answer.json())["id"])
