"""What of a case is shown before somebody asks to see it, and what after."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.model.case import Case
from bot.model.content import said
from bot.model.forms import Field, Form

Say = Callable[[Field, str], str]
_OPENLY = ("choice", "yes-no", "village")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case: the field, its label, and the value to show. `hidden` says that there is more behind it."""

    field: str
    label: str
    value: str
    hidden: bool = False


def masked(form: Form, case: Case, language: str, say: Say) -> list[Line]:
    """A case with what names a person or tells their story covered. `say` puts an answer into words (`Release.say`)."""
    return [_line(field, case, language, say, covered=True) for field in form.fields if _filled(field, case)]


def revealed(form: Form, case: Case, language: str, say: Say) -> list[Line]:
    """A case as it was filled in."""
    return [_line(field, case, language, say, covered=False) for field in form.fields if _filled(field, case)]


def _filled(field: Field, case: Case) -> bool:
    return bool(case.answers.get(field.id)) or field.id in case.media


def _line(field: Field, case: Case, language: str, say: Say, *, covered: bool) -> Line:
    value = say(field, case.answers.get(field.id, ""))
    shown = _cover(field, value) if covered else value
    return Line(field.id, said(field.label or field.ask, language), shown, hidden=shown != value)


def _cover(field: Field, value: str) -> str:
    """Initials of a name, the end of a number, nothing of a story."""
    if field.kind in _OPENLY:
        return value
    if field.id == "name":
        return " ".join(f"{word[0]}." for word in value.split())
    if field.kind == "phone":
        return f"…{value[-2:]}"
    return "…" if value else ""
