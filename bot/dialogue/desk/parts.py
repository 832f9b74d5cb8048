"""What the desk's rooms share: a line of the list, a case's buttons, an event by an officer."""

from dataclasses import replace

from bot.casework import no_phone
from bot.casework.states import acts, aside, may
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event, EventKind, Officer
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellPerson
from bot.model.messages import Button, Reply
from bot.model.step import Step

_SELDOM = ("snooze", "ask-help", "refer", "transfer", "merge", "release")
"""Acts behind one button more: a phone shows eight at once."""


def line(turn: Turn, case: Case) -> dict[str, object]:
    """A case as a list shows it: nothing of what it says."""
    return {
        "urgency": case.urgency,
        "number": case.number,
        "title": turn.release.title_of_form(case.form, turn.language),
        "due": case.due,
        "overdue": turn.incoming.at > case.due and case.clock == "running",
        "zone": turn.release.zone(case.village),
        "officer": case.officer_name,
        "state": case.state,
        "aside": case.snoozed if aside(case) else None,
    }


def buttons(turn: Turn, case: Case, officer: Officer) -> tuple[Button, ...]:
    """What this officer may do with it now; what is seldom done stands behind `more`."""
    able = [
        act
        for act in acts(case, officer, turn.incoming.at)
        if not no_phone.without_phone(case) or act not in no_phone.WRITING
    ]
    often = tuple(label(act, f"{act}:{case.number}") for act in able if act not in _SELDOM)
    more = (label("more", f"more:{case.number}"),) if len(often) < len(able) else ()
    return (*often, *for_no_phone(case), *more)


def for_no_phone(case: Case) -> tuple[Button, ...]:
    """What may be done besides for somebody who has no chat with us."""
    acts = no_phone.ACTS if no_phone.without_phone(case) else ()
    return tuple(label(act, f"{act}:{case.number}") for act in acts)


def seldom(turn: Turn, case: Case, officer: Officer) -> tuple[Button, ...]:
    """The acts behind `more`."""
    able = acts(case, officer, turn.incoming.at)
    return (*(label(act, f"{act}:{case.number}") for act in able if act in _SELDOM), *_worker(case, "reply" in able))


def _worker(case: Case, able: bool) -> tuple[Button, ...]:
    """Where somebody reports for a worker: to call them in, then to write to them."""
    if not able or not (case.worker or case.answers.get("who") in ("family", "other")):
        return ()
    act = "reply-worker" if case.worker else "invite"
    return (label(act, f"{act}:{case.number}"),)


def can(turn: Turn, act: str, case: Case, officer: Officer) -> bool:
    """Whether this officer may do this now."""
    return may(act, case, officer, turn.incoming.at)


def onward(case: Case) -> tuple[Button, ...]:
    """Where one goes from an act that is done."""
    return label("open-case", f"case:{case.number}"), label("queue", "do:queue")


def event(turn: Turn, officer: Officer, case: Case, kind: EventKind, text: str = "") -> Event:
    """Something this officer did."""
    return Event(case.number, kind, turn.incoming.at, officer.person, officer.name, text, turn.incoming.attachment)


def moved(turn: Turn, officer: Officer, case: Case, kind: EventKind, text: str = "", /, **changes: object) -> Act:
    """The act of an event that leaves the case with these changes; its clock follows by itself (`ticks`)."""
    after: Case = replace(case, **changes)  # type: ignore[arg-type]
    return Act(case, event(turn, officer, case, kind, text), after)


def told(case: Case, phrase: str, *, talking: str = "", **facts: object) -> TellPerson:
    """A word to the person of a case."""
    return TellPerson(case.person, Reply(phrase, {"number": case.number, **facts}), talking)


def said_by(turn: Turn, officer: Officer, case: Case, buttons: tuple[Button, ...]) -> Reply:
    """What an officer wrote or sent just now, as whoever it is for gets it."""
    facts = {"officer": officer.name, "number": case.number, "text": turn.incoming.text.strip()}
    media = turn.incoming.attachment
    return Reply("told/said", facts, buttons, media, instead=Reply("told/file-elsewhere") if media else None)


def done(turn: Turn, act: Act, phrase: str, *others: TellPerson, **facts: object) -> Step:
    """An act, the word to the officer, and those to others."""
    reply = Reply(phrase, {"number": act.case.number, **facts}, onward(act.case))
    return turn.step(reply, effects=(act, *others), desk="")


def ask(
    turn: Turn, case: Case, phrase: str, waits: str = "", buttons: tuple[Button, ...] = (), **facts: object
) -> Step:
    """What an act still needs. `waits`: the next words are for this act; nothing has changed yet."""
    back = label("back", f"case:{case.number}")
    return turn.step(Reply(phrase, {"number": case.number, **facts}, (*buttons, back)), desk=waits)


def not_now(turn: Turn, case: Case) -> Step:
    """It cannot be done as the case stands; nothing changes. Who holds it is said, for that is mostly why."""
    facts = {"number": case.number, "officer": case.officer_name}
    return turn.step(Reply("desk/not-now", facts, (label("open-case", f"case:{case.number}"),)), desk="")
