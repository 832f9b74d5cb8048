"""What is said to somebody whose phone others may look at: other words for receipts and buttons, an empty beginning for the rest.

A list of chats, or a notice on a locked screen, shows the beginning of a message: about 40 letters.
"""

import re
from dataclasses import replace
from functools import cache

from bot.model.messages import Button, Reply
from bot.wording.phrases import phrases

GLANCE = 40
_MARKS = re.compile(r"[*_`#>\\\[\]]|\]\([^)]*\)")


def reply(meant: Reply) -> Reply:
    """The same in the words there are for this, for itself and for its buttons."""
    name = f"veiled/{meant.phrase}"
    return replace(
        meant,
        phrase=name if name in phrases() else meant.phrase,
        buttons=tuple(_button(one) for one in meant.buttons),
    )


def tells(text: str, telling: str) -> bool:
    """Whether any of the words (beginnings of words, with commas between) stands where a glance falls."""
    return bool(_telling(telling).search(seen(text)))


def seen(text: str) -> str:
    """The beginning of a message as a preview shows it."""
    return " ".join(_MARKS.sub("", text).split())[:GLANCE]


def _button(one: Button) -> Button:
    name = f"veiled-{one.phrase}"
    return replace(one, phrase=name) if f"label/{name}" in phrases() else one


@cache
def _telling(words: str) -> re.Pattern[str]:
    beginnings = "|".join(re.escape(one.strip()) for one in words.split(",") if one.strip())
    return re.compile(rf"\b(?:{beginnings})", re.IGNORECASE)
