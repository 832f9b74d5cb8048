"""What a broadcast may be: to whom, in which words, approved by whom."""

from collections.abc import Iterable, Mapping
from typing import Literal

from bot.model.broadcast import Broadcast
from bot.model.case import Officer
from bot.model.forms import Form

Fault = Literal["", "no-words", "too-long", "no-kind", "no-place", "nobody"]
LONGEST = 600
MOST_UNITS = 40


def kinds_for(forms: Iterable[Form]) -> list[str]:
    """Registrations alone: who asked for help or handed in a complaint is never written to because of it."""
    found = (form for form in forms if form.opens == "case" and form.urgency == "general" and form.id != "ask-officer")
    return list(dict.fromkeys(form.kind for form in found))


def wrong(words: Mapping[str, str], kinds: tuple[str, ...], units: tuple[str, ...], officer: Officer) -> Fault:
    """Why it cannot be put before a second person."""
    if not words.get("id"):
        return "no-words"
    if any(len(text) > LONGEST for text in words.values()):
        return "too-long"
    if not kinds:
        return "no-kind"
    seen = officer.scope
    return "" if units and len(units) <= MOST_UNITS and all(seen.sees(unit) for unit in units) else "no-place"


def oversees(one: Broadcast, officer: Officer) -> bool:
    """Whether an officer may see it: who oversees others, and all it goes to lies in their care."""
    return officer.role != "officer" and officer.scope.sees(one.scope.prefix)


def may_decide(one: Broadcast, officer: Officer) -> bool:
    """Whether they are the second person: never the author."""
    return one.stand == "waiting" and oversees(one, officer) and officer.id != one.author


def may_stop(one: Broadcast, officer: Officer) -> bool:
    """Whoever may see it may end it, the author too; before it was approved it is taken back."""
    return one.stand in ("waiting", "running") and oversees(one, officer)
