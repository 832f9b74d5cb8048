"""The single values in what Meta sends, each checked as it is read: whatever is not of its kind raises.

ValueError and TypeError, and whatever Python raises of itself for a thing that is not of its shape.
"""

import re
from collections.abc import Mapping
from typing import Any

USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")
"""How Meta names a person to one business."""

MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,512}")
"""How Meta names a file."""

_NUMBER = re.compile(r"[0-9]{5,20}")
LONGEST_NAME = 512
_LONGEST_TEXT = 16_384


def person_of(message: Mapping[str, Any], contacts: list[Any]) -> str:
    """Whoever wrote: by Meta's id for them if it stands anywhere, else by their number."""
    if message.get("from_user_id"):
        return person_id(message["from_user_id"])
    number = message.get("from")
    theirs = [one for one in contacts if one.get("wa_id") == number] if number else contacts
    if len(theirs) == 1 and theirs[0].get("user_id"):
        return person_id(theirs[0]["user_id"])
    return person_id(number)


def person_id(value: Any) -> str:
    """Meta's id for somebody, or their number."""
    if not (USER_ID.fullmatch(text_of(value)) or _NUMBER.fullmatch(value)):
        raise ValueError("no person of Meta's")
    return str(value)


def name_of(value: Any) -> str:
    """Meta's id of a message."""
    name = text_of(value)
    if not 0 < len(name) <= LONGEST_NAME:
        raise ValueError("no id of Meta's")
    return name


def list_of(value: Mapping[str, Any], where: str) -> list[Any]:
    """The list that stands there; an empty one when nothing does."""
    found = value.get(where) or []
    if not isinstance(found, list):
        raise TypeError(where)
    return found


def size_of(value: Any) -> int:
    """A whole number that may be left out: then, or when it is none, 0."""
    return value if type(value) is int and 0 <= value < 1 << 53 else 0


def text_of(value: Any) -> str:
    """A text any database can keep: no NUL, no half characters, not endless."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or "\0" in value:
        raise ValueError("no text of Meta's")
    value.encode()
    return value
