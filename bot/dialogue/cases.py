"""A person's own cases: how they stand, withdrawing, and writing with the officer who looks after one."""

from collections.abc import Callable
from dataclasses import replace

from bot.casework.numbers import is_number, read_number
from bot.casework.states import OPEN, may_reopen
from bot.dialogue import papers, past_village, safety, worker
from bot.dialogue.choices import label
from bot.dialogue.menu import menu_reply
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event, State
from bot.model.effects.cases import Act
from bot.model.effects.telling import ShowKept, TellOfficers
from bot.model.messages import Button, Reply
from bot.model.step import Effect, Step

_TALK = ("text", "photo", "voice", "file")


def listen(turn: Turn) -> Step | None:
    """A word or button about one's own cases, a number, or words for the officer."""
    kind, what = turn.button
    if kind in _BUTTONS:
        case = _own(turn, what.partition(":")[0])
        return (
            _BUTTONS[kind](turn, case)
            if case
            else turn.step(Reply("cases/unknown"), menu_reply(turn.release, turn.language))
        )
    if turn.says("cases") or turn.says("status") or turn.says("withdraw") or kind == "send":
        return _list(turn)
    if turn.says(past_village.WORD):
        return _to_district(turn)
    number = read_number(turn.incoming.text) if turn.typed else ""
    if turn.typed and not turn.conversation.talking and (number or is_number(turn.incoming.text)):
        case = _own(turn, number)
        if case:
            return _show(turn, case)
        return papers.ask(turn, number) if number else turn.step(Reply("cases/unknown"))
    return relay(turn)


def relay(turn: Turn) -> Step | None:
    """While an officer writes with the person, their words go to the officer, and the robot keeps quiet."""
    number = turn.conversation.talking
    if not number or turn.incoming.kind not in _TALK:
        return None
    own = _own(turn, number)
    case = _going_on(turn, own) if own else None
    if case is None or case.state not in OPEN:
        return turn.step(Reply("talk/not-relayed", {"number": number}, (label("menu", "do:menu"),)), talking="")
    event = Event(
        case.number,
        "from-person",
        turn.incoming.at,
        turn.conversation.person,
        "",
        turn.incoming.text,
        turn.incoming.attachment,
    )
    state: State = "working" if case.state == "waiting" else case.state
    facts = {"number": case.number, "urgency": case.urgency}
    notice = Reply("notice/from-person", facts, (label("open-case", f"case:{case.number}"),))
    writes_here = turn.conversation.person in (case.person, case.worker)
    heard = safety.heard_again(case, turn.conversation.person) if writes_here else case
    effects: tuple[Effect, ...] = (
        Act(case, event, replace(heard, state=state)),
        TellOfficers(case.unit, notice, holder=case.officer),
        *(one for one in safety.back_at(turn, case) if isinstance(one, ShowKept)),
    )
    return turn.step(Reply("talk/relayed", {"number": number}, (label("menu", "do:menu"),)), effects=effects)


def _going_on(turn: Turn, case: Case) -> Case:
    """The case in which the work goes on: another, once the two were joined."""
    other = turn.conversation.known.other
    return other if other and case.merged_into == other.number else case


def _own(turn: Turn, number: str) -> Case | None:
    """The case of this number, if it is the person's own."""
    known = turn.conversation.known
    candidates = (*((known.case,) if known.case else ()), *known.cases)
    return next(
        (case for case in candidates if case.number == number and case.person == turn.conversation.person), None
    )


def _list(turn: Turn) -> Step:
    cases = turn.conversation.known.cases
    if not cases:
        return turn.step(Reply("cases/none"), menu_reply(turn.release, turn.language))
    if len(cases) == 1:
        return turn.step(_one(turn, cases[0], reminds=True), effects=safety.back_at(turn, cases[0]))
    lines = [{"number": one.number, "title": _title(turn, one), "state": one.state} for one in cases]
    buttons = tuple(Button(f"mine:{one.number}", phrase="case", facts={"number": one.number}) for one in cases[:8])
    return turn.step(Reply("cases/list", {"lines": lines}, buttons))


def _one(turn: Turn, case: Case, *, reminds: bool = False) -> Reply:
    """How a case stands. With `reminds` whoever has another one behind a word is reminded of it."""
    still_open = case.state in OPEN
    facts = {
        "number": case.number,
        "title": _title(turn, case),
        "state": case.state,
        "officer": case.officer_name,
        "place": turn.release.place(case.unit),
        "open": still_open,
        "due": case.due,
        "overdue": still_open and turn.incoming.at > case.due,
        "zone": turn.release.zone(case.village),
        "outcome": case.outcome,
        "merged_into": case.merged_into,
        "reminds": reminds,
    }
    called = (label("invite", f"invite-mine:{case.number}"),) if worker.may_invite(case) else ()
    acts = (label("write", f"write:{case.number}"), label("withdraw", f"withdraw:{case.number}")) if still_open else ()
    asked = (label("who-read", f"who-read:{case.number}"),) if case.state != "withdrawn" else ()
    return Reply("cases/one", facts, (*acts, *called, *past_village.way_up(case), *asked, label("menu", "do:menu")))


def _show(turn: Turn, case: Case) -> Step:
    return turn.step(_one(turn, case), effects=safety.back_at(turn, case))


def _write(turn: Turn, case: Case) -> Step:
    if _going_on(turn, case).state not in OPEN:
        return turn.step(_one(turn, case))
    effects = safety.back_at(turn, case)
    return turn.step(Reply("cases/write", {"number": case.number}), effects=effects, talking=case.number)


def _withdraw(turn: Turn, case: Case) -> Step:
    if case.state not in OPEN:
        return turn.step(_one(turn, case))
    buttons = (label("withdraw", f"withdraw-yes:{case.number}"), label("keep", f"withdraw-no:{case.number}"))
    return turn.step(Reply("cases/withdraw-ask", {"number": case.number}, buttons))


def _withdrawn(turn: Turn, case: Case) -> Step:
    if case.state not in OPEN:
        return turn.step(_one(turn, case))
    event = Event(case.number, "withdrawn", turn.incoming.at, turn.conversation.person)
    notice = Reply("notice/withdrawn", {"number": case.number})
    effects = (Act(case, event, replace(case, state="withdrawn")), TellOfficers(case.unit, notice, holder=case.officer))
    return turn.step(Reply("cases/withdrawn", {"number": case.number}), effects=effects, talking="")


def _kept(turn: Turn, case: Case) -> Step:
    return turn.step(Reply("cases/kept"), _one(turn, case))


def _solved(turn: Turn, case: Case) -> Step:
    event = Event(case.number, "rated", turn.incoming.at, turn.conversation.person, text="solved")
    return turn.step(
        Reply("told/thanks"), menu_reply(turn.release, turn.language), effects=(Act(case, event),), talking=""
    )


def _unsolved(turn: Turn, case: Case) -> Step:
    if not may_reopen(case, turn.incoming.at):
        return turn.step(_one(turn, case))
    event = Event(case.number, "reopened", turn.incoming.at, turn.conversation.person)
    facts = {"number": case.number, "urgency": case.urgency}
    notice = Reply("notice/reopened", facts, (label("open-case", f"case:{case.number}"),))
    state: State = "working" if case.officer else "new"
    effects = (
        Act(case, event, replace(case, state=state, outcome="")),
        TellOfficers(case.unit, notice, holder=case.officer),
    )
    return turn.step(Reply("told/reopened", {"number": case.number}), effects=effects)


def _title(turn: Turn, case: Case) -> str:
    return turn.release.title_of_form(case.form, turn.language)


def _to_district(turn: Turn) -> Step:
    """Said of no case in particular: of the only one it can mean, else the list."""
    movable = [case for case in turn.conversation.known.cases if past_village.may_move(case)]
    return past_village.ask(turn, movable[0]) if len(movable) == 1 else _list(turn)


def _move_up(turn: Turn, case: Case) -> Step:
    return past_village.ask(turn, case) if past_village.may_move(case) else turn.step(_one(turn, case))


def _moved_up(turn: Turn, case: Case) -> Step:
    return past_village.go(turn, case) if past_village.may_move(case) else turn.step(_one(turn, case))


_BUTTONS: dict[str, Callable[[Turn, Case], Step]] = {
    "move-up": _move_up,
    "move-up-yes": _moved_up,
    "move-up-no": _kept,
    "mine": _show,
    "write": _write,
    "withdraw": _withdraw,
    "withdraw-yes": _withdrawn,
    "withdraw-no": _kept,
    "solved": _solved,
    "unsolved": _unsolved,
}
