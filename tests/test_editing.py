"""The editors' commands as real processes: on the shipped content, and on a copy with edits."""

import json
import shutil
from pathlib import Path

import pytest

from tests.command import Command, Ended
from tests.conftest import CONTENT
from tests.library.conftest import Folder

COSTS = "topics/migration/costs/id.md"


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture
def edited(tmp_path: Path) -> Folder:
    """A copy of the shipped content to edit."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return Folder(tmp_path / "content")


def one_line(ended: Ended, *words: str) -> None:
    assert ended.code == 1 and len(ended.err.strip().splitlines()) == 1, ended
    assert "Traceback" not in ended.err and all(word in ended.err for word in words), ended.err


def test_coverage_counts_the_shipped_content(command: Command) -> None:
    ended = command("coverage", "--json")
    assert ended.code == 0, ended.err
    found = {one["language"]: one for one in json.loads(ended.out)}
    assert next(iter(found)) == "id" and {"id", "en", "jv", "su"} <= set(found)
    topics = {f"{file.parent.parent.name}/{file.parent.name}" for file in CONTENT.glob("topics/*/*/jv.md")}
    assert found["id"]["answered"]["done"] == found["id"]["answered"]["of"] == 97
    assert found["jv"]["answered"]["done"] == len(topics)
    assert found["jv"]["answered"]["percent"] == pytest.approx(100 * len(topics) / 97, abs=0.1)
    assert found["jv"]["needed"]["of"] == 40 and not set(found["jv"]["missing"]) & topics
    assert all(len(one["hardest"]) == 10 and one["hardest"][0]["ease"]["longest"] for one in found.values())
    assert all(one["median_ease"] > 10 and one["fewest_questions"] > 0 for one in found.values())
    assert not command.database.exists()


def test_coverage_names_what_is_missing_and_a_topic_that_is_not_there(command: Command, edited: Folder) -> None:
    (edited.path / "topics/protection/violence/su.md").unlink()
    ended = command("coverage", CONTENT_DIR=str(edited.path))
    assert "su: 1 of the 40 most needed are missing\n  protection/violence" in ended.out
    edited.change("data/needed.yaml", "service/privacy", "service/nothing")
    ended = command("coverage", CONTENT_DIR=str(edited.path))
    assert ended.code == 1 and "needed.yaml" in ended.err and "service/nothing" in ended.err


def test_stale_says_what_is_due_with_file_line_and_what_to_do(command: Command, edited: Folder) -> None:
    line = edited.change("data/rates.yaml", "review_by: 2027-02-21", "review_by: 2015-01-02") - 3
    edited.change("topics/migration/costs/topic.yaml", "review_by: 2027-02-21", "review_by: 2014-01-02")
    ended = command("stale", CONTENT_DIR=str(edited.path))
    assert ended.code == 0, ended.err
    topic, mend, rate, currency, mend_of_rate, *_ = ended.out.splitlines()
    assert topic.startswith("2014-01-02") and "topics/migration/costs/topic.yaml" in topic and "->" in mend
    assert rate.startswith("2015-01-02") and currency.strip() == f"TWD  (line {line})" and "->" in mend_of_rate


def test_stale_lists_the_unverified_by_file(command: Command) -> None:
    ended = command("stale", "--unverified")
    assert ended.code == 0, ended.err
    assert "\ndata/contacts/national.yaml\n" in ended.out and "[ ] second-hand: " in ended.out
    assert "] verified: " not in ended.out and "and 510 more" in ended.out


def test_a_preview_takes_an_id_or_a_question(command: Command) -> None:
    ended = command("preview", "jobs/taiwan", "--language", "en", "--sector", "fishing-crew")
    assert ended.code == 0, ended.err
    assert "(for taiwan fishing-crew)" in ended.out and "--- web chat: " in ended.out
    assert command("preview", "biaya ke taiwan berapa").out.startswith("heard: language id, country taiwan")
    one_line(command("preview", "migration/pasport"), "migration/passport")


def test_an_answer_that_cannot_be_filled_in_is_named_by_file(command: Command, edited: Folder) -> None:
    edited.change(COSTS, 'figure("taiwan-placement-ceiling")', 'figure("no-such")')
    for words in (("coverage",), ("preview", "migration/costs")):
        ended = command(*words, CONTENT_DIR=str(edited.path))
        assert ended.code == 1 and "Traceback" not in ended.err
        assert "topics/migration/costs/id.md" in ended.err and "no-such" in ended.err


def test_a_difference_names_meaning_suspicion_and_those_who_had_the_old_answer(
    command: Command, edited: Folder
) -> None:
    assert command("publish").code == 0
    command.talk("biaya ke taiwan brp dan siapa yg bayar")
    edited.change(COSTS, "10 jenis pekerjaan", "12 jenis pekerjaan")
    (figures,) = (file for file in edited.path.glob("data/figures/*.yaml") if "taiwan-placement-ceiling\n" in
                  file.read_text("utf-8"))  # fmt: skip
    name = str(figures.relative_to(edited.path))
    edited.change(name, "value: 9622000", "value: 9700000")
    ended = command("diff", CONTENT_DIR=str(edited.path))
    assert ended.code == 0, ended.err
    meaning, rest = ended.out.split("LOOKS LIKE A CHANGE OF MEANING")
    assert "migration/costs" in meaning and "through figures taiwan-placement-ceiling" in meaning
    assert "people who had the old answer: 1" in meaning
    assert "id: '10' went, '12' came" in rest and "value: 9622000 -> 9700000" in rest
    assert "+ Aturan bebas biaya untuk 12 jenis pekerjaan sudah dicabut." in rest


def test_releases_of_the_database_and_folders_can_be_held_against_each_other(command: Command, edited: Folder) -> None:
    one_line(command("diff"), "no release")
    one_line(command("diff", CONTENT, "2020.1"), "2020.1")
    assert not command.database.exists()
    assert command("publish").code == 0
    found = json.loads(command("diff", "--json").out)
    assert found["old"]["digest"] == found["new"]["digest"] and found["topics"] == []
    shutil.rmtree(edited.path / "topics/jobs/germany")
    found = json.loads(command("diff", found["old"]["version"], edited.path, "--json").out)
    assert [(one["id"], one["kind"]) for one in found["topics"] if one["kind"] != "changed"] == [
        ("jobs/germany", "gone")
    ]
    one_line(command("diff", "nowhere"), "nowhere", found["old"]["version"])
    assert "holds no content" in command("diff", command.folder).err
