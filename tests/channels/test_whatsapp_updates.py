"""What Meta sends, read: every kind of message, whom it is from, and what becomes of what cannot be read."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.whatsapp_updates import read_again, read_request
from bot.model.messages import Address, Attachment, Incoming

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ACCOUNT, NUMBER, USER = "106540352242922", "6281200000007", "ID.13491208655302741918"
HEAD = {"from": NUMBER, "from_user_id": USER, "id": "wamid.A", "timestamp": "1795305600"}


def text(body: str = "halo", **more: Any) -> dict[str, Any]:
    return {**HEAD, "type": "text", "text": {"body": body}, **more}


def value(**things: Any) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "metadata": {"phone_number_id": ACCOUNT}, **things}


def body(*values: Any, field: str = "messages") -> bytes:
    changes = [{"field": field, "value": one} for one in values]
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}).encode()


def read(*messages: Any, **things: Any) -> list[Incoming]:
    return list(read_request(body(value(messages=list(messages), **things)), AT, ACCOUNT).incoming)


def one(message: Any, **things: Any) -> Incoming:
    (incoming,) = read(message, **things)
    return incoming


def test_a_text_is_its_persons_by_metas_id_and_named_by_its_own() -> None:
    assert one(text("Halo ✋")) == Incoming(Address("whatsapp", ACCOUNT, USER), "wamid.A", "text", AT, "Halo ✋")


MEDIA = {"id": "1037543291543636", "mime_type": "x/y", "sha256": "x"}


@pytest.mark.parametrize(
    ("content", "kind", "attachment"),
    [
        (
            {"type": "image", "image": {**MEDIA, "caption": "paspor"}},
            "photo",
            Attachment("photo", MEDIA["id"], "whatsapp"),
        ),
        ({"type": "audio", "audio": {**MEDIA, "voice": True}}, "voice", Attachment("voice", MEDIA["id"], "whatsapp")),
        ({"type": "document", "document": MEDIA}, "file", Attachment("file", MEDIA["id"], "whatsapp")),
        ({"type": "video", "video": MEDIA}, "file", Attachment("file", f"video:{MEDIA['id']}", "whatsapp")),
        ({"type": "sticker", "sticker": MEDIA}, "sticker", None),
        ({"type": "location", "location": {"latitude": 1, "longitude": 2}}, "location", None),
        ({"type": "contacts", "contacts": [{"name": {}}]}, "contact", None),
        ({"type": "order", "order": {"catalog_id": "1"}}, "sticker", None),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, "sticker", None),
        ({"type": "ramalan_cuaca", "ramalan_cuaca": {}}, "sticker", None),
        ({"type": "request_welcome"}, "start", None),
    ],
)
def test_every_kind_of_message_is_something_to_answer(content: Any, kind: str, attachment: Any) -> None:
    found = one({**HEAD, **content})
    assert (found.kind, found.attachment) == (kind, attachment)
    assert found.text == ("paspor" if "image" in content else "")


@pytest.mark.parametrize(
    "content",
    [
        {"type": "reaction", "reaction": {"message_id": "wamid.B", "emoji": "👍"}},
        {"type": "edit", "edit": {"original_message_id": "wamid.B", "message": {}}},
        {"type": "revoke", "revoke": {"original_message_id": "wamid.B"}},
        {"type": "unsupported", "unsupported": {"type": "pin"}},
        {"type": "system", "system": {"type": "customer_identity_changed", "body": "x"}},
        {"type": "text", "text": {"body": "di grup"}, "group_id": "Y2FwaV9ncm91cDo"},
    ],
)
def test_what_asks_for_no_answer_is_passed_over(content: Any) -> None:
    assert read({**HEAD, **content}, text(id="wamid.C"))[0].external_id == "wamid.C"


@pytest.mark.parametrize("kind", ["button_reply", "list_reply"])
def test_a_press_is_the_id_we_gave(kind: str) -> None:
    reply = {"type": kind, kind: {"id": "helped:migration/costs", "title": "Membantu", "description": "x"}}
    found = one({**HEAD, "type": "interactive", "interactive": reply, "context": {"id": "wamid.OURS"}})
    assert (found.kind, found.button, found.text) == ("button", "helped:migration/costs", "")


def test_a_form_of_metas_that_we_never_sent_is_something_to_be_kind_about() -> None:
    reply = {"type": "nfm_reply", "nfm_reply": {"response_json": "{}", "body": "Sent", "name": "flow"}}
    assert one({**HEAD, "type": "interactive", "interactive": reply}).kind == "sticker"


@pytest.mark.parametrize(
    ("button", "kind", "said"),
    [
        ({"payload": "do:cases", "text": "Baca"}, "button", "do:cases"),
        ({"payload": "Baca", "text": "Baca"}, "text", "Baca"),
        ({"text": "Baca"}, "text", "Baca"),
    ],
)
def test_a_templates_button_is_ours_or_its_words(button: Any, kind: str, said: str) -> None:
    found = one({**HEAD, "type": "button", "button": button})
    assert (found.kind, found.button or found.text) == (kind, said)


def test_an_advertisement_a_forward_and_a_quote_change_nothing() -> None:
    referral = {"source_type": "ad", "source_id": "1", "body": "Kerja!", "ctwa_clid": "x"}
    more = {"referral": referral, "context": {"forwarded": True, "id": "wamid.B"}}
    assert one(text("Halo", **more)) == one(text("Halo"))


@pytest.mark.parametrize(
    ("head", "contacts", "chat"),
    [
        ({"from": NUMBER, "from_user_id": USER}, [], USER),
        ({"from_user_id": USER}, [{"user_id": USER}], USER),
        ({"from": NUMBER}, [{"wa_id": NUMBER, "user_id": USER}], USER),
        ({"from": NUMBER}, [{"wa_id": "6281", "user_id": "ID.OTHER"}, {"wa_id": NUMBER, "user_id": USER}], USER),
        ({}, [{"user_id": USER}], USER),
        ({"from": NUMBER}, [{"wa_id": NUMBER}], NUMBER),
        ({"from": NUMBER}, [{"user_id": "ID.OTHER"}], NUMBER),
        ({"from": NUMBER}, [{"wa_id": "6281", "user_id": "ID.OTHER"}], NUMBER),
    ],
)
def test_a_person_is_metas_id_wherever_it_stands_and_never_a_neighbours(
    head: dict[str, str], contacts: list[Any], chat: str
) -> None:
    message = {"id": "wamid.A", "type": "text", "text": {"body": "x"}, **head}
    assert one(message, contacts=contacts).address.chat == chat


@pytest.mark.parametrize("head", [{}, {"from": "budi"}, {"from": 6281}, {"from_user_id": "../x"}, {"from_user_id": 7}])
def test_nobodys_message_is_set_aside(head: dict[str, Any]) -> None:
    contacts = [{"user_id": USER}, {"user_id": "ID.OTHER"}]
    found = one({"id": "wamid.A", "type": "text", "text": {"body": "x"}, **head}, contacts=contacts)
    assert (found.kind, found.external_id) == ("unreadable", "wamid.A")


@pytest.mark.parametrize(
    ("system", "chat"),
    [
        ({"type": "user_changed_number", "wa_id": "62899", "previous_user_id": USER, "user_id": "ID.NEW"}, USER),
        ({"type": "user_changed_user_id", "previous_user_id": USER, "user_id": "ID.NEW"}, USER),
        ({"type": "user_changed_number", "wa_id": "62899"}, NUMBER),
    ],
)
def test_a_new_number_leaves_the_old_chat_and_brings_nothing_to_the_new_one(system: Any, chat: str) -> None:
    found = one({"from": NUMBER, "id": "wamid.S", "timestamp": "1", "type": "system", "system": system})
    assert (found.kind, found.text, found.address.chat) == ("gone", "number-changed", chat)


STATUS = {
    "id": "wamid.OURS",
    "status": "delivered",
    "timestamp": "1",
    "recipient_id": NUMBER,
    "recipient_user_id": USER,
}


def state(**changes: Any) -> Incoming:
    (found,) = read_request(body(value(statuses=[{**STATUS, **changes}])), AT, ACCOUNT).incoming
    return found


def test_a_state_names_the_message_the_state_and_the_person() -> None:
    found = state()
    assert (found.kind, found.text, found.button) == ("status", "wamid.OURS", "delivered")
    assert (found.external_id, found.address.chat) == ("wamid.OURS:delivered", USER)
    assert state(recipient_user_id=None).address.chat == NUMBER


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "failed", "errors": [{"code": 131026, "title": "x"}]}, "failed:131026"),
        ({"status": "failed"}, "failed:0"),
        ({"pricing": {"billable": True, "category": "utility", "type": "regular"}}, "delivered utility regular"),
        ({"pricing": {"billable": False, "category": "service"}}, "delivered service free"),
        ({"pricing": {"category": "Harga Rp 5", "type": "x y"}}, "delivered"),
    ],
)
def test_a_state_tells_why_it_failed_and_as_what_it_is_counted(changes: Any, said: str) -> None:
    assert state(**changes).button == said


def test_a_state_nobody_asked_for_is_passed_over() -> None:
    request = read_request(body(value(statuses=[{**STATUS, "status": "played"}, STATUS])), AT, ACCOUNT)
    assert [one.button for one in request.incoming] == ["delivered"]


def test_several_things_of_one_request_come_in_their_order() -> None:
    first, second = value(messages=[text(id="wamid.1"), text(id="wamid.2")]), value(statuses=[STATUS])
    found = read_request(body(first, second), AT, ACCOUNT).incoming
    assert [one.external_id for one in found] == ["wamid.1", "wamid.2", "wamid.OURS:delivered"]


def test_another_numbers_messages_are_counted_and_not_looked_at() -> None:
    strange = {"metadata": {"phone_number_id": "999999"}, "messages": [text(), text()]}
    request = read_request(body(strange, value(messages=[text(id="wamid.B")])), AT, ACCOUNT)
    assert ([one.external_id for one in request.incoming], request.strange) == (["wamid.B"], 2)


def test_news_of_the_account_are_not_for_us() -> None:
    assert read_request(body({"event": "APPROVED"}, field="message_template_status_update"), AT, ACCOUNT).incoming == ()


POISON: dict[str, Any] = {
    "half a character": text("\ud800"),
    "a NUL": text("a\0b"),
    "a number for a text": {**HEAD, "type": "text", "text": {"body": 5}},
    "no text": {**HEAD, "type": "text"},
    "a list": [],
    "null": None,
    "a huge text": text("x" * 20_000),
    "no id": {**text(), "id": None},
    "a huge id": text(id="w" * 2_000),
    "70 bits": text(id=1 << 70),
    "a file with a path": {**HEAD, "type": "image", "image": {"id": "../../me"}},
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON.keys())
def test_a_poisoned_message_is_set_aside_and_its_neighbours_are_read(poison: Any) -> None:
    before, aside, after = read(text(id="wamid.1"), poison, text(id="wamid.2"))
    assert [before.kind, aside.kind, after.kind] == ["text", "unreadable", "text"]
    assert aside.external_id and aside.address.account == ACCOUNT
    assert json.loads(aside.raw)["entry"][0]["changes"][0]["value"]["messages"] == [poison] or len(aside.raw) == 65_536


DEEP = b"[" * 5_000 + b"]" * 5_000


@pytest.mark.parametrize(
    "poison",
    [
        pytest.param(
            b'{"id":"wamid.P","from":"6281200","type":"text","text":{"body":"\xff\xfe"}}', id="no text in bytes"
        ),
        pytest.param(b'{"id":"wamid.P","from":"6281200","type":"text","text":' + DEEP + b"}", id="deep"),
        pytest.param(
            b'{"id":"wamid.P","from":' + b"9" * 6_000 + b',"type":"text","text":{"body":"x"}}', id="endless number"
        ),
    ],
)
def test_what_would_spoil_the_whole_request_spoils_one_message(poison: bytes) -> None:
    whole = body(value(messages=[text(id="wamid.1"), "HERE", text(id="wamid.2")])).replace(b'"HERE"', poison)
    before, aside, after = read_request(whole, AT, ACCOUNT).incoming
    assert [before.external_id, aside.external_id, after.external_id] == ["wamid.1", "wamid.P", "wamid.2"]
    assert [before.kind, aside.kind, after.kind] == ["text", "unreadable", "text"]


@pytest.mark.parametrize(
    "whole",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        DEEP,
        b'{"object":"whatsapp_business_account"}',
        body(value(messages=[text()]))[:-9],
        b"\xff",
    ],
)
def test_a_request_that_cannot_be_read_is_kept_as_it_came(whole: bytes) -> None:
    (found,) = read_request(whole, AT, ACCOUNT).incoming
    assert (found.kind, found.raw) == ("unreadable", whole)
    assert found.external_id == read_request(whole, AT, ACCOUNT).incoming[0].external_id


@pytest.mark.parametrize(
    "broken", [{"messages": "halo"}, {"messages": {"0": text()}}, {"contacts": 7, "messages": [text()]}]
)
def test_a_change_that_cannot_be_read_does_not_hide_the_next_one(broken: Any) -> None:
    found = read_request(body(value(**broken), value(messages=[text()])), AT, ACCOUNT).incoming
    assert [one.kind for one in found] == ["unreadable", "text"]


def test_what_was_set_aside_can_be_read_again_after_a_mend() -> None:
    envelope = body(value(contacts=[{"wa_id": NUMBER, "user_id": USER}], messages=[{**text(), "from_user_id": None}]))
    aside = Incoming(Address("whatsapp", ACCOUNT, ""), "wamid.A", "unreadable", AT, raw=envelope)
    again = read_again(aside)
    assert (again.kind, again.address.chat, again.text) == ("text", USER, "halo")
    assert read_again(again) == again
    torn = Incoming(Address("whatsapp", ACCOUNT, ""), "x1", "unreadable", AT, raw=b"{")
    assert read_again(torn).kind == "unreadable"
