"""What we post and what we read, held against what somebody else's library makes of the same: pywa, which we do not use."""

import json
from typing import Any

import httpx
import pytest
from pywa import WhatsApp, types

from bot.channels.whatsapp_messages import parcels
from bot.channels.whatsapp_updates import read_request
from bot.model.messages import Attachment, Choice, Message
from bot.wording.beside import anchors, beside
from tests.fake_graph import payloads
from tests.fake_graph.world import Person, World
from tests.fakes import FakeClock

NUMBER, TO = "106540352242922", "6281234567890"
HEAD = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": TO}
LONG = "Lantan, Batukliang Utara, Lombok Tengah"
ANSWER = {"messaging_product": "whatsapp", "contacts": [{"input": TO, "wa_id": TO}], "messages": [{"id": "wamid.X"}]}


class Peer:
    """The library, and what it posted."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        session = httpx.Client(transport=httpx.MockTransport(self._answer))
        self.client = WhatsApp(phone_id=NUMBER, token="T", session=session, server=None)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.posted.append(json.loads(request.content))
        return httpx.Response(200, json=ANSWER)


@pytest.fixture
def peer() -> Peer:
    return Peer()


def posted(message: Message) -> list[dict[str, Any]]:
    return [{**HEAD, **parcel} for parcel in parcels(message)]


def test_a_text(peer: Peer) -> None:
    peer.client.send_message(TO, "Bawa *KTP*", preview_url=False)
    assert posted(Message("Bawa **KTP**")) == peer.posted


def test_buttons(peer: Peer) -> None:
    peer.client.send_message(TO, "Baik?", buttons=[types.Button("Ya", "a:1"), types.Button("Tidak", "a:2")])
    assert posted(Message("Baik?", (Choice("a:1", "Ya"), Choice("a:2", "Tidak")))) == peer.posted


def test_a_list(peer: Peer) -> None:
    rows = [types.SectionRow("Satu", "a:1"), types.SectionRow("Lantan, Batukliang…", "a:2", LONG)]
    always = [types.SectionRow(one.label, one.id) for one in anchors("id")]
    sections = [types.Section(beside("choices", "id"), rows), types.Section(beside("always", "id"), always)]
    peer.client.send_message(TO, "Yang mana?", buttons=types.SectionList(beside("open", "id"), sections))
    ours = posted(Message("Yang mana?", (Choice("a:1", "Satu"), Choice("a:2", LONG)), language="id"))
    assert ours == peer.posted


def test_a_link(peer: Peer) -> None:
    peer.client.send_message(TO, "Ini", buttons=types.URLButton("Cetak", "https://desa.test/a.pdf"))
    assert posted(Message("Ini", (Choice("p:x", "Cetak", "https://desa.test/a.pdf"),))) == peer.posted


def test_files(peer: Peer) -> None:
    peer.client.send_image(TO, "1234567890", caption="Ini *suratnya*")
    peer.client.send_audio(TO, "1234567891")
    ours = posted(Message("Ini **suratnya**", attachment=Attachment("photo", "1234567890", "whatsapp")))
    ours += posted(Message("", attachment=Attachment("voice", "1234567891", "whatsapp")))
    assert ours == peer.posted


def test_what_is_said_and_pressed_is_read_alike(peer: Peer) -> None:
    world, person = World(NUMBER, "", "", ""), Person(TO, "ID.123456789")
    row = {"id": "a:2", "label": "Lantan, Batukliang…", "about": LONG}
    a_list, buttons = ({"id": "wamid.Y", "template": None, "opener": opener} for opener in ("Pilih", ""))
    made = [
        (payloads.said(world, person, {"text": "halo"}), types.Message, "text"),
        (payloads.pressed(world, person, buttons, {**row, "about": ""}), types.CallbackButton, "data"),
        (payloads.pressed(world, person, a_list, row), types.CallbackSelection, "data"),
        (payloads.said(world, person, {"image": "isi", "caption": "surat"}), types.Message, "caption"),
    ]
    for message, kind, holds in made:
        body = payloads.request(world, [person], [message])
        theirs = kind.from_update(client=peer.client, update=json.loads(body))
        (ours,) = read_request(body, FakeClock()(), NUMBER).incoming
        assert (ours.external_id, ours.address.chat) == (theirs.id, theirs.from_user.bsuid)
        assert (ours.text or ours.button) == getattr(theirs, holds)
        assert not ours.attachment or ours.attachment.reference == theirs.image.id
