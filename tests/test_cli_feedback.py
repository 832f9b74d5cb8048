"""`unanswered` and `corrections` as real processes, after a real talk."""

import json
from pathlib import Path

import pytest

from tests.command import Command

ASKED = "xqzwvkj blorp zzgh wkwkx budi santoso jl mawar sukodono 081234567890 ya"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def test_what_was_asked_in_vain_is_listed_without_names(command: Command) -> None:
    command.talk("gaji di taiwan berapa", "tidak", ASKED, ASKED, ASKED)
    ended = command("unanswered", "--json")
    assert ended.code == 0, ended.err
    (found,) = ended.lines
    assert set(found) == {"unanswered", "not_shown", "not_helpful", "out_of_date"}
    (group,) = found["unanswered"]
    assert set(group) == {"times", "first", "last", "languages", "examples", "offered", "meant"}
    assert (group["times"], group["first"]) == (3, group["last"])
    assert group["examples"] == ["… # ya"]
    (rating,) = found["not_helpful"]
    assert (rating["not_helped"], rating["helped"], rating["current"]) == (1, 0, True)
    assert found["out_of_date"] == [] and found["not_shown"] == 0
    plain = command("unanswered", "--days", "7").out
    assert group["examples"][0] in plain and rating["topic"] in plain
    for name in ("budi", "santoso", "sukodono", "0812"):
        assert name not in ended.out + plain


def test_an_empty_house_has_empty_lists(command: Command) -> None:
    assert json.loads(command("unanswered", "--json").out) == {
        "unanswered": [],
        "not_shown": 0,
        "not_helpful": [],
        "out_of_date": [],
    }
    assert json.loads(command("corrections", "--json").out) == {"corrections": []}
    assert command("corrections").out.startswith("no answer")


@pytest.mark.parametrize("days", ["0", "401", "soon"])
def test_days_we_keep_nothing_of_are_refused(command: Command, days: str) -> None:
    ended = command("unanswered", "--days", days)
    assert ended.code == 2 and "--days" in ended.err and "Traceback" not in ended.err
