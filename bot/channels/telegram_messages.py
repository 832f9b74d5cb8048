"""Fits a message to Telegram: pieces of text that are not too long, and the keyboards under them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot.channel import File, Never
from bot.channels.telegram_files import kind_of
from bot.channels.telegram_updates import FILE
from bot.markdown import pieces, telegram
from bot.model.messages import Attachment, Choice, Message

_LONGEST_TEXT = 4096
_LONGEST_CAPTION = 1024
_SHORT = 14
_KINDS = {"photo": "photo", "voice": "voice", "file": "document"}
_METHODS = {
    "photo": "sendPhoto",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "document": "sendDocument",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "video_note": "sendVideoNote",
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One call of the Bot API, but for the chat it goes to. `holds` names the field of the file in it; `file` is what is uploaded
    there, when Telegram does not have it yet."""

    method: str
    fields: Mapping[str, Any]
    holds: str = ""
    file: File | None = None

    def under(self, keyboard: Mapping[str, Any]) -> "Parcel":
        """The same with a keyboard under it."""
        return replace(self, fields={**self.fields, "reply_markup": keyboard})

    def quietly(self) -> "Parcel":
        """The same without a sound."""
        return replace(self, fields={**self.fields, "disable_notification": True})


def parcels(message: Message, file: File | None = None) -> list[Parcel]:
    """The message in as many parcels as it needs; `file` is the content of an attachment that came by another channel.

    Choices stand under the last one. The anchors come with the first, but only when there are no choices, since a
    message takes one keyboard; the anchors of an earlier message stay where they are. Of an attachment of another
    channel without its content the text goes alone.
    """
    if message.attachment and (file or message.attachment.channel == "telegram"):
        made = _with_file(message.text, _held(message.attachment, file))
    else:
        made = _texts(message.text)
    if message.passing:
        made = [replace(one, fields={**one.fields, "protect_content": True}) for one in made]
    if message.choices:
        made[-1] = made[-1].under({"inline_keyboard": [list(map(_button, row)) for row in _rows(message.choices)]})
    elif message.anchors:
        made[0] = made[0].under(_anchors(message.anchors))
    return [one.quietly() for one in made] if message.quiet else made


def file_id(reference: str) -> str:
    """The id Telegram knows a file by. It may not be anything else: a path, say, or an address."""
    kind, _, file = reference.rpartition(":")
    if not FILE.fullmatch(file) or (kind and kind not in _METHODS):
        raise Never("no file of Telegram's", this_one=True)
    return file


def _texts(text: str) -> list[Parcel]:
    quiet = {"is_disabled": True}
    return [
        Parcel("sendMessage", {"text": html, "parse_mode": "HTML", "link_preview_options": quiet})
        for html in _html(text, _LONGEST_TEXT)
    ]


def _held(attachment: Attachment, file: File | None) -> Parcel:
    """The file alone: by the id Telegram knows it by, or with its content."""
    if file:
        kind = kind_of(attachment, file)
        return Parcel(_METHODS[kind], {}, kind, file)
    id = file_id(attachment.reference)
    kind = attachment.reference.rpartition(":")[0] or _KINDS[attachment.kind]
    return Parcel(_METHODS[kind], {kind: id}, kind)


def _with_file(text: str, sent: Parcel) -> list[Parcel]:
    """A text too long for a caption goes after what it belongs to; a round film never has one."""
    captions = _html(text, _LONGEST_CAPTION)
    if captions == ("",):
        return [sent]
    if len(captions) > 1 or sent.holds == "video_note":
        return [sent, *_texts(text)]
    return [replace(sent, fields={**sent.fields, "caption": captions[0], "parse_mode": "HTML"})]


@lru_cache(maxsize=1024)
def _html(text: str, limit: int) -> tuple[str, ...]:
    """The text as Telegram's HTML, in pieces. Remembered, since the same answer goes to many."""
    return tuple(map(telegram, pieces(text, limit)))


def _button(choice: Choice) -> dict[str, str]:
    return {"text": choice.label} | ({"url": choice.url} if choice.url else {"callback_data": choice.id})


def _rows(choices: Sequence[Choice]) -> Iterator[Sequence[Choice]]:
    """A button a row, or two neighbours when both are short."""
    at = 0
    while at < len(choices):
        both = choices[at : at + 2]
        row = both if all(len(choice.label) <= _SHORT for choice in both) else both[:1]
        yield row
        at += len(row)


def _anchors(anchors: Sequence[Choice]) -> dict[str, Any]:
    rows = [[{"text": anchor.label} for anchor in anchors[at : at + 2]] for at in range(0, len(anchors), 2)]
    return {"keyboard": rows, "is_persistent": True, "resize_keyboard": True}
