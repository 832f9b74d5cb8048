"""Where in the files a fact stands, so that an editor is led to the line."""

from collections.abc import Mapping
from dataclasses import dataclass

Key = tuple[str, str]
"""The kind of a fact and its id: ("figure", "insurance-before")."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file of the content and a line in it; 0 means the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


Places = Mapping[Key, Place]


def place_of(places: Places, kind: str, id: str, else_in: str) -> Place:
    """Where it stands; the file such facts stand in when nobody looked for the line."""
    return places.get((kind, id), Place(else_in))
