"""The codes people type, told from words: signs drawn by lot sound like anything, danger among it."""

import re

from bot.dialogue import joining, worker
from bot.model.messages import Incoming

_INVITATION = re.compile(r"[A-HJKMNP-TV-Z2-9]{5}-[A-HJKMNP-TV-Z2-9]{5}")


def invitation(text: str) -> str:
    """The code by which an officer takes office, when the text is nothing else; "" for none."""
    found = _INVITATION.fullmatch(text.strip().upper())
    return found.group() if found else ""


def is_one(incoming: Incoming) -> bool:
    """Whether a message is a code of ours and nothing else; an invitation with a figure in it, so that it can be no words."""
    figures = any(sign.isdigit() for sign in invitation(incoming.text))
    return figures or bool(joining.code_in(incoming) or worker.code_in(incoming))
