"""What the desk's rooms share: a line of the list, a case's buttons, an event by an officer."""

from bot.casework.states import acts
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event, EventKind, Officer
from bot.model.messages import Button, Reply
from bot.model.step import Step


def line(turn: Turn, case: Case) -> dict[str, object]:
    """A case as a list shows it: nothing of what it says."""
    return {
        "urgency": case.urgency,
        "number": case.number,
        "title": turn.release.title_of_form(case.form, turn.language),
        "due": case.due,
        "overdue": turn.incoming.at > case.due,
        "zone": turn.release.zone(case.village),
        "officer": case.officer_name,
    }


def buttons(case: Case, officer: Officer) -> tuple[Button, ...]:
    """What this officer may do with it now."""
    return tuple(label(act, f"{act}:{case.number}") for act in acts(case, officer))


def event(turn: Turn, officer: Officer, case: Case, kind: EventKind, text: str = "") -> Event:
    """Something this officer did."""
    return Event(case.number, kind, turn.incoming.at, officer.person, officer.name, text, turn.incoming.attachment)


def not_now(turn: Turn, case: Case) -> Step:
    """It cannot be done as the case stands; nothing changes."""
    reply = Reply("desk/not-now", {"number": case.number}, (label("open-case", f"case:{case.number}"),))
    return turn.step(reply, desk="")
