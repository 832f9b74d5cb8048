"""What the editors read: questions with what was meant by them, answers that did not help, answers out of date."""

from datetime import timedelta

import pytest

from bot.clock import sweep
from bot.model.effects.people import Meant, Rated, Unanswered, Withheld
from bot.model.feedback import Asked, Missed, Rating
from bot.store import feedback, statistics
from bot.store.database import Database
from bot.store.statistics import Seen
from tests.fakes import FakeClock

OFFERED = ("migration/passport", "family/documents")
ASKED = Unanswered("ganti nama paspor", "id", OFFERED)
MEANT = Meant(ASKED.text, OFFERED, "migration/passport")


async def noted(database: Database, clock: FakeClock, *seen: Seen, person: int = 1) -> None:
    async with database.transaction() as tx:
        await statistics.note(tx, [(person, one) for one in seen], clock())


async def test_the_same_words_are_one_line_with_first_and_last_day(database: Database, clock: FakeClock) -> None:
    first = clock()
    await noted(database, clock, ASKED)
    clock.pass_by(days=3)
    await noted(database, clock, ASKED, Unanswered(ASKED.text, "id"))
    assert sorted(await feedback.unanswered(database, first), key=lambda one: -one.times) == [
        Asked(ASKED.text, "id", 2, first, clock(), OFFERED),
        Asked(ASKED.text, "id", 1, clock(), clock()),
    ]
    assert sum(one.times for one in await feedback.unanswered(database, first + timedelta(days=1))) == 2


async def test_what_was_chosen_stands_beside_the_question(database: Database, clock: FakeClock) -> None:
    await noted(database, clock, ASKED, ASKED)
    await noted(database, clock, MEANT)
    found = await feedback.unanswered(database, clock())
    assert {one.meant: one.times for one in found} == {"migration/passport": 1, "": 1}
    await noted(database, clock, MEANT, MEANT)
    found = await feedback.unanswered(database, clock())
    assert {one.meant: one.times for one in found} == {"migration/passport": 2}


async def test_a_question_and_its_choice_may_come_in_one_batch_in_any_order(
    database: Database, clock: FakeClock
) -> None:
    await noted(database, clock, MEANT, ASKED)
    (one,) = await feedback.unanswered(database, clock())
    assert one.meant == "migration/passport"


@pytest.mark.parametrize(
    "other", [Meant("harga emas", OFFERED, "a/b"), Meant(ASKED.text, OFFERED[:1], "a/b"), Meant("", (), "a/b")]
)
async def test_a_choice_among_other_topics_is_not_taken_for_this_question(
    database: Database, clock: FakeClock, other: Meant
) -> None:
    await noted(database, clock, ASKED, other)
    (one,) = await feedback.unanswered(database, clock())
    assert one.meant == ""


async def test_what_did_not_help_is_told_by_language_and_version_the_worst_first(
    database: Database, clock: FakeClock
) -> None:
    old, new = Rated("a/b", False, "id", "old"), Rated("a/b", False, "id", "new")
    good, bad = Rated("a/b", True, "id", "new"), Rated("c/d", False, "en", "1")
    await noted(database, clock, old, old, old, new, good, good, bad, bad, Rated("e/f", True, "id", "1"))
    assert await feedback.not_helpful(database, clock()) == [
        Rating("a/b", "id", "old", 0, 3, clock()),
        Rating("c/d", "en", "1", 0, 2, clock()),
        Rating("a/b", "id", "new", 2, 1, clock()),
    ]


async def test_one_complaint_does_not_stand_before_thirty(database: Database, clock: FakeClock) -> None:
    many = [Rated("a/b", n < 10, "id", "1") for n in range(40)]
    await noted(database, clock, Rated("c/d", False, "id", "1"), *many)
    assert [one.topic for one in await feedback.not_helpful(database, clock())] == ["a/b", "c/d"]


async def test_old_complaints_are_left_out(database: Database, clock: FakeClock) -> None:
    await noted(database, clock, Rated("a/b", False, "id", "1"))
    clock.pass_by(days=91)
    assert await feedback.not_helpful(database, clock() - timedelta(days=90)) == []


async def test_an_answer_out_of_date_is_one_task_whatever_its_version(database: Database, clock: FakeClock) -> None:
    first = clock()
    await noted(database, clock, Withheld("a/b", "1"), Withheld("a/b", "1"), Withheld("c/d", "1"))
    clock.pass_by(days=2)
    await noted(database, clock, Withheld("a/b", "2"))
    assert await feedback.withheld(database, first) == [
        Missed("a/b", 3, first, clock()),
        Missed("c/d", 1, first, first),
    ]
    assert [one.topic for one in await feedback.withheld(database, clock())] == ["a/b"]


async def test_questions_are_kept_for_400_days_and_no_longer(database: Database, clock: FakeClock) -> None:
    first = clock()
    await noted(database, clock, ASKED)
    clock.pass_by(days=399)
    await sweep(database, {}, clock())
    assert len(await feedback.unanswered(database, first)) == 1
    clock.pass_by(days=2)
    await sweep(database, {}, clock())
    assert await feedback.unanswered(database, first) == []
