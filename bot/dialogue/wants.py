"""What a step must know beyond the conversation, seen from what came in: read beforehand, never from inside a step."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.casework.heads import read_head
from bot.casework.numbers import read_number
from bot.dialogue import contact, flood, joining, papers, past_village, safety, sharing, worker
from bot.dialogue.choices import pressed, split
from bot.dialogue.codes import invitation
from bot.dialogue.desk import entry as desk
from bot.dialogue.desk import merging, practice, referring, team, watch
from bot.dialogue.desk.today import view_of
from bot.knowledge.codes import read_code
from bot.model.conversation import Conversation
from bot.model.day import View
from bot.model.messages import UNASKED, Incoming
from bot.understanding.release import Release

_OF_CASES = ("mine", "write", "withdraw", "withdraw-yes", "withdraw-no", "solved", "unsolved")
_OWN_CASE = (*_OF_CASES, *past_village.PRESSES, *contact.PRESSES)
_PRINTED = ("checklist", "tick")
_HANDS_IN = ("send", "yes")


@dataclass(frozen=True, slots=True)
class Wants:
    """What to read, each under the name it has in `Known` or by the number it is found by.

    For officers: `officers_case` with the `other` it is to be joined with and those `alike`, what was `shared` with them
    (`next_referral` for one to come, `referrals` for those of the case), the `day`, what they opened lately (`looks`), their
    `team` (one's cases: `holder`).
    For people: `own_case` or all `own_cases`, a `consent` to sharing, who opened a case (`openings`), a `paper` by its secret
    number (`pin`) or because it was `shown` before, cases opened by a code `word`, the one a `worker` may join by a code,
    their other chats (`beside`) and the one they are `joining` by a code.
    For both: an invitation (`code`), a `receipt`'s edition, the book as it stands (`head`) or a page of it (`leaf`), fresh
    chance (`token`), the address of the `pages`, `wishes` for vacancies. For the clock: the case whose time has come
    (`clocked`), an officer's morning (`digest`), one who left cases behind (`gone`), a `broadcast` or the `news` of one. For
    an officer's training: the `practice` they are in.
    """

    officers_case: str = ""
    other: str = ""
    alike: bool = False
    consent: int = 0
    shared: int = 0
    next_referral: bool = False
    referrals: bool = False
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
    beside: bool = False
    joining: str = ""
    news: int = 0
    practice: bool = False

    def __bool__(self) -> bool:
        return self != Wants()


Reading = Callable[[str, str, str], Wants]
"""What a press needs, by its kind, by what stands behind it, and by the words that came along."""
Presses = Sequence[tuple[Collection[str], Reading]]
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
    if code := joining.code_in(incoming):
        return Wants(joining=code, beside=True)
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
    if incoming.kind in _BROUGHT:
        return _BROUGHT[incoming.kind](incoming.text)
    heard_as = pressed(conversation, incoming, release)
    kind, what = split(heard_as.button)
    by_desk = _read(_OFFICERS, kind, what, heard_as.text) if conversation.known.officer else None
    if by_desk:
        return by_desk
    number, pin, shown = papers.asked_for(conversation, heard_as.text, heard_as.button)
    if number:
        return Wants(paper=number, pin=pin, shown=shown)
    if kind == "do":
        return _words(what, conversation)
    return _read(_ANYBODY, kind, what, heard_as.text) or _typed(conversation, heard_as, release)


def _read(presses: Presses, kind: str, what: str, text: str) -> Wants | None:
    reading = next((reading for kinds, reading in presses if kind in kinds), None)
    return reading(kind, what, text) if reading else None


def _is_for_a_case(conversation: Conversation, incoming: Incoming, release: Release) -> bool:
    """Whether a message in a flood is a call for help, in the middle of what is written about a case."""
    return bool(conversation.talking or conversation.desk) and flood.hold(conversation, incoming, release) is None


def _typed(conversation: Conversation, incoming: Incoming, release: Release) -> Wants:
    by_code = _coded(conversation, incoming.text)
    if by_code:
        return by_code
    command = release.command(incoming.text)
    by_word = _words(command, conversation)
    if by_word:
        return by_word
    if conversation.filling and conversation.filling.asking == "summary" and command in _HANDS_IN:
        return _HANDING_IN
    by_desk = _written(conversation, incoming.text) if conversation.known.officer else None
    return by_desk or Wants(own_case=conversation.talking or read_number(incoming.text))


def _coded(conversation: Conversation, text: str) -> Wants:
    """A code typed: an invitation, a page of the book, an answer's receipt."""
    invited, leaf, receipt = invitation(text), read_head(text), read_code(text)
    if invited:
        return Wants(code=invited)
    if leaf:
        return Wants(leaf=leaf)
    return Wants(receipt=receipt if not (conversation.talking or conversation.desk) else "")


def _written(conversation: Conversation, text: str) -> Wants | None:
    """The words an officer's act has asked for."""
    act, _, rest = conversation.desk.partition(":")
    if act in referring.PRESSES:
        return Wants(shared=_id(rest))
    if act not in desk.ACTS:
        return None
    found = Wants(officers_case=rest.partition(":")[0], looks=act in watch.OPENS)
    return _joining(found, act, read_number(text))


def _of_case(kind: str, what: str, text: str) -> Wants:
    number, _, rest = what.partition(":")
    found = Wants(
        officers_case=number,
        looks=kind in watch.OPENS,
        token=kind in ("paper", "invite"),
        referrals=kind in ("more", "refer-end"),
        alike=kind in merging.OFFERS,
    )
    return _joining(found, kind, rest.partition(":")[0] or read_number(text))


def _number(what: str) -> str:
    return what.partition(":")[0]


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _joining(found: Wants, act: str, other: str) -> Wants:
    """To join two cases the second is read too, and those that may be meant; a referral needs a number."""
    if act == "refer":
        return replace(found, next_referral=True)
    return replace(found, other=other, alike=True) if act == "merge" else found


def _words(command: str, conversation: Conversation) -> Wants:
    if command in ("cases", "status", "withdraw", "privacy", past_village.WORD):
        return Wants(own_cases=True, beside=command == "privacy")
    if command in ("join", "part", "delete"):
        return Wants(beside=True, token=command == "join")
    if command == "who-read":
        return Wants(own_cases=True, openings=True)
    if command == "subscriptions":
        return Wants(wishes=True)
    if conversation.known.officer is None:
        return Wants()
    return Wants(day=View() if command == "queue" else None, token=command == "web")


_BROUGHT: Mapping[str, Callable[[str], Wants]] = {
    "correction": lambda text: Wants(receipt=text),
    "case-clock": lambda text: Wants(clocked=_number(text)),
    "left": lambda text: Wants(gone=int(text)),
    "broadcast": lambda text: Wants(broadcast=int(text)),
    "broadcast-news": lambda text: Wants(news=int(_number(text))),
    "digest": lambda _: Wants(day=View(), head=True, digest=True),
}
_OFFICERS: Presses = (
    (desk.ACTS, _of_case),
    (team.ACTS, lambda kind, what, _: Wants(team=True, holder=team.whose(kind, _number(what)))),
    (referring.PRESSES, lambda _, what, __: Wants(shared=_id(_number(what)))),
    (("today",), lambda _, what, __: Wants(day=view_of(what))),
    (practice.PRESSES, lambda _, __, ___: Wants(practice=True)),
    ((referring.LIST,), lambda _, __, ___: Wants(day=View())),
)
_ANYBODY: Presses = (
    (sharing.PRESSES, lambda _, what, __: Wants(consent=_id(_number(what)))),
    (worker.PRESSES, lambda _, what, __: Wants(own_case=_number(what), token=True)),
    (_OWN_CASE, lambda kind, what, _: Wants(own_case=_number(what), own_cases=kind == "move-up-yes")),
    (("who-read",), lambda _, what, __: Wants(own_case=_number(what), openings=True)),
    (("receipt",), lambda _, what, __: Wants(receipt=what)),
    (_PRINTED, lambda _, __, ___: Wants(pages=True)),
    (("subscribe",), lambda _, __, ___: Wants(wishes=True)),
    (("join-yes",), lambda _, what, __: Wants(joining=what, beside=True)),
    (("delete",), lambda _, __, ___: Wants(beside=True)),
    (("send",), lambda _, __, ___: _HANDING_IN),
)
