"""Cases of people who have no chat with us: an officer wrote down what they said, and speaks with them in another way."""

from bot.casework.states import OPEN
from bot.model.case import Case

ACTS = ("said", "paper", "withdraw-for")
"""What may be done with such a case besides: note what the person said, print a new paper, withdraw it as they wish."""
WRITING = ("reply", "canned", "canned-send")
"""What cannot be done: nobody would read it."""


def without_phone(case: Case) -> bool:
    """Whether nobody would read what we write, because there never was a chat; ends when they join one by their paper."""
    return bool(case.entered_by) and not case.reachable and case.state in OPEN
