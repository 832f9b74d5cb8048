"""The queries of `db/queries/*.sql`, by name.

A file holds many: each begins with `-- name: what_it_does`, a comment line says what for, then the statement.
Parameters are named (`:person`), so that nothing is ever pasted into SQL.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "db"
_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def queries() -> dict[str, str]:
    """All statements by name. Two of one name are a fault of ours, said at once."""
    found: dict[str, str] = {}
    for file in sorted((FOLDER / "queries").glob("*.sql")):
        for name, statement in _named(file.read_text("utf-8")):
            if name in found:
                raise ValueError(f"{file.name}: query {name} is there twice")
            found[name] = statement
    return found


def _named(text: str) -> list[tuple[str, str]]:
    parts = _NAME.split(text)
    return [(name, body.strip()) for name, body in zip(parts[1::2], parts[2::2], strict=True)]
