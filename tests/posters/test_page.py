"""The page: everything lies on the paper, nothing over anything else, for the longest names too."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from bot.posters import Doors, Sheet
from bot.posters.lettering import lines, width, words
from bot.posters.marks import DOTS, Box, Code, Page, Words
from bot.posters.page import page_of
from bot.posters.writing import WHITE

SIXTY = "Kampuang Tanjuang Koto Mambang Sungai Durian Padang Pariaman"
ONE_WORD = "Kampuangtanjuangkotomambangsungaidurianpadangpariamanbaratdaya"
LONG_LINK = Doors(
    "desmigratif_migran_produktif_bot", "6281234567890", "https://desmigratif.dinas-tenaga-kerja.kabupaten.go.id"
)
HARD = {
    "plain": {},
    "sixty letters": {"village": SIXTY},
    "one word": {"village": ONE_WORD, "district": SIXTY},
    "apostrophes": {"village": "Pulo Lon/Pulo Ba'u (X) I,II", "regency": "Kab. Kepulauan Siau Tagulandang Biaro"},
    "marks that mean something elsewhere": {"village": "*Bintang* _Satu_ [x](y) <b> \\ {{ 1 }}"},
    "long links": {"doors": LONG_LINK},
    "one door": {"doors": Doors(web="https://desmigratif.example.id")},
}
QUIET = 4  # squares, as the standard of QR codes wants
Area = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def areas(page: Page) -> Iterator[Area]:
    """What the words and the codes, with the white around them, take up."""
    for mark in page.marks:
        if isinstance(mark, Words):
            yield mark.x, mark.y - mark.size * 0.72, mark.x + width(mark.line, mark.size), mark.y + mark.size * 0.2
        if isinstance(mark, Code):
            side, white = len(mark.rows) * mark.dot, QUIET * mark.dot
            yield mark.x - white, mark.y - white, mark.x + side + white, mark.y + side + white


def touch(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("hard", HARD)
@pytest.mark.parametrize("size", DOTS)
def test_all_of_it_lies_within_the_margins_and_apart(sheet: Callable[..., Sheet], hard: str, size) -> None:
    page = page_of(sheet(**HARD[hard]), size)
    margin = page.frame.margin
    found = list(areas(page))
    assert all(x0 >= margin and x1 <= page.frame.width - margin for x0, _, x1, _ in found)
    assert all(y0 >= margin and y1 <= page.frame.height - margin for _, y0, _, y1 in found)
    assert [pair for pair in combinations(found, 2) if touch(*pair)] == []


@pytest.mark.parametrize("hard", HARD)
def test_a_code_can_be_read_from_a_step_away(sheet: Callable[..., Sheet], hard: str) -> None:
    """Ten times a code's width is how far a phone may be: here 35 centimetres at the least, and no square under 0.8 mm."""
    office = "Bu Sri, balai desa, Senin dan Kamis. " * 5
    page = page_of(replace(sheet(**HARD[hard]), office=office), "a4")
    for code in (mark for mark in page.marks if isinstance(mark, Code)):
        assert len(code.rows) * code.dot >= page.frame.mm(35)
        assert code.dot >= page.frame.mm(0.8)


def test_the_ground_of_a_code_is_white_all_around(sheet: Callable[..., Sheet]) -> None:
    page = page_of(sheet(), "a4")
    coloured = [
        (m.x, m.y, m.x + m.width, m.y + m.height) for m in page.marks if isinstance(m, Box) and m.colour != WHITE
    ]
    codes = [area for area, mark in zip(areas(page), _written(page), strict=True) if isinstance(mark, Code)]
    assert len(codes) == 3
    assert [pair for pair in ((code, box) for code in codes for box in coloured) if touch(*pair)] == []


def _written(page: Page) -> list[Words | Code]:
    return [mark for mark in page.marks if isinstance(mark, Words | Code)]


def test_the_villages_name_and_code_stand_there_as_they_are(sheet: Callable[..., Sheet]) -> None:
    name = HARD["marks that mean something elsewhere"]["village"]
    page = page_of(sheet(village=name), "a4")
    written = ["".join(piece.text for piece in mark.line) for mark in page.marks if isinstance(mark, Words)]
    assert name in " ".join(written)
    assert "35.05.01.2001" in written


def test_lines_break_at_blanks_only_and_never_within_a_telephone_number() -> None:
    given = words("Telepon **+62 21-2924 4800** (tarif biasa), siang dan malam")
    broken = lines(given, 10, 60)
    assert [" ".join("".join(piece.text for piece in line).split()) for line in broken] == [
        "Telepon", "+62 21-2924 4800", "(tarif biasa),", "siang dan", "malam"
    ]  # fmt: skip
    assert [piece.bold for piece in broken[1]] == [True]


def test_a_comma_after_a_bold_word_stays_with_it() -> None:
    assert [["".join(piece.text for piece in word), len(word)] for word in words("**KP2MI**, dari")] == [
        ["KP2MI,", 2], ["dari", 1]
    ]  # fmt: skip
