"""What `check` says of a spoilt checklist; the shipped ones are whole."""

from dataclasses import replace
from typing import Any

import pytest

from bot.library.check_checklists import checklists
from bot.model.content import Topic
from bot.model.forms import Checklist, Item
from bot.understanding.release import Release

WORDS = {"id": "Paspor", "en": "Passport"}
GOOD = Item("passport", WORDS, "migration/passport")
SPOILT: dict[str, tuple[dict[str, Any], str]] = {
    "unknown topic": ({"items": (replace(GOOD, topic="migration/atlantis"),)}, "there is no topic migration/atlantis"),
    "line without English": ({"items": (replace(GOOD, text={"id": "Paspor"}),)}, "passport is missing in en"),
    "title without Indonesian": ({"title": {"en": "Trial"}}, "title is missing in id"),
    "item twice": ({"items": (GOOD, GOOD)}, "the item passport stands twice"),
    "long title": ({"title": {**WORDS, "jv": "x" * 25}}, "longer than 24 letters"),
    "long line": ({"items": (replace(GOOD, text={**WORDS, "su": "x" * 61}),)}, "longer than 60 letters"),
    "no lines": ({"items": ()}, "0 items"),
    "too many lines": ({"items": tuple(replace(GOOD, id=f"i{n}") for n in range(15))}, "15 items"),
    "id with a comma": ({"items": (replace(GOOD, id="a,b"),)}, "'a,b' is no id"),
    "ids too long for a button": ({"items": (replace(GOOD, id="x" * 60),)}, "too long together"),
}


def said(release: Release, **changes: Any) -> list[str]:
    """The faults of a release with these in place of its own."""
    changed = replace(release, content=replace(release.content, **changes))
    return [str(fault) for fault in checklists(changed)]


@pytest.mark.parametrize(("changes", "expected"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_list_is_named_with_what_is_wrong(release: Release, changes: dict[str, Any], expected: str) -> None:
    one = replace(Checklist("trial", WORDS, (GOOD,)), **changes)
    found = said(release, checklists={**release.content.checklists, "trial": one})
    assert any("checklists/trial.yaml" in fault and expected in fault for fault in found), found


def test_a_topic_that_offers_a_list_there_is_not_is_named(release: Release) -> None:
    topic: Topic = replace(release.content.topics["migration/passport"], checklist="atlantis")
    found = said(release, topics={**release.content.topics, topic.id: topic})
    assert any("topics/migration/passport/topic.yaml" in one and "no checklist atlantis" in one for one in found)


def test_the_shipped_lists_are_whole_and_each_is_offered_under_an_answer(release: Release) -> None:
    assert said(release) == []
    assert {one.checklist for one in release.content.topics.values()} - {""} == set(release.content.checklists)


@pytest.mark.parametrize("language", ["id", "en", "jv", "su"])
def test_the_shipped_lists_are_there_in_every_language(release: Release, language: str) -> None:
    for checklist in release.content.checklists.values():
        assert checklist.title.get(language) and all(item.text.get(language) for item in checklist.items)
