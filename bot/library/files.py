"""Files into values: YAML where every value is text (so that 0812 stays 0812 and no is no), and line numbers kept.

PyYAML alone would read 10:30 as 630 and let the last of two equal keys win; here a doubled key is a fault.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.library.faults import Fault, Faulty

Where = tuple[str | int, ...]
Words = tuple[str, str]
_MISSING = ("is missing", "Add it; docs/content.md shows the format")
_LIST = ("one text where a list is wanted", "Write a list: [a, b]")
_NAMES = ("not made of names and values", "Write name: value; docs/content.md shows the format")
_NUMBER = ("is no number", "Write digits, and a point only before decimals: 29500.50")
_SWITCH = ("is neither true nor false", "Write true or false")
_DATE = ("is no date", "Write a date like 2026-11-21")
_COLON = ("a colon or { } where one text is wanted", "Put quotes around it: a colon means something in YAML")
_QUOTE = "Put quotes around it"
_SAID: Mapping[str, Words] = {
    "missing": _MISSING,
    "tuple_type": _LIST,
    "dict_type": _NAMES,
    "mapping_type": _NAMES,
    "dataclass_type": _NAMES,
    "float_parsing": _NUMBER,
    "int_parsing": _NUMBER,
    "bool_parsing": _SWITCH,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
}
_UNREADABLE: Mapping[str, Words] = {  # what the reader of YAML says, and what it means to who wrote the file
    "tab": ("a tab", "Use spaces"),
    "mapping values": (
        "a colon in a text, or a line that begins too far to the right",
        "Put quotes around the text, or line it up with the lines above",
    ),
    "quoted scalar": ("a quote that is opened and never closed", "Write the same quote at the end of the text"),
    "expected ','": ("a [ or { that is opened and never closed", "Write ] or } where it ends"),
    "expected key": (
        "a quote within quotes, or a line that does not begin below the others",
        "Use the other kind of quotes around the text, or line it up",
    ),
    "expected '-'": ("a line of a list without its -", "Begin it with - below the others"),
    "cannot start": ("a text that begins with a sign of YAML, such as @ or %", _QUOTE),
    "undefined alias": ("a text that begins with *", _QUOTE),
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
    text = read_text(path, root) if text is None else text
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        raise Faulty([_unreadable(file, text, error, first_line)]) from None
    lines: dict[Where, int] = {}
    faults: list[Fault] = []
    value = _plain(node, (), lines, faults, file, first_line)
    if faults:
        raise Faulty(faults)
    return Sheet(file, value, lines)


def read_text(path: Path, root: Path) -> str:
    """The text of a file, without the mark some programs put at its beginning. Raises `Faulty`."""
    file = str(path.relative_to(root))
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise Faulty([Fault(file, 0, "the file is missing", "Put it back, or see docs/content.md")]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Faulty([Fault(file, line, "a letter that is not UTF-8", "Save the file as UTF-8")]) from None


def _unreadable(file: str, text: str, error: Any, first: int) -> Fault:
    """What begins and never ends is wrong where it begins; everything else where the reader of YAML gave up."""
    said = f"{getattr(error, 'context', '') or ''}: {getattr(error, 'problem', '') or 'a sign that cannot be shown'}"
    opened = "quoted scalar" in said or "expected ','" in said
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    number = mark.line if mark else 0
    line = [*text.splitlines(), ""][number]
    known = "tab" if line.lstrip(" ").startswith("\t") else next((one for one in _UNREADABLE if one in said), "")
    what, mend = _UNREADABLE.get(known, (f"not readable as YAML ({said})", "Check quotes, colons and indents"))
    return Fault(file, number + first, what, mend)


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
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(file, key.start_mark.line + first, "a text that begins with { or [", _QUOTE))
            continue
        if key.value in found:
            faults.append(Fault(file, key.start_mark.line + first, f"{key.value!r} stands twice", "Keep one of them"))
        found[key.value] = _plain(value, (*where, key.value), lines, faults, file, first)
    return found


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def shape(kind: Any, sheet: Sheet, value: Any = None) -> Any:
    """The values as this kind of dataclass. Raises `Faulty` with every fault and its line."""
    value = sheet.value if value is None else value
    try:
        return _adapter(kind).validate_python(value)
    except ValidationError as error:
        raise Faulty([_fault(kind, sheet, value, one) for one in error.errors()]) from None


def _fault(kind: Any, sheet: Sheet, value: Any, error: Any) -> Fault:
    where = tuple(error["loc"])
    unknown = error["type"] == "unexpected_keyword_argument"
    what, mend = _unknown(kind, where) if unknown else _said(error)
    return Fault(sheet.file, sheet.line(where), f"{_name(value, where[:-1] if unknown else where)}: {what}", mend)


def _said(error: Any) -> Words:
    """What pydantic found, in the words of who wrote the file."""
    if error["type"] == "literal_error":
        return f"must be {error['ctx']['expected']}", "Use one of these words"
    if error["type"] != "missing" and error["input"] is None:
        return "is empty", "Write it after the colon, or remove the line"
    if error["type"] == "string_type":
        is_list = isinstance(error["input"], list)
        return ("a list where one text is wanted", "Write one text, without [ ] or -") if is_list else _COLON
    return _SAID.get(error["type"], (error["msg"].lower(), "See docs/content.md for the format"))


def _unknown(kind: Any, where: Where) -> Words:
    """A word this place of the file does not have; most often one with a slip of the pen."""
    for part in where[:-1]:
        kind = _inside(kind, part)
    names = [one.name for one in fields(kind)] if is_dataclass(kind) else []
    meant = get_close_matches(str(where[-1]), names, 1)
    mend = f"Did you mean {meant[0]}?" if meant else "Remove it; docs/content.md shows the words there are"
    return f"unknown word {where[-1]!r}", mend


def _inside(kind: Any, part: str | int) -> Any:
    """The kind of an entry of a list, or of what has this name; what may be left out is of its own kind."""
    inner = get_type_hints(kind).get(str(part)) if is_dataclass(kind) else _kinds(kind)[-1]
    return _kinds(inner)[0] if type(None) in get_args(inner) else inner


def _kinds(kind: Any) -> list[Any]:
    return [one for one in get_args(kind) if one not in (Ellipsis, type(None))] or [kind]


def _name(value: Any, where: Where) -> str:
    """The place as an editor would point at it: entry 51 (taiwan): wage.kind."""
    said: list[str] = []
    names: list[str] = []
    for part in where:
        value = _at(value, part)
        if isinstance(part, int):
            said.append(" ".join([*([".".join(names)] if names else []), f"entry {part + 1}{_called(value)}"]))
            names = []
        else:
            names.append(part)
    return ": ".join([*said, *([".".join(names)] if names else [])]) or "the file"


def _at(value: Any, part: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None


def _called(value: Any) -> str:
    named = (
        [value[name] for name in ("id", "country", "topic", "date") if value.get(name)]
        if isinstance(value, dict)
        else []
    )
    return f" ({named[0]})" if named else ""


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
    file, text = str(path.relative_to(root)), read_text(path, root)
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        mend = "Begin the file with ---, the questions, and --- again"
        raise Faulty([Fault(file, 1, "no front matter between two lines of ---", mend)])
    head, body = text[4:].split("\n---\n", 1)
    return read_yaml(path, root, head, first_line=2), body, head.count("\n") + 4


def duplicates(ids: Sequence[str]) -> list[str]:
    """What stands more than once."""
    seen: set[str] = set()
    return [one for one in ids if one in seen or seen.add(one)]  # type: ignore[func-returns-value]
