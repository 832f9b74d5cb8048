"""What Meta brings, to be spoilt: a message of every kind, and delivery states."""

import copy
import json
from collections.abc import Sequence
from random import Random
from typing import Any

Thing = dict[str, Any]
ACCOUNT = "106540352242922"
_MEDIA = {"id": "1037543291543636", "mime_type": "image/jpeg", "sha256": "x"}
_REPLY = {"id": "menu:go", "title": "Berangkat", "description": "Syarat dan biaya"}
_CONTENTS: tuple[Thing, ...] = (
    *(
        {"type": "text", "text": {"body": one}}
        for one in (
            "menu",
            "daftar",
            "laporan saya",
            "1",
            "berapa biayanya?",
            "paspor ditahan majikan",
            "52.02.12.2001",
        )
    ),
    {"type": "text", "text": {"body": "halo"}, "context": {"from": "628111", "id": "wamid.X", "forwarded": True}},
    {"type": "text", "text": {"body": "kerja?"}, "referral": {"source_type": "ad", "body": "Kerja!", "ctwa_clid": "x"}},
    {"type": "image", "image": {**_MEDIA, "caption": "paspor saya"}},
    {"type": "audio", "audio": {**_MEDIA, "voice": True}},
    {"type": "video", "video": _MEDIA},
    {"type": "document", "document": {**_MEDIA, "filename": "kontrak.pdf"}},
    {"type": "sticker", "sticker": {**_MEDIA, "animated": False}},
    {"type": "location", "location": {"latitude": -8.6, "longitude": 116.3}},
    {"type": "contacts", "contacts": [{"name": {"formatted_name": "Ani"}, "phones": [{"phone": "+628111"}]}]},
    {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": _REPLY}},
    {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": _REPLY}},
    {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
    {"type": "button", "button": {"payload": "do:cases", "text": "Baca"}},
    {"type": "order", "order": {"catalog_id": "1", "product_items": []}},
    {"type": "unsupported", "errors": [{"code": 131051}], "unsupported": {"type": "poll_creation"}},
    {"type": "request_welcome"},
    {"type": "ramalan_cuaca", "ramalan_cuaca": {"hujan": True}},
    {"type": "reaction", "reaction": {"message_id": "wamid.X", "emoji": "👍"}},
    {"type": "edit", "edit": {"original_message_id": "wamid.X", "message": {"type": "text"}}},
    {"type": "revoke", "revoke": {"original_message_id": "wamid.X"}},
    {"type": "system", "system": {"type": "customer_identity_changed", "body": "x"}},
)
_STATES: tuple[Thing, ...] = (
    {"status": "sent", "pricing": {"billable": True, "category": "utility", "type": "regular"}},
    {"status": "delivered", "conversation": {"id": "c", "origin": {"type": "service"}}},
    {"status": "read"},
    {"status": "failed", "errors": [{"code": 131026, "title": "x", "error_data": {"details": "x"}}]},
    {"status": "played"},
)


def user_id(chat: int) -> str:
    """How Meta names the person of a chat."""
    return f"ID.{chat:020d}"


def fresh_message(chance: Random, number: int, chat: int) -> Thing:
    """A message of this chat, of any kind."""
    return _of(number, chat) | copy.deepcopy(chance.choice(_CONTENTS))


def said(number: int, chat: int, text: str) -> Thing:
    """A good message, as the person of a chat sends it."""
    return _of(number, chat) | {"type": "text", "text": {"body": text}}


def _of(number: int, chat: int) -> Thing:
    return {"from": f"62812{chat}", "from_user_id": user_id(chat), "id": f"wamid.m{number}", "timestamp": "1795305600"}


def fresh_state(chance: Random, number: int, chat: int) -> Thing:
    """A delivery state, of a message nobody sent."""
    told = {"id": f"wamid.s{number}", "timestamp": "1", "recipient_id": f"62812{chat}"}
    return told | {"recipient_user_id": user_id(chat)} | copy.deepcopy(chance.choice(_STATES))


def whole_request(messages: Sequence[bytes], states: Sequence[bytes] = ()) -> bytes:
    """One request of the webhook with these in it, as they are."""
    head = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": ACCOUNT}, "contacts": []}
    value = json.dumps(head).encode()[:-1]
    value += b',"messages":[' + b",".join(messages) + b'],"statuses":[' + b",".join(states) + b"]}"
    change = b'{"field":"messages","value":' + value + b"}"
    return b'{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[' + change + b"]}]}"
