"""How fast a platform may be written to."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """Messages a second over the whole account, and the seconds between two to one chat once its burst is used up."""

    per_second: float
    chat_seconds: float
    burst: int


Limits = Mapping[str, Limit]
"""By channel; one that is not there bears everything."""
