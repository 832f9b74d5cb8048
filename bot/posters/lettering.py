"""Letters on paper: words with their widths, lines that fit, sizes that fit.

The typeface is Atkinson Hyperlegible Next, made for people who see badly: 0 and O, 1, I and l cannot be taken for each
other, which matters to whoever types an address from a wall.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.markdown.read import read

FOLDER = Path(__file__).parent / "fonts"
LEADING = 1.17
"""From one line to the next, in heights of the letters."""
_FACES = {False: "AtkinsonHyperlegibleNext-Regular", True: "AtkinsonHyperlegibleNext-Bold"}
_STEP = 0.97
_WITHIN_NUMBERS = re.compile(r"(?<=[\d)]) (?=\d)")
_STAYS = "\u00a0"


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters in one face."""

    text: str
    bold: bool

    @property
    def face(self) -> str:
        """The face's name."""
        return _FACES[self.bold]

    def width(self, size: float) -> float:
        """How wide it is, in the measure of `size`."""
        return float(pdfmetrics.stringWidth(self.text, self.face, size))


Word = tuple[Piece, ...]
Line = tuple[Piece, ...]
"""What stands between two blanks; what stands on one line."""


@cache
def faces() -> None:
    """Make the faces known, once a process."""
    for name in _FACES.values():
        pdfmetrics.registerFont(TTFont(name, FOLDER / f"{name}.ttf"))


def words(text: str, *, bold: bool = False) -> list[Word]:
    """A text of the house's Markdown, word by word; a telephone number is one word."""
    faces()
    found: list[list[Piece]] = [[]]
    for block in read(text):
        for line in block:
            for span in line.spans:
                _add(found, _WITHIN_NUMBERS.sub(_STAYS, span.text), bold or span.bold)
            found.append([])
    return [tuple(word) for word in found if word]


def _add(found: list[list[Piece]], text: str, bold: bool) -> None:
    """Let a span's first word go on where the one before ended: a comma after a bold word belongs to it."""
    for at, part in enumerate(text.split(" ")):
        if at:
            found.append([])
        if part:
            found[-1].append(Piece(part.replace(_STAYS, " "), bold))


def width(line: Line, size: float) -> float:
    """How wide a line is."""
    return sum(piece.width(size) for piece in line)


def lines(given: Sequence[Word], size: float, room: float) -> list[Line]:
    """The words in lines, each as long as the room allows; a word that is too wide for it stands alone."""
    done: list[Line] = []
    for word in given:
        longer = (*done[-1], Piece(" ", word[0].bold), *word) if done else word
        if done and width(longer, size) <= room:
            done[-1] = longer
        else:
            done.append(word)
    return done


def balanced(given: Sequence[Word], size: float, room: float) -> list[Line]:
    """As many lines as needed, about equally long: no word stands alone on the last."""
    found = lines(given, size, room)
    while len(narrower := lines(given, size, room := room * _STEP)) == len(found) and _fits(narrower, size, room):
        found = narrower
    return found


def fitted(given: Sequence[Word], largest: float, room: float, most: int = 1) -> tuple[float, list[Line]]:
    """The largest size at which the words need at most so many lines, each within the room; and the lines."""
    size = largest
    while not (len(found := lines(given, size, room)) <= most and _fits(found, size, room)):
        size *= _STEP
    return size, balanced(given, size, room)


def _fits(found: Sequence[Line], size: float, room: float) -> bool:
    return all(width(line, size) <= room for line in found)
