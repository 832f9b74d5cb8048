"""An officer says that they are away, and until when; others' words are what they were."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.model.conversation import Known
from bot.model.effects.offices import Leave
from bot.understanding.release import Release
from tests.dialogue.talk import Talk, officer

ANI = officer()


@pytest.fixture
def talk(release: Release) -> Talk:
    return Talk(release, known=Known(officer=ANI))


def until(talk: Talk) -> str:
    found = talk.effect(Leave).until
    return found.astimezone(ZoneInfo("Asia/Makassar")).isoformat()[:16] if found else ""


@pytest.mark.parametrize(
    "words", ["cuti sampai 3 desember", "Saya cuti sampai 3 Des", "cuti sampai 3/12/2026", "on leave until 3 dec"]
)
def test_said_in_one_go(talk: Talk, words: str) -> None:
    assert talk.write(words) == ["desk/is-away"]
    assert until(talk) == "2026-12-04T00:00", "the day said is the last one, in Lombok's own time"


def test_asked_for_by_buttons(talk: Talk) -> None:
    assert talk.write("cuti") == ["desk/away"]
    assert talk.press(next(one for one in talk.buttons if one.startswith("away:"))) == ["desk/is-away"]
    assert until(talk) == "2026-11-24T00:00"


def test_a_day_may_be_written_when_asked(talk: Talk) -> None:
    talk.write("cuti")
    assert talk.write("3 des") == ["desk/is-away"]
    assert until(talk) == "2026-12-04T00:00"


@pytest.mark.parametrize(
    "words", ["cuti sampai 31 februari", "cuti sampai kapan-kapan", "cuti sampai 3/12/2027", "cuti sampai 22/11/2026"]
)
def test_a_day_that_is_none_changes_nothing_and_asks_again(talk: Talk, words: str) -> None:
    assert talk.write(words) == ["desk/away-no-day"]
    assert talk.effects(Leave) == []
    talk.write("batal")
    assert talk.conversation.desk == "" and talk.effects(Leave) == []


@pytest.mark.parametrize("forged", ["away:", "away:x", "away:2026-02-31", "away:1999-01-01"])
def test_a_forged_button_changes_nothing(talk: Talk, forged: str) -> None:
    talk.forge(forged)
    assert talk.effects(Leave) == []


def test_back_early_by_a_word_or_a_button(talk: Talk) -> None:
    assert talk.write("selesai cuti") == ["desk/is-back"]
    assert talk.effect(Leave).until is None
    talk.write("cuti sampai 3 desember")
    assert talk.press("do:back-at-work") == ["desk/is-back"]


@pytest.mark.parametrize("words", ["cuti", "cuti sampai 3 desember", "selesai cuti", "hak cuti"])
def test_for_everybody_else_these_are_ordinary_words(release: Release, words: str) -> None:
    talk = Talk(release)
    talk.write(words)
    assert not any(one.startswith("desk/") for one in talk.phrases) and talk.effects(Leave) == []
    talk.forge("away:2026-12-03")
    assert talk.effects(Leave) == []


def test_it_is_the_officers_own_day(release: Release) -> None:
    """A coordinator in Papua is away until midnight there."""
    talk = Talk(
        release,
        known=Known(officer=officer("91", name="Pak Yos")),
        at=datetime.fromisoformat("2026-11-23T23:30:00+07:00"),
    )
    talk.forge("away:2026-11-24")
    assert talk.phrases == ["desk/is-away"]
