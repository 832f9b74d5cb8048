"""The queries of `db/queries/*.sql`, by name.

A file holds many: each begins with `-- name: what_it_does`, a comment line says what for, then the statement.
Parameters are named (`:person`), so that nothing is ever pasted into SQL. What several statements must say alike stands
once as `-- part: name`, and `{name}` in a statement means it. Where PostgreSQL must be asked otherwise than SQLite, that
stands below its sibling as `-- name: what_it_does on postgresql`; a part may have such a sibling too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Dialect = Literal["sqlite", "postgresql"]
FOLDER = Path(__file__).parents[2] / "db"
_OTHERWISE = " on postgresql"
_NAME = re.compile(r"^-- name: (\w+(?: on postgresql)?)$", re.MULTILINE)
_PART = re.compile(r"^-- part: (\w+(?: on postgresql)?)$\n((?:^(?!-- (?:name|part): ).*\n)*)", re.MULTILINE)
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement with parameters by number, and their names in that order."""

    text: str
    names: tuple[str, ...]


@cache
def queries(dialect: Dialect = "sqlite") -> dict[str, str]:
    """All statements by name. Two of one name are a fault of ours, said at once."""
    files = {file: file.read_text("utf-8") for file in sorted((FOLDER / "queries").glob("*.sql"))}
    parts = _spoken(
        {name: _uncommented(body) for text in files.values() for name, body in _PART.findall(text)}, dialect
    )
    found: dict[str, str] = {}
    for file, text in files.items():
        for name, statement in _named(_PART.sub("", text)):
            if name in found:
                raise ValueError(f"{file.name}: query {name} is there twice")
            found[name] = statement
    return {name: _whole(statement, parts) for name, statement in _spoken(found, dialect).items()}


@cache
def numbered(name: str) -> Numbered:
    """A named statement as PostgreSQL wants it."""
    return by_number(queries("postgresql")[name])


def by_number(statement: str) -> Numbered:
    """A statement with its parameters by number, without its comment."""
    text = "\n".join(line for line in statement.splitlines() if not line.startswith("--"))
    names = tuple(dict.fromkeys(_PARAMETER.findall(text)))
    return Numbered(_PARAMETER.sub(lambda one: f"${names.index(one[1]) + 1}", text), names)


def _spoken(found: Mapping[str, str], dialect: Dialect) -> dict[str, str]:
    """Those in this dialect, by their plain names."""
    plain = {name: body for name, body in found.items() if not name.endswith(_OTHERWISE)}
    others = {name.removesuffix(_OTHERWISE): body for name, body in found.items() if name.endswith(_OTHERWISE)}
    if alone := others.keys() - plain.keys():
        raise ValueError(f"nothing is otherwise on postgresql than {', '.join(sorted(alone))}")
    return plain | others if dialect == "postgresql" else plain


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
