"""Fits a message to WhatsApp: pieces of text that are not too long, and under the last of them buttons, a list or a link.

WhatsApp has no keyboard that stays. What always stands below elsewhere fills the free rows of a list; where there is no
list, a line says which words always work. What passes cannot be protected here, and nothing arrives without a sound.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.channel import Never
from bot.channels.whatsapp_choices import told, under
from bot.channels.whatsapp_fields import MEDIA_ID
from bot.channels.whatsapp_templates import template_parcel
from bot.markdown import whatsapp_pieces
from bot.model.messages import Attachment, Message
from bot.model.screens import LONGEST_ABOVE_BUTTONS, LONGEST_CAPTION, LONGEST_TEXT
from bot.wording.beside import beside

Parcel = dict[str, Any]
"""The body of one request to send something, but for whom it goes to."""

_KINDS = {"photo": "image", "voice": "audio", "file": "document"}
_METAS = ("image", "audio", "document", "video")
_WITHOUT_CAPTION = ("audio",)


def parcels(message: Message) -> list[Parcel]:
    """The message in as many parcels as it needs.

    A file goes first, with its text when that is short and nothing is to be pressed. What is pressed stands under the
    last piece; whatever no button can hold is told in the text. A file of another channel is uploaded before this.
    """
    if message.template:
        return [template_parcel(message.template)]
    pressed = under(message)
    text = "\n\n".join(filter(None, (message.text, *told(message, pressed))))
    media = message.attachment if message.attachment and message.attachment.channel == "whatsapp" else None
    if media is None:
        return _texts(text, pressed, message.language)
    sent = _file(media)
    captions = _pieces(text, LONGEST_CAPTION)
    if pressed or len(captions) > 1 or sent["type"] in _WITHOUT_CAPTION:
        return [sent, *(_texts(text, pressed, message.language) if text or pressed else [])]
    return [_captioned(sent, captions[0])]


def holds_file(parcel: Parcel) -> bool:
    """Whether what is sent is a file."""
    return parcel["type"] in _METAS


def media_id(reference: str) -> str:
    """The id Meta knows a file by. It may not be anything else: a path, say, or an address."""
    kind, _, file = reference.rpartition(":")
    if not MEDIA_ID.fullmatch(file) or (kind and kind not in _METAS):
        raise Never("no file of Meta's", this_one=True)
    return file


def _file(attachment: Attachment) -> Parcel:
    file = media_id(attachment.reference)
    kind = attachment.reference.rpartition(":")[0] or _KINDS[attachment.kind]
    return {"type": kind, kind: {"id": file}}


def _captioned(sent: Parcel, caption: str) -> Parcel:
    kind = sent["type"]
    return {**sent, kind: {**sent[kind], "caption": caption}} if caption else sent


def _texts(text: str, pressed: Mapping[str, Any] | None, language: str) -> list[Parcel]:
    """The text in pieces. Under buttons less room is left, and there must be words."""
    if pressed is None:
        return [_text(piece) for piece in _pieces(text, LONGEST_TEXT)]
    *before, last = _pieces(text or beside("choose", language), LONGEST_ABOVE_BUTTONS)
    return [*map(_text, before), {"type": "interactive", "interactive": {**pressed, "body": {"text": last}}}]


def _text(body: str) -> Parcel:
    return {"type": "text", "text": {"body": body, "preview_url": False}}


@lru_cache(maxsize=1024)
def _pieces(text: str, limit: int) -> tuple[str, ...]:
    """The text as WhatsApp marks it, in pieces. Remembered, since the same answer goes to many."""
    return tuple(whatsapp_pieces(text, limit))
