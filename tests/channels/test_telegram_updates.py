"""Reading updates: what real ones say, and that nothing at all makes the reading fail."""

import copy
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.channels.telegram_updates import read_body, read_lone_page, read_page, read_update
from bot.model.messages import Address, Attachment, Incoming

AT = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
RECORDED = json.loads((Path(__file__).parent / "updates.json").read_text())
MESSAGE = RECORDED[0]["update"]
PRESS = next(one["update"] for one in RECORDED if one["name"] == "a press")
DEPTH = 10_000


@pytest.mark.parametrize("recorded", RECORDED, ids=[one["name"] for one in RECORDED])
def test_an_update_says_what_happened(recorded: dict[str, Any]) -> None:
    incoming = read_update(recorded["update"], AT, "desa")
    if recorded["wanted"] is None:
        assert incoming is None
    else:
        assert incoming is not None
        assert {key: _described(incoming)[key] for key in recorded["wanted"]} == recorded["wanted"]
        assert (incoming.at, incoming.address.channel, incoming.address.account) == (AT, "telegram", "desa")


def _described(incoming: Incoming) -> dict[str, Any]:
    attached = incoming.attachment and [
        incoming.attachment.kind,
        incoming.attachment.reference,
        incoming.attachment.size,
    ]
    names = ("external_id", "kind", "text", "button", "language")
    return {name: getattr(incoming, name) for name in names} | {"chat": incoming.address.chat, "attachment": attached}


@pytest.mark.parametrize("recorded", RECORDED, ids=[one["name"] for one in RECORDED])
def test_the_librarys_own_update_reads_the_same(recorded: dict[str, Any]) -> None:
    update = Update.de_json(copy.deepcopy(recorded["update"]), None)
    assert read_update(update, AT, "desa") == read_update(recorded["update"], AT, "desa")


@pytest.mark.parametrize("recorded", RECORDED, ids=[one["name"] for one in RECORDED])
def test_a_body_and_a_page_read_the_same_as_the_update(recorded: dict[str, Any]) -> None:
    body = json.dumps(recorded["update"]).encode()
    incoming = read_update(recorded["update"], AT, "desa")
    assert read_body(body, AT, "desa") == incoming
    page = read_page(b'{"ok":true,"result":[' + body + b"]}", AT, "desa")
    assert page.incoming == ((incoming,) if incoming else ())
    assert page.last == recorded["update"]["update_id"]


def test_a_contacts_number_is_nowhere_in_what_is_kept() -> None:
    contact = next(one["update"] for one in RECORDED if "contact" in one["name"])
    assert "6281234567890" not in repr(read_update(contact, AT, "desa"))


def _with(update: Mapping[str, Any], value: Any, *path: str) -> dict[str, Any]:
    changed: Any = copy.deepcopy(update)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return dict(changed)


POISON = {
    "a NUL": _with(MESSAGE, "a\0b", "message", "text"),
    "half a character": _with(MESSAGE, "a\ud800b", "message", "text"),
    "no text": _with(MESSAGE, 5, "message", "text"),
    "endless text": _with(MESSAGE, "a" * 100_000, "message", "text"),
    "a chat of 70 bits": _with(MESSAGE, 2**70, "message", "chat", "id"),
    "a message of 70 bits": _with(MESSAGE, 2**70, "message", "message_id"),
    "a chat that is true": _with(MESSAGE, True, "message", "chat", "id"),
    "a chat with a fraction": _with(MESSAGE, 7.0, "message", "chat", "id"),
    "no chat": _with(MESSAGE, None, "message", "chat"),
    "a message that is a list": _with(MESSAGE, [1], "message"),
    "a photo without sizes": _with(_with(MESSAGE, [], "message", "photo"), "x", "message", "caption"),
    "a press with a NUL": _with(PRESS, "a\0", "callback_query", "data"),
    "a press without a name": _with(PRESS, "", "callback_query", "id"),
    "a press without anybody": _with(_with(PRESS, None, "callback_query", "message"), None, "callback_query", "from"),
}
del POISON["a photo without sizes"]["message"]["text"]


@pytest.mark.parametrize("name", POISON)
def test_a_poisonous_update_is_kept_as_bytes_under_its_number(name: str) -> None:
    incoming = read_update(POISON[name], AT, "desa")
    assert incoming is not None
    assert (incoming.kind, incoming.external_id) == ("unreadable", f"u{POISON[name]['update_id']}")
    assert incoming.address == Address("telegram", "desa", "")
    assert 0 < len(incoming.raw) <= 65536
    assert (incoming.text, incoming.button, incoming.attachment) == ("", "", None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"halo"',
        b"\xff\xfe",
        b'{"update_id": 1e400}',
        b'{"message": {}}',
        b'{"update_id":' + b"9" * 5000 + b"}",
        b'{"update_id":' + str(2**70).encode() + b"}",
        b"[" * DEPTH + b"]" * DEPTH,
        b"\x00" * 200_000,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_a_body_that_says_nothing_is_kept_under_its_digest(body: bytes) -> None:
    incoming = read_body(body, AT, "desa")
    assert incoming is not None
    assert (incoming.kind, incoming.external_id) == ("unreadable", f"x{sha256(body).hexdigest()}")
    assert incoming.raw == body[:65536]


def test_a_body_too_deep_to_read_is_kept_under_its_number() -> None:
    body = b'{"update_id":17,"message":' + b'{"a":' * DEPTH + b"1" + b"}" * DEPTH + b"}"
    incoming = read_body(body, AT, "desa")
    assert incoming is not None
    assert (incoming.kind, incoming.external_id) == ("unreadable", "u17")


def test_an_update_too_deep_to_write_down_is_kept_under_its_number() -> None:
    deep: Any = 1
    for _ in range(DEPTH):
        deep = {"a": deep}
    incoming = read_update({"update_id": 18, "message": {"chat": deep}}, AT, "desa")
    assert incoming is not None
    assert (incoming.kind, incoming.external_id) == ("unreadable", "u18")


def test_an_update_in_a_page_is_kept_whole_however_deep_it_is() -> None:
    for depth in range(900, 1000):
        body = b'{"ok":true,"result":[{"update_id":17,"message":' + b"[" * depth + b"]" * depth + b"}]}"
        try:
            page = read_page(body, AT, "desa")
        except ValueError:
            page = read_lone_page(body, AT, "desa")
        assert page.last == 17
        assert [(one.kind, one.external_id) for one in page.incoming] == [("unreadable", "u17")]
        assert b"[" * depth in page.incoming[0].raw


@pytest.mark.parametrize("nothing", [{}, [], "", 0, False])
@pytest.mark.parametrize("kind", ["message", "callback_query", "my_chat_member"])
def test_an_update_of_a_kind_we_asked_for_is_not_dropped_for_being_empty(kind: str, nothing: Any) -> None:
    incoming = read_update({"update_id": 19, kind: nothing}, AT, "desa")
    assert incoming is not None
    assert (incoming.kind, incoming.external_id) == ("unreadable", "u19")


@pytest.mark.parametrize("odd", [None, True, 5, [], {"type": "private"}])
def test_a_chat_of_no_type_is_not_taken_for_a_group(odd: Any) -> None:
    pressed = _with(PRESS, odd, "callback_query", "message", "chat", "type")
    for update in (_with(MESSAGE, odd, "message", "chat", "type"), pressed):
        incoming = read_update(update, AT, "desa")
        assert incoming is not None
        assert incoming.kind == "unreadable"


def test_a_file_name_that_is_none_is_not_kept() -> None:
    update = _with(MESSAGE, {"file_id": "/etc/passwd", "duration": 1}, "message", "voice")
    del update["message"]["text"]
    incoming = read_update(update, AT, "desa")
    assert incoming is not None
    assert incoming.kind == "unreadable"


def test_an_odd_language_is_none() -> None:
    for odd in (5, "x" * 100, "id'--", None):
        incoming = read_update(_with(MESSAGE, odd, "message", "from", "language_code"), AT, "desa")
        assert incoming is not None
        assert (incoming.kind, incoming.language) == ("text", "")


def test_a_page_goes_on_after_its_highest_number() -> None:
    body = b'{"ok":true,"result":[{"update_id":5,"x":1},{"update_id":9,"message":7},{"update_id":7}]}'
    page = read_page(body, AT, "desa")
    assert page.last == 9
    assert [(one.kind, one.external_id) for one in page.incoming] == [("unreadable", "u9")]


def test_an_empty_page_is_empty() -> None:
    page = read_page(b'{"ok":true,"result":[]}', AT, "desa")
    assert (page.incoming, page.last) == ((), 0)


NO_PAGES = [b"", b"<html>", b'{"ok":true}', b'{"ok":true,"result":[{"message":{}}]}', b"[" * DEPTH]


@pytest.mark.parametrize("body", NO_PAGES, ids=lambda body: repr(body[:20]))
def test_what_is_no_page_is_not_taken_for_one(body: bytes) -> None:
    with pytest.raises(ValueError, match="page"):
        read_page(body, AT, "desa")
    with pytest.raises(ValueError, match="page"):
        read_lone_page(body, AT, "desa")


def test_a_lone_update_that_cannot_be_read_is_passed_by_its_number() -> None:
    body = b'{"ok":true,"result":[{"update_id":44,"message":' + b"[" * DEPTH + b"]" * DEPTH + b"}]}"
    page = read_lone_page(body, AT, "desa")
    assert page.last == 44
    assert [(one.kind, one.external_id, one.raw) for one in page.incoming] == [("unreadable", "u44", body[:65536])]


def test_the_same_message_by_webhook_and_by_asking_has_one_name() -> None:
    again = _with(MESSAGE, 999, "update_id")
    first, second = read_update(MESSAGE, AT, "desa"), read_update(again, AT, "desa")
    assert first is not None
    assert second is not None
    assert first.external_id == second.external_id


def test_an_attachment_is_a_reference_and_no_content() -> None:
    photo = next(one["update"] for one in RECORDED if "photo" in one["name"])
    incoming = read_update(photo, AT, "desa")
    assert incoming is not None
    assert incoming.attachment == Attachment("photo", "AgACAgUAAxkBAAIB-large", "telegram", 184320)


odd = st.just("\ud800") | st.just("\0") | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20)
anything = st.recursive(
    st.none() | st.booleans() | odd,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A recorded update with a few of its parts replaced, removed or doubled."""
    update = copy.deepcopy(draw(st.sampled_from(RECORDED))["update"])
    for _ in range(draw(st.integers(1, 4))):
        holder: Any = update
        while isinstance(holder, dict | list) and holder:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and holder[key] and draw(st.integers(0, 3)):
                holder = holder[key]
                continue
            if draw(st.booleans()):
                holder[key] = draw(anything)
            else:
                del holder[key]
            break
    return update


@given(mutated())
@settings(max_examples=300, deadline=None)
@example({})
@example({"update_id": 1, "message": {"chat": {"type": "private", "id": 1}, "message_id": 1, "voice": {"file_id": []}}})
def test_nothing_makes_the_reading_fail(update: Any) -> None:
    incoming = read_update(update, AT, "desa")
    if incoming is not None:
        _can_be_stored(incoming)
    again = read_body(json.dumps(update).encode(), AT, "desa")
    assert (again is None) == (incoming is None)


@given(st.binary(max_size=200) | anything.map(lambda value: json.dumps(value).encode()))
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_the_reading_fail(body: bytes) -> None:
    incoming = read_body(body, AT, "desa")
    if incoming is not None:
        _can_be_stored(incoming)


def _can_be_stored(incoming: Incoming) -> None:
    """What any database takes: texts that are texts, a name, bytes of a bounded size."""
    for text in (incoming.text, incoming.button, incoming.language, incoming.external_id, incoming.address.chat):
        assert isinstance(text, str)
        assert "\0" not in text.encode().decode()
    assert incoming.external_id
    assert len(incoming.raw) <= 65536
    assert incoming.attachment is None or isinstance(incoming.attachment.reference, str)
    assert incoming.kind == "unreadable" or incoming.address.chat
