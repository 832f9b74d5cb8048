"""When a platform lets us write: freely for a day after somebody's last message, then by an approved template, or not at all."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model.messages import ONLY_WHEN_THEY_WRITE, Choice, Message, Template
from bot.model.templates import Notice, Templates, TemplateSheet, TemplateText

WINDOWED = ("whatsapp",)
OPEN_FOR = timedelta(hours=24)
MARGIN = timedelta(minutes=10)
"""The platform's clock decides, and began when they sent it, not when we took it in."""
_EVERYWHERE = "id"
_PLACE = re.compile(r"\{\{(\d+)\}\}")


def is_open(channel: str, heard: datetime | None, now: datetime) -> bool:
    """Whether we may write what we like to a chat; `heard` is when they last wrote there."""
    return channel not in WINDOWED or (heard is not None and now - heard < OPEN_FOR - MARGIN)


def first(channel: str, heard: datetime | None, now: datetime) -> bool:
    """Whether something nobody asked for may go to a chat now, and is seen there."""
    return channel not in ONLY_WHEN_THEY_WRITE and is_open(channel, heard, now)


def template_for(templates: Templates, notice: Notice, language: str, cover: str = "") -> Message | None:
    """What may go in place of a notice: in their language, else in Indonesian. None when nothing is approved for it.

    Without a matter to write about instead, one that needs none.
    """
    for sheet in templates.templates:
        if notice in sheet.stands_for and (cover or not sheet.parameters):
            for one in (language, _EVERYWHERE):
                text = sheet.texts.get(one)
                if text and text.status == "approved":
                    return _written(sheet, text, one, cover)
    return None


def approved(templates: Templates, notice: Notice, language: str) -> bool:
    """Whether a notice can be announced when the day is over."""
    return template_for(templates, notice, language) is not None


def filled(body: str, parameters: Sequence[str]) -> str:
    """A template's body as it is read."""
    values = {str(place): value for place, value in enumerate(parameters, 1)}
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), body)


def _written(sheet: TemplateSheet, text: TemplateText, language: str, cover: str) -> Message:
    parameters = tuple(cover for _ in sheet.parameters)
    choices = (Choice(sheet.press, text.button),) if sheet.press and text.button else ()
    template = Template(sheet.name, language, parameters, sheet.press if choices else "", sheet.category)
    return Message(filled(text.body, parameters), choices, quiet=True, template=template)
