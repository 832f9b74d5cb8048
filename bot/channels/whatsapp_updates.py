"""Reads what Meta sends: messages and delivery states become `Incoming`, and whatever cannot be read becomes `unreadable`.

One request holds several messages of several people. Each is read by itself, so that a poisoned one does not hide its
neighbours. A person is known by the id Meta made for us, which stands beside the number or in its place: never by the
number when there is an id, for numbers are given to somebody else.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from bot.channels.poison import parsed
from bot.channels.whatsapp_fields import (
    LONGEST_NAME,
    MEDIA_ID,
    list_of,
    name_of,
    person_id,
    person_of,
    size_of,
    text_of,
)
from bot.model.messages import NUMBER_CHANGED, Address, Attachment, Incoming, Kind

_MEDIA: Mapping[str, Literal["photo", "voice", "file"]] = {
    "image": "photo",
    "audio": "voice",
    "voice": "voice",
    "video": "file",
    "document": "file",
}
# Things without words: something to be kind about. So is a kind of message that is yet to be invented.
_WORDLESS: Mapping[str, Kind] = {"location": "location", "contacts": "contact"}
_SILENT = ("reaction", "edit", "revoke", "errors")
"""What asks for no answer: a thumb on a message of ours, and second thoughts of the last minutes (we keep no words)."""
_TOLD = ("messages", "statuses", "errors")
_SILENT_UNSUPPORTED = ("edit", "revoke", "pin", "reaction", "poll_update")
_MOVED = ("user_changed_number", "customer_changed_number", "user_changed_user_id")
_WORD = re.compile(r"[a-z_]{1,40}")
_STATES = ("sent", "delivered", "read", "failed")
_BUTTON = re.compile(r"[a-z][a-z-]*:.*", re.DOTALL)
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_LONGEST_RAW = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What one request of the webhook brought: what was said to us, and how many things were meant for another account."""

    incoming: tuple[Incoming, ...]
    strange: int = 0


def read_request(body: bytes, at: datetime, account: str) -> Request:
    """Everything in a request, in its order. Never raises: what cannot be read is `unreadable`."""
    try:
        payload = parsed(body)
        if payload["object"] != "whatsapp_business_account":
            return Request((), 1)
        changes = [change for entry in payload["entry"] for change in entry["changes"]]
    except _FAULTS:
        return Request((_unreadable(body, at, account),))
    return _all([_change(change, at, account) for change in changes])


def read_again(incoming: Incoming) -> Incoming:
    """What could not be read, read once more from its bytes; anything else as it is."""
    if incoming.kind != "unreadable":
        return incoming
    found = read_request(incoming.raw, incoming.at, incoming.address.account).incoming
    return found[0] if len(found) == 1 else incoming


def _all(requests: Sequence[Request]) -> Request:
    return Request(
        tuple(one for request in requests for one in request.incoming), sum(request.strange for request in requests)
    )


def _change(change: Any, at: datetime, account: str) -> Request:
    """One change of the account. Other fields than messages are Meta's news for the operator, who reads them there."""
    try:
        if change["field"] != "messages":
            return Request(())
        value = change["value"]
        if text_of(value["metadata"]["phone_number_id"]) != account:
            return Request((), len([*list_of(value, "messages"), *list_of(value, "statuses")]))
        if not any(one in value for one in _TOLD):
            raise KeyError(*_TOLD)
        contacts = list_of(value, "contacts")
        things = [(where, one) for where in ("messages", "statuses") for one in list_of(value, where)]
    except _FAULTS:
        return Request((_unreadable(_enveloped(change), at, account),))
    read = (_thing(where, one, contacts, at, account) for where, one in things)
    return Request(tuple(one for one in read if one))


def _thing(where: str, thing: Any, contacts: list[Any], at: datetime, account: str) -> Incoming | None:
    try:
        return _message(thing, contacts, at, account) if where == "messages" else _state(thing, at, account)
    except _FAULTS:
        value = {"metadata": {"phone_number_id": account}, "contacts": contacts, where: [thing]}
        return _unreadable(_enveloped({"field": "messages", "value": value}), at, account, _name_in(thing))


def _message(message: Mapping[str, Any], contacts: list[Any], at: datetime, account: str) -> Incoming | None:
    """What a message says to us; None when it asks for nothing."""
    name, kind = name_of(message["id"]), text_of(message["type"])
    if kind in _SILENT or (message.get("group_id") is not None):
        return None
    if kind == "system":
        return _moved(message, at, account)
    if kind == "unsupported" and (message.get("unsupported") or {}).get("type") in _SILENT_UNSUPPORTED:
        return None
    address = Address("whatsapp", account, person_of(message, contacts))
    if kind in _MEDIA:
        media = message[kind]
        attachment = _attachment(kind, media)
        return Incoming(address, name, _MEDIA[kind], at, text_of(media.get("caption") or ""), attachment=attachment)
    ours, text, button = _words(kind, message)
    return Incoming(address, name, ours, at, text, button)


def _words(kind: str, message: Mapping[str, Any]) -> tuple[Kind, str, str]:
    """Our kind of a message without a file, what was typed, and which button was pressed."""
    match kind:
        case "text":
            return "text", text_of(message["text"]["body"]), ""
        case "interactive":
            return _pressed(message["interactive"])
        case "button":  # under a template: it carries what the template was sent with, or else its own words
            return _under_template(message["button"])
        case "request_welcome":  # they opened the chat for the first time
            return "start", "", ""
    return _WORDLESS.get(kind, "sticker"), "", ""


def _pressed(interactive: Mapping[str, Any]) -> tuple[Kind, str, str]:
    reply = interactive.get("button_reply") or interactive.get("list_reply")
    if reply is None:  # a form or a permission of Meta's, which we never sent
        return "sticker", "", ""
    return "button", "", name_of(reply["id"])


def _under_template(button: Mapping[str, Any]) -> tuple[Kind, str, str]:
    """A button of ours by what it was sent with; of any other, its words as if they had been typed."""
    payload, words = text_of(button.get("payload") or ""), text_of(button.get("text") or "")
    if len(payload) <= LONGEST_NAME and _BUTTON.fullmatch(payload):
        return "button", "", payload
    return "text", words or payload, ""


def _attachment(kind: str, media: Mapping[str, Any]) -> Attachment:
    """What was attached. The reference says what Meta calls it where our kind alone would not."""
    if not MEDIA_ID.fullmatch(text_of(media["id"])):
        raise ValueError("no file of Meta's")
    reference = f"video:{media['id']}" if kind == "video" else media["id"]
    return Attachment(_MEDIA[kind], reference, "whatsapp", size_of(media.get("file_size")))


def _moved(message: Mapping[str, Any], at: datetime, account: str) -> Incoming | None:
    """Somebody has a new number, so the old one is nobody's, and soon a stranger's: what waits for it must not go there.

    The new one is not told to us as the same person: whoever sits there has yet to show who they are.
    """
    system = message["system"]
    if system["type"] not in _MOVED:
        return None
    known = (system.get("previous_user_id"), message.get("from"), system.get("customer"))
    old = next((one for one in known if one), None)
    return Incoming(Address("whatsapp", account, person_id(old)), name_of(message["id"]), "gone", at, NUMBER_CHANGED)


def _state(status: Mapping[str, Any], at: datetime, account: str) -> Incoming | None:
    """What became of a message of ours: `text` names it, `button` is the state (`failed:` with Meta's number for why), and
    after blanks as what it is counted and how, when that is said: `delivered utility regular`."""
    state = text_of(status["status"])
    if state not in _STATES:  # "played", and what is yet to be invented
        return None
    name = name_of(status["id"])
    address = Address("whatsapp", account, person_id(status.get("recipient_user_id") or status["recipient_id"]))
    said = f"failed:{_why(status)}" if state == "failed" else state
    return Incoming(address, f"{name}:{state}", "status", at, name, " ".join([said, *_counted(status)]))


def _why(status: Mapping[str, Any]) -> int:
    errors = list_of(status, "errors")
    return size_of(errors[0].get("code")) if errors else 0


def _counted(status: Mapping[str, Any]) -> tuple[str, ...]:
    """The category the platform counts it in, and whether it costs something; nothing when it is not said."""
    pricing = status.get("pricing") or {}
    free = "free" if pricing.get("billable") is False else "regular"
    counted = text_of(pricing.get("category") or ""), text_of(pricing.get("type") or free)
    return counted if all(map(_WORD.fullmatch, counted)) else ()


def _name_in(thing: Any) -> str:
    """The id a broken message has all the same, so that it is known when it comes again; "" when there is none."""
    try:
        state = f":{text_of(thing['status'])[:20]}" if "status" in thing else ""
        return f"{name_of(thing['id'])}{state}"
    except _FAULTS:
        return ""


def _unreadable(raw: bytes, at: datetime, account: str, name: str = "") -> Incoming:
    address = Address("whatsapp", account, "")
    return Incoming(address, name or f"x{sha256(raw).hexdigest()}", "unreadable", at, raw=raw[:_LONGEST_RAW])


def _enveloped(change: Any) -> bytes:
    """A change as a request of its own, to be read again some day."""
    try:
        return json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": [change]}]}).encode()
    except _FAULTS:
        return b"{}"
