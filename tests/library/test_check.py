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
BRUNEI, MENU, WAGES = "topics/jobs/brunei/id.md", "data/menu.yaml", "data/wages.yaml"
INSURANCE, STEPS, VISA = (
    "topics/migration/insurance/id.md",
    "topics/migration/steps",
    "topics/migration/work-visa/id.md",
)
PLANTED: Mapping[str, tuple[str, str, str]] = {  # the file, what is said, what stands on the line ("": the whole file)
    "number by hand": (TAIWAN, "number by hand: 'Rp5", "Bayar Rp5.000.000"),
    "telephone by hand": (MALAYSIA, "number by hand: '0812", "Telepon 0812"),
    "unknown figure": (JAPAN, "nothing in data/ is named 'no-such'", 'figure("no-such")'),
    "lost fact": (HONG_KONG, "does not state", "states: [fakta yang hilang]"),
    "long button": ("topics/jobs/singapore/id.md", "short is longer", "short: Kerja di Singapura yang"),
    "long message": (BRUNEI, "letters", "Kalimat awal"),
    "four messages": ("topics/jobs/south-korea/id.md", "4 messages", "d"),
    "language missing": ("topics/jobs/vacancies/en.md", "the language en is missing", ""),
    "unknown related": (GERMANY, "there is no topic jobs/atlantis", "related: [jobs/atlantis]"),
    "past review": ("topics/jobs/wages/topic.yaml", "is past", "review_by: 2026-01-01"),
    "no source": ("topics/jobs/fishing-crew/topic.yaml", "no source", "sources: []"),
    "topic in no menu": (MENU, "jobs/factory-work is under no entry", "# The top list"),
    "menu without topic": (MENU, "jobs/mars does not exist", "- jobs/mars"),
    "topic twice in the menu": (MENU, "migration/steps stands twice", "- migration/steps # again"),
    "long menu label": (MENU, "longer than", "gaji yang sangat panjang"),
    "long option": (HELP, "longer than", "Saya sendiri yang sedang"),
    "field without purpose": (HELP, "purpose is missing in en", 'purpose: {id: "Supaya tahu."}'),
    "unknown answer in up_when": ("forms/complaint.yaml", "about has no answer nobody", "nobody: village"),
    "example that does not ring": ("danger/violence.yaml", "not caught: '👍'", "- 👍"),
    "near miss that rings": (
        "danger/violence.yaml",
        "caught, but no danger: 'saya dipukul majikan'",
        "- saya dipukul majikan # here",
    ),
    "danger without topic": ("danger/missing.yaml", "there is no topic", "topic: jobs/atlantis"),
    "question of two topics": ("topics/jobs", "also stands under", "- pertanyaan yang sama persis"),
    "question twice in a topic": ("topics/migration/passport/id.md", "stands twice", "- paspor dua kali # again"),
    "unknown country of a wage": (WAGES, "unknown id atlantis", "country: atlantis"),
    "wage without a rate": (WAGES, "ZZZ has no rate", "currency: ZZZ"),
    "word of two commands": ("data/commands.yaml", "also stands under", "petugas,"),
    "checked tomorrow": (f"{STEPS}/topic.yaml", "2026-11-22 is still to come", "checked: 2026-11-22"),
    "valid backwards": (f"{STEPS}/topic.yaml", "is after valid_until", "valid_from: 2027-02-01"),
    "change without words": (f"{STEPS}/topic.yaml", "is missing in en", "2026-10-03"),
    "stray file": (f"{STEPS}/catatan.txt", "nothing reads this file", ""),
    "unknown language": (f"{STEPS}/xx.md", "knows no language xx", ""),
    "heading": (INSURANCE, "a heading", "# Judul besar"),
    "table": (INSURANCE, "a table", "| satu | dua |"),
    "link without https": (INSURANCE, "does not begin with https://: 'www.contoh.test'", "(www.contoh.test)"),
    "if without endif": (VISA, "{% if %} without {% endif %}", "{% if country %} Di sana"),
    "no must_not": (TAIWAN, "no must_not", "---"),
    "telephone without a digit": ("data/contacts/east-asia.yaml", "'polisi' is no number", 'value: "polisi"'),
    "unknown country of a contact": ("data/contacts/europe.yaml", "unknown country narnia", "id: kbri-berlin"),
    "country without topic": ("data/countries.yaml", "there is no topic jobs/mars", "topic: jobs/mars"),
    "unknown checklist": ("topics/migration/documents/topic.yaml", "no checklist atlantis", "checklist: atlantis"),
    "item twice": ("checklists/coming-home.yaml", "item twin stands twice", "id: twin # again"),
    "sign that never comes up": ("forms/offer-check.yaml", "no question colour", "colour: [red]"),
}


@pytest.fixture(scope="module")
def found(folder: Folder, release: Release) -> Sequence[Fault]:
    folder.change(TAIWAN, "Taiwan terbuka", "Bayar Rp5.000.000 ke agen.\n\nTaiwan terbuka")
    folder.write(MALAYSIA, (folder.path / MALAYSIA).read_text("utf-8") + "\nTelepon 0812 3456 7890.\n")
    folder.write(JAPAN, (folder.path / JAPAN).read_text("utf-8") + '\n{{ figure("no-such") }}\n')
    _front(folder, HONG_KONG, "states: [fakta yang hilang]")
    _front(folder, "topics/jobs/singapore/id.md", "short: Kerja di Singapura yang panjang sekali")
    folder.write(
        "topics/jobs/brunei/id.md",
        (folder.path / "topics/jobs/brunei/id.md").read_text("utf-8") + "\n---\nKalimat awal\n" + "kata " * 150,
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
    folder.change("forms/complaint.yaml", "agency: village,", "agency: village, nobody: village,")
    folder.change("danger/violence.yaml", "\nexamples:\n", "\nexamples:\n  - 👍\n")
    folder.change("danger/violence.yaml", "\nnear_misses:\n", "\nnear_misses:\n  - saya dipukul majikan # here\n")
    folder.change("danger/violence.yaml", "\nexamples:\n", "\nexamples:\n  - saya dipukul majikan\n")
    folder.change("danger/missing.yaml", folder.first("danger/missing.yaml", "topic:"), "topic: jobs/atlantis")
    folder.change(
        "topics/jobs/construction-work/id.md", "questions:\n", "questions:\n  - pertanyaan yang sama persis\n"
    )
    folder.change("topics/jobs/hospitality-work/id.md", "questions:\n", "questions:\n  - pertanyaan yang sama persis\n")
    folder.change("data/wages.yaml", "country: hong-kong", "country: atlantis")
    folder.change("data/commands.yaml", "    id: [menu,", "    id: [menu, petugas,")
    _more(folder)
    return faults(assemble(read(folder.path), release.villages), TODAY, folder.path)


def _more(folder: Folder) -> None:
    folder.change(MENU, "    - migration/steps\n", "    - migration/steps\n    - migration/steps # again\n")
    twice = "questions:\n  - paspor dua kali\n  - paspor dua kali # again\n"
    folder.change("topics/migration/passport/id.md", "questions:\n", twice)
    folder.change(WAGES, "currency: TWD", "currency: ZZZ")
    steps = f"{STEPS}/topic.yaml"
    folder.change(steps, folder.first(steps, "checked:"), "checked: 2026-11-22")
    _add(folder, steps, "valid_until: 2027-01-01\nvalid_from: 2027-02-01\nchanges:")
    _add(
        folder, steps, "  - {date: 2026-10-02, what: {id: Baru., en: New.}}\n  - {date: 2026-10-03, what: {id: Baru.}}"
    )
    folder.write(f"{STEPS}/catatan.txt", "untuk nanti")
    folder.write(f"{STEPS}/xx.md", (folder.path / STEPS / "id.md").read_bytes())
    _add(folder, INSURANCE, "\n# Judul besar\n\n| satu | dua |\n\nLihat [situs](www.contoh.test).")
    _front(folder, TAIWAN, "must_not: []")
    _add(folder, VISA, "\n{% if country %} Di sana berbeda.\n\nSelesai.")
    folder.change("data/contacts/east-asia.yaml", 'value: "999"', 'value: "polisi"')
    folder.change("data/contacts/europe.yaml", "country: germany", "country: narnia")
    country = folder.first("data/countries.yaml", "  topic:")
    folder.change("data/countries.yaml", country, "  topic: jobs/mars")
    documents = "topics/migration/documents/topic.yaml"
    folder.write(documents, _without(folder, documents, "checklist:") + "checklist: atlantis\n")
    twin = "  - id: twin{}\n    text: {{id: Kembar, en: Twin}}\n"
    folder.change("checklists/coming-home.yaml", "items:\n", "items:\n" + twin.format("") + twin.format(" # again"))
    when = folder.first("forms/offer-check.yaml", "    when:")
    folder.change("forms/offer-check.yaml", when, "    when:\n      colour: [red]")


def _add(folder: Folder, file: str, text: str) -> None:
    folder.write(file, (folder.path / file).read_text("utf-8").rstrip("\n") + f"\n{text}\n")


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


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_found_with_file_line_and_mend(found: Sequence[Fault], folder: Folder, what: str) -> None:
    file, words, on_line = PLANTED[what]
    fitting = [one for one in found if one.file.startswith(file) and words in one.what]
    assert fitting, [str(one) for one in found if one.file.startswith(file)]
    assert all(one.mend for one in fitting)
    assert on_line in _text(folder, fitting[0]) if on_line else fitting[0].line == 0, str(fitting[0])


def _text(folder: Folder, fault: Fault) -> str:
    """What stands on the line of a fault."""
    assert fault.line > 0, str(fault)
    return (folder.path / fault.file).read_text("utf-8").splitlines()[fault.line - 1]


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
