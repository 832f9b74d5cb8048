"""What is due for another look, soonest first; and what nobody has made sure of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.knowledge.ageing import Due, began, due
from bot.knowledge.doubts import doubts
from bot.knowledge.places import Place
from bot.model.content import Note, Overlay, Source, Way
from bot.model.knowledge import Content
from bot.model.rules import Holiday
from bot.understanding.release import Release

TODAY = date(2026, 11, 21)
TOPIC = "migration/costs"
DAYS = tuple(date(year, month, 1) for year in (2026, 2027) for month in range(1, 13))
READ = Source("halaman resmi", "https://example.org", "2026", "verified")
HEARD = replace(READ, title="kata orang", status="second-hand")


@pytest.fixture
def fresh(release: Release) -> Content:
    """Only one topic, one figure and one contact, none of them old, and all holidays."""
    content, later = release.content, TODAY + timedelta(days=900)
    topic = replace(content.topics[TOPIC], review_by=later, valid_until=None, sources=(READ,))
    figure = replace(content.figures["insurance-before"], review_by=later, valid_until=None, source=READ)
    contact = replace(content.contacts["kp2mi"], ways=(Way("phone", "0800", "2026-11-01", READ),))
    return replace(
        content, topics={TOPIC: topic}, figures={figure.id: figure}, contacts={contact.id: contact},
        jobs=(), rates={}, agencies=(), vacancies=(), overlays=(), forms={},
        holidays=tuple(Holiday(day, {"id": "libur"}, READ) for day in DAYS),
    )  # fmt: skip


def of(content: Content, days: int = 60) -> list[Due]:
    places = {("figure", "insurance-before"): Place("data/figures/migration.yaml", 7)}
    return due(content, places, TODAY, days)


def test_nothing_is_due_where_all_is_fresh(fresh: Content) -> None:
    assert of(fresh) == []


def test_what_is_past_and_what_soon_will_be_come_soonest_first_with_their_place(fresh: Content) -> None:
    topic = replace(fresh.topics[TOPIC], review_by=TODAY + timedelta(days=60), valid_until=TODAY - timedelta(days=3))
    figure = replace(fresh.figures["insurance-before"], review_by=TODAY)
    found = of(replace(fresh, topics={TOPIC: topic}, figures={figure.id: figure}))
    assert [(one.on - TODAY).days for one in found] == [-3, 0, 60]
    assert [one.what for one in found] == ["valid_until", "review_by", "review_by"]
    assert [str(one.place) for one in found] == [
        f"topics/{TOPIC}/topic.yaml",
        "data/figures/migration.yaml:7",
        f"topics/{TOPIC}/topic.yaml",
    ]
    assert len(of(replace(fresh, topics={TOPIC: topic}), days=59)) == 1


def test_a_number_is_due_a_year_after_it_was_seen(fresh: Content) -> None:
    ways = tuple(Way("phone", day or "?", day, READ) for day in ("2025-11-21", "2025", "2026-06-01", ""))
    found = of(replace(fresh, contacts={"kp2mi": replace(fresh.contacts["kp2mi"], ways=ways)}))
    assert {one.id: one.on for one in found} == {
        "kp2mi 2025": date(2026, 1, 1), "kp2mi 2025-11-21": TODAY, "kp2mi ?": TODAY}  # fmt: skip


def test_a_note_of_a_village_is_due_when_the_national_answer_has_changed(fresh: Content) -> None:
    later, version = TODAY + timedelta(days=900), fresh.topics[TOPIC].version
    fits, outgrown = (Overlay(unit, TODAY, later, "kades", (Note(TOPIC, beside, {"id": "x"}),))
                      for unit, beside in (("52.02", version), ("35.05", "before")))  # fmt: skip
    (found,) = of(replace(fresh, overlays=(fits, outgrown)))
    assert "35.05" in found.id and version in found.mend


def test_next_years_holidays_are_missed_from_november_on(fresh: Content) -> None:
    missing = replace(fresh, holidays=tuple(day for day in fresh.holidays if day.date < date(2027, 6, 1)))
    (found,) = of(missing)
    assert (found.id, found.on) == ("2027", date(2026, 11, 1))
    assert due(missing, {}, date(2026, 8, 1), 60) == []
    assert [one.id for one in due(missing, {}, date(2027, 1, 2), 0)] == ["2027"]


def test_the_list_of_companies_is_as_old_as_its_newest_licensed_row(fresh: Content, release: Release) -> None:
    row = replace(release.content.agencies[0], status="licensed")
    listed = (replace(row, as_of="2026-01-05"), replace(row, as_of="2026-05-01"),
              replace(row, as_of="2026-11-20", status="revoked"))  # fmt: skip
    (found,) = of(replace(fresh, agencies=listed))
    assert found.on == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("text", "first"),
    [("2025-10-12", date(2025, 10, 12)), ("2025-10", date(2025, 10, 1)), ("2025", date(2025, 1, 1)), ("", None)],
)
def test_a_date_that_is_not_whole_is_taken_as_the_oldest_it_may_be(text: str, first: date | None) -> None:
    assert began(text) == first


def test_what_nobody_made_sure_of_is_put_together_by_source(fresh: Content, release: Release) -> None:
    assert doubts(fresh, {}) == []
    ways = (Way("phone", "1", "2026", HEARD), Way("phone", "2", "2026", HEARD), Way("phone", "3", "2026", READ))
    job = replace(release.content.jobs[0], source=READ, unsure=("age",))
    content = replace(fresh, contacts={"kp2mi": replace(fresh.contacts["kp2mi"], ways=ways)}, jobs=(job,))
    contact, wage = doubts(content, {("contact", "kp2mi"): Place("data/contacts/national.yaml", 3)})
    assert (contact.file, contact.title) == ("data/contacts/national.yaml", "kata orang")
    assert contact.ids == ("kp2mi phone 1", "kp2mi phone 2")
    assert (wage.file, wage.title) == ("data/wages.yaml", "unsure: age")
