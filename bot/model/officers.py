"""What is known of officers beyond their office."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """An officer who left `many` cases behind in their unit; away until a moment, or None for good."""

    name: str
    unit: str
    many: int
    until: datetime | None = None
