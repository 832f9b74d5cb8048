"""An officer's list as the page shows it: which of it is looked at, a row of it, and the marks a row bears."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal
from urllib.parse import urlencode

from bot.casework.contact import manner_of
from bot.casework.day import midnight, midnights
from bot.casework.states import aside
from bot.model.case import Case, Officer
from bot.model.day import PARTS, Part, View
from bot.store.day import Asked
from bot.understanding.release import Release

PAGE = 25
_MOST_PAGES = 10_000
Mark = Literal["raised-to-us", "raised", "snoozed", "unreachable", "not-first", "entered", "practice"]


@dataclass(frozen=True, slots=True)
class Row:
    """A case as listed: nothing of what was filled in."""

    case: Case
    title: str
    place: str
    zone: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, when, in which language: all that a row depends on beside its case."""

    release: Release
    officer: Officer
    language: str
    now: datetime

    def row(self, case: Case) -> Row:
        """A case with its form's name and its village, and the zone its clock runs in."""
        title = self.release.title_of_form(case.form, self.language)
        place = place_of(case.village or case.unit, self.release)
        return Row(case, title, place, self.release.zone(case.village), marks(case, self.officer, self.now))


def read_view(query: Iterable[tuple[str, str]]) -> View:
    """The view an address asks for; whatever it says that makes no sense is as if it were not there."""
    asked = dict(query)
    part = next((one for one in PARTS if one == asked.get("part")), None)
    page = asked.get("page", "")
    numbered = page.isascii() and page.isdecimal() and len(page) < 6
    return View(asked.get("mine") == "1", part, min(max(1, int(page)), _MOST_PAGES) - 1 if numbered else 0)


def link(view: View, **changes: object) -> str:
    """The address of a view with some things changed; whatever else changes, it begins at the first page."""
    other = replace(view, **{"page": 0, **changes})  # type: ignore[arg-type]
    given = {"mine": "1" if other.mine else "", "part": other.part or "", "page": other.page + 1}
    query = urlencode({name: value for name, value in given.items() if value not in ("", 1)})
    return f"/officers?{query}" if query else "/officers"


def asked_for(view: View, look: Look) -> Asked:
    """What the store is asked for this view."""
    ends = midnights(look.now, look.release.villages.zones)
    return Asked(look.officer, look.now, midnight(look.now), ends, view.mine, view.part, view.page)


def in_parts(found: Iterable[tuple[Part, Case]], look: Look) -> list[tuple[Part, list[Row]]]:
    """A page of the list as rows, part by part, in the order given."""
    parts = groupby(found, key=lambda one: one[0])
    return [(part, [look.row(case) for _, case in cases]) for part, cases in parts]


def marks(case: Case, officer: Officer, now: datetime) -> tuple[Mark, ...]:
    """What else an officer should see of a case before opening it."""
    to_us = case.raised_to == officer.unit
    borne: dict[Mark, bool] = {
        "raised-to-us": to_us,
        "raised": case.raised_to is not None and not to_us,
        "snoozed": aside(case),
        "unreachable": not case.reachable,
        "not-first": manner_of(case, now).kept,
        "entered": bool(case.entered_by),
        "practice": bool(case.practice_of),
    }
    return tuple(mark for mark, is_so in borne.items() if is_so)


def place_of(unit: str, release: Release) -> str:
    """A unit's name, short enough for a phone: a village with its district."""
    village = release.villages.get(unit)
    return f"{village.village}, {village.district}" if village else release.place(unit)
