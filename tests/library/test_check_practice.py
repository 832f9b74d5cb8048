"""What may be wrong with training is said with its file: stories nobody could hand in, lessons nobody could be told."""

from dataclasses import replace
from typing import Any

import pytest

from bot.library.check_practice import practice
from bot.model.practice import Lesson, Line, Story
from bot.understanding.release import Release

TALE = Story("trial", 1, "ask-officer", {"question": "Kapan buka?"}, (Line("claimed", says="Terima kasih."),))
RULE = Lesson("rule", "closed", "unanswered", {"id": "Jawab dulu.", "en": "Answer first."})


def faults(release: Release, *stories: Story, lessons: tuple[Lesson, ...] = ()) -> list[str]:
    content = replace(release.content, practice={one.id: one for one in stories}, lessons=lessons)
    return [f"{one.file}: {one.what}" for one in practice(replace(release, content=content))]


def test_the_shipped_training_has_no_fault_and_shows_all_kinds(release: Release) -> None:
    assert list(practice(release)) == []
    forms = {one.form for one in release.content.practice.values()}
    assert {"ask-officer", "complaint", "help", "productive-business"} <= forms
    assert any(line.stranger for one in release.content.practice.values() for line in one.lines)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"form": "won"}, "no case is opened by won"),
        ({"form": "offer-check"}, "no case is opened by offer-check"),
        ({"order": 10}, "order is not between"),
        ({"answers": {}}, "question is missing"),
        ({"answers": {"question": "x", "hobby": "x"}}, "hobby is nothing"),
        ({"answers": {"question": "x", "village": "52.02.12.2001"}}, "village is nothing"),
        ({"answers": {"question": "Nomor saya 0812 3456 7890"}}, "number by hand"),
        ({"form": "complaint", "answers": {"now": "perhaps", "about": "employer"}}, "'perhaps' is no answer to now"),
        ({"form": "complaint", "answers": {"now": "no", "about": "employer", "name": "Misal"}}, "no answer to name"),
        ({"form": "complaint", "answers": {"now": "yes", "about": "officer"}}, "bypass the village"),
        ({"lines": (Line("claimed"),)}, "neither"),
        ({"lines": (Line("closed", says="Ya.", presses="solved"),)}, "both says and presses"),
        ({"lines": (Line("claimed", says="Bayar Rp50.000"),)}, "number by hand"),
        ({"lines": (Line("claimed", says="Ya. " * 100),)}, "letters"),
    ],
)
def test_a_fault_of_a_story_is_said(release: Release, changes: dict[str, Any], why: str) -> None:
    assert faults(release, TALE) == []
    found = faults(release, replace(TALE, **changes))
    assert any(why in one and one.startswith("practice/trial.yaml") for one in found), found


def test_two_stories_cannot_have_one_place_and_there_are_not_too_many(release: Release) -> None:
    assert len(faults(release, TALE, replace(TALE, id="other"))) == 2
    crowd = [replace(TALE, id=f"n{order}", order=order) for order in range(7)]
    assert faults(release, *crowd) == ["practice: 7 stories"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": {"id": "Jawab dulu."}}, "missing in en"),
        ({"when": "words"}, "go together"),
        ({"words": ("pasti",)}, "go together"),
        ({"text": {"id": "Jawab. " * 60, "en": "Answer."}}, "letters"),
    ],
)
def test_a_fault_of_a_lesson_is_said(release: Release, changes: dict[str, Any], why: str) -> None:
    assert faults(release, lessons=(RULE,)) == []
    found = faults(release, lessons=(replace(RULE, **changes),))
    assert any(why in one and one.startswith("rules/practice.yaml") for one in found), found
