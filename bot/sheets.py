"""A table becomes a file, XLSX or CSV. No cell of it is a formula, whatever somebody typed.

XLSX cells are written as text or as a number and nothing else. Because files are passed on and saved anew in other shapes,
text that a spreadsheet might take for a formula is led by an apostrophe in both. CSV is UTF-8 with a byte order mark, `;`
between the cells and every cell in quotes: so it opens with a double click where the comma is the decimal sign, as in
Indonesia, and in programs that look at the first line. XLSX is made in memory: nothing readable is left in a folder for
temporary files.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Format = Literal["xlsx", "csv"]
Value = str | int
FORMATS: tuple[Format, ...] = ("xlsx", "csv")
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
LONGEST = 2_000
"""Signs of a cell; what is longer ends in "…". A spreadsheet takes 32,767."""
_STARTERS = tuple("=+-@\t\r\n＝＋－＠")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDEST = 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name: the heads of its columns, and its lines."""

    name: str
    head: Sequence[str]
    lines: Sequence[Sequence[Value]]


def drawn(sheet: Sheet, kind: Format) -> bytes:
    """The file."""
    return _xlsx(sheet) if kind == "xlsx" else _csv(sheet)


def harmless(text: str) -> str:
    """Text as it may stand in a cell: shown as typed, but never the beginning of a formula, and not without end.

    What decides is the first sign that is seen: blanks, byte order marks and signs of no width before it do not count,
    for programs that clean a file up take them away.
    """
    shown = "".join(_visible(sign) for sign in _TURNS.sub("", text[: 4 * LONGEST]))
    cut = shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    return f"'{cut}" if _seen_first(text[: 4 * LONGEST]).startswith(_STARTERS) else cut


def _visible(sign: str) -> str:
    """Control signs and halves of signs are blanks; a line stays a line."""
    if sign == "\n":
        return sign
    return " " if unicodedata.category(sign) in ("Cc", "Cs") else sign


def _seen_first(text: str) -> str:
    """From the first sign on that is neither blank nor unseen; TAB and line ends count as seen, they begin formulas too."""
    for at, sign in enumerate(text):
        if sign in "\t\r\n" or unicodedata.category(sign) not in ("Zs", "Zl", "Zp", "Cf", "Cc", "Cs", "Mn"):
            return text[at:]
    return ""


def _cells(line: Iterable[Value]) -> list[Value]:
    return [harmless(value) if isinstance(value, str) else value for value in line]


def _csv(sheet: Sheet) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_cells(sheet.head))
    writer.writerows(_cells(line) for line in sheet.lines)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(sheet: Sheet) -> bytes:
    import xlsxwriter  # noqa: PLC0415  for who takes a file; the start waits for nobody's file

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page, bold = book.add_worksheet(_name(sheet.name)), book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for column, head in enumerate(sheet.head):
        page.write_string(0, column, harmless(head), bold)
        page.set_column(column, column, _width(sheet, column))
    for row, line in enumerate(sheet.lines, 1):
        for column, value in enumerate(_cells(line)):
            if isinstance(value, str):
                page.write_string(row, column, value)
            else:
                page.write_number(row, column, value)
    book.close()
    return out.getvalue()


def _name(name: str) -> str:
    """As a spreadsheet allows it: 31 signs, none of those that stand in references."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "1"


def _width(sheet: Sheet, column: int) -> int:
    widest = max((len(str(line[column])) for line in sheet.lines[:200]), default=0)
    return min(_WIDEST, max(widest, len(sheet.head[column])) + 2)
