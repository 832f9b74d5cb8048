"""What keeps a case from whoever else holds the phone: its code word on return, and the word for "not now".

Until the code word was given in this session, the case is not there: not in lists, not by its number, not by its buttons.
Nothing we say depends on whether a person has such a case, for that would tell it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialogue.choices import label
from bot.dialogue.menu import menu_reply
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event
from bot.model.conversation import Conversation
from bot.model.effects.cases import Act, CodeTried
from bot.model.effects.telling import ShowKept, TellOfficers
from bot.model.messages import Incoming, Reply
from bot.model.step import Effect, Step
from bot.understanding.release import Release

SESSION = timedelta(minutes=30)
_ASK_FOR_A_WORD = ("cases/none", "cases/list", "cases/unknown", "paper/ask")
"""Said whether or not there is a case behind a word: in each, who has one is reminded of it."""


def is_hush(talk: Conversation, incoming: Incoming) -> bool:
    """Whether this is the person's own word for "not now"."""
    return incoming.kind == "text" and bool(talk.hush) and plain(incoming.text) in talk.hush.values()


def hush(talk: Conversation, incoming: Incoming, release: Release) -> Step | None:
    """Silent at once: the menu as for anybody, and nothing of these cases until they come back to them."""
    if not is_hush(talk, incoming):
        return None
    word = plain(incoming.text)
    cases = [one for one in talk.known.cases if talk.hush.get(one.number) == word]
    aside = (*((talk.filling,) if talk.filling else ()), *talk.paused)
    menu = menu_reply(release, talk.language)
    shown = tuple(button.id for button in menu.buttons)
    quiet = talk.but(talking="", desk="", filling=None, paused=aside, unlocked={}, code_asked=False, shown=shown)
    return Step(quiet, (menu,), tuple(effect for one in cases for effect in _silenced(talk, incoming, one)))


def _silenced(talk: Conversation, incoming: Incoming, case: Case) -> tuple[Effect, ...]:
    event = Event(case.number, "contact", incoming.at, talk.person)
    facts = {"number": case.number, "urgency": case.urgency}
    notice = Reply("notice/silent", facts, (label("open-case", f"case:{case.number}"),))
    return Act(case, event, _with_silence(case, talk.person, silent=True)), TellOfficers(
        case.unit, notice, case.officer
    )


def _with_silence(case: Case, person: int, *, silent: bool) -> Case:
    if person == case.worker:
        plan = case.worker_plan
        return replace(case, worker_plan=replace(plan, silent=silent)) if plan else case
    return replace(case, plan=replace(case.plan, silent=silent)) if case.plan else case


def back_at(turn: Turn, case: Case) -> tuple[Effect, ...]:
    """They have come back to a case: what was kept back is shown, and a silence they asked for is over."""
    person = turn.conversation.person
    plan = case.worker_plan if person == case.worker else case.plan
    if plan is None:
        return () if case.urgency == "general" else (ShowKept(case.number),)
    event = Event(case.number, "contact", turn.incoming.at, person)
    again = (Act(case, event, heard_again(case, person)),) if plan.silent else ()
    return (ShowKept(case.number), *again)


def heard_again(case: Case, person: int) -> Case:
    """The case once they want to hear of it again."""
    return _with_silence(case, person, silent=False)


def shut(talk: Conversation, at: datetime) -> Conversation:
    """The talk as it is while cases wait for their code word: without them, without what was being done in them."""
    unlocked = {number: used for number, used in talk.unlocked.items() if timedelta() <= at - used < SESSION}
    known = talk.known
    own = known.case is not None and talk.person in (known.case.person, known.case.worker)
    case = None if own and known.case and _locked(talk, known.case.number, unlocked) else known.case
    cases = tuple(one for one in known.cases if not _locked(talk, one.number, unlocked))
    if talk.filling and _locked(talk, talk.filling.case, unlocked):
        talk = talk.but(filling=None)
    return talk.but(
        unlocked=dict.fromkeys(unlocked, at),
        paused=tuple(one for one in talk.paused if not _locked(talk, one.case, unlocked)),
        talking="" if _locked(talk, talk.talking, unlocked) else talk.talking,
        known=replace(known, case=case, cases=cases),
    )


def _locked(talk: Conversation, number: str, unlocked: Mapping[str, datetime]) -> bool:
    return number in talk.coded and number not in unlocked


def counted(turn: Turn, step: Step) -> Step:
    """Whether we have just asked for a code word; and a wrong one counts, whatever it was taken for."""
    asked = any(one.phrase in _ASK_FOR_A_WORD or one.facts.get("reminds") for one in step.replies)
    wrong = waits_for_word(turn.conversation) and turn.conversation.known.code == "wrong"
    effects = (CodeTried(right=False), *step.effects) if wrong else step.effects
    return replace(step, conversation=step.conversation.but(code_asked=asked), effects=effects)


def waits_for_word(talk: Conversation) -> bool:
    """Whether what is typed now may be a code word; what is written to the officer is none."""
    return talk.code_asked and not talk.talking and talk.filling is None


def listen(turn: Turn) -> Step | None:
    """Something typed where a code word was asked for. What is no question of ours gets the menu, whoever types it."""
    if not waits_for_word(turn.conversation) or not turn.typed or turn.heard.command:
        return None
    opened = turn.conversation.known.opened
    if opened:
        return _open(turn, opened)
    if turn.release.find(turn.heard.terms).topic or any(char.isdigit() for char in turn.incoming.text):
        return None
    return turn.step(menu_reply(turn.release, turn.language), misses=0)


def _open(turn: Turn, opened: tuple[Case, ...]) -> Step:
    """From here on they are as any other."""
    unlocked = {**turn.conversation.unlocked, **{one.number: turn.incoming.at for one in opened}}
    buttons = tuple(label("case", f"mine:{one.number}", number=one.number) for one in opened)
    return turn.step(Reply("cases/opened", buttons=buttons), effects=(CodeTried(right=True),), unlocked=unlocked)


def plain(text: str) -> str:
    """As such words are compared: upper and lower case, and how they are spaced, do not matter."""
    return " ".join(text.casefold().split())
