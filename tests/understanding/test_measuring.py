"""How well questions are understood, counted by hand."""

from bot.understanding.measuring import Asked, Outcome, calibration, report
from bot.understanding.search import Scored

WAGES, PAPERS = Scored("wages", 0.85), Scored("papers", 0.45)
OUTCOMES = [
    Outcome(Asked("a", "in-scope", ("wages",), "id", "short"), "wages", (WAGES,)),
    Outcome(Asked("b", "in-scope", ("wages",), "en"), "papers", (PAPERS,)),
    Outcome(Asked("c", "in-scope", ("wages", "costs"), "id"), "", (PAPERS, WAGES)),
    Outcome(Asked("d", "in-scope", ("wages",), "id"), "", (), urgent=True),
    Outcome(Asked("e", "out-of-scope"), "", ()),
    Outcome(Asked("f", "out-of-scope"), "wages", (WAGES,)),
    Outcome(Asked("g", "urgent"), "", (), urgent=True),
]


def test_the_rates_are_shares_of_their_kind() -> None:
    found = report(OUTCOMES)
    assert found["questions"] == 7
    assert (found["right at once"], found["right or offered"], found["wrong as if right"]) == (0.25, 0.5, 0.25)
    assert (found["out of scope answered"], found["danger caught"], found["false alarms in scope"]) == (0.5, 1.0, 0.25)


def test_groups_tell_only_of_what_was_asked_there() -> None:
    found = report(OUTCOMES)
    assert found["by language"]["en"] == {
        "questions": 1,
        "right at once": 0.0,
        "right or offered": 0.0,
        "wrong as if right": 1.0,
        "false alarms in scope": 0.0,
    }
    assert set(found["by style"]) == {"short"} and set(found["by kind"]) == {"in-scope", "out-of-scope", "urgent"}


def test_confusions_name_what_came_instead() -> None:
    assert report(OUTCOMES)["confusions"] == [["wages", "papers", 1], ["wages", "offered", 1], ["wages", "refused", 1]]


def test_chances_that_keep_their_word_have_no_error() -> None:
    half = [Outcome(Asked("", "in-scope", (gold,)), "x", (Scored("x", 0.5),)) for gold in ("x", "y")]
    assert calibration(half) == {"error": 0.0, "bins": [[0.5, 0.6, 2, 0.5, 0.5]]}
    sure = [Outcome(Asked("", "in-scope", ("y",)), "x", (Scored("x", 1.0),))]
    assert calibration(sure) == {"error": 1.0, "bins": [[0.9, 1.0, 1, 1.0, 0.0]]}


def test_nothing_asked_is_nothing_told() -> None:
    found = report([])
    assert found["right at once"] is None and found["confusions"] == [] and found["calibration"]["bins"] == []
