"""A limit that nobody could keep, or that keeps nobody safe, is found before it is used."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from bot.library.check_deadlines import deadlines
from bot.model.rules import Limit, Rules
from bot.understanding.release import Release


def found(release: Release, **changes: Any) -> list[str]:
    rules: Rules = replace(release.content.rules, **changes)
    return [one.what for one in deadlines(replace(release, content=replace(release.content, rules=rules)))]


def with_limit(release: Release, urgency: str, **changes: Limit) -> list[str]:
    """The first line of an urgency changed so."""
    lines = list(release.content.rules.deadlines)
    at = next(n for n, one in enumerate(lines) if one.urgency == urgency)
    lines[at] = replace(lines[at], **changes)
    return found(release, deadlines=tuple(lines))


def test_the_shipped_rules_have_no_fault(release: Release) -> None:
    assert found(release) == []


@pytest.mark.parametrize("percent", [0, 100, -5])
def test_a_warning_comes_after_the_beginning_and_before_the_end(release: Release, percent: int) -> None:
    assert found(release, warn_at_percent=percent) == [f"warn_at_percent is {percent}"]


def test_an_emergency_keeps_no_office_hours(release: Release) -> None:
    (what,) = with_limit(release, "emergency", then=Limit(working_days=1))
    assert "stands still at night" in what


@pytest.mark.parametrize("limit", [Limit(), Limit(hours=1, working_days=1), Limit(minutes=-5)])
def test_a_limit_is_one_length_of_time(release: Release, limit: Limit) -> None:
    assert any("no length of time" in one for one in with_limit(release, "general", limit=limit))


@pytest.mark.parametrize("hours", [{"emergency": 25, "sensitive": 1, "general": 1}, {"emergency": 1}, {}])
def test_a_case_is_put_aside_for_so_long_at_most(release: Release, hours: dict[str, int]) -> None:
    assert len(found(release, aside_hours=hours)) == 1


def test_every_kind_of_case_has_its_limits_once(release: Release) -> None:
    lines = release.content.rules.deadlines
    assert found(release, deadlines=lines[1:]) == [f"{lines[0].kind}, {lines[0].urgency} stands 0 times"]
    assert found(release, deadlines=(*lines, lines[0])) == [f"{lines[0].kind}, {lines[0].urgency} stands 2 times"]


def test_an_office_opens_before_it_closes(release: Release) -> None:
    hours = replace(release.content.rules.office_hours, start=time(16), end=time(8))
    assert found(release, office_hours=hours) == ["an office never opens"]
