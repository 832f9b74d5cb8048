"""A fault in the content: where it is, what is wrong, how to mend it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

THEN = " ... "


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one file; `line` 0 means the file as a whole.

    `near` is a piece of the file's own text, from which `located` tells the line; "id: work ... ask:" is the first `ask:`
    after `id: work`.
    """

    file: str
    line: int
    what: str
    mend: str
    near: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.mend}"


class Faulty(Exception):
    """The content cannot be used; all that is wrong with it, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(f"{counted(self.faults)} in the content; the first: {self.faults[0]}")


def counted(faults: Sequence[Fault]) -> str:
    """How many they are, in words."""
    return "1 fault" if len(faults) == 1 else f"{len(faults)} faults"


def located(fault: Fault, folder: Path) -> Fault:
    """The fault with the line where its `near` stands, and of several files the one; as it was, if it stands nowhere."""
    path = folder / fault.file
    pieces = fault.near.split(THEN) if fault.near.strip() else []
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        line = _line(file.read_text("utf-8-sig"), pieces) if pieces and file.is_file() else 0
        if line:
            return replace(fault, file=str(file.relative_to(folder)), line=line)
    return fault


def _line(text: str, pieces: Sequence[str]) -> int:
    """The line of the last piece; of the one before, if it stands nowhere after that one; 0 if none stands anywhere."""
    for last in range(len(pieces), 0, -1):
        found = re.search(r"[\s\S]*?".join(map(_pattern, pieces[:last])), text)
        if found:
            return text.count("\n", 0, found.start(last)) + 1
    return 0


def _pattern(piece: str) -> str:
    """A piece as whole words, wherever its lines are broken."""
    words = r"\s+".join(map(re.escape, piece.split()))
    before = r"(?<![\w/-])" if re.match(r"\s*\w", piece) else ""
    after = r"(?![\w/-])" if re.search(r"\w\s*$", piece) else ""
    return f"{before}({words}){after}"
