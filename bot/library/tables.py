"""CSV files into values, line by line: every fault with its line, nothing taken when there is one.

People make such files with a spreadsheet. So: UTF-8 with or without its mark, commas or semicolons, lines of comment that
begin with #; a cell that a spreadsheet would run as a formula is a fault, and so is a file beyond all reason.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import takewhile
from pathlib import Path
from typing import Any, Generic, TypeVar

from bot.library.faults import Fault, Faulty
from bot.library.files import Sheet, shape

MOST_BYTES, MOST_ROWS = 5_000_000, 20_000
Row = Mapping[str, str]
Value = TypeVar("Value")
_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d[\d ()-]*$)")


@dataclass(frozen=True, slots=True)
class Line(Generic[Value]):
    """A row as a value, and where it stands."""

    file: str
    number: int
    value: Value


def read_table(
    path: Path, root: Path, kind: type[Value], columns: Sequence[str], nest: Callable[[Row], Any]
) -> list[Value]:
    """The rows as this kind of dataclass; `nest` turns a row's cells into its fields. Raises `Faulty`."""
    lines, faults = read_lines(path, root, kind, columns, nest)
    if faults:
        raise Faulty(faults)
    return [line.value for line in lines]


def read_lines(
    path: Path, root: Path, kind: type[Value], columns: Sequence[str], nest: Callable[[Row], Any]
) -> tuple[list[Line[Value]], list[Fault]]:
    """The rows that can be read, with their lines, and what is wrong with the others: so that more can be held against
    the good ones before all is said at once. Raises `Faulty` when it is no such file."""
    file = str(path.relative_to(root)) if path.is_relative_to(root) else path.name
    lines: list[Line[Value]] = []
    faults: list[Fault] = []
    for number, row in _rows(path, file, columns):
        try:
            lines.append(_line(kind, file, number, row, nest))
        except Faulty as error:
            faults += error.faults
    return lines, faults


def filled(**fields: Any) -> dict[str, Any]:
    """The fields that have something in them; an empty cell is a field left out."""
    return {name: value for name, value in fields.items() if value not in ("", None, {}, ())}


def write_table(columns: Sequence[str], rows: Iterable[Row], comments: Sequence[str] = ()) -> str:
    """The rows as such a file: comments, the names of the columns, a line for each row."""
    text = StringIO()
    out = csv.DictWriter(text, columns, lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    return "".join(f"{line}\n" for line in comments) + text.getvalue()


def read_comments(path: Path) -> list[str]:
    """The lines of comment a file begins with."""
    lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    return list(takewhile(lambda line: line.startswith("#"), lines))


def _line(kind: Any, file: str, number: int, row: Row | Fault, nest: Callable[[Row], Any]) -> Line[Any]:
    if isinstance(row, Fault):
        raise Faulty([row])
    return Line(file, number, shape(kind, Sheet(file, None, {(): number}), nest(row)))


def _rows(path: Path, file: str, columns: Sequence[str]) -> Iterator[tuple[int, Row | Fault]]:
    lines = _lines(path, file)
    begin = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    if begin == len(lines):
        return
    table = csv.reader(lines[begin:], delimiter=_delimiter(lines[begin]), strict=True)
    try:
        names = [name.strip() for name in next(table)]
        _hold_against(names, columns, file, begin + 1)
        yield from _cells(table, names, file, begin)
    except csv.Error as error:
        mend = "Save it as CSV with quotes around cells that hold commas"
        line = begin + table.line_num
        yield line, Fault(file, line, f"not readable as CSV: {error}", mend)


def _lines(path: Path, file: str) -> list[str]:
    try:
        if path.stat().st_size > MOST_BYTES:
            what = f"{path.stat().st_size / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read"
            raise Faulty([Fault(file, 0, what, "Split it, or leave out old rows")])
        return path.read_text("utf-8-sig").splitlines(keepends=True)
    except OSError as error:
        raise Faulty([Fault(file, 0, f"not readable: {error.strerror}", "Correct the name")]) from None
    except UnicodeDecodeError:
        raise Faulty([Fault(file, 0, "not UTF-8 text", "Save it as CSV UTF-8")]) from None


def _delimiter(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","


def _hold_against(names: Sequence[str], columns: Sequence[str], file: str, line: int) -> None:
    missing, unknown = [one for one in columns if one not in names], [one for one in names if one not in columns]
    faults = [Fault(file, line, f"column {one} is missing", f"The columns are {', '.join(columns)}") for one in missing]
    faults += [Fault(file, line, f"unknown column {one!r}", f"The columns are {', '.join(columns)}") for one in unknown]
    if faults:
        raise Faulty(faults)


def _cells(table: Any, names: Sequence[str], file: str, begin: int) -> Iterator[tuple[int, Row | Fault]]:
    """Each row, or what is wrong with it. The number of its last line: a cell may hold line breaks."""
    for count, cells in enumerate(table, 1):
        line = begin + table.line_num
        if count > MOST_ROWS:
            yield line, Fault(file, line, f"more than {MOST_ROWS} rows", "Split it, or leave out old rows")
            return
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        if len(cells) != len(names):
            yield line, Fault(file, line, f"{len(cells)} cells instead of {len(names)}", "Put quotes around commas")
            continue
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
        formulas = [(name, cell) for name, cell in row.items() if _FORMULA.match(cell)]
        for name, cell in formulas:
            yield line, Fault(file, line, f"{name}: a formula: {cell[:20]!r}", "Write the value itself")
        if not formulas:
            yield line, row
