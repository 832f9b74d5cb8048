"""A case put aside until a day, with a reason, and taken up again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.casework.dates import read_day
from bot.model.case import Case
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellPerson
from bot.understanding.release import Release
from tests.dialogue.desk import BUDI, kept, lay, nothing_happened, sit_down
from tests.dialogue.talk import MONDAY, NUMBER, Talk


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def test_a_day_is_offered_then_a_reason_is_asked_then_the_person_is_told(desk: Talk) -> None:
    lay(desk)
    assert desk.forge(f"snooze:{NUMBER}") == ["desk/snooze"]
    assert desk.buttons[:3] == [f"snooze:{NUMBER}:2026-11-{day}" for day in (24, 26, 30)]
    assert desk.press(f"snooze:{NUMBER}:2026-11-26") == ["desk/snooze-why"]
    assert nothing_happened(desk)
    assert desk.write("menunggu surat dari BP3MI") == ["desk/snoozed"]
    assert kept(desk) == ("snoozed", "menunggu surat dari BP3MI")
    after = desk.effect(Act).after
    assert after.snoozed == datetime(2026, 11, 26, 0, 0, tzinfo=UTC), "eight o'clock in Lombok"
    assert after.clock == "stopped"
    told = desk.effect(TellPerson).reply
    assert told.phrase == "told/snoozed" and "BP3MI" not in repr(told), "the reason stays at the desk"


@pytest.mark.parametrize("typed", ["3 des", "3/12/2026", "3 desember 2026", "3-12", "03.12.2026", "2026-12-03"])
def test_a_day_can_be_written(desk: Talk, typed: str) -> None:
    lay(desk)
    desk.forge(f"snooze:{NUMBER}")
    assert desk.write(typed) == ["desk/snooze-why"]
    assert desk.reply("desk/snooze-why").facts["day"] == date(2026, 12, 3)


@pytest.mark.parametrize(
    "typed", ["31 februari", "31/2/2027", "kemarin", "22/11/2026", "23/11/2026", "1/1/2030", "0/0", "besok lusa"]
)
def test_a_day_that_does_not_exist_or_does_not_fit_is_refused_and_changes_nothing(desk: Talk, typed: str) -> None:
    lay(desk)
    desk.forge(f"snooze:{NUMBER}")
    assert desk.write(typed) == ["desk/no-day"]
    assert nothing_happened(desk)
    assert desk.write("3 des") == ["desk/snooze-why"], "the next words are a day again"


@pytest.mark.parametrize("day", ["2026-02-31", "2020-01-01", "2026-11-23", "soon", "9999-12-31"])
def test_a_forged_day_is_refused(desk: Talk, day: str) -> None:
    lay(desk)
    assert desk.forge(f"snooze:{NUMBER}:{day}", text="karena") == ["desk/no-day"]
    assert nothing_happened(desk)


def test_the_pages_bring_day_and_reason_at_once(desk: Talk) -> None:
    lay(desk)
    assert desk.forge(f"snooze:{NUMBER}:2026-12-03", text="menunggu paspor") == ["desk/snoozed"]


def test_an_emergency_is_put_aside_until_tomorrow_at_most(desk: Talk) -> None:
    lay(desk, urgency="emergency")
    desk.forge(f"snooze:{NUMBER}")
    assert desk.buttons == [f"snooze:{NUMBER}:2026-11-24", f"case:{NUMBER}"]
    assert desk.forge(f"snooze:{NUMBER}:2026-11-26", text="x") == ["desk/no-day"]
    desk.forge(f"snooze:{NUMBER}:2026-11-24", text="dokter baru ada besok")
    woken = desk.effect(Act).after.snoozed
    assert woken is not None and woken - MONDAY <= timedelta(hours=24)


def test_it_is_taken_up_before_the_day(desk: Talk) -> None:
    lay(desk, snoozed=MONDAY + timedelta(days=3), clock="stopped", left=60)
    assert desk.forge(f"wake:{NUMBER}") == ["desk/working"]
    after = desk.effect(Act).after
    assert (after.snoozed, after.clock, desk.effect(TellPerson).reply.phrase) == (None, "running", "told/working")


@pytest.mark.parametrize("changes", [{"officer": BUDI.id}, {"officer": 0}, {"state": "closed"}, {"state": "new"}])
def test_only_who_holds_an_open_case_puts_it_aside(desk: Talk, changes: dict[str, object]) -> None:
    case: Case = lay(desk, **changes)
    assert desk.forge(f"snooze:{case.number}:2026-12-03", text="x") == ["desk/not-now"]
    assert nothing_happened(desk)


def test_a_day_without_a_year_is_the_next_one() -> None:
    months = {2: ("februari",), 12: ("des",)}
    assert read_day("1 des", date(2026, 12, 20), months) == date(2027, 12, 1)
    assert read_day("29 februari", date(2026, 12, 20), months) is None, "2027 has none"
    assert read_day("29 februari 2028", date(2026, 12, 20), months) == date(2028, 2, 29)
