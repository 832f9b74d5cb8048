"""The judgement on an offer: from the signs alone, never better than "ask", and no graver or milder by what was left out."""

import random

import pytest

from bot.knowledge.offers import judge
from bot.model.content import Source
from bot.model.forms import Field, Form, Option, Sign
from bot.model.work import Agency
from bot.understanding.release import Release

SOURCE = Source("law", "https://law.test", "2017", "verified")
ROW = Source("newspaper", "https://news.test", "2026-01-29", "verified")
LIST = (Agency("PT Dicabut", "revoked", "2026-01-29", ROW), Agency("PT Berizin", "licensed", "2026-09-17", ROW))
BLAMELESS = {
    "who": "company",
    "country": "east-asia",
    "visa": "work",
    "money": "no",
    "contract": "readable",
    "demands": "none",
    "age": "25",
    "agency": "PT Sama Sekali Lain Dari Semua",
}
STOPS = [
    ("age", "17"),
    ("visa", "visit"),
    ("visa", "pilgrim"),
    ("visa", "none"),
    ("country", "not-placed"),
    ("country", "gulf-house"),
    ("demands", "lie"),
    ("demands", "papers"),
]
WARNS = [
    ("who", "person"),
    ("who", "social"),
    ("country", "untold"),
    ("money", "private"),
    ("money", "company"),
    ("contract", "none"),
    ("contract", "unreadable"),
    ("demands", "haste"),
]


def sign(id: str, level: str, **when: tuple[str, ...]) -> Sign:
    return Sign(id, when, level, {"id": id}, SOURCE)  # type: ignore[arg-type]


def form(*signs: Sign, stop_at_warnings: int = 0) -> Form:
    who = Field("who", "choice", {}, {}, options=(Option("friend", {}), Option("broker", {})))
    company = Field("pt", "agency", {}, {}, options=(Option("unknown", {"id": "Tidak tahu"}),))
    fields = (who, Field("age", "number", {}, {}), company)
    return Form("f", "f", {}, {}, 0, fields, opens="verdict", signs=signs, stop_at_warnings=stop_at_warnings)


@pytest.fixture
def shipped(release: Release) -> Form:
    return release.content.forms["offer-check"]


def test_without_any_sign_the_level_is_ask() -> None:
    assert judge(form(), {"who": "friend"}, LIST).level == "ask"


def test_the_gravest_sign_gives_the_level_and_stands_first() -> None:
    signs = (sign("w", "warn", who=("broker",)), sign("s", "stop", age=("0-17",)))
    found = judge(form(*signs), {"who": "broker", "age": "15"}, LIST)
    assert (found.level, [one.id for one in found.signs]) == ("stop", ["s", "w"])


def test_all_answers_of_a_sign_must_fit() -> None:
    both = form(sign("both", "stop", who=("broker", "friend"), age=("0-17",)))
    assert judge(both, {"who": "friend", "age": "18"}, LIST).level == "ask"
    assert judge(both, {"who": "friend", "age": "17"}, LIST).level == "stop"
    assert judge(both, {"age": "17"}, LIST).level == "ask"


@pytest.mark.parametrize(("age", "level"), [("0", "stop"), ("17", "stop"), ("18", "ask"), ("170", "ask"), ("", "ask")])
def test_a_number_fits_its_range_with_both_ends(age: str, level: str) -> None:
    assert judge(form(sign("young", "stop", age=("0-17",))), {"age": age}, LIST).level == level


def test_enough_warnings_together_are_as_grave_as_a_stop() -> None:
    signs = (sign("a", "warn", who=("broker",)), sign("b", "warn", age=("40-50",)))
    answers = {"who": "broker", "age": "45"}
    assert judge(form(*signs, stop_at_warnings=2), answers, LIST).level == "stop"
    assert judge(form(*signs, stop_at_warnings=3), answers, LIST).level == "warn"
    assert judge(form(*signs), answers, LIST).level == "warn"


def test_what_the_list_says_is_a_sign_that_rests_on_the_companys_own_row() -> None:
    listed = form(sign("gone", "stop", pt=("revoked",)))
    found = judge(listed, {"pt": "dicabut"}, LIST)
    assert (found.level, found.signs[0].source, found.finding.says) == ("stop", ROW, "revoked")
    assert judge(listed, {"pt": "berizin"}, LIST).level == "ask"


def test_a_choice_beside_the_name_is_no_companys_name() -> None:
    nameless = form(sign("name", "ask", pt=("unnamed",)))
    for answer in ("unknown", ""):
        assert [one.id for one in judge(nameless, {"pt": answer}, LIST).signs] == ["name"]


def test_who_must_stop_is_not_sent_to_find_things_out() -> None:
    signs = (sign("s", "stop", who=("broker",)), sign("a", "ask", age=("1-99",)), sign("always", "ask"))
    told = {
        who: [one.id for one in judge(form(*signs), {"who": who, "age": "20"}, LIST).signs]
        for who in ("broker", "friend")
    }
    assert told == {"broker": ["s"], "friend": ["a", "always"]}


def test_the_shipped_form_asks_exactly_eight_questions(shipped: Form) -> None:
    assert len(shipped.fields) == 8


def test_the_shipped_form_judges_the_best_answers_no_better_than_three_things_to_check(
    shipped: Form, release: Release
) -> None:
    found = judge(shipped, BLAMELESS, release.content.agencies)
    assert found.level == "ask" and len(found.signs) == 3
    assert all(not one.when for one in found.signs)


@pytest.mark.parametrize(("question", "answer"), STOPS)
def test_one_of_the_gravest_answers_is_enough_to_stop(
    shipped: Form, release: Release, question: str, answer: str
) -> None:
    assert judge(shipped, {**BLAMELESS, question: answer}, release.content.agencies).level == "stop"


@pytest.mark.parametrize(("question", "answer"), WARNS)
def test_a_bad_answer_alone_warns_and_with_another_stops(
    shipped: Form, release: Release, question: str, answer: str
) -> None:
    answers = {**BLAMELESS, question: answer}
    assert judge(shipped, answers, release.content.agencies).level == "warn"
    other = {"demands": "haste"} if question != "demands" else {"who": "person"}
    assert judge(shipped, answers | other, release.content.agencies).level == "stop"


def test_a_company_whose_licence_was_revoked_stops_an_offer_that_is_well_otherwise(
    shipped: Form, release: Release
) -> None:
    gone = next(one for one in release.content.agencies if one.status == "revoked")
    found = judge(shipped, {**BLAMELESS, "agency": gone.name}, release.content.agencies)
    assert found.level == "stop" and found.signs[0].source == gone.source


def test_a_listed_company_makes_no_bad_offer_better(shipped: Form, release: Release) -> None:
    licensed = next(one for one in release.content.agencies if one.status == "licensed")
    answers = {**BLAMELESS, "visa": "visit", "agency": licensed.name}
    assert judge(shipped, answers, release.content.agencies).level == "stop"


def test_another_bad_answer_never_makes_an_offer_look_better(shipped: Form) -> None:
    order = ("ask", "warn", "stop")
    dice = random.Random(13)
    bad = [*STOPS, *WARNS]
    for _ in range(300):
        answers = BLAMELESS | dict(dice.sample(bad, dice.randint(0, 4)))
        question, answer = dice.choice([one for one in bad if answers[one[0]] == BLAMELESS[one[0]]])
        before, after = judge(shipped, answers, ()), judge(shipped, {**answers, question: answer}, ())
        assert order.index(after.level) >= order.index(before.level)
