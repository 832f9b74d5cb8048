"""Where a case rises to when its time has run out, and who hears of it.

`over` is always everybody at work who may see the case: whoever is away, or whom it bypasses, is not among them.
"""

from collections.abc import Sequence

from bot.casework.clocks import Stage
from bot.model.case import Officer, Scope


def next_level(level: str, over: Sequence[Officer]) -> str:
    """The nearest unit above this one where somebody is at work; the ministry ("") when there is none, and above itself."""
    above = [one.unit for one in over if one.unit != level and Scope(one.unit).sees(level)]
    return max(above, key=len, default="")


def nearest(unit: str, over: Sequence[Officer]) -> tuple[Officer, ...]:
    """Those who sit closest to this unit: there, else on the nearest level above."""
    seeing = [one for one in over if Scope(one.unit).sees(unit)]
    closest = max((len(one.unit) for one in seeing), default=0)
    return tuple(one for one in seeing if len(one.unit) == closest)


def hearing(
    stage: Stage, unit: str, holder: int, raised_to: str | None, over: Sequence[Officer]
) -> tuple[Officer, ...]:
    """Who is told: the officer who holds the case, else those closest to it; and those it has risen to, or rises to now."""
    held = [one for one in over if one.id == holder] or nearest(unit, over)
    level = next_level(unit if raised_to is None else raised_to, over) if stage == "raised" else raised_to
    charged = [] if level is None or stage == "woken" else [one for one in over if one.unit == level]
    return tuple(dict.fromkeys((*held, *charged)))
