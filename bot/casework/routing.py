"""Where a case waits: in its village, or one level above those it is about, or above the village when its person wants so."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.case import Role
from bot.model.forms import Form, Level

_PARTS = {"officer": 4, "coordinator": 3, "ministry": 0}
_DEPTH: Mapping[Level, int] = {"village": 4, "district": 3, "regency": 2, "province": 1}


@dataclass(frozen=True, slots=True)
class Start:
    """Where a case begins to wait; the unit `barred`, and all that lies in it, may never get or see it ("": none)."""

    unit: str
    barred: str = ""


def start(form: Form, answers: Mapping[str, str], village: str, *, past_village: bool = False) -> Start:
    """Where a form that was filled in so begins. `past_village`: its person does not want their village to see it."""
    accused = [_at(level, village) for level in _levels(form, answers)]
    barred = min((*accused, *([village] if past_village else [])), key=len, default="")
    return Start(above(barred), barred) if barred else Start(village)


def _levels(form: Form, answers: Mapping[str, str]) -> list[Level]:
    """The levels whose people the answers accuse."""
    said = [(options, answers.get(field, "")) for field, options in form.up_when.items()]
    return [options[answer] for options, answer in said if answer in options]


def _at(level: Level, village: str) -> str:
    return ".".join(village.split(".")[: _DEPTH[level]])


def open_to(unit: str, barred: str) -> bool:
    """Whether a case may come to this unit: not to the barred one, nor to one that lies in it."""
    return not barred or (unit != barred and not unit.startswith(barred + "."))


def above(unit: str) -> str:
    """The unit one level up: village, district, regency, province, country ("")."""
    return unit.rpartition(".")[0]


def lineage(unit: str) -> list[str]:
    """The unit and all it lies in, up to the country."""
    return [unit, *lineage(above(unit))] if unit else [""]


def unit_of(role: Role, code: str) -> str:
    """The unit an invitation gives: a village's officer its village, a coordinator the district at the lowest."""
    return ".".join(code.split(".")[: _PARTS[role]]) if code else ""
