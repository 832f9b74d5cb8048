"""What a release learns is kept from one start to the next: the same as learnt anew, and never trusted unless it is whole."""

import lzma
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from bot.library import learnt
from bot.library.learnt import KEPT, have_learnt, kept_in, program
from bot.model.knowledge import Content
from bot.understanding import lore
from bot.understanding.lore import Values, as_values
from bot.understanding.release import Release, assemble
from bot.understanding.search import Finder
from bot.understanding.villages import Villages
from tests.conftest import CONTENT

HOUSE = Path(__file__).parents[2]
SAID = (
    "paspor saya ditahan majikan",
    "ppr sy ditahan majikn",
    "anak saya sekolah bagaimana kalau saya berangkat",
    "suami saya dipukuli majikannya, tolong",
    "gaji sudah tiga bulan tidak dibayar",
    "resep rendang",
    "",
    "¿?",
)
PLACES = ("teupah selatan", "latiung", "latiun", "lugu sebahan", "labuhan bakti teupah", "tidak ada", "11.09.01.2001")
Start = Callable[..., Release]


@pytest.fixture(scope="module")
def few(release: Release) -> Content:
    """The content with a handful of topics, so that it is learnt in a moment; with enough danger to be heard."""
    content = release.content
    topics = {id: content.topics[id] for id in ("protection/withheld-documents", "family/parenting")}
    cut = (replace(one, examples=one.examples[:40], near_misses=one.near_misses[:9]) for one in content.dangers)
    nothing = {language: texts[:100] for language, texts in content.out_of_scope.items()}
    return replace(content, topics=topics, dangers=tuple(cut), out_of_scope=nothing, digest="few")


@pytest.fixture(scope="module")
def start(few: Content) -> Start:
    """Makes the release that a start makes: it has learnt nothing yet."""
    villages = "\n".join(lzma.decompress((CONTENT / "villages.csv.xz").read_bytes()).decode().splitlines()[:900])

    def made(**changes: object) -> Release:
        return assemble(replace(few, **changes), Villages.read(villages))  # type: ignore[arg-type]

    return made


@pytest.fixture(scope="module")
def taught(start: Start) -> Release:
    """A release that has learnt all there is."""
    release = start()
    lore.learnt(release)
    return release


@pytest.fixture
def kept(taught: Release, tmp_path: Path) -> Path:
    """The file that the first start left."""
    have_learnt(taught, tmp_path)
    return kept_in(tmp_path, taught)


def forbidden(release: Release) -> Release:
    """A release that may not learn."""

    def never() -> NoReturn:
        raise AssertionError("it learns anew")

    return replace(release, finder=Finder(never), danger=replace(release.danger, examples=never))


def understood(release: Release) -> list[object]:
    """All that a release makes of what is said."""
    heard = [release.hear(text) for text in SAID]
    found = [release.find(one.terms) for one in heard]
    return [*heard, *found, *(release.villages.find(text) for text in PLACES)]


def same(one: Values, other: Values) -> bool:
    """Whether two have learnt the same, to the last bit."""
    assert one.arrays.keys() == other.arrays.keys()
    alike = all(np.array_equal(one.arrays[name], other.arrays[name]) for name in one.arrays)
    return alike and list(one.texts) == list(other.texts) and repr(one.texts) == repr(other.texts)


def test_a_second_start_learns_nothing_and_understands_the_same(taught: Release, kept: Path, start: Start) -> None:
    second = forbidden(start())
    have_learnt(second, kept.parent)
    assert understood(second) == understood(taught)
    assert second.find(_terms(second)).topic and second.hear(SAID[3]).danger, "and something at all"
    assert same(as_values(lore.learnt(second)), as_values(lore.learnt(taught)))


def test_learning_anew_gives_the_same_to_the_last_bit(taught: Release, start: Start) -> None:
    assert same(as_values(lore.learnt(start())), as_values(lore.learnt(taught)))


def test_too_little_danger_to_learn_from_is_kept_as_such(start: Start, tmp_path: Path) -> None:
    calm = {"dangers": (), "topics": {}, "out_of_scope": {"id": ("apa itu meter",)}, "digest": "calm"}
    release = start(**calm)
    have_learnt(release, tmp_path)
    second = forbidden(start(**calm))
    have_learnt(second, tmp_path)
    assert second.danger.cries is None and second.hear(SAID[3]).danger is None


def _half(file: Path) -> bytes:
    return file.read_bytes()[: file.stat().st_size // 2]


def _one_bit(file: Path) -> bytes:
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 1
    return bytes(body)


def _sealed_nothing(file: Path) -> bytes:
    return learnt._closed(file.name, Values({}, {}))


def _sealed_no_archive(file: Path) -> bytes:
    return learnt._seal(file.name, memoryview(b"PK not really")) + b"PK not really"


def _sealed_for_another(file: Path) -> bytes:
    return learnt._seal("another.learnt", memoryview(file.read_bytes())[64:]) + file.read_bytes()[64:]


@pytest.mark.parametrize(
    "spoilt",
    [
        _half,
        _one_bit,
        _sealed_nothing,
        _sealed_no_archive,
        _sealed_for_another,
        lambda _: b"",
        lambda file: file.read_bytes() + b"x",
    ],
)
def test_what_is_not_whole_is_said_once_and_learnt_anew(
    spoilt: Callable[[Path], bytes], taught: Release, kept: Path, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    good = kept.read_bytes()
    kept.write_bytes(spoilt(kept))
    release = start()
    have_learnt(release, kept.parent)
    assert understood(release) == understood(taught)
    assert [one.getMessage() for one in caplog.records if kept.name not in one.getMessage()] == []
    assert len(caplog.records) == 1
    assert kept.read_bytes() == good, "and is whole again for the next start"


def test_other_content_is_learnt_for_itself(taught: Release, kept: Path, start: Start) -> None:
    fewer = {id: one for id, one in taught.content.topics.items() if id != taught.find(_terms(taught)).topic}
    other = start(topics=fewer, digest="fewer")
    have_learnt(other, kept.parent)
    assert other.find(_terms(other)).topic != taught.find(_terms(taught)).topic
    assert {kept, kept_in(kept.parent, other)} == set(kept.parent.iterdir())


def _terms(release: Release) -> tuple[str, ...]:
    return release.hear(SAID[0]).terms


def test_another_program_learns_for_itself(
    kept: Path, start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(learnt, "program", lambda: "another")
    with pytest.raises(AssertionError, match="learns anew"):
        have_learnt(forbidden(start()), kept.parent)
    assert caplog.records == []


@pytest.mark.parametrize(
    "room", ["understanding/learning.py", "understanding/lore.py", "library/load.py", "model/content.py"]
)
def test_a_changed_source_is_another_program(room: str, tmp_path: Path) -> None:
    bot = shutil.copytree(HOUSE / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    assert program(bot) == program()
    (bot / room).write_text((bot / room).read_text("utf-8") + "\n# changed\n", "utf-8")
    assert program(tmp_path / "elsewhere" / ".." / "bot") != program()


def test_a_folder_that_cannot_be_made_stops_nobody(
    taught: Release, start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").write_text("a file")
    release = start()
    have_learnt(release, tmp_path / "taken")
    assert understood(release) == understood(taught)
    assert "cannot be kept" in caplog.text


def test_a_full_disk_stops_nobody_and_leaves_nothing_half_written(
    taught: Release, start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    release = start()
    with _no_room():
        have_learnt(release, tmp_path)
    assert understood(release) == understood(taught)
    assert "cannot be kept" in caplog.text and list(tmp_path.iterdir()) == []


@contextmanager
def _no_room() -> Iterator[None]:
    """No file of this process grows beyond some kilobytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_only_what_was_used_last_is_kept(taught: Release, kept: Path, start: Start) -> None:
    folder = kept.parent
    for age, name in enumerate(("c", "b", "a"), 1):
        (folder / f"{name}.learnt").write_bytes(b"")
        os.utime(folder / f"{name}.learnt", (1000 - age, 1000 - age))
    for name, at in (("left.half", 1000.0), ("at-work.half", None)):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (at, at) if at else None)
    os.utime(kept, (1, 1))
    have_learnt(forbidden(start()), folder)
    have_learnt(start(digest="newest"), folder)
    left = {one.name for one in folder.iterdir()}
    assert len([one for one in left if one.endswith(".learnt")]) == KEPT
    assert kept.name in left, "it was the oldest, but has just been used"
    assert {"c.learnt", "at-work.half"} <= left and "left.half" not in left
