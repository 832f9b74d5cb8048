"""Reads what Telegram sends: updates become `Incoming`, and whatever cannot be read becomes `unreadable`.

Updates are read from the plain JSON: making the library's objects of them first takes fifty times as long, and
one odd field anywhere would make the whole update unreadable. Only private chats talk with us; of groups we hear
no more than that we were let in or put out.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from telegram import Update

from bot.model.messages import Address, Attachment, Incoming, Kind

WANTED = ("message", "callback_query", "my_chat_member")
"""The kinds of updates we ask for."""

FILE = re.compile(r"[A-Za-z0-9_-]{1,512}")
"""How Telegram names a file."""

_MEDIA: Mapping[str, Kind] = {
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "animation": "file",
    "video": "file",
    "video_note": "file",
    "document": "file",
}
# Things without words. A dice, a poll and the like are treated like a sticker: something to be kind about.
_WORDLESS: Mapping[str, Kind] = {
    "sticker": "sticker",
    "venue": "location",
    "location": "location",
    "contact": "contact",
    "dice": "sticker",
    "poll": "sticker",
    "story": "sticker",
    "game": "sticker",
}
_PLAIN_REFERENCE = ("photo", "voice", "document")
_INSIDE = ("creator", "administrator", "member")
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?:\s+(.*))?", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_UPDATE_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,15})\b')
_LONGEST_TEXT = 16_384
_LONGEST_NAME = 512
_LONGEST_RAW = 64 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """What one request for updates brought; `last` is the highest number of an update in it, 0 when there was none."""

    incoming: tuple[Incoming, ...]
    last: int


def read_update(update: Mapping[str, Any] | Update, at: datetime, account: str) -> Incoming | None:
    """What an update says to us; None when it says nothing. Never raises: what cannot be read is `unreadable`."""
    try:
        return _read(update.to_dict() if isinstance(update, Update) else update, at, account)
    except _FAULTS:
        return _unreadable(_bytes_of(update), at, account)


def read_body(body: bytes, at: datetime, account: str) -> Incoming | None:
    """The same of an update as it stands in a webhook's body."""
    try:
        return _read(json.loads(body), at, account)
    except _FAULTS:
        return _unreadable(body, at, account)


def read_again(incoming: Incoming) -> Incoming:
    """What could not be read, read once more from its bytes; anything else as it is."""
    if incoming.kind != "unreadable":
        return incoming
    return read_body(incoming.raw, incoming.at, incoming.address.account) or incoming


def read_page(body: bytes, at: datetime, account: str) -> Page:
    """The answer to `getUpdates`. Raises ValueError when it is not to be read as a whole."""
    try:
        updates = json.loads(body)["result"]
        last = max((_number(update["update_id"]) for update in updates), default=0)
        incoming = [_read_in_page(update, at, account) for update in updates]
    except _FAULTS as error:
        raise ValueError("a page of updates that cannot be read") from error
    return Page(tuple(one for one in incoming if one), last)


def _read_in_page(update: Mapping[str, Any], at: datetime, account: str) -> Incoming | None:
    """As `read_update`, but raises when an update can be neither read nor written down: then its page is what is kept."""
    try:
        return _read(update, at, account)
    except _FAULTS:
        return _unreadable(json.dumps(update).encode(), at, account)


def read_lone_page(body: bytes, at: datetime, account: str) -> Page:
    """The same of a page that was asked to hold one update at most: if it cannot be read, it is that update.

    Raises ValueError when it does not even say which one.
    """
    try:
        return read_page(body, at, account)
    except ValueError:
        if not (number := _UPDATE_ID.search(body)):
            raise
        return Page((_unreadable(body, at, account),), int(number[1]))


def _read(update: Mapping[str, Any], at: datetime, account: str) -> Incoming | None:
    if (message := update.get("message")) is not None:
        return _message(message, at, account)
    if (query := update.get("callback_query")) is not None:
        return _press(query, at, account)
    if (change := update.get("my_chat_member")) is not None:
        return _membership(change, _number(update["update_id"]), at, account)
    _number(update["update_id"])
    return None


def _message(message: Mapping[str, Any], at: datetime, account: str) -> Incoming | None:
    if not _is_private(message["chat"]) or not (content := _content(message)):
        return None
    kind, text, attachment = content
    address = _address(message["chat"], account)
    name = f"m{address.chat}:{_number(message['message_id'])}"
    return Incoming(address, name, kind, at, text, attachment=attachment, language=_language(message))


def _content(message: Mapping[str, Any]) -> tuple[Kind, str, Attachment | None] | None:
    if "text" in message:
        text = _text(message["text"])
        return (*(("text", text) if "forward_origin" in message else _words(text)), None)
    for name, kind in _MEDIA.items():
        if name in message:
            return kind, _text(message.get("caption", "")), _attachment(name, kind, message[name])
    return next(((kind, "", None) for name, kind in _WORDLESS.items() if name in message), None)


def _words(text: str) -> tuple[Kind, str]:
    """A command is its words without the slash; /start is a beginning of its own, with what the link carried."""
    command = _COMMAND.fullmatch(text)
    if not command:
        return "text", text
    rest = (command[2] or "").strip()
    return ("start", rest) if command[1].lower() == "start" else ("text", f"{command[1]} {rest}".strip())


def _attachment(name: str, kind: Kind, media: Any) -> Attachment:
    """What was attached. The reference names what Telegram calls it where our kind alone would not say."""
    if name == "photo":
        media = max(media, key=lambda size: _number(size["width"]) * _number(size["height"]))
    if not FILE.fullmatch(media["file_id"]):
        raise ValueError("no file of Telegram's")
    reference = media["file_id"] if name in _PLAIN_REFERENCE else f"{name}:{media['file_id']}"
    ours: Literal["photo", "voice", "file"] = "photo" if kind == "photo" else "voice" if kind == "voice" else "file"
    return Attachment(ours, reference, "telegram", _number(media.get("file_size") or 0))


def _press(query: Mapping[str, Any], at: datetime, account: str) -> Incoming | None:
    """A press stands for itself: the message it belongs to may be gone, or not have been handled yet."""
    chat = query["message"]["chat"] if query.get("message") else {"id": query["from"]["id"], "type": "private"}
    if "data" not in query or not _is_private(chat):
        return None
    name, button = _text(query["id"]), _text(query["data"])
    if not 0 < len(name) <= _LONGEST_NAME or len(button) > _LONGEST_NAME:
        raise ValueError("no press of a button of ours")
    return Incoming(_address(chat, account), f"c{name}", "button", at, button=button, language=_language(query))


def _membership(change: Mapping[str, Any], number: int, at: datetime, account: str) -> Incoming | None:
    before, after = _is_inside(change["old_chat_member"]), _is_inside(change["new_chat_member"])
    if before == after or change["chat"]["type"] == "channel":
        return None
    kind: Kind = "back-again" if after else "gone"
    return Incoming(_address(change["chat"], account), f"u{number}", kind, at, language=_language(change))


def _is_inside(member: Mapping[str, Any]) -> bool:
    return member["status"] in _INSIDE or (member["status"] == "restricted" and bool(member.get("is_member")))


def _is_private(chat: Mapping[str, Any]) -> bool:
    return _text(chat["type"]) == "private"


def _address(chat: Mapping[str, Any], account: str) -> Address:
    return Address("telegram", account, str(_number(chat["id"])))


def _language(holder: Mapping[str, Any]) -> str:
    code = (holder.get("from") or {}).get("language_code") or ""
    return code if isinstance(code, str) and len(code) < 36 and _LANGUAGE.fullmatch(code) else ""


def _number(value: Any) -> int:
    """A number as Telegram promises them: whole, of 53 bits at most."""
    if type(value) is not int or abs(value) >= 1 << 53:
        raise ValueError("no number of Telegram's")
    return value


def _text(value: Any) -> str:
    """A text any database can keep: no NUL, no half characters, not endless."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or "\0" in value:
        raise ValueError("no text of Telegram's")
    value.encode()
    return value


def _unreadable(raw: bytes, at: datetime, account: str) -> Incoming:
    number = _UPDATE_ID.search(raw)
    name = f"u{int(number[1])}" if number else f"x{sha256(raw).hexdigest()}"
    return Incoming(Address("telegram", account, ""), name, "unreadable", at, raw=raw[:_LONGEST_RAW])


def _bytes_of(update: Any) -> bytes:
    try:
        return json.dumps(update.to_dict() if isinstance(update, Update) else update).encode()
    except _FAULTS:
        number = update.get("update_id") if isinstance(update, Mapping) else None
        return b'{"update_id": %d}' % number if isinstance(number, int) else b"{}"
