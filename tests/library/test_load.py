"""Files that cannot be read: every fault of every file is said at once, with its line and how to mend it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.library import Fault, Faulty, load, read, read_villages
from tests.library.conftest import Folder

PLANTED = (
    "doubled key",
    "doubled id",
    "unknown name",
    "missing name",
    "wrong word",
    "bad date",
    "broken yaml",
    "missing file",
    "no front matter",
    "no answer",
    "not utf-8",
    "stray folder",
    "bad answer date",
)


@pytest.fixture(scope="module")
def planted(folder: Folder) -> Mapping[str, tuple[str, int, str]]:
    """What was spoilt: the file, the line (0: the whole file), and a word the fault must say."""
    menu, wages, figures = "data/menu.yaml", "data/wages.yaml", "data/figures/jobs.yaml"
    countries, holidays, rules = "data/countries.yaml", "calendars/holidays.yaml", "rules/deadlines.yaml"
    taiwan, japan, malaysia = "topics/jobs/taiwan/id.md", "topics/jobs/japan/id.md", "topics/jobs/malaysia/en.md"
    germany, sectors = "topics/jobs/germany/topic.yaml", "data/sectors.yaml"
    entry, country = folder.first(menu, "- id:"), folder.first(countries, "- id: hong-kong")
    spoilt = {
        "doubled key": (menu, folder.change(menu, entry, f"{entry}\n  id: again") + 1, "stands twice"),
        "unknown name": (wages, folder.change(wages, "  open: true", "  opne: true") - 2, "open"),
        "wrong word": (figures, folder.change(figures, "per: year", "per: fortnight"), "per"),
        "bad date": (holidays, folder.change(holidays, "date: 2026-02-16", "date: 2026-02-31"), "date"),
        "bad answer date": (germany, folder.change(germany, "review_by: 2027", "review_by: soon 2027"), "review_by"),
        "missing file": (sectors, 0, "missing"),
        "no front matter": (taiwan, 1, "front matter"),
        "no answer": (japan, 0, "no answer"),
        "not utf-8": (malaysia, 2, "UTF-8"),
        "stray folder": ("topics/jobs/brunei/topic.yaml", 0, "missing"),
    }
    spoilt["missing name"] = (
        "forms/help.yaml",
        folder.change("forms/help.yaml", "keep_months: 24\n", ""),
        "keep_months",
    )
    spoilt["doubled id"] = (countries, 0, "stands twice")
    folder.change(countries, country, country.replace("hong-kong", "taiwan"))
    (folder.path / sectors).unlink()
    (folder.path / "topics/jobs/brunei/topic.yaml").unlink()
    folder.write(taiwan, "Taiwan terbuka.\n")
    folder.write(japan, "---\ntitle: x\nshort: x\nquestions: [x]\n---\n\n")
    folder.write(malaysia, b"---\ntitle: \xff\n---\nx")
    text = (folder.path / rules).read_text("utf-8")
    folder.write(rules, text + "  - {kind: x\n")
    spoilt["broken yaml"] = (rules, text.count("\n") + 1, "never closed")
    return spoilt


@pytest.fixture(scope="module")
def faults(folder: Folder, planted: Mapping[str, tuple[str, int, str]]) -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as caught:
        read(folder.path)
    return caught.value.faults


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_found_with_file_line_and_mend(faults: tuple[Fault, ...], planted, what: str) -> None:
    file, line, word = planted[what]
    found = [one for one in faults if one.file == file and word in one.what]
    assert found, [str(one) for one in faults]
    assert line in [one.line for one in found] or what == "missing name"
    assert all(one.mend for one in found)


def test_nothing_is_found_that_was_not_planted(faults: tuple[Fault, ...], planted) -> None:
    assert {one.file for one in faults} <= {file for file, _, _ in planted.values()}


def test_faults_are_sorted_said_once_and_read_as_file_line_and_what_to_do(faults: tuple[Fault, ...]) -> None:
    assert list(faults) == sorted(set(faults))
    assert str(Fault("data/x.yaml", 3, "stands twice", "Keep one")) == "data/x.yaml:3: stands twice. Keep one"


def test_an_empty_folder_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(Faulty) as caught:
        load(tmp_path)
    assert "CONTENT_DIR" in caught.value.faults[0].mend


@pytest.mark.parametrize("content", [b"", b"no such thing", b"\xfd7zXZ\x00broken"])
def test_a_broken_list_of_villages_says_how_to_make_it_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "villages.csv.xz").write_bytes(content)
    with pytest.raises(Faulty) as caught:
        read_villages(tmp_path)
    assert "village import" in caught.value.faults[0].mend
