"""Questions that ask the same stand together, and each group says what editors need."""

import random
from datetime import UTC, datetime, timedelta

from bot.knowledge.grouping import Group, group, shown
from bot.model.feedback import Asked

DAY = datetime(2026, 11, 2, tzinfo=UTC)
SMALL = {"gimana", "cara", "ya", "di", "mau", "dong"}


def gist(text: str) -> frozenset[str]:
    return frozenset(word for word in text.split() if word.isalpha() and word not in SMALL)


def asked(text: str, times: int = 1, day: int = 0, **more: object) -> Asked:
    at = DAY + timedelta(days=day)
    return Asked(**{"text": text, "language": "id", "times": times, "first": at, "last": at, **more})  # type: ignore[arg-type]


def groups(*questions: Asked) -> list[Group]:
    return group(questions, gist)


def test_the_same_question_in_other_words_is_one_group_and_another_question_is_not() -> None:
    found = groups(
        asked("gimana cara ganti nama paspor"),
        asked("ganti nama paspor dong"),
        asked("mau ganti nama di paspor anak"),
        asked("harga emas hari ini"),
    )
    assert [(one.times, one.examples[0]) for one in found] == [
        (3, "ganti nama paspor dong"),
        (1, "harga emas hari ini"),
    ]


def test_a_word_in_every_question_does_not_make_them_alike() -> None:
    found = groups(*(asked(f"taiwan {word}") for word in ("kuliah", "emas", "motor", "nikah", "salju", "vaksin")))
    assert len(found) == 6


def test_a_group_tells_how_often_when_in_which_languages_and_shows_three_short_examples() -> None:
    (one,) = groups(
        asked("ganti nama paspor", 4, day=3),
        asked("ganti nama paspor gimana ya", 2, day=9, language="jv"),
        asked("gimana cara ganti nama paspor dong ya", 1, day=1, language="jv"),
        asked("mau ganti nama di paspor", 1, day=4, language="su"),
    )
    assert one.times == 8
    assert (one.first, one.last) == (DAY + timedelta(days=1), DAY + timedelta(days=9))
    assert one.languages == ("id", "jv", "su")
    assert one.examples == ("ganti nama paspor", "mau ganti nama di paspor", "ganti nama paspor gimana ya")


def test_a_group_tells_what_was_offered_and_what_was_meant() -> None:
    (one,) = groups(
        asked("ganti nama paspor", 3, offered=("a", "b"), meant="b"),
        asked("ganti nama paspor", 1, offered=("a", "b"), meant="a"),
        asked("ganti nama paspor dong", 2, offered=("b", "c", "d")),
    )
    assert one.offered == ("b", "a", "c")
    assert one.meant == (("b", 3), ("a", 1))


def test_the_most_asked_stands_first() -> None:
    found = groups(asked("harga emas"), asked("ganti nama paspor", 5), asked("adopsi anak", 2))
    assert [one.times for one in found] == [5, 2, 1]


def test_the_order_in_which_they_come_changes_nothing() -> None:
    words = ["ganti", "nama", "paspor", "harga", "emas", "adopsi", "anak", "kuliah", "motor", "visa"]
    chance = random.Random(7)
    questions = [asked(" ".join(chance.sample(words, 4)), chance.randint(1, 4), day=n % 9) for n in range(200)]
    found = groups(*questions)
    for _ in range(3):
        chance.shuffle(questions)
        assert groups(*questions) == found
    assert sum(one.times for one in found) == sum(one.times for one in questions)


def test_half_of_what_is_said_must_be_shared() -> None:
    found = groups(asked("a b c d", 2), asked("a b c e"), asked("a x y z"), asked("p q", 2), asked("q r s"))
    assert [(one.times, one.examples) for one in found[:2]] == [(3, ("a b c d", "a b c e")), (2, ("p q",))]


def test_the_same_words_are_the_same_question_however_common_they_are() -> None:
    """Whoever shares only the commonest words with a leader is found by them too."""
    often = [asked(f"a b {chr(99 + n)}") for n in range(20)]
    assert groups(*often, asked("a b", 9))[0].examples[0] == "a b"
    assert groups(*often, asked("a b", 9), asked("b a"))[0].times == 10


def test_rare_questions_are_shown_only_when_nothing_of_them_was_hidden() -> None:
    found, unread = shown(
        groups(
            asked("suami … sakit di pabrik"), asked("harga emas"), asked("… … motor", 3), asked("…", 9), asked("… #", 2)
        )
    )
    assert {one.examples for one in found} == {("harga emas",), ("… … motor",)}
    assert unread == 12


def test_a_wording_of_which_nothing_was_hidden_comes_first() -> None:
    (one,) = groups(asked("… emas harga"), asked("harga emas hari ya"), asked("harga emas … …"))
    assert one.examples[0] == "harga emas hari ya"


def test_of_thousands_each_is_in_one_group() -> None:
    chance = random.Random(3)
    words = [f"kata{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}" for n in range(600)]
    often = [1 / (rank + 1) for rank in range(len(words))]
    questions = [asked(" ".join(chance.choices(words, often, k=6))) for _ in range(4000)]
    found = groups(*questions)
    assert 1 < len(found) < len(questions)
