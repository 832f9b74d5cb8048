"""What a village adds to a national answer, and that it is not lost when that changes."""

from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge.overlays import note_for, outgrown
from bot.model.content import Note, Overlay
from bot.model.knowledge import Content
from bot.understanding.release import Release

TOPIC, LANTAN = "service/find-officer", "52.02.12.2001"


def overlay(unit: str, text: str, national: str) -> Overlay:
    day = date(2026, 11, 21)
    return Overlay(unit, day, day, "surat kepala desa", (Note(TOPIC, national, {"id": text}),))


@pytest.fixture
def content(release: Release) -> Content:
    version = release.content.topics[TOPIC].version
    notes = (
        overlay("52.02", "kabupaten", version),
        overlay(LANTAN, "desa", version),
        overlay("52.02.1", "bukan", version),
    )
    return replace(release.content, overlays=notes)


@pytest.mark.parametrize(
    ("village", "text"),
    [(LANTAN, "desa"), ("52.02.12.2002", "kabupaten"), ("33.07.10.2004", ""), ("", "")],
)
def test_the_nearest_note_is_added(content: Content, village: str, text: str) -> None:
    found = note_for(content, TOPIC, village)
    assert (found[1].text["id"] if found else "") == text


def test_other_topics_have_no_note(content: Content) -> None:
    assert note_for(content, "jobs/taiwan", LANTAN) is None


def test_a_note_whose_national_answer_has_changed_is_flagged_and_still_said(content: Content) -> None:
    assert list(outgrown(content)) == []
    changed = replace(content, overlays=(overlay(LANTAN, "desa", "older"),))
    assert [(one.unit, note.topic) for one, note in outgrown(changed)] == [(LANTAN, TOPIC)]
    assert note_for(changed, TOPIC, LANTAN) is not None
