"""The day in which we may write freely, and what may go after it."""

from datetime import timedelta

import pytest

from bot.casework.window import MARGIN, OPEN_FOR, approved, filled, first, is_open, template_for
from bot.model.templates import NO_TEMPLATES, Templates, TemplateSheet, TemplateText
from tests.fakes import FakeClock

NOW = FakeClock()()
TEXTS = {"id": TemplateText("Ada kabar.", "Baca", "approved"), "en": TemplateText("There is news.", "Read", "pending")}
COVERED = TemplateSheet(
    "tentang", "utility", ("covered",), {"id": TemplateText("Tentang {{1}}: ada kabar.", "", "approved")}, ("cover",)
)
RULES = Templates(templates=(TemplateSheet("kabar", "utility", ("case", ""), TEXTS, press="do:news"), COVERED))


@pytest.mark.parametrize(
    ("channel", "ago", "open_"),
    [
        ("whatsapp", timedelta(0), True),
        ("whatsapp", OPEN_FOR - MARGIN - timedelta(seconds=1), True),
        ("whatsapp", OPEN_FOR - MARGIN, False),
        ("whatsapp", timedelta(days=90), False),
        ("whatsapp", -timedelta(hours=3), True),  # the wall clock was put back
        ("telegram", timedelta(days=90), True),
        ("web", timedelta(days=90), True),
    ],
)
def test_a_day_from_their_last_message(channel: str, ago: timedelta, open_: bool) -> None:
    assert is_open(channel, NOW - ago, NOW) is open_


def test_who_never_wrote_there_has_no_day() -> None:
    assert not is_open("whatsapp", None, NOW)
    assert is_open("telegram", None, NOW)


def test_what_nobody_asked_for_goes_where_it_is_seen_and_free() -> None:
    assert first("whatsapp", NOW, NOW)
    assert not first("whatsapp", None, NOW)
    assert not first("web", NOW, NOW)
    assert first("telegram", None, NOW)


def test_a_template_goes_in_their_language_when_that_is_approved_else_in_indonesian() -> None:
    for language in ("id", "en", "jv"):
        made = template_for(RULES, "case", language)
        assert made and made.template
        assert (made.text, made.template.language, made.template.press) == ("Ada kabar.", "id", "do:news")
        assert [one.id for one in made.choices] == ["do:news"]


def test_nothing_stands_for_what_no_template_names() -> None:
    assert template_for(RULES, "work", "id") is None
    assert template_for(NO_TEMPLATES, "case", "id") is None
    assert not approved(RULES, "news", "id")


def test_a_place_is_filled_with_the_matter_they_chose_or_the_template_is_left() -> None:
    made = template_for(RULES, "covered", "id", "arisan")
    assert made and made.template
    assert (made.text, made.template.parameters, made.choices) == ("Tentang arisan: ada kabar.", ("arisan",), ())
    assert template_for(RULES, "covered", "id") is None


def test_what_somebody_chose_is_never_a_place_of_its_own() -> None:
    assert filled("{{1}} dan {{2}}", ["{{2}}", "b"]) != "b dan b"
