"""A form filled in on one page: each answer read by the same rules as one written in a chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue import fields
from bot.dialogue.turn import Turn
from bot.model.forms import Field, Form
from bot.model.messages import Reply


@dataclass(frozen=True, slots=True)
class Whole:
    """What was read, and what is wrong, by field."""

    answers: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Reply] = field(default_factory=dict)


def read_whole(turn: Turn, form: Form, given: Mapping[str, str]) -> Whole:
    """Every field of a form that is asked after the answers before it. A photo cannot come with a page and is left out."""
    answers: dict[str, str] = {}
    faults: dict[str, Reply] = {}
    for one in form.fields:
        if not one.fits(answers):
            continue
        read = fields.Taken("") if one.kind == "media" else _read(turn, one, given.get(one.id, "").strip())
        if isinstance(read, Reply):
            faults[one.id] = read
        else:
            answers[one.id] = read.value
    return Whole(answers, faults)


def _read(turn: Turn, field: Field, value: str) -> fields.Read:
    """As if it had been pressed, where it is a choice or a village's code, else as if it had been written."""
    if not value and field.skip:
        return fields.Taken("")
    pressed = _button(turn, field, value)
    kind = "button" if pressed else "text"
    incoming = replace(turn.incoming, kind=kind, button=pressed, text="" if pressed else value, attachment=None)  # type: ignore[arg-type]
    return fields.read(replace(turn, incoming=incoming, heard=turn.release.hear(incoming.text)), field)


def _button(turn: Turn, field: Field, value: str) -> str:
    if field.kind == "village":
        return f"village:{value}" if turn.release.villages.get(value) else ""
    return f"field:{field.id}:{value}" if any(value == one.id for one in field.options) else ""
