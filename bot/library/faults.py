"""A fault in the content: where it is, what is wrong, how to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one file; `line` 0 means the file as a whole."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.mend}"


class Faulty(Exception):
    """The content cannot be used; all that is wrong with it, at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(f"{len(self.faults)} faults in the content; the first: {self.faults[0]}")
