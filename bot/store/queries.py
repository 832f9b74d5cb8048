"""The queries of `db/queries/*.sql`, by name.

A file holds many: each begins with `-- name: what_it_does`, a comment line says what for, then the statement.
Parameters are named (`:person`), so that nothing is ever pasted into SQL. What several statements must say alike stands
once as `-- part: name`, and `{name}` in a statement means it.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "db"
_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_PART = re.compile(r"^-- part: (\w+)$\n((?:^(?!-- (?:name|part): ).*\n)*)", re.MULTILINE)


@cache
def queries() -> dict[str, str]:
    """All statements by name. Two of one name are a fault of ours, said at once."""
    found: dict[str, str] = {}
    files = {file: file.read_text("utf-8") for file in sorted((FOLDER / "queries").glob("*.sql"))}
    parts = {name: _uncommented(body) for text in files.values() for name, body in _PART.findall(text)}
    for file, text in files.items():
        for name, statement in _named(_PART.sub("", text)):
            if name in found:
                raise ValueError(f"{file.name}: query {name} is there twice")
            found[name] = _whole(statement, parts)
    return found


def _whole(statement: str, parts: Mapping[str, str]) -> str:
    """With its parts put in, and theirs."""
    while named := [name for name in parts if f"{{{name}}}" in statement]:
        for name in named:
            statement = statement.replace(f"{{{name}}}", parts[name])
    return statement


def _uncommented(part: str) -> str:
    """A part goes into the middle of a statement, in brackets."""
    return f"({' '.join(line for line in part.splitlines() if not line.startswith('--')).strip()})"


def _named(text: str) -> list[tuple[str, str]]:
    parts = _NAME.split(text)
    return [(name, body.strip()) for name, body in zip(parts[1::2], parts[2::2], strict=True)]
