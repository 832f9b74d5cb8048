"""No cell of a file is a formula, whatever somebody typed; and it can still be read."""

import csv
import io
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.sheets import FORMATS, LONGEST, Format, Sheet, drawn, harmless

HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+62812345678",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\ufeff=1",
    "\u200b=1",
    "\u00a0=1",
    "\u202e=1",
    "\x00=1",
    " \ufeff \u200d@A1",
    "＝1+1",
    '";=1',
    "{=1}",
    "https://x.test/=1",
    "a" * 70_000,
    "=" * 70_000,
    "Siti\nAminah",
    "\U0001f600 emoji",
    "\ud800 half",
    "",
]


def read(body: bytes, kind: Format) -> list[list[str]]:
    """The file as a spreadsheet program has it: every cell as text."""
    if kind == "csv":
        assert body.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
    page = openpyxl.load_workbook(io.BytesIO(body)).active
    assert page is not None
    for row in page.iter_rows():
        for cell in row:
            assert cell.data_type != "f", cell.value
            assert cell.hyperlink is None
    return [["" if cell.value is None else str(cell.value) for cell in row] for row in page.iter_rows()]


def begins_a_formula(text: str) -> bool:
    """As a careless program would see it: blanks and unseen signs before it taken away."""
    return text.lstrip(" \u00a0\ufeff\u200b\u200d\u2060\x00").startswith(tuple("=+-@\t\r＝＋－＠"))


@pytest.mark.parametrize("kind", FORMATS)
def test_what_somebody_typed_is_text_in_every_cell(kind: Format) -> None:
    lines = [(text, at) for at, text in enumerate(HOSTILE)]
    cells = read(drawn(Sheet("Nama", ["=head", "angka"], lines), kind), kind)
    assert len(cells) == 1 + len(HOSTILE)
    for text, _ in cells:
        assert not begins_a_formula(text)
        assert len(text) <= LONGEST + 1
    assert [row[1] for row in cells[1:]] == [str(at) for at in range(len(HOSTILE))]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("text", ["Siti Aminah", "Ñāмэ 名前", "a;b\"c'd", "Dua\nbaris", "100 001-4"])
def test_what_is_harmless_comes_out_as_it_was(kind: Format, text: str) -> None:
    assert read(drawn(Sheet("x", ["a"], [(text,)]), kind), kind)[1] == [text]


@given(some.text(max_size=60))
def test_whatever_is_typed_begins_no_formula(text: str) -> None:
    assert not begins_a_formula(harmless(text))


def test_numbers_are_numbers() -> None:
    page = openpyxl.load_workbook(io.BytesIO(drawn(Sheet("x", ["a"], [(15,), ("<5",)]), "xlsx"))).active
    assert page is not None
    assert [cell.data_type for (cell,) in page.iter_rows(min_row=2)] == ["n", "s"]


def test_making_one_leaves_nothing_readable_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for a moment: a folder for temporary files that takes none does not hinder it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert drawn(Sheet("x", ["a"], [("Siti",)] * 2_000), "xlsx")


def test_a_name_no_spreadsheet_allows_is_made_fit() -> None:
    body = drawn(Sheet("[a]:*?/\\'" + "b" * 60, ["a"], []), "xlsx")
    assert len(openpyxl.load_workbook(io.BytesIO(body)).sheetnames[0]) <= 31
