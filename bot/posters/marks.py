"""What can stand on a page, and where: told in numbers, before anything is drawn.

Measured in dots of 300 to the inch from the top left corner, so that every edge, and every square of a code, falls on a
whole dot of the printer and of the picture. An A3 is the A4 enlarged, an A5 is it made small.
"""

from dataclasses import dataclass, replace

from bot.posters.lettering import Line
from bot.posters.sheet import Size

DOTS = {"a4": (2480, 3508), "a3": (3508, 4961), "a5": (1748, 2480)}
_WIDTH_MM, _MARGIN_MM = 210.0, 10.0
_MM_OF_A_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: int
    height: int
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text: `x` is where it begins, `y` what it stands on."""

    x: float
    y: float
    size: float
    line: Line
    colour: str


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code without its white surroundings: rows of squares of `dot` dots, true is black; a touch leads to `link`."""

    x: float
    y: float
    dot: int
    rows: tuple[tuple[bool, ...], ...]
    link: str


Mark = Box | Words | Code


@dataclass(frozen=True, slots=True)
class Block:
    """Marks that stay together, measured from their own top."""

    height: int
    marks: tuple[Mark, ...]

    def at(self, y: int) -> tuple[Mark, ...]:
        """The marks on the page."""
        return tuple(replace(mark, y=mark.y + y) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper."""

    size: Size

    @property
    def width(self) -> int:
        """From edge to edge."""
        return DOTS[self.size][0]

    @property
    def height(self) -> int:
        """From edge to edge."""
        return DOTS[self.size][1]

    @property
    def margin(self) -> int:
        """What printers leave white, and a little more."""
        return self.mm(_MARGIN_MM)

    @property
    def inside(self) -> int:
        """Between the margins."""
        return self.width - 2 * self.margin

    def mm(self, millimetres: float) -> int:
        """Millimetres of an A4, in dots."""
        return round(millimetres * self.width / _WIDTH_MM)

    def points(self, points: float) -> float:
        """A size of letters on an A4, in dots."""
        return points * _MM_OF_A_POINT * self.width / _WIDTH_MM


@dataclass(frozen=True, slots=True)
class Page:
    """All that stands on the paper, in the order in which it is drawn."""

    frame: Frame
    marks: tuple[Mark, ...]
