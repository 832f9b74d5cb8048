"""When a day ends: each province has its own midnight."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEST = "Asia/Jakarta"


def midnight(now: datetime, zone: str = _WEST) -> datetime:
    """When today ends there; in the west, where most people live, unless a zone is named."""
    tomorrow = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(zone))


def midnights(now: datetime, zones: Mapping[str, str]) -> dict[str, datetime]:
    """When today ends in each province, by the zones they lie in."""
    return {province: midnight(now, zone) for province, zone in zones.items()}
