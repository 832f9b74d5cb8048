"""What a step must know beyond the conversation, seen from what came in: read beforehand, never from inside a step."""

import re
from dataclasses import dataclass

from bot.casework.numbers import read_number
from bot.dialogue import desk
from bot.dialogue.choices import pressed, split
from bot.model.conversation import Conversation
from bot.model.messages import Incoming
from bot.understanding.release import Release

CODE = re.compile(r"[A-HJKMNP-TV-Z2-9]{5}-[A-HJKMNP-TV-Z2-9]{5}")
_OWN_CASE = ("mine", "write", "withdraw", "withdraw-yes", "withdraw-no", "solved", "unsolved")


@dataclass(frozen=True, slots=True)
class Wants:
    """What to read: a case as an officer may see it, one's own case, one's own cases, the queue, an invitation, a secret."""

    officers_case: str = ""
    own_case: str = ""
    own_cases: bool = False
    queue: bool = False
    code: str = ""
    token: bool = False

    def __bool__(self) -> bool:
        return self != Wants()


def wants(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    """What this message needs."""
    heard_as = pressed(conversation, incoming, release)
    kind, what = split(heard_as.button)
    number = what.partition(":")[0]
    if kind in desk.ACTS and conversation.known.officer:
        return Wants(officers_case=number)
    if kind in _OWN_CASE:
        return Wants(own_case=number)
    if kind in ("send", "do"):
        return _words(what if kind == "do" else "cases", conversation)
    return _typed(conversation, heard_as, release)


def _typed(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    code = CODE.fullmatch(incoming.text.strip().upper())
    if code:
        return Wants(code=code.group())
    by_word = _words(release.command(incoming.text), conversation)
    if by_word:
        return by_word
    act, _, rest = conversation.desk.partition(":")
    if act in desk.ACTS and conversation.known.officer:
        return Wants(officers_case=rest.partition(":")[0])
    return Wants(own_case=conversation.talking or read_number(incoming.text))


def _words(command: str, conversation: Conversation) -> Wants:
    if command in ("cases", "status", "withdraw"):
        return Wants(own_cases=True)
    if conversation.known.officer is None:
        return Wants()
    return Wants(queue=command == "queue", token=command == "web")
