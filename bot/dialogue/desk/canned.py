"""Replies written beforehand: offered when an officer wants to write, shown as the person will read them, then sent."""

from bot.dialogue.choices import label
from bot.dialogue.desk.parts import can, not_now
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.content import said
from bot.model.desk import CannedReply
from bot.model.messages import Button, Reply
from bot.model.step import Step

_PAGE = 6


def offered(turn: Turn, case: Case, page: str) -> tuple[Button, ...]:
    """A page of the replies that fit this kind of case, its own kind's first."""
    fitting = [one for one in turn.release.content.replies.values() if not one.kinds or case.kind in one.kinds]
    listed = sorted(fitting, key=lambda one: (not one.kinds, one.order, one.id))
    at = _PAGE * (int(page) if page in ("1", "2", "3") else 0)
    more = (label("next", f"reply:{case.number}:{at // _PAGE + 1}"),) if listed[at + _PAGE :] else ()
    return (*(_button(turn, case, one) for one in listed[at : at + _PAGE]), *more)


def preview(turn: Turn, officer: Officer, case: Case, id: str) -> Step:
    """As the person will read it, in their language. Nothing is sent yet."""
    canned = turn.release.content.replies.get(id)
    if canned is None or not can(turn, "reply", case, officer):
        return not_now(turn, case)
    shown = {**facts(turn, officer, case, canned), "language": turn.conversation.known.theirs}
    choices = (
        label("send", f"canned-send:{case.number}:{id}"),
        label("other-words", f"reply:{case.number}"),
        label("back", f"case:{case.number}"),
    )
    return turn.step(Reply("desk/preview", shown, choices), desk="")


def facts(turn: Turn, officer: Officer, case: Case, canned: CannedReply) -> dict[str, object]:
    """What wording needs to say it: `canned` stands where the officer's own words would."""
    today = turn.incoming.at.date()
    return {"officer": officer.name, "number": case.number, "canned": canned.id, "today": today}


def _button(turn: Turn, case: Case, canned: CannedReply) -> Button:
    return Button(f"canned:{case.number}:{canned.id}", label=said(canned.title, turn.language))
