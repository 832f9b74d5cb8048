"""Updates as Telegram makes them, to be spoilt: those on record, and the kinds nobody has sent us yet."""

import copy
import json
from pathlib import Path
from random import Random
from typing import Any

Update = dict[str, Any]
_RECORDED = Path(__file__).parents[1] / "channels" / "updates.json"
_WHO = {"id": 77, "is_bot": False, "first_name": "Siti", "username": "siti", "language_code": "id"}
_CHAT = {"id": 77, "type": "private", "first_name": "Siti"}
_HEAD = {"message_id": 1, "from": _WHO, "chat": _CHAT, "date": 1795305600}
_FORUM = {"id": -1001234, "type": "supergroup", "title": "Warga", "is_forum": True}
_FILE = {"file_id": "BQACAgUAAx", "file_unique_id": "AgADb", "file_size": 99}
_BUTTONS = (
    "menu:go",
    "do:menu",
    "do:cancel",
    "do:emergency",
    "form:ask-officer",
    "form:complaint",
    "agree:ask-officer",
    "send:ask-officer",
    "skip:phone",
    "form:help",
    "agree:help",
    "field:now:yes",
    "field:now:no",
    "field:who:family",
    "skip:minor",
    "field:what:unpaid",
    "field:safe:no",
    "past-village:help:yes",
    "send:help",
    "plan-no:1000017",
    "topic:migration/costs",
    "helped:migration/costs",
    "language:en",
    "case:1000017",
    "claim:1000017",
    "withdraw-yes:1000017",
    "outcome:1000017:solved",
    "reveal:1000017:call",
    "canned-send:1000017:in-danger",
    "snooze:1000017:2026-02-31",
    "refer:1000017:35.05.01:fff:ask",
    "share-yes:1",
    "today:overdue:mine:2",
    "receipt:ABCDE-FGHJK",
    "tick:documents:3",
    "subscribe:taiwan",
)
_WORDS = (
    "menu",
    "/start",
    "/start 52.02.12.2001",
    "daftar",
    "laporan saya",
    "bersihkan obrolan",
    "lantan batukliang utara",
    "1",
    "berapa biayanya?",
    "paspor ditahan majikan",
)
_MESSAGES: tuple[Update, ...] = (
    {
        "text": "*tebal*",
        "entities": [{"type": "bold", "offset": 0, "length": 7}, {"type": "url", "offset": 1, "length": 3}],
    },
    {"photo": [{**_FILE, "width": 90, "height": 90}, {**_FILE, "width": 800, "height": 600}], "caption": "paspor saya"},
    {"voice": {**_FILE, "duration": 3, "mime_type": "audio/ogg"}, "caption": "x", "caption_entities": []},
    {"document": {**_FILE, "file_name": "kontrak.pdf", "mime_type": "application/pdf"}, "media_group_id": "9"},
    {"contact": {"phone_number": "+6281234567890", "first_name": "Ani", "vcard": "BEGIN:VCARD\nEND:VCARD"}},
    {"location": {"latitude": -8.6, "longitude": 116.3, "live_period": 60}},
    {"venue": {"location": {"latitude": 1.5, "longitude": 2}, "title": "Kantor", "address": "Jl. 1"}},
    {"poll": {"id": "1", "question": "?", "options": [{"text": "ya", "voter_count": 0}], "is_closed": False}},
    {"text": "balas", "reply_to_message": {**_HEAD, "text": "apa"}, "quote": {"text": "apa", "position": 0}},
    {"text": "topik", "message_thread_id": 4, "is_topic_message": True, "chat": _FORUM},
    {"forum_topic_created": {"name": "Biaya", "icon_color": 7322096}, "chat": _FORUM, "message_thread_id": 4},
    {"web_app_data": {"data": "{}", "button_text": "Buka"}},
    {"checklist": {"title": "Bekal", "tasks": [{"id": 1, "text": "paspor"}]}},
)
_OTHERS: tuple[Update, ...] = (
    {"edited_message": {**_HEAD, "edit_date": 1795305700, "text": "maksud saya taiwan"}},
    {
        "channel_post": {
            "message_id": 5,
            "chat": {"id": -1009, "type": "channel", "title": "Kabar"},
            "date": 1,
            "text": "x",
        }
    },
    {"edited_channel_post": {"message_id": 5, "chat": {"id": -1009, "type": "channel"}, "date": 1, "text": "y"}},
    {"business_connection": {"id": "b1", "user": _WHO, "user_chat_id": 77, "date": 1, "is_enabled": True}},
    {"business_message": {**_HEAD, "business_connection_id": "b1", "text": "halo"}},
    {"message_reaction": {"chat": _CHAT, "message_id": 1, "date": 1, "old_reaction": [], "new_reaction": []}},
    {"poll": {"id": "2", "question": "?", "options": [], "total_voter_count": 0, "is_anonymous": True}},
    {"poll_answer": {"poll_id": "2", "user": _WHO, "option_ids": [0]}},
    {"inline_query": {"id": "3", "from": _WHO, "query": "taiwan", "offset": ""}},
    {"chat_join_request": {"chat": _FORUM, "from": _WHO, "user_chat_id": 77, "date": 1}},
    {"pre_checkout_query": {"id": "4", "from": _WHO, "currency": "IDR", "total_amount": 1, "invoice_payload": "x"}},
    {"ramalan_cuaca": {"hujan": True, "chat": _CHAT}},
)


def _pressed(data: str) -> Update:
    message = {"message_id": 9, "chat": _CHAT, "date": 1, "text": "pilih"}
    return {"callback_query": {"id": "1", "from": _WHO, "chat_instance": "1", "data": data, "message": message}}


SEEDS: tuple[Update, ...] = (
    *(one["update"] for one in json.loads(_RECORDED.read_text("utf-8"))),
    *({"message": {**_HEAD, **one}} for one in _MESSAGES),
    *({"message": {**_HEAD, "text": one}} for one in _WORDS),
    *map(_pressed, _BUTTONS),
    *_OTHERS,
)


def said(number: int, chat: int, text: str) -> Update:
    """A good message, as the person of a chat sends it."""
    who = {**_WHO, "id": chat}
    return {
        "update_id": number,
        "message": {**_HEAD, "message_id": number, "from": who, "chat": {**_CHAT, "id": chat}, "text": text},
    }


def fresh(chance: Random, number: int, chat: int) -> Update:
    """One of the seeds as a new update of this chat, so that nothing but what spoils it makes it known or odd."""
    made = {"update_id": number, **copy.deepcopy(chance.choice(SEEDS))}
    made["update_id"] = number
    for holder in (one for one in made.values() if isinstance(one, dict)):
        _renew(holder, number, chat)
    return made


def _renew(holder: Update, number: int, chat: int) -> None:
    if "message_id" in holder:
        holder["message_id"] = number
    elif "data" in holder or "game_short_name" in holder:
        holder["id"] = str(number)
    for place in (holder, holder.get("message") or {}):
        if place.get("chat", {}).get("type") == "private":
            place["chat"]["id"] = chat
    if "from" in holder:
        holder["from"]["id"] = chat
