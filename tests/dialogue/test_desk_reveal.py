"""What names a person is covered; it opens for a reason, which stands in the book, and goes away again."""

from datetime import timedelta

import pytest

from bot.casework.looks import REASONS, read
from bot.model.case import Event
from bot.understanding.release import Release
from tests.dialogue.desk import ANI, BUDI, kept, lay, nothing_happened, sit_down
from tests.dialogue.talk import MONDAY, NUMBER, PHOTO, Talk

STORY = "Kapan kantor buka?"


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def opened(at: object = MONDAY, by: int = ANI.person) -> Event:
    """The details were opened."""
    return Event(NUMBER, "revealed", at, by, "", "call")  # type: ignore[arg-type]


def test_before_anything_is_shown_a_reason_is_asked(desk: Talk) -> None:
    lay(desk)
    assert desk.forge(f"reveal:{NUMBER}") == ["desk/why"]
    assert nothing_happened(desk)
    assert desk.buttons == [*(f"reveal:{NUMBER}:{one}" for one in REASONS), f"case:{NUMBER}"]


@pytest.mark.parametrize("reason", [one for one in REASONS if one != "other"])
def test_the_details_are_shown_and_the_book_says_who_looked_and_why(desk: Talk, reason: str) -> None:
    lay(desk)
    assert desk.forge(f"reveal:{NUMBER}:{reason}") == ["desk/case"]
    assert STORY in repr(desk.reply("desk/case").facts)
    assert kept(desk) == ("revealed", reason)
    assert desk.last.effects[0].event.by == ANI.person  # type: ignore[union-attr]


def test_another_reason_needs_words(desk: Talk) -> None:
    lay(desk)
    assert desk.forge(f"reveal:{NUMBER}:other") == ["desk/why-words"]
    assert nothing_happened(desk)
    assert desk.write("diminta camat") == ["desk/case"]
    assert read(kept(desk)[1]) == ("other", "diminta camat")


@pytest.mark.parametrize("reason", ["won", "call:papers", "file", "other"])
def test_a_reason_that_does_not_exist_opens_nothing(desk: Talk, reason: str) -> None:
    lay(desk)
    desk.forge(f"reveal:{NUMBER}:{reason}")
    assert desk.phrases in (["desk/why"], ["desk/why-words"]) and nothing_happened(desk)
    assert STORY not in repr(desk.last.replies)


def test_what_was_opened_passes_and_what_was_not_stays(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"reveal:{NUMBER}:call")
    assert desk.reply("desk/case").passing == 10
    desk.forge(f"case:{NUMBER}")
    assert desk.reply("desk/case").passing == 0


def test_why_others_looked_is_not_listed(desk: Talk) -> None:
    lay(desk, Event(NUMBER, "revealed", MONDAY, BUDI.person, BUDI.name, "other: curiga pada istrinya"))
    desk.forge(f"case:{NUMBER}")
    assert "curiga" not in repr(desk.reply("desk/case").facts)


def test_a_file_opens_for_whoever_opened_the_case_just_before(desk: Talk) -> None:
    lay(desk, opened(), media={"proof": PHOTO})
    assert desk.forge(f"attachment:{NUMBER}:proof") == ["desk/file"]
    assert (desk.reply("desk/file").attachment, desk.reply("desk/file").passing) == (PHOTO, 10)
    instead = desk.reply("desk/file").instead
    assert instead and [one.id for one in instead.buttons] == ["do:web"]
    assert kept(desk) == ("revealed", "file: proof")
    assert desk.forge(f"attachment:{NUMBER}:other") == ["desk/not-now"]


@pytest.mark.parametrize("events", [(), (opened(MONDAY - timedelta(minutes=11)),), (opened(by=BUDI.person),)])
def test_a_file_asks_for_a_reason_from_whoever_has_not(desk: Talk, events: tuple[Event, ...]) -> None:
    lay(desk, *events, media={"proof": PHOTO})
    assert desk.forge(f"attachment:{NUMBER}:proof") == ["desk/why"]
    assert nothing_happened(desk)
