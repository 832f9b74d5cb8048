"""A case as an officer sees it: covered, opened with a reason in the book, its photos and voice notes."""

from bot.casework.looks import OPEN_FOR, REASONS, opened_since, written
from bot.casework.masking import masked, revealed
from bot.casework.states import OPEN
from bot.dialogue.choices import label
from bot.dialogue.desk.merging import maybe
from bot.dialogue.desk.parts import ask, buttons, can, event, line, not_now, seldom
from bot.dialogue.desk.referring import ways_to_end
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.effects.cases import Act
from bot.model.messages import Reply
from bot.model.step import Step

_SHOWN_EVENTS = 6
_AMONG_OFFICERS = ("note", "snoozed", "asked-help", "transferred", "reopened", "referral-answered")
"""What officers write for each other is theirs to read at once."""
_MINUTES = int(OPEN_FOR.total_seconds() // 60)


def view(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """With what names a person covered."""
    return turn.step(shown(turn, officer, case, opened=False), desk="")


def more(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """What is seldom done."""
    return ask(turn, case, "desk/more", buttons=(*seldom(turn, case, officer), *ways_to_end(turn, officer, case)))


def reveal(turn: Turn, officer: Officer, case: Case, reason: str) -> Step:
    """All of it, for a reason that stands in the book with who opened it."""
    if not can(turn, "reveal", case, officer):
        return not_now(turn, case)
    words = turn.incoming.text.strip() if reason == "other" else ""
    if reason == "other" and not words:
        return ask(turn, case, "desk/why-words", f"reveal:{case.number}:other")
    if reason not in REASONS:
        return _why(turn, case)
    opening = event(turn, officer, case, "revealed", written(reason, words))
    return turn.step(shown(turn, officer, case, opened=True), effects=(Act(case, opening),), desk="")


def attachment(turn: Turn, officer: Officer, case: Case, field: str) -> Step:
    """A photo or voice note, sent on by the channel's own reference, to whoever has opened the case just before."""
    media = case.media.get(field)
    if media is None or not can(turn, "reveal", case, officer):
        return not_now(turn, case)
    if not opened_since(turn.conversation.known.events, officer.person, turn.incoming.at - OPEN_FOR):
        return _why(turn, case)
    opening = event(turn, officer, case, "revealed", written("file", field))
    facts = {"number": case.number, "minutes": _MINUTES}
    instead = Reply("desk/file-elsewhere", buttons=(label("web", "do:web"),))
    reply = Reply("desk/file", facts, attachment=media, passing=_MINUTES, instead=instead)
    return turn.step(reply, effects=(Act(case, opening),), desk="")


def shown(turn: Turn, officer: Officer, case: Case, *, opened: bool) -> Reply:
    """The case in a message; once opened, one that goes away by itself."""
    facts = {
        **line(turn, case),
        "place": turn.release.place(case.village or case.unit),
        "reachable": case.reachable,
        "merged_into": case.merged_into,
        "lines": _lines(turn, case, opened=opened),
        "events": [_told(turn, case, place, opened=opened) for place in _latest(turn)],
        "minutes": _MINUTES if opened else 0,
        "maybe": maybe(case, turn.conversation.known.alike) if case.state in OPEN else [],
    }
    files = tuple(label("attachment", f"attachment:{case.number}:{field}") for field in case.media) if opened else ()
    acts = buttons(turn, case, officer)
    return Reply("desk/case", facts, (*acts, *files, label("queue", "do:queue")), passing=_MINUTES if opened else 0)


def _why(turn: Turn, case: Case) -> Step:
    choices = tuple(label(f"why-{one}", f"reveal:{case.number}:{one}") for one in REASONS)
    return ask(turn, case, "desk/why", buttons=choices)


def _lines(turn: Turn, case: Case, *, opened: bool) -> list[dict[str, str]]:
    form, show = turn.release.form(case.form), revealed if opened else masked
    if form is None:
        return []
    lines = show(form, case, turn.language, lambda field, value: turn.release.say(field, value, turn.language))
    return [{"label": line.label, "value": line.value} for line in lines]


def _latest(turn: Turn) -> range:
    """The places in the book of the last events."""
    many = len(turn.conversation.known.events)
    return range(max(0, many - _SHOWN_EVENTS), many)


def _told(turn: Turn, case: Case, place: int, *, opened: bool) -> dict[str, object]:
    """An event as listed, with what became of what went out with it; what people wrote stays covered until somebody asks to see
    it, and so does why others looked."""
    event = turn.conversation.known.events[place]
    readable = opened or (event.kind in _AMONG_OFFICERS and event.by_name)
    text = event.text if readable and event.kind != "revealed" else ""
    return {
        "at": event.at,
        "zone": turn.release.zone(case.village),
        "kind": event.kind,
        "who": event.by_name,
        "text": text,
        "went": turn.conversation.known.went.get(place, ""),
    }
