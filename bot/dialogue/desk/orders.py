"""Short words of an officer: "tangani 1000012", "catatan 1000012 sudah ditelepon", "hari ini", or a case's number alone.

They are the presses of the same names. An order that names a case is heard wherever the officer stands, so that a note written
so never goes to the person a reply was meant for.
"""

import re

from bot.casework.numbers import is_number
from bot.model.conversation import Conversation
from bot.model.desk import ALONE, DeskRules

_ORDER = re.compile(
    r"(?P<word>[^\W\d][^\d]*?)\s+(?P<number>\d{7,9}|\d{1,3}(?: \d{3})+-\d)(?!\d)[\s:,.]*(?P<words>.*)", re.DOTALL
)
_VIEWS = {
    "today": "today:",
    "mine": "today::mine",
    "team": "team:",
    "practice": "practice:",
    "practice-end": "practice-end:",
}


def ordered(conversation: Conversation, text: str, rules: DeskRules) -> tuple[str, str]:
    """The button an officer's words press, and the words it brings along; two empty strings when they are no order."""
    if conversation.known.officer is None:
        return "", ""
    found = _ORDER.fullmatch(text.strip())
    act = _meant(found["word"], rules) if found else ""
    if found and act and act not in ALONE:
        return f"{act}:{_digits(found['number'])}", found["words"].strip()
    if conversation.desk or conversation.talking or conversation.filling:
        return "", ""
    if is_number(text):
        return f"case:{_digits(text)}", ""
    return _VIEWS.get(_meant(text, rules), ""), ""


def _meant(words: str, rules: DeskRules) -> str:
    """The act these words stand for."""
    typed = " ".join(words.lower().split())
    listed = ((act, known) for act, spoken in rules.orders.items() for known in spoken.values())
    return next((act for act, known in listed if typed in known), "")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
