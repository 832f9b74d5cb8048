"""A case as an officer sees it: covered, opened with a word in the book, its photos and voice notes."""

from bot.casework.masking import masked, revealed
from bot.casework.states import may
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import buttons, event, line, not_now
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event, Officer
from bot.model.messages import Reply
from bot.model.step import Act, Step

_SHOWN_EVENTS = 6


def view(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """With what names a person covered."""
    return turn.step(shown(turn, officer, case, opened=False), desk="")


def reveal(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """All of it; the book says who opened it."""
    if not may("reveal", case, officer):
        return not_now(turn, case)
    opening = event(turn, officer, case, "revealed")
    return turn.step(shown(turn, officer, case, opened=True), effects=(Act(case, opening),), desk="")


def shown(turn: Turn, officer: Officer, case: Case, *, opened: bool) -> Reply:
    """The case in a message."""
    form = turn.release.form(case.form)
    show = revealed if opened else masked
    lines = (
        show(form, case, turn.language, lambda field, value: turn.release.say(field, value, turn.language))
        if form
        else []
    )
    facts = {
        **line(turn, case),
        "place": turn.release.place(case.village or case.unit),
        "state": case.state,
        "reachable": case.reachable,
        "lines": [{"label": line.label, "value": line.value} for line in lines],
        "events": [_told(turn, case, one, opened=opened) for one in turn.conversation.known.events[-_SHOWN_EVENTS:]],
    }
    files = tuple(label("attachment", f"attachment:{case.number}:{field}") for field in case.media) if opened else ()
    return Reply("desk/case", facts, (*buttons(case, officer), *files, label("queue", "do:queue")))


def _told(turn: Turn, case: Case, event: Event, *, opened: bool) -> dict[str, object]:
    """An event as listed; what people wrote stays covered until somebody asks to see it."""
    text = event.text if opened or event.kind == "note" else ""
    return {
        "at": event.at,
        "zone": turn.release.zone(case.village),
        "kind": event.kind,
        "who": event.by_name,
        "text": text,
    }


def attachment(turn: Turn, officer: Officer, case: Case, field: str) -> Step:
    """A photo or voice note, sent on by the channel's own reference."""
    media = case.media.get(field)
    if media is None or not may("reveal", case, officer):
        return not_now(turn, case)
    opening = event(turn, officer, case, "revealed", field)
    return turn.step(
        Reply("desk/file", {"number": case.number}, attachment=media), effects=(Act(case, opening),), desk=""
    )
