"""What a step must know beyond the conversation, seen from what came in: read beforehand, never from inside a step."""

import re
from dataclasses import dataclass, replace

from bot.casework.heads import read_head
from bot.casework.numbers import read_number
from bot.dialogue import contact, flood, papers, past_village, safety, sharing, worker
from bot.dialogue.choices import pressed, split
from bot.dialogue.desk import entry as desk
from bot.dialogue.desk import referring, team, watch
from bot.dialogue.desk.today import view_of
from bot.knowledge.codes import read_code
from bot.model.conversation import Conversation
from bot.model.day import View
from bot.model.messages import UNASKED, Incoming
from bot.understanding.release import Release

CODE = re.compile(r"[A-HJKMNP-TV-Z2-9]{5}-[A-HJKMNP-TV-Z2-9]{5}")
_OWN_CASE = ("mine", "write", "withdraw", "withdraw-yes", "withdraw-no", "solved", "unsolved", *past_village.PRESSES)
_PRINTED = ("checklist", "tick")
_HANDS_IN = ("send", "yes")


@dataclass(frozen=True, slots=True)
class Wants:
    """What to read: a case as an officer may see it, one's own case or cases, the queue, an invitation, a secret, an edition,
    the address of the pages, of which vacancies somebody wants to hear, where the book stands, the page a code stands for,
    who opened somebody's cases, what an officer opened lately, the cases a code word opens, the one a worker may join, the case of a
    paper by its secret number or by having been shown before, the case whose time has come, an officer's morning,
    an officer who left cases behind."""

    officers_case: str = ""
    other: str = ""
    alike: bool = False
    consent: int = 0
    shared: int = 0
    next_referral: bool = False
    own_case: str = ""
    own_cases: bool = False
    day: View | None = None
    code: str = ""
    token: bool = False
    receipt: str = ""
    pages: bool = False
    wishes: bool = False
    head: bool = False
    leaf: str = ""
    openings: bool = False
    looks: bool = False
    paper: str = ""
    pin: str = ""
    shown: str = ""
    word: str = ""
    worker: str = ""
    clocked: str = ""
    digest: bool = False
    gone: int = 0
    team: bool = False
    holder: int = 0
    broadcast: int = 0

    def __bool__(self) -> bool:
        return self != Wants()


_HANDING_IN = Wants(own_cases=True, head=True, token=True)


def wants(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    """What this message needs; nothing where a flood keeps it from being listened to."""
    unheard = flood.overrun(conversation, incoming) and not _is_for_a_case(conversation, incoming, release)
    if unheard:
        return Wants()
    if safety.is_hush(conversation, incoming):
        return Wants(own_cases=True)
    if code := worker.code_in(incoming):
        return Wants(worker=code)
    found = _with_what_stands(conversation, incoming, _wants(conversation, incoming, release))
    back = bool(conversation.helped) and worker.comes_back(incoming, release)
    return replace(found, own_case=conversation.helped) if back else found


def _with_what_stands(conversation: Conversation, incoming: Incoming, found: Wants) -> Wants:
    """The case a form in progress is about; and the word, where we have just asked for one."""
    case = conversation.filling.case if conversation.filling else ""
    if case and not (found.own_case or found.officers_case or incoming.kind in UNASKED):
        found = replace(found, own_case=case)
    typed = incoming.kind == "text" and safety.waits_for_word(conversation)
    return replace(found, word=incoming.text) if typed else found


def _wants(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    if incoming.kind == "correction":
        return Wants(receipt=incoming.text)
    if incoming.kind == "case-clock":
        return Wants(clocked=incoming.text.partition(":")[0])
    if incoming.kind == "left":
        return Wants(gone=int(incoming.text))
    if incoming.kind == "broadcast":
        return Wants(broadcast=int(incoming.text))
    if incoming.kind == "digest":
        return Wants(day=View(), head=True, digest=True)
    heard_as = pressed(conversation, incoming, release)
    kind, what = split(heard_as.button)
    number = what.partition(":")[0]
    if kind in desk.ACTS and conversation.known.officer:
        found = Wants(officers_case=number, looks=kind in watch.OPENS, token=kind in ("paper", "invite"))
        return _joining(found, kind, what.partition(":")[2].partition(":")[0] or read_number(heard_as.text))
    if kind in team.ACTS and conversation.known.officer:
        return Wants(team=True, holder=team.whose(kind, number))
    if kind in referring.PRESSES and conversation.known.officer:
        return Wants(shared=_id(number))
    if kind in sharing.PRESSES:
        return Wants(consent=_id(number))
    if kind == "today" and conversation.known.officer:
        return Wants(day=view_of(what))
    if kind in worker.PRESSES:
        return Wants(own_case=number, token=True)
    if kind in _OWN_CASE or kind in contact.PRESSES:
        return Wants(own_case=number, own_cases=kind == "move-up-yes")
    number_of_paper, pin, shown = papers.asked_for(conversation, heard_as.text, heard_as.button)
    if number_of_paper:
        return Wants(paper=number_of_paper, pin=pin, shown=shown)
    if kind == "who-read":
        return Wants(own_case=number, openings=True)
    by_button = Wants(receipt=what if kind == "receipt" else "", pages=kind in _PRINTED, wishes=kind == "subscribe")
    if by_button:
        return by_button
    if kind == "send":
        return _HANDING_IN
    if kind == "do":
        return _words(what, conversation)
    return _typed(conversation, heard_as, release)


def _is_for_a_case(conversation: Conversation, incoming: Incoming, release: Release) -> bool:
    """Whether a message in a flood is a call for help, in the middle of what is written about a case."""
    return bool(conversation.talking or conversation.desk) and flood.hold(conversation, incoming, release) is None


def _typed(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    code = CODE.fullmatch(incoming.text.strip().upper())
    if code:
        return Wants(code=code.group())
    leaf = read_head(incoming.text)
    if leaf:
        return Wants(leaf=leaf)
    receipt = read_code(incoming.text)
    if receipt and not (conversation.talking or conversation.desk):
        return Wants(receipt=receipt)
    command = release.command(incoming.text)
    by_word = _words(command, conversation)
    if by_word:
        return by_word
    if conversation.filling and conversation.filling.asking == "summary" and command in _HANDS_IN:
        return _HANDING_IN
    act, _, rest = conversation.desk.partition(":")
    if act in referring.PRESSES and conversation.known.officer:
        return Wants(shared=_id(rest))
    if act in desk.ACTS and conversation.known.officer:
        found = Wants(officers_case=rest.partition(":")[0], looks=act in watch.OPENS)
        return _joining(found, act, read_number(incoming.text))
    return Wants(own_case=conversation.talking or read_number(incoming.text))


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _joining(found: Wants, act: str, other: str) -> Wants:
    """To join two cases the second is read too, and those that may be meant; a referral needs a number."""
    if act == "refer":
        return replace(found, next_referral=True)
    return replace(found, other=other, alike=True) if act == "merge" else found


def _words(command: str, conversation: Conversation) -> Wants:
    if command in ("cases", "status", "withdraw", "privacy", past_village.WORD):
        return Wants(own_cases=True)
    if command == "who-read":
        return Wants(own_cases=True, openings=True)
    if command == "subscriptions":
        return Wants(wishes=True)
    if conversation.known.officer is None:
        return Wants()
    return Wants(day=View() if command == "queue" else None, token=command == "web")
