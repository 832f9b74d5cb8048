"""What a step must know beyond the conversation, seen from what came in: read beforehand, never from inside a step."""

import re
from dataclasses import dataclass

from bot.casework.numbers import read_number
from bot.dialogue import flood
from bot.dialogue.choices import pressed, split
from bot.dialogue.desk import entry as desk
from bot.knowledge.codes import read_code
from bot.model.conversation import Conversation
from bot.model.messages import Incoming
from bot.understanding.release import Release

CODE = re.compile(r"[A-HJKMNP-TV-Z2-9]{5}-[A-HJKMNP-TV-Z2-9]{5}")
_OWN_CASE = ("mine", "write", "withdraw", "withdraw-yes", "withdraw-no", "solved", "unsolved")
_PRINTED = ("checklist", "tick")


@dataclass(frozen=True, slots=True)
class Wants:
    """What to read: a case as an officer may see it, one's own case or cases, the queue, an invitation, a secret, an edition,
    the address of the pages, of which vacancies somebody wants to hear."""

    officers_case: str = ""
    own_case: str = ""
    own_cases: bool = False
    queue: bool = False
    code: str = ""
    token: bool = False
    receipt: str = ""
    pages: bool = False
    wishes: bool = False

    def __bool__(self) -> bool:
        return self != Wants()


def wants(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    """What this message needs; nothing where a flood keeps it from being listened to."""
    unheard = flood.overrun(conversation, incoming) and not _is_for_a_case(conversation, incoming, release)
    return Wants() if unheard else _wants(conversation, incoming, release)


def _wants(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    if incoming.kind == "correction":
        return Wants(receipt=incoming.text)
    heard_as = pressed(conversation, incoming, release)
    kind, what = split(heard_as.button)
    number = what.partition(":")[0]
    if kind in desk.ACTS and conversation.known.officer:
        return Wants(officers_case=number)
    if kind in _OWN_CASE:
        return Wants(own_case=number)
    by_button = Wants(receipt=what if kind == "receipt" else "", pages=kind in _PRINTED, wishes=kind == "subscribe")
    if by_button:
        return by_button
    if kind in ("send", "do"):
        return _words(what if kind == "do" else "cases", conversation)
    return _typed(conversation, heard_as, release)


def _is_for_a_case(conversation: Conversation, incoming: Incoming, release: Release) -> bool:
    """Whether a message in a flood is a call for help, in the middle of what is written about a case."""
    return bool(conversation.talking or conversation.desk) and flood.hold(conversation, incoming, release) is None


def _typed(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    code = CODE.fullmatch(incoming.text.strip().upper())
    if code:
        return Wants(code=code.group())
    receipt = read_code(incoming.text)
    if receipt and not (conversation.talking or conversation.desk):
        return Wants(receipt=receipt)
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
    if command == "subscriptions":
        return Wants(wishes=True)
    if conversation.known.officer is None:
        return Wants()
    return Wants(queue=command == "queue", token=command == "web")
