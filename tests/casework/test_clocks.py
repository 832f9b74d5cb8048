"""What each act does to a case's clock, by a table and by what must hold whatever happens."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.casework.clocks import Timing, latest_aside, stage, ticking
from bot.casework.deadlines import Calendar, between, open_now
from bot.model.case import Case, EventKind, Urgency
from bot.model.rules import Deadline, Limit, OfficeHours, Rules
from tests.dialogue.talk import case_of

JAKARTA = "Asia/Jakarta"
HOURS = OfficeHours(time(8), time(16), ("mon", "tue", "wed", "thu", "fri"))
DEADLINES = (
    Deadline("ask-officer", "emergency", Limit(minutes=15), Limit(hours=24)),
    Deadline("ask-officer", "sensitive", Limit(hours=4), Limit(working_days=3)),
    Deadline("ask-officer", "general", Limit(working_days=1), Limit(working_days=10)),
)
RULES = Rules(HOURS, DEADLINES, 75, {"emergency": 24, "sensitive": 48, "general": 96})
HOLIDAYS = frozenset({date(2026, 12, 24), date(2026, 12, 25)})
TIMING = Timing(RULES, Calendar(HOURS, HOLIDAYS, JAKARTA))
URGENCIES: tuple[Urgency, ...] = ("emergency", "sensitive", "general")
MOMENTS = some.datetimes(datetime(2026, 11, 1), datetime(2027, 1, 31), timezones=some.just(UTC))
KINDS: tuple[EventKind, ...] = get_args(EventKind)
BY_THE_CLOCK = ("warned", "raised")
STOPPING = ("waiting", "snoozed", "closed", "withdrawn", "merged")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(JAKARTA))


def opened(at: datetime, urgency: Urgency = "general") -> Case:
    return ticking(case_of(urgency=urgency), "opened", at, TIMING)


def done(case: Case, kind: EventKind, at: datetime, **changes: object) -> Case:
    return ticking(replace(case, **changes), kind, at, TIMING)  # type: ignore[arg-type]


def shown(moment: datetime | None) -> str:
    return moment.astimezone(ZoneInfo(JAKARTA)).isoformat()[:16] if moment else ""


MONDAY = local("2026-11-23T10:00")


@pytest.mark.parametrize(
    ("urgency", "warn", "due"),
    [
        ("emergency", "2026-11-23T10:11", "2026-11-23T10:15"),
        ("sensitive", "2026-11-23T13:00", "2026-11-23T14:00"),
        ("general", "2026-11-24T08:00", "2026-11-24T10:00"),
    ],
)
def test_a_new_case_must_be_answered_within_the_first_limit(urgency: Urgency, warn: str, due: str) -> None:
    case = opened(MONDAY, urgency)
    assert (case.clock, shown(case.warn), shown(case.due)) == ("running", warn, due)


def test_a_claim_is_no_answer() -> None:
    case = opened(MONDAY)
    assert done(case, "claimed", MONDAY + timedelta(hours=2), state="working") == replace(case, state="working")


def test_an_answer_begins_the_longer_limit() -> None:
    case = done(opened(MONDAY), "to-person", MONDAY, state="working")
    assert (shown(case.due), case.answered) == ("2026-12-07T10:00", True)
    urgent = done(opened(MONDAY, "emergency"), "to-person", MONDAY, state="working")
    assert shown(urgent.due) == "2026-11-24T10:00"


def test_while_the_person_is_waited_for_no_time_passes() -> None:
    waiting = done(opened(MONDAY), "waiting", MONDAY + timedelta(hours=4), state="waiting")
    assert (waiting.clock, waiting.left) == ("paused", 4 * 60)
    later = local("2026-11-30T09:00")
    assert shown(done(waiting, "claimed", later, state="working").due) == "2026-11-30T13:00"


def test_who_writes_is_answered_within_what_was_left_or_the_first_limit_if_that_is_sooner() -> None:
    answered = done(opened(MONDAY), "to-person", MONDAY, state="working")
    heard = done(answered, "from-person", MONDAY + timedelta(hours=1))
    assert (shown(heard.due), heard.answered) == ("2026-11-24T11:00", False)
    waiting = done(opened(MONDAY), "waiting", local("2026-11-24T09:30"), state="waiting")
    assert shown(done(waiting, "from-person", local("2026-11-25T08:00"), state="working").due) == "2026-11-25T08:30"


def test_writing_again_puts_nothing_off() -> None:
    case = opened(MONDAY)
    assert done(case, "from-person", MONDAY + timedelta(hours=3)) == case


def test_where_nothing_was_left_the_whole_limit_begins_anew() -> None:
    late = done(opened(MONDAY), "waiting", local("2026-11-27T10:00"), state="waiting")
    assert late.left == 0
    assert shown(done(late, "from-person", local("2026-11-30T10:00"), state="working").due) == "2026-12-01T10:00"


def test_put_aside_time_stands_until_the_day_and_then_goes_on() -> None:
    day = local("2026-11-26T08:00")
    aside = done(opened(MONDAY), "snoozed", MONDAY + timedelta(hours=2), snoozed=day)
    assert (aside.clock, aside.snoozed) == ("stopped", day)
    assert stage(aside, day - timedelta(seconds=1), RULES) is None
    assert stage(aside, day, RULES) == "woken"
    woken = done(aside, "woken", day)
    assert (woken.clock, shown(woken.due), woken.snoozed) == ("running", "2026-11-26T14:00", None)


def test_an_emergency_is_put_aside_for_a_day_at_most() -> None:
    case = done(opened(MONDAY, "emergency"), "snoozed", MONDAY, snoozed=MONDAY + timedelta(days=9))
    assert case.snoozed == MONDAY + timedelta(days=1) == latest_aside(case, MONDAY, RULES)


def test_what_is_put_aside_stays_so_when_the_officer_says_so_to_the_person() -> None:
    day = local("2026-11-26T08:00")
    aside = done(opened(MONDAY), "snoozed", MONDAY, snoozed=day)
    told = done(aside, "to-person", MONDAY)
    assert (told.clock, told.snoozed) == ("stopped", day)
    assert shown(done(told, "woken", day).due) == "2026-12-10T08:00"


def test_who_writes_wakes_what_was_put_aside() -> None:
    aside = done(opened(MONDAY), "snoozed", MONDAY, snoozed=MONDAY + timedelta(days=3))
    assert done(aside, "from-person", MONDAY + timedelta(hours=1)).clock == "running"


def test_the_silence_of_somebody_in_danger_ends_the_waiting() -> None:
    waiting = done(opened(MONDAY, "emergency"), "waiting", MONDAY, state="waiting")
    assert stage(waiting, MONDAY + timedelta(hours=23), RULES) is None
    assert stage(waiting, MONDAY + timedelta(hours=24), RULES) == "woken"
    woken = done(waiting, "woken", MONDAY + timedelta(hours=24))
    assert (woken.state, woken.clock) == ("working", "running")
    assert stage(done(opened(MONDAY), "waiting", MONDAY, state="waiting"), MONDAY + timedelta(days=90), RULES) is None


def test_whose_officer_has_gone_waits_no_more() -> None:
    """A revoked officer's cases go back to the queue as they stand."""
    waiting = done(opened(MONDAY), "waiting", MONDAY, state="waiting")
    assert stage(replace(waiting, state="new", officer=0), MONDAY, RULES) == "woken"
    assert done(waiting, "released", MONDAY, state="new").clock == "running"


def test_warned_once_then_raised() -> None:
    case = opened(MONDAY)
    assert case.warn is not None
    assert stage(case, case.warn - timedelta(seconds=1), RULES) is None
    assert stage(case, case.warn, RULES) == "warned"
    assert stage(done(case, "warned", case.warn), case.warn, RULES) is None
    assert stage(case, case.due, RULES) == "raised"


def test_the_next_level_has_the_first_limit_and_keeps_the_case() -> None:
    late = local("2026-11-26T09:00")
    risen = done(opened(MONDAY), "raised", late, raised_to="52.02.12")
    assert (shown(risen.due), risen.raised_to) == ("2026-11-27T09:00", "52.02.12")
    assert done(risen, "to-person", late).raised_to == "52.02.12"
    assert done(risen, "closed", late, state="closed").raised_to is None


def test_the_last_level_is_told_again_once_a_day_at_most() -> None:
    top = done(opened(MONDAY, "emergency"), "raised", MONDAY, raised_to="")
    assert (top.due, top.warn) == (MONDAY + timedelta(days=1), None)


def test_another_office_has_the_first_limit_and_those_above_both_keep_it() -> None:
    case = done(opened(MONDAY), "raised", MONDAY, raised_to="52.02.12")
    near = done(case, "transferred", MONDAY, unit="52.02.12.2002")
    assert (near.raised_to, shown(near.due)) == ("52.02.12", "2026-11-24T10:00")
    assert done(case, "transferred", MONDAY, unit="52.03.01.2001").raised_to is None
    assert done(case, "transferred", MONDAY, unit="52.02.12").raised_to is None


def test_who_was_warned_is_not_warned_again_after_a_pause() -> None:
    case = opened(MONDAY)
    assert case.warn is not None
    at = case.warn + timedelta(minutes=30)
    paused = done(done(case, "warned", case.warn), "waiting", at, state="waiting")
    assert done(paused, "claimed", at, state="working").warn is None


@given(MOMENTS, some.sampled_from(URGENCIES), some.integers(0, 60 * 24 * 8), some.booleans())
def test_a_pause_of_no_length_changes_nothing(at: datetime, urgency: Urgency, minutes: int, answered: bool) -> None:
    """But for the begun minute, and what had run out, which begins anew."""
    case = opened(at, urgency)
    case = done(case, "to-person", at) if answered else case
    then = min(at + timedelta(minutes=minutes), case.due - timedelta(minutes=1))
    paused = done(case, "waiting", then, state="waiting")
    again = done(paused, "claimed", then, state=case.state)
    working = urgency == "general" or (urgency == "sensitive" and answered)
    assert again.due >= case.due
    assert not paused.left or between(case.due, again.due, TIMING.calendar, working=working) <= 1


@given(
    MOMENTS,
    some.sampled_from(("sensitive", "general")),
    some.lists(some.tuples(some.sampled_from(KINDS), some.integers(1, 5000))),
)
def test_whatever_happens_a_working_limit_ends_in_office_hours(
    at: datetime, urgency: Urgency, acts: list[tuple[EventKind, int]]
) -> None:
    case = opened(at, urgency)
    for kind, minutes in acts:
        at += timedelta(minutes=minutes)
        case = done(case, kind, at, **({"snoozed": at + timedelta(days=2)} if kind == "snoozed" else {}))
        if case.clock == "running" and (case.answered or urgency == "general"):
            top = case.raised_to == "" and kind == "raised"
            assert top or open_now(case.due, HOURS, HOLIDAYS, JAKARTA)
        assert (case.warn is None) or case.warn <= case.due
        assert case.left >= 0


def test_an_emergency_written_while_the_wall_clock_was_ahead_waits_for_no_other_day() -> None:
    tomorrows = opened(MONDAY + timedelta(days=1), "emergency")
    assert stage(tomorrows, MONDAY, RULES) == "raised"
    assert stage(opened(MONDAY, "emergency"), MONDAY, RULES) is None
    assert stage(done(opened(MONDAY, "emergency"), "to-person", MONDAY), MONDAY, RULES) is None


@given(MOMENTS, some.sampled_from(URGENCIES), some.sampled_from(KINDS))
def test_only_a_human_act_stops_a_clock(at: datetime, urgency: Urgency, kind: EventKind) -> None:
    after = done(opened(at, urgency), kind, at, **({"snoozed": at} if kind == "snoozed" else {}))
    assert (after.clock != "running") == (kind in STOPPING)
    assert kind not in BY_THE_CLOCK or after.clock == "running"


@given(MOMENTS, some.sampled_from(URGENCIES), some.integers(1, 60))
def test_what_is_raised_late_rises_by_one_level_and_has_its_time(at: datetime, urgency: Urgency, days: int) -> None:
    """After a long outage as after a minute's: the limit begins when those above hear of it."""
    case = opened(at, urgency)
    late = case.due + timedelta(days=days)
    risen = done(case, "raised", late, raised_to="52.02.12")
    assert stage(risen, late, RULES) is None
    assert between(late, risen.due, TIMING.calendar, working=False) >= 15
