"""YAML as editors write it: every value is text, no key twice, and each value knows its line."""

from pathlib import Path
from typing import Any

import pytest

from bot.library.faults import Fault, Faulty, counted, located
from bot.library.files import duplicates, gather, read_yaml, shape, split_front_matter
from bot.model.content import Answer, MenuEntry
from bot.model.work import Job


def sheet(tmp_path: Path, text: str) -> Any:
    file = tmp_path / "x.yaml"
    file.write_text(text, "utf-8")
    return read_yaml(file, tmp_path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 0812", "0812"),
        ("a: no", "no"),
        ("a: 10:30", "10:30"),
        ("a: 2026-11-21", "2026-11-21"),
        ("a: 1e3", "1e3"),
        ("a: ''", ""),
        ("a:", None),
        ("a: ~", None),
        ("a: 'null'", "null"),
        ("a: [x, yes]", ["x", "yes"]),
        ("a: {b: on}", {"b": "on"}),
    ],
)
def test_every_value_is_the_text_that_stands_there(tmp_path: Path, text: str, value: object) -> None:
    assert sheet(tmp_path, text).value == {"a": value}


@pytest.mark.parametrize(
    ("text", "lines"), [("a: 1\nb: 2\na: 3", [3]), ("x:\n  a: 1\n  a: 2\ny: 1\ny: 2", [3, 5]), ("- {a: 1, a: 2}", [1])]
)
def test_every_doubled_key_is_a_fault_at_its_own_line(tmp_path: Path, text: str, lines: list[int]) -> None:
    with pytest.raises(Faulty) as caught:
        sheet(tmp_path, text)
    assert [one.line for one in caught.value.faults] == lines


def test_a_value_knows_its_line_and_what_is_missing_that_of_what_is_around_it(tmp_path: Path) -> None:
    found = sheet(tmp_path, "a:\n  - x\n  - b: 1\n    c: 2\n")
    assert found.line(("a", 1, "c")) == 4
    assert found.line(("a", 1, "missing")) == 3
    assert found.line(("nowhere",)) == 1


def test_lines_of_a_front_matter_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "id.md"
    file.write_text("---\ntitle: x\ntitle: y\n---\nBody\n", "utf-8")
    with pytest.raises(Faulty) as caught:
        split_front_matter(file, tmp_path)
    assert [one.line for one in caught.value.faults] == [3]
    file.write_text("---\ntitle: x\n---\n\nBody\n", "utf-8")
    head, body, _ = split_front_matter(file, tmp_path)
    assert (head.value, body.strip()) == ({"title": "x"}, "Body")


def test_all_faults_of_all_parts_are_gathered() -> None:
    def part(name: str) -> None:
        raise Faulty([Fault(name, 1, "wrong", "Mend it")])

    with pytest.raises(Faulty) as caught:
        gather([lambda: part("a"), lambda: "fine", lambda: part("b")])
    assert [one.file for one in caught.value.faults] == ["a", "b"]
    assert gather([lambda: 1, lambda: 2]) == [1, 2]


def test_what_stands_more_than_once_is_named() -> None:
    assert duplicates(["a", "b", "a", "a"]) == ["a", "a"]
    assert duplicates(["a", "b"]) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: b\nc: d: e\n", 2, "a colon in a text"),
        ("a:\n\t- b\n", 2, "a tab"),
        ("a: 'x\nb: y\n", 1, "a quote that is opened and never closed"),
        ("a: b\nc: [x\nd: y\n", 2, "[ or { that is opened"),
        ("a: b\nc: @x\n", 2, "a sign of YAML"),
        ("a: b\nc: 'it's'\n", 2, "a quote within quotes"),
        ("a: b\nc: {{ figure }}\n", 2, "begins with { or ["),
        ("a: b\nc: \x01\n", 1, "a sign that cannot be shown"),
    ],
)
def test_what_is_no_yaml_is_said_without_the_words_of_yaml(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(Faulty) as caught:
        sheet(tmp_path, text)
    (fault,) = caught.value.faults
    assert (fault.line, words in fault.what) == (line, True), str(fault)


def test_a_mark_at_the_beginning_of_a_file_is_dropped(tmp_path: Path) -> None:
    assert sheet(tmp_path, "\ufeffa: b").value == {"a": "b"}
    file = tmp_path / "id.md"
    file.write_text("\ufeff---\ntitle: x\n---\nBody\n", "utf-8")
    assert split_front_matter(file, tmp_path)[0].value == {"title": "x"}


ENTRY = "- id: go\n  title: {id: Pergi}\n  topics: [a]\n"
TEXT = "title: x\nshort: x\nparts: [x]\n"


@pytest.mark.parametrize(
    ("kind", "text", "line", "said"),
    [
        (
            tuple[MenuEntry, ...],
            ENTRY + "- id: stay\n  title: {id: x}\n",
            4,
            "entry 2 (stay): topics: is missing. Add it",
        ),
        (tuple[MenuEntry, ...], ENTRY + "  titel: x\n", 4, "entry 1 (go): unknown word 'titel'. Did you mean title?"),
        (
            tuple[MenuEntry, ...],
            ENTRY.replace("[a]", "a"),
            3,
            "(go): topics: one text where a list is wanted. Write a list",
        ),
        (tuple[MenuEntry, ...], ENTRY.replace("go", ""), 1, "entry 1: id: is empty"),
        (
            tuple[Job, ...],
            "- country: taiwan\n  wage: {kind: x}\n",
            2,
            "entry 1 (taiwan): wage.kind: must be 'minimum'",
        ),
        (tuple[Job, ...], "- country: taiwan\n  wage:\n    curency: x\n", 3, "'curency'. Did you mean currency?"),
        (tuple[Job, ...], "- country: taiwan\n  open: maybe\n", 2, "open: is neither true nor false"),
        (
            Answer,
            TEXT + "questions:\n  - a\n  - saya: mau\n",
            6,
            "questions entry 2: a colon or { } where one text is wanted",
        ),
        (Answer, TEXT + "questions: [[a]]\n", 4, "questions entry 1: a list where one text is wanted"),
    ],
)
def test_a_wrong_value_is_said_as_an_editor_would(tmp_path: Path, kind: Any, text: str, line: int, said: str) -> None:
    with pytest.raises(Faulty) as caught:
        shape(kind, sheet(tmp_path, text))
    found = [str(one) for one in caught.value.faults if one.line == line]
    assert any(said in one for one in found), [str(one) for one in caught.value.faults]


@pytest.mark.parametrize(
    ("near", "line"),
    [
        ("work", 3),  # a whole word, not the beginning of work-visa
        ("id: work ... ask:", 5),
        ("id: work ... nowhere", 3),
        ("satu dua tiga", 6),  # also over two lines
        ("](www", 8),
        ("nowhere", 1),
        ("", 1),
    ],
)
def test_a_fault_finds_its_line_by_what_stands_there(tmp_path: Path, near: str, line: int) -> None:
    text = "id: work-visa\nask: x\nid: work\nto: y\nask: z\nsatu dua\n  tiga\n[a](www.b)\n"
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    assert located(Fault("x.yaml", 1, "wrong", "Mend it", near), tmp_path).line == line


def test_of_several_files_the_one_that_holds_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yaml").write_text("id: x\n", "utf-8")
    (tmp_path / "data/b.yaml").write_text("# here\nid: y\n", "utf-8")
    assert str(located(Fault("data", 1, "wrong", "Mend it", "id: y"), tmp_path)) == "data/b.yaml:2: wrong. Mend it"
    assert located(Fault("gone.yaml", 0, "wrong", "Mend it", "id: y"), tmp_path).line == 0


def test_one_fault_is_one_fault() -> None:
    one, other = Fault("a", 1, "wrong", "Mend it"), Fault("b", 1, "wrong", "Mend it")
    assert (counted([one]), counted([one, other])) == ("1 fault", "2 faults")
