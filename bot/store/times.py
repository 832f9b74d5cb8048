"""Times as the database keeps them: UTC, ISO 8601 with microseconds, so that they sort as text."""

from datetime import UTC, datetime


def kept(moment: datetime) -> str:
    """A moment as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The text as a moment."""
    return datetime.fromisoformat(text)
