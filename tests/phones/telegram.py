"""A telephone with Telegram: inline keyboards, and the keyboard that stays below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from json import dumps
from typing import Any

from bot.channels.telegram_messages import parcels
from bot.channels.telegram_updates import read_update
from bot.model.messages import Address, Incoming, Message
from tests.fake_telegram.markup import read_keyboard, read_text, units
from tests.fake_telegram.methods import media_as_message

_NUMBERS = count(1)
_KINDS = {"file": "document"}
_WORDLESS = {
    "location": {"location": {"latitude": -7.25, "longitude": 112.75}},
    "contact": {"contact": {"phone_number": "+628111111111", "first_name": "Teman"}},
}


@dataclass
class TelegramPhone:
    """`inline` are the buttons ever shown, newest last; `below` is the keyboard that stays, by what each word would do."""

    address: Address
    language: str
    inline: list[tuple[str, str]] = field(default_factory=list)
    below: dict[str, str] = field(default_factory=dict)

    def show(self, message: Message) -> str:
        return "\n".join(self._shown(parcel.fields, message) for parcel in parcels(message))

    def _shown(self, fields: Mapping[str, Any], message: Message) -> str:
        text, _ = read_text(fields.get("text") or fields.get("caption") or "", "HTML")
        assert units(text) <= (4096 if "text" in fields else 1024)
        markup = read_keyboard(dumps(fields["reply_markup"]) if "reply_markup" in fields else "")
        pressed = [
            (one["text"], one.get("callback_data", "")) for row in markup.get("inline_keyboard", ()) for one in row
        ]
        self.inline += pressed
        if "keyboard" in markup:
            self.below = {anchor.id: anchor.label for anchor in message.anchors}
            pressed += [(one["text"], "") for row in markup["keyboard"] for one in row]
        return "\n".join((text, *(label for label, _ in pressed)))

    def says(self, words: str, at: datetime) -> Sequence[Incoming]:
        return self._message({"text": words}, at)

    def sends(self, kind: str, words: str, at: datetime) -> Sequence[Incoming]:
        if kind in _WORDLESS:
            return self._message(_WORDLESS[kind], at)
        metas = _KINDS.get(kind, kind)
        caption = {"caption": words} if words else {}
        return self._message({**media_as_message(metas, f"AgAC-{kind}"), **caption}, at)

    def presses(self, wanted: str, at: datetime) -> Sequence[Incoming]:
        data = next((data for label, data in reversed(self.inline) if data and wanted in (label, data)), "")
        if data:
            return self.forges(data, at)
        word = next((label for id, label in self.below.items() if wanted in (label, id)), "")
        assert word, f"no button {wanted!r} on the screen"
        return self.says(word, at)

    def forges(self, id: str, at: datetime) -> Sequence[Incoming]:
        query = {"id": f"70000{next(_NUMBERS)}", "from": self._user(), "chat_instance": "1", "data": id}
        return self._update({"callback_query": query}, at)

    def _message(self, content: Mapping[str, Any], at: datetime) -> Sequence[Incoming]:
        chat = {"id": int(self.address.chat), "type": "private"}
        message = {
            "message_id": next(_NUMBERS),
            "date": int(at.timestamp()),
            "chat": chat,
            "from": self._user(),
            **content,
        }
        return self._update({"message": message}, at)

    def _user(self) -> dict[str, Any]:
        return {"id": int(self.address.chat), "is_bot": False, "first_name": "x", "language_code": self.language}

    def _update(self, content: Mapping[str, Any], at: datetime) -> Sequence[Incoming]:
        read = read_update({"update_id": next(_NUMBERS), **content}, at, self.address.account)
        assert read and read.address == self.address
        return [read]
