"""What somebody may have meant."""

import pytest

from bot.knowledge.nearest import nearest

IDS = ("migration/costs", "migration/passport", "jobs/taiwan", "jobs/hong-kong")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("costs", IDS[0]), ("migration/pasport", IDS[1]), ("Taiwann", IDS[2]), ("hongkong", IDS[3])],
)
def test_a_slip_or_half_an_id_leads_to_the_id(typed: str, meant: str) -> None:
    assert nearest(typed, IDS)[0] == meant


def test_what_is_like_nothing_leads_nowhere() -> None:
    assert nearest("xqzw", IDS) == []
