"""Who opened my case? A person asks, and hears when, who of which office, and why."""

from bot.casework import looks
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.book import Opening
from bot.model.case import Case, Event
from bot.model.effects.cases import Act
from bot.model.messages import Reply
from bot.model.step import Step

_MOST = 10


def listen(turn: Turn) -> Step | None:
    """The word, for all one's cases; the button, for one of them."""
    known = turn.conversation.known
    if turn.says("who-read"):
        return _told(turn, known.cases) if known.cases else turn.step(Reply("cases/none"))
    kind, number = turn.button
    if kind != "who-read":
        return None
    own = known.case if known.case and known.case.person == turn.conversation.person else None
    return _told(turn, (own,)) if own and own.number == number else turn.step(Reply("cases/unknown"))


def _told(turn: Turn, cases: tuple[Case, ...]) -> Step:
    """That they asked stands in the book too."""
    numbers = {one.number: one for one in cases}
    found = [one for one in turn.conversation.known.openings if one.case in numbers]
    facts = {
        "lines": [_line(turn, one, numbers[one.case]) for one in found[:_MOST]],
        "more": max(0, len(found) - _MOST),
        "several": len(cases) > 1,
    }
    next = (label("cases", "do:cases"), label("privacy", "do:privacy"), label("menu", "do:menu"))
    asked = (_asked(turn, one) for one in cases if one.state != "withdrawn")
    return turn.step(Reply("cases/who-read" if found else "cases/who-read-nobody", facts, next), effects=tuple(asked))


def _asked(turn: Turn, case: Case) -> Act:
    return Act(case, Event(case.number, "asked-who-read", turn.incoming.at, turn.conversation.person))


def _line(turn: Turn, opening: Opening, case: Case) -> dict[str, object]:
    reason, words = looks.read(opening.reason)
    return {
        "number": opening.case,
        "at": opening.at,
        "zone": turn.release.zone(case.village),
        "who": opening.name,
        "office": turn.release.place(opening.unit),
        "kind": opening.kind,
        "reason": reason,
        "words": words if reason == "other" else "",
    }
