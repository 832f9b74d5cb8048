"""Where a case waits: in its village, or one level up when it is about those who sit there."""

from collections.abc import Mapping

from bot.model.case import Role
from bot.model.forms import Form

_PARTS = {"officer": 4, "coordinator": 3, "ministry": 0}


def waits_at(form: Form, answers: Mapping[str, str], village: str) -> str:
    """The unit whose officers see the case. A complaint about the village's own people starts at the district."""
    upwards = any(answers.get(field) in options for field, options in form.up_when.items())
    return above(village) if upwards else village


def above(unit: str) -> str:
    """The unit one level up: village, district, regency, province, country ("")."""
    return unit.rpartition(".")[0]


def unit_of(role: Role, code: str) -> str:
    """The unit an invitation gives: a village's officer its village, a coordinator the district at the lowest."""
    return ".".join(code.split(".")[: _PARTS[role]]) if code else ""
