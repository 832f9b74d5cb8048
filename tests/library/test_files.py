"""YAML as editors write it: every value is text, no key twice, and each value knows its line."""

from pathlib import Path
from typing import Any

import pytest

from bot.library.faults import Fault, Faulty
from bot.library.files import duplicates, gather, read_yaml, split_front_matter


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
