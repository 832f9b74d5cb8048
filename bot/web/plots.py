"""A plot as plain shapes, for drawing into a page: it needs no script, and the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework.small_cells import STEP

WIDTH, HEIGHT = 360, 150
_HEAD, _FOOT, _GAP = 18, 20, 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in the plot's own units; `label` stands under it, `value` above."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return round(self.x + self.width / 2, 1)


def bars(values: Sequence[tuple[str, int]]) -> list[Bar]:
    """Bars side by side, the tallest as tall as the plot. What is too small to be said is a thin line."""
    if not values:
        return []
    most = max(STEP, *(value for _, value in values))
    room, slot = HEIGHT - _HEAD - _FOOT, WIDTH / len(values)
    return [_bar(at, slot, value * room / most, label, value) for at, (label, value) in enumerate(values)]


def _bar(at: int, slot: float, tall: float, label: str, value: int) -> Bar:
    height = round(max(tall, 1.5), 1)
    x, width = round(at * slot + _GAP / 2, 1), round(slot - _GAP, 1)
    return Bar(x, round(HEIGHT - _FOOT - height, 1), width, height, label, value)
