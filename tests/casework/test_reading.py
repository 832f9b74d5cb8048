"""Unusual reading: each rule from the number on that it names, within its time, and not one look before."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.casework.reading import Office, unusual
from bot.model.book import Look
from bot.model.rules import OfficeHours, Reading

HOURS = OfficeHours(time(8), time(16), ("mon", "tue", "wed", "thu", "fri"))
OFFICE = Office(HOURS, (), "Asia/Makassar")
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Twelve o'clock on a Monday in Lombok."""
NIGHT = NOON + timedelta(hours=10)
RULES = Reading(in_an_hour=4, not_held=3, outside_hours=2, same_person=5)


def looks(many: int, at: datetime = NOON, *, held: bool = True, apart: timedelta = timedelta(0), **given: object):
    """So many cases opened one after the other, the last of them at this moment."""
    return [
        Look(str(given.get("case", n)), int(given.get("person", n)), at - n * apart, held)  # type: ignore[call-overload]
        for n in range(many)
    ]


@pytest.mark.parametrize(("found", "now", "rule"), [
    (looks(3), NOON, ""),
    (looks(4), NOON, "in-an-hour"),
    (looks(4, apart=timedelta(minutes=21)), NOON, ""),
    (looks(8, case="1"), NOON, ""),
    (looks(2, held=False), NOON, ""),
    (looks(3, held=False), NOON, "not-held"),
    (looks(3, held=False, apart=timedelta(hours=12, minutes=1)), NOON, ""),
    (looks(1, NIGHT), NIGHT, ""),
    (looks(2, NIGHT), NIGHT, "outside-hours"),
    (looks(4, held=False, case="1", person=7), NOON, ""),
    (looks(5, held=False, case="1", person=7), NOON, "same-person"),
    (looks(5, held=True, case="1", person=7), NOON, ""),
    ([], NOON, ""),
])  # fmt: skip
def test_a_rule_is_broken_from_its_number_on(found, now: datetime, rule: str) -> None:
    assert unusual(found, now, RULES, OFFICE) == rule


def test_a_holiday_is_outside_office_hours() -> None:
    closed = Office(HOURS, (NOON.date(),), "Asia/Makassar")
    assert unusual(looks(2), NOON, RULES, closed) == "outside-hours"


def test_a_rule_of_0_is_switched_off() -> None:
    assert unusual(looks(99, NIGHT, held=False, person=7), NIGHT, Reading(), OFFICE) == ""
