"""What only shows when the files are held together; and the shipped content, which has no fault."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from bot.library import Fault, Faulty, read
from bot.library.check import faults
from bot.understanding.release import Release, assemble
from tests.library.conftest import Folder

TODAY = date(2026, 11, 21)
TAIWAN, JAPAN, MALAYSIA = "topics/jobs/taiwan/id.md", "topics/jobs/japan/id.md", "topics/jobs/malaysia/id.md"
HONG_KONG, GERMANY, HELP = "topics/jobs/hong-kong/id.md", "topics/jobs/germany/topic.yaml", "forms/help.yaml"
WORDS: Mapping[str, tuple[str, str]] = {
    "number by hand": (TAIWAN, "number by hand: 'Rp5"),
    "telephone by hand": (MALAYSIA, "number by hand: '0812"),
    "unknown figure": (JAPAN, "cannot be filled in"),
    "lost fact": (HONG_KONG, "does not state"),
    "long button": ("topics/jobs/singapore/id.md", "short is longer"),
    "long message": ("topics/jobs/brunei/id.md", "letters"),
    "four messages": ("topics/jobs/south-korea/id.md", "4 messages"),
    "language missing": ("topics/jobs/vacancies/en.md", "missing"),
    "unknown related": (GERMANY, "there is no topic jobs/atlantis"),
    "past review": ("topics/jobs/wages/topic.yaml", "is past"),
    "no source": ("topics/jobs/fishing-crew/topic.yaml", "no source"),
    "topic in no menu": ("data/menu.yaml", "jobs/factory-work is under no entry"),
    "menu without topic": ("data/menu.yaml", "jobs/mars does not exist"),
    "long menu label": ("data/menu.yaml", "longer than"),
    "long option": (HELP, "longer than"),
    "field without purpose": (HELP, "purpose is missing in en"),
    "unknown answer in up_when": ("forms/complaint.yaml", "about has no answer nobody"),
    "example that does not ring": ("danger/violence.yaml", "not caught: 'selamat pagi bu'"),
    "near miss that rings": ("danger/violence.yaml", "caught, but no danger: 'saya dipukul majikan'"),
    "danger without topic": ("danger/missing.yaml", "there is no topic"),
    "question twice": ("topics/jobs", "also stands under"),
    "unknown country of a wage": ("data/wages.yaml", "unknown id atlantis"),
    "word of two commands": ("data/commands.yaml", "also stands under"),
}


@pytest.fixture(scope="module")
def found(folder: Folder, release: Release) -> Sequence[Fault]:
    folder.change(TAIWAN, "Taiwan terbuka", "Bayar Rp5.000.000 ke agen.\n\nTaiwan terbuka")
    folder.write(MALAYSIA, (folder.path / MALAYSIA).read_text("utf-8") + "\nTelepon 0812 3456 7890.\n")
    folder.write(JAPAN, (folder.path / JAPAN).read_text("utf-8") + '\n{{ figure("no-such") }}\n')
    _front(folder, HONG_KONG, "states: [fakta yang hilang]")
    _front(folder, "topics/jobs/singapore/id.md", "short: Kerja di Singapura yang panjang sekali")
    folder.write(
        "topics/jobs/brunei/id.md", (folder.path / "topics/jobs/brunei/id.md").read_text("utf-8") + "\n" + "kata " * 150
    )
    korea = "topics/jobs/south-korea/id.md"
    folder.write(
        korea, (folder.path / korea).read_text("utf-8").split("\n---\n")[0] + "\n---\n" + "\n---\n".join("abcd")
    )
    (folder.path / "topics/jobs/vacancies/en.md").unlink()
    folder.write(GERMANY, _without(folder, GERMANY, "related:") + "related: [jobs/atlantis]\n")
    wages = "topics/jobs/wages/topic.yaml"
    folder.change(wages, folder.first(wages, "review_by:"), "review_by: 2026-01-01")
    folder.write("topics/jobs/fishing-crew/topic.yaml", "checked: 2026-11-21\nreview_by: 2027-11-21\nsources: []\n")
    folder.change("data/menu.yaml", "    - jobs/factory-work", "    - jobs/mars")
    folder.change("data/menu.yaml", "id: Lowongan dan gaji,", "id: Lowongan dan gaji yang sangat panjang,")
    folder.change(HELP, "label: {id: Saya sendiri,", "label: {id: Saya sendiri yang sedang menulis ini,")
    purpose = folder.first(HELP, "    purpose:")
    folder.change(HELP, purpose, '    purpose: {id: "Supaya tahu."}')
    folder.change("forms/complaint.yaml", "agency]", "agency, nobody]")
    folder.change("danger/violence.yaml", "\nexamples:\n", "\nexamples:\n  - selamat pagi bu\n")
    folder.change("danger/violence.yaml", "\nnear_misses:\n", "\nnear_misses:\n  - saya dipukul majikan\n")
    folder.change("danger/missing.yaml", folder.first("danger/missing.yaml", "topic:"), "topic: jobs/atlantis")
    folder.change(
        "topics/jobs/construction-work/id.md", "questions:\n", "questions:\n  - pertanyaan yang sama persis\n"
    )
    folder.change("topics/jobs/hospitality-work/id.md", "questions:\n", "questions:\n  - pertanyaan yang sama persis\n")
    folder.change("data/wages.yaml", "country: hong-kong", "country: atlantis")
    folder.change("data/commands.yaml", "    id: [menu,", "    id: [menu, petugas,")
    return faults(assemble(read(folder.path), release.villages), TODAY)


def _front(folder: Folder, file: str, line: str) -> None:
    """One line of the front matter instead of what stood there."""
    kept = _without(folder, file, line.split(":", maxsplit=1)[0] + ":")
    folder.write(file, kept.replace("---\n", f"---\n{line}\n", 1))


def _without(folder: Folder, file: str, name: str) -> str:
    """The file without this name of its head and the list below it."""
    lines, kept, inside = (folder.path / file).read_text("utf-8").splitlines(), [], False
    for line in lines:
        inside = line.startswith(name) or (inside and line.startswith((" ", "-")) and line != "---")
        kept += [] if inside else [line]
    return "\n".join(kept) + "\n"


@pytest.mark.parametrize("what", WORDS)
def test_a_planted_fault_is_found_with_file_and_mend(found: Sequence[Fault], what: str) -> None:
    file, words = WORDS[what]
    fitting = [one for one in found if one.file.startswith(file) and words in one.what]
    assert fitting, [str(one) for one in found if one.file.startswith(file)]
    assert all(one.mend and one.line >= 0 for one in fitting)


def test_a_broken_pattern_of_a_danger_is_a_fault_of_its_file(folder: Folder, found: Sequence[Fault]) -> None:
    folder.change("danger/medical.yaml", "\nphrases:\n", "\nphrases:\n  - ...\n")
    with pytest.raises(Faulty) as caught:
        read(folder.path)
    assert [one.file for one in caught.value.faults] == ["danger/medical.yaml"]


def test_the_shipped_content_has_no_fault(release: Release) -> None:
    assert [str(one) for one in faults(release, release_day(release))] == []


def release_day(release: Release) -> date:
    """This does not begin to fail by itself on a later day; the build's own check does that knowingly."""
    return date.fromisoformat(str(release.content.date))


def test_everything_is_overdue_one_day(release: Release) -> None:
    overdue = [one for one in faults(release, date(2099, 1, 1)) if "is past" in one.what]
    assert len(overdue) >= len(release.content.topics)
