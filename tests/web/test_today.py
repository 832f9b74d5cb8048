"""What an address of the list asks for, how it is linked to, and what a row bears."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model.case import Case, Officer
from bot.model.contact import Contact
from bot.model.day import View
from bot.web.today import link, marks, place_of, read_view
from tests.web.house import VILLAGE

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
DISTRICT = VILLAGE.rpartition(".")[0]


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
    ("changes", "borne"),
    [
        ({}, ()),
        ({"raised_to": VILLAGE}, ("raised-to-us",)),
        ({"raised_to": DISTRICT}, ("raised",)),
        ({"raised_to": ""}, ("raised",)),
        ({"snoozed": NOW + timedelta(days=1), "clock": "stopped"}, ("snoozed",)),
        ({"snoozed": NOW + timedelta(days=1), "state": "waiting"}, ()),
        ({"reachable": False}, ("unreachable",)),
        ({"urgency": "sensitive"}, ("not-first",)),
        ({"urgency": "emergency", "plan": Contact(may_write=True)}, ()),
        ({"urgency": "general", "plan": Contact(may_write=False)}, ("not-first",)),
        ({"entered_by": 3, "practice_of": 3}, ("entered", "practice")),
    ],
)
def test_a_row_bears_what_an_officer_must_know_before_opening_it(changes, borne):
    assert marks(case(**changes), Officer(3, 3, "Bu Ratna", "officer", VILLAGE), NOW) == borne


def test_what_rose_to_the_ministry_is_marked_as_raised_to_it():
    assert marks(case(raised_to=""), Officer(1, 1, "Pak Adi", "ministry", ""), NOW) == ("raised-to-us",)


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ({}, View()),
        ({"mine": "1", "part": "overdue", "page": "3"}, View(True, "overdue", 2)),
        ({"part": "closed", "page": "three", "mine": "yes"}, View()),
        ({"page": "0"}, View()),
        ({"page": "123456"}, View()),
    ],
)
def test_an_address_is_read_as_far_as_it_makes_sense(query, view):
    assert read_view(query.items()) == view


def test_whatever_changes_the_list_begins_at_its_first_page_again():
    view = View(True, "today", 2)
    assert link(view, page=3) == "/officers?mine=1&part=today&page=4"
    assert link(view, part=None) == "/officers?mine=1"
    assert link(View(), mine=False) == "/officers"


def test_a_unit_is_named_shortly(release):
    assert place_of(VILLAGE, release) == "Lantan, Batukliang Utara"
    assert place_of("", release) == "Indonesia"
