"""Where a case rises to, and who hears of what time has done to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.casework.clocks import Stage
from bot.casework.rising import hearing, nearest, next_level
from bot.model.case import Officer, Scope
from tests.dialogue.talk import officer

LANTAN, DISTRICT, REGENCY, PROVINCE = "52.02.12.2001", "52.02.12", "52.02", "52"
ANI, DEWI = officer(LANTAN, 1), officer(LANTAN, 2)
BUDI, EKA, CITRA = officer(DISTRICT, 3), officer(REGENCY, 4), officer("", 5)
ALL = (ANI, DEWI, BUDI, EKA, CITRA)
UNITS = some.lists(some.sampled_from(["52", "35", "02", "12", "2001"]), max_size=4).map(".".join)


@pytest.mark.parametrize(
    ("level", "over", "to"),
    [
        (LANTAN, ALL, DISTRICT),
        (DISTRICT, ALL, REGENCY),
        (REGENCY, ALL, ""),
        ("", ALL, ""),
        (LANTAN, (ANI, CITRA), ""),
        (LANTAN, (ANI, EKA), REGENCY),
        (LANTAN, (), ""),
    ],
)
def test_it_rises_to_the_nearest_level_where_somebody_is(level: str, over: tuple[Officer, ...], to: str) -> None:
    assert next_level(level, over) == to


@pytest.mark.parametrize(
    ("stage", "holder", "raised_to", "heard"),
    [
        ("warned", 0, None, (ANI, DEWI)),
        ("warned", ANI.id, None, (ANI,)),
        ("warned", ANI.id, DISTRICT, (ANI, BUDI)),
        ("raised", 0, None, (ANI, DEWI, BUDI)),
        ("raised", ANI.id, None, (ANI, BUDI)),
        ("raised", ANI.id, DISTRICT, (ANI, EKA)),
        ("raised", ANI.id, "", (ANI, CITRA)),
        ("woken", ANI.id, DISTRICT, (ANI,)),
    ],
)
def test_those_who_must_act_hear_of_it(
    stage: Stage, holder: int, raised_to: str | None, heard: tuple[Officer, ...]
) -> None:
    assert hearing(stage, LANTAN, holder, raised_to, ALL) == heard


def test_where_nobody_sits_the_next_above_hears() -> None:
    assert nearest(LANTAN, (EKA, CITRA)) == (EKA,)
    assert nearest(LANTAN, ()) == ()


@given(UNITS, some.lists(UNITS, max_size=5))
def test_a_case_only_ever_rises(level: str, sitting: list[str]) -> None:
    """So never to a barred unit: that one lies below where the case began."""
    to = next_level(level, [officer(unit, n) for n, unit in enumerate(sitting)])
    assert Scope(to).sees(level) and (to != level or to == "")
    assert to == "" or to in sitting
