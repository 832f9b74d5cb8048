"""What leaves the house as a file: who asked for it, why, and for how long it lies ready."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

What = Literal["cases", "statistics"]
WHATS: tuple[What, ...] = ("cases", "statistics")
REASONS = ("report", "handover", "audit", "other")
"""For a report, to hand work over, to look into something; whatever it is, in words too."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A file somebody asks for. `officer` is 0 for the operator at the machine; `key` tells one pressing from another.

    `personal`: with names, telephone numbers and stories; else as covered as in the pages.
    """

    what: What
    unit: str
    period: str
    format: Literal["xlsx", "csv"]
    personal: bool
    reason: str
    words: str
    officer: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies ready for the officer who asked for it, until it expires."""

    id: int
    wish: Wish
    at: datetime
    expires: datetime
    rows: int
    fetched: int


@dataclass(frozen=True, slots=True)
class Body:
    """A file's bytes, as sealed."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}
    content: bytes
