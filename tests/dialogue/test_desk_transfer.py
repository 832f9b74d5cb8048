"""A case given away: upwards or to another village, never to where it must not come, and the person is told."""

import pytest

from bot.model.effects.cases import Act
from bot.model.effects.telling import TellOfficers, TellPerson
from bot.understanding.release import Release
from tests.dialogue.desk import ANI, BUDI, kept, lay, nothing_happened, sit_down
from tests.dialogue.talk import LANTAN, NUMBER, Talk

DISTRICT, OTHER = "52.02.12", "52.02.12.2002"


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def test_the_level_above_is_offered_and_takes_it_with_a_reason(desk: Talk) -> None:
    lay(desk)
    assert desk.forge(f"transfer:{NUMBER}") == ["desk/transfer"]
    assert desk.press(f"transfer:{NUMBER}:{DISTRICT}") == ["desk/transfer-why"]
    assert nothing_happened(desk)
    assert desk.write("butuh pengawas") == ["desk/transferred"]
    after = desk.effect(Act).after
    assert (after.unit, after.officer, after.state) == (DISTRICT, 0, "new")
    assert kept(desk)[0] == "transferred" and kept(desk)[1].endswith("butuh pengawas")


def test_the_person_hears_where_it_is_and_the_others_that_it_came(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"transfer:{NUMBER}:{DISTRICT}", text="butuh pengawas")
    told = desk.effect(TellPerson).reply
    assert told.phrase == "told/transferred" and "butuh" not in repr(told)
    notice = desk.effect(TellOfficers)
    assert (notice.unit, notice.reply.phrase) == (DISTRICT, "notice/transferred")


@pytest.mark.parametrize("typed", [OTHER, "desa 52.02.12.2002"])
def test_a_village_can_be_written(desk: Talk, typed: str) -> None:
    lay(desk)
    desk.forge(f"transfer:{NUMBER}")
    assert desk.write(typed) == ["desk/transfer-which"]
    assert f"transfer:{NUMBER}:{OTHER}" in desk.buttons
    assert desk.press(f"transfer:{NUMBER}:{OTHER}") == ["desk/transfer-why"]


@pytest.mark.parametrize("to", ["99.99", LANTAN, "52.02.12.9999", "'; drop table", "52.02.1", "1", "52.02.12.2001.1"])
def test_a_unit_that_cannot_take_it_is_refused(desk: Talk, to: str) -> None:
    lay(desk)
    assert desk.forge(f"transfer:{NUMBER}:{to}", text="x") == ["desk/no-such-unit"]
    assert nothing_happened(desk)


@pytest.mark.parametrize(
    ("barred", "to"), [(LANTAN, LANTAN), (DISTRICT, DISTRICT), (DISTRICT, OTHER), ("52.02", OTHER)]
)
def test_it_never_goes_to_those_it_is_about_and_the_word_betrays_nothing(desk: Talk, barred: str, to: str) -> None:
    lay(desk, unit="52", barred=barred)
    desk.forge(f"transfer:{NUMBER}:{to}", text="x")
    about_them = desk.last
    lay(desk, unit="52")
    desk.forge(f"transfer:{NUMBER}:99.99.99.9999", text="x")
    assert about_them.replies == desk.last.replies and about_them.effects == ()
    desk.forge(f"transfer:{NUMBER}")
    lay(desk, unit="52", barred=barred)
    assert desk.write(to) == ["desk/no-such-unit"], "nor when it is written"


def test_from_a_province_it_goes_up_to_the_ministry(desk: Talk) -> None:
    lay(desk, unit="52")
    desk.forge(f"transfer:{NUMBER}")
    assert desk.buttons[0] == f"transfer:{NUMBER}:0"
    desk.forge(f"transfer:{NUMBER}:0", text="x")
    assert desk.effect(Act).after.unit == ""
    lay(desk, unit="")
    desk.forge(f"transfer:{NUMBER}")
    assert desk.buttons == [f"case:{NUMBER}"]


def test_a_case_nobody_holds_may_be_given_away_one_of_a_colleague_not(desk: Talk) -> None:
    lay(desk, state="new", officer=0, officer_name="")
    assert desk.forge(f"transfer:{NUMBER}:{DISTRICT}", text="x") == ["desk/transferred"]
    lay(desk, officer=BUDI.id, officer_name=BUDI.name)
    assert desk.forge(f"transfer:{NUMBER}:{DISTRICT}", text="x") == ["desk/not-now"]
    assert desk.reply("desk/not-now").facts["officer"] == BUDI.name
    assert nothing_happened(desk)


def test_a_pretend_case_rings_nowhere(desk: Talk) -> None:
    lay(desk, practice_of=ANI.id)
    desk.forge(f"transfer:{NUMBER}:{DISTRICT}", text="x")
    assert desk.effects(TellOfficers) == []
