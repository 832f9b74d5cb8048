"""Files into values: YAML where every value is text (so that 0812 stays 0812 and no is no), and line numbers kept.

PyYAML alone would read 10:30 as 630 and let the last of two equal keys win; here a doubled key is a fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.library.faults import Fault, Faulty

Where = tuple[str | int, ...]
_MENDS = {
    "missing": "Add it; docs/content.md shows the format",
    "extra_forbidden": "Remove it or correct its spelling",
    "literal_error": "Use one of the words named",
    "date_from_datetime_parsing": "Write a date like 2026-11-21",
    "date_parsing": "Write a date like 2026-11-21",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: its values, and the line where each begins."""

    file: str
    value: Any
    lines: Mapping[Where, int]

    def line(self, where: Where) -> int:
        """The line of a value, or of the nearest thing around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_yaml(path: Path, root: Path, text: str | None = None, first_line: int = 1) -> Sheet:
    """Read a YAML file. Raises `Faulty` when it is missing, not UTF-8 or no YAML, or has a key twice."""
    file = str(path.relative_to(root))
    try:
        node = yaml.compose(text if text is not None else path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise Faulty([Fault(file, 0, "the file is missing", "Put it back, or see docs/content.md")]) from None
    except UnicodeDecodeError as error:
        raise Faulty([Fault(file, 0, f"not UTF-8 text ({error.reason})", "Save it as UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        raise Faulty(
            [Fault(file, line, f"not readable as YAML: {error.problem}", "Check quotes, colons and indents")]
        ) from None
    lines: dict[Where, int] = {}
    faults: list[Fault] = []
    value = _plain(node, (), lines, faults, file, first_line)
    if faults:
        raise Faulty(faults)
    return Sheet(file, value, lines)


def _plain(node: Any, where: Where, lines: dict[Where, int], faults: list[Fault], file: str, first: int) -> Any:
    if node is None:
        return None
    lines[where] = node.start_mark.line + first
    if isinstance(node, yaml.ScalarNode):
        return None if node.value in ("", "~", "null") and not node.style else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, (*where, n), lines, faults, file, first) for n, one in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key, value in node.value:
        if key.value in found:
            faults.append(Fault(file, key.start_mark.line + first, f"{key.value!r} stands twice", "Keep one of them"))
        found[key.value] = _plain(value, (*where, key.value), lines, faults, file, first)
    return found


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def shape(kind: Any, sheet: Sheet, value: Any = None) -> Any:
    """The values as this kind of dataclass. Raises `Faulty` with every fault and its line."""
    try:
        return _adapter(kind).validate_python(sheet.value if value is None else value)
    except ValidationError as error:
        raise Faulty([_fault(sheet, one) for one in error.errors()]) from None


def _fault(sheet: Sheet, error: Any) -> Fault:
    where = tuple(part for part in error["loc"])
    name = ".".join(map(str, where)) or "the file"
    mend = _MENDS.get(error["type"], "See docs/content.md for the format")
    return Fault(sheet.file, sheet.line(where), f"{name}: {error['msg'].lower()}", mend)


def gather(parts: Iterable[Any]) -> list[Any]:
    """Run every part (a callable), gather what they return; all their faults are raised together."""
    faults: list[Fault] = []
    found = []
    for part in parts:
        try:
            found.append(part())
        except Faulty as error:
            faults.extend(error.faults)
    if faults:
        raise Faulty(faults)
    return found


def split_front_matter(path: Path, root: Path) -> tuple[Sheet, str, int]:
    """A Markdown file's front matter, its body, and the line where the body begins."""
    file = str(path.relative_to(root))
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Faulty([Fault(file, 0, f"not UTF-8 text ({error.reason})", "Save it as UTF-8")]) from None
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        mend = "Begin the file with ---, the questions, and --- again"
        raise Faulty([Fault(file, 1, "no front matter between two lines of ---", mend)])
    head, body = text[4:].split("\n---\n", 1)
    return read_yaml(path, root, head, first_line=2), body, head.count("\n") + 4


def duplicates(ids: Sequence[str]) -> list[str]:
    """What stands more than once."""
    seen: set[str] = set()
    return [one for one in ids if one in seen or seen.add(one)]  # type: ignore[func-returns-value]
