"""Training, the pure part: who answers what, what is told kindly, how it has gone."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.casework.numbers import FIRST, numbered, pretended, pretends, read_number
from bot.casework.practising import answer, learnt, lessons
from bot.model.case import Case, Event
from bot.model.practice import STORY, Lesson, Line, Practice, Story

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NUMBER = pretended(1, 2)
STRANGER = "Ini sepupunya. Dia ada urusan apa?"
TALE = Story(
    "wage",
    2,
    "complaint",
    {},
    (
        Line("claimed", says="Terima kasih."),
        Line("to-person", says="Tiga bulan."),
        Line("to-person", says=STRANGER, stranger=True),
        Line("closed", presses="unsolved", when="unanswered"),
        Line("closed", presses="solved", when="answered"),
    ),
    secret=("gaji", "kantor polisi"),
)
CASE = Case(NUMBER, "complaint", "complaint", "sensitive", "52.02.12.2001", "", 9, NOW, NOW, answers={STORY: "wage"})


def did(kind: str, text: str = "") -> Event:
    return Event(NUMBER, kind, NOW, 1, "Bu Ani", text)  # type: ignore[arg-type]


def rule(when: str, after: str = "to-person", **more: Any) -> Lesson:
    return Lesson(f"{after}-{when}", after, when, {"id": "Ingat."}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("round", [1, 2, 99_999])
def test_a_pretend_number_is_sayable_and_no_real_one(round: int) -> None:
    number = pretended(round, 9)
    assert pretends(number)
    assert read_number(f"tangani {number}") == number
    assert not any(pretends(numbered(seq)) for seq in (FIRST, 999_999, 89_999_999))


@pytest.mark.parametrize("text", ["", "9", "90000011a", "٩٠٠٠٠٠١١٣", "１２３"])
def test_what_is_no_number_is_no_pretend_one(text: str) -> None:
    assert not pretends(text)


def test_each_line_is_said_once_and_in_order() -> None:
    book: list[Event] = []
    said = []
    for _ in range(3):
        line = answer(TALE, book, did("to-person", "Baik."))
        said.append(line.says if line else "")
        book += [did("to-person", "Baik."), *([did("from-person", line.says)] if line else [])]
    assert said == ["Tiga bulan.", STRANGER, ""]


def test_nobody_answers_what_they_do_not_see() -> None:
    assert answer(TALE, [], did("note", "Sudah.")) is None


def test_whoever_was_not_answered_does_not_call_it_solved() -> None:
    assert [
        line.presses for before in ([], [did("to-person")]) if (line := answer(TALE, before, did("closed", "Beres.")))
    ] == ["unsolved", "solved"]


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Telepon saja 0812 0000 0000", True),
        ("KTP 3505012001900001", True),
        (f"Kasus {NUMBER} kami tangani", False),
        (f"Kasus {NUMBER[:2]} {NUMBER[2:5]} {NUMBER[5:8]}-{NUMBER[8:]} kami tangani", False),
        ("Gaji Rp1.500.000 sebulan, sejak 12-03-2026", False),
    ],
)
def test_a_number_that_names_somebody_is_noticed(words: str, wrong: bool) -> None:
    assert bool(lessons(TALE, [rule("digits")], CASE, [], did("to-person", words))) is wrong


@pytest.mark.parametrize(("words", "wrong"), [("Pasti dibayar!", True), ("Kami pastikan dulu", False), ("", False)])
def test_words_are_whole_words(words: str, wrong: bool) -> None:
    assert bool(lessons(TALE, [rule("words", words=("pasti",))], CASE, [], did("to-person", words))) is wrong


@pytest.mark.parametrize(
    ("heard", "words", "wrong"),
    [
        (STRANGER, "Ini soal gaji dia", True),
        (STRANGER, "Dia perlu ke kantor  Polisi.", True),
        (STRANGER, "Minta dia hubungi kami sendiri", False),
        ("Tiga bulan.", "Ini soal gaji", False),
    ],
)
def test_a_secret_told_to_whoever_holds_the_phone_is_noticed(heard: str, words: str, wrong: bool) -> None:
    before = [did("from-person", heard)]
    assert bool(lessons(TALE, [rule("stranger")], CASE, before, did("to-person", words))) is wrong


def test_some_rules_are_for_emergencies_only() -> None:
    hasty = rule("unanswered", "snoozed", urgency="emergency")
    assert lessons(TALE, [hasty], CASE, [], did("snoozed")) == ()
    urgent = Case(NUMBER, "help", "help", "emergency", "", "", 9, NOW, NOW)
    assert lessons(TALE, [hasty], urgent, [], did("snoozed")) == (hasty,)
    assert lessons(TALE, [hasty], urgent, [did("to-person")], did("snoozed")) == ()


def test_at_the_end_deeds_are_counted_by_case_and_each_lesson_is_told_once() -> None:
    unanswered, unused = rule("unanswered", "closed"), rule("always", "transferred")
    hasty = (did("opened"), did("claimed"), did("closed"), did("reopened"), did("closed"))
    other = Case(pretended(1, 3), "help", "help", "general", "", "", 9, NOW, NOW, answers={STORY: "gone"})
    found = learnt(Practice(1, 2, ((CASE, hasty), (other, (did("opened"),)))), {"wage": TALE}, (unanswered, unused))
    assert (found.cases, found.lessons) == (2, (unanswered,))
    assert {kind: many for kind, many in found.deeds.items() if many} == {"claimed": 1, "closed": 1}
