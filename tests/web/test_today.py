"""The order of an officer's list."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.case import Case
from bot.web.today import listed, part_of, parts, place_of
from tests.web.house import VILLAGE

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 22:30 in Jakarta, 23:30 in Makassar, half past midnight in Jayapura


def case(**changes):
    given = {
        "number": "1000015",
        "form": "complaint",
        "kind": "complaint",
        "urgency": "general",
        "unit": VILLAGE,
        "village": VILLAGE,
        "person": 1,
        "opened": NOW,
        "due": NOW + timedelta(days=3),
    }
    return Case(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"urgency": "emergency", "state": "waiting"}, "emergency"),
        ({"state": "waiting", "due": NOW - timedelta(days=1)}, "waiting"),
        ({"due": NOW - timedelta(seconds=1)}, "overdue"),
        ({"due": NOW + timedelta(minutes=15)}, "today"),
        ({"urgency": "sensitive"}, "new"),
        ({"state": "working", "officer": 1}, "working"),
    ],
)
def test_a_case_stands_in_the_most_pressing_part_that_fits(changes, part):
    assert part_of(case(**changes), NOW, "Asia/Jakarta") == part


def test_today_ends_at_the_villages_midnight():
    soon = case(due=NOW + timedelta(minutes=45))
    zones = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    assert [part_of(soon, NOW, zone) for zone in zones] == ["today", "new", "today"]


def test_every_case_is_listed_once_and_every_part_is_named(release):
    cases = [case(number=str(n), due=NOW + timedelta(hours=n - 3)) for n in range(9)]
    found = parts(listed(cases, release, "id"), NOW)
    assert [name for name, _ in found] == ["emergency", "overdue", "today", "new", "working", "waiting"]
    assert sorted(row.case.number for _, rows in found for row in rows) == [str(n) for n in range(9)]


def test_a_unit_is_named_shortly(release):
    assert place_of(VILLAGE, release) == "Lantan, Batukliang Utara"
    assert place_of("", release) == "Indonesia"
