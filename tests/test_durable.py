"""What is made is on the disk with its name before anything builds on it, and nothing half made stands in the way."""

import os
from pathlib import Path

import pytest

from bot.durable import make_folder, write_new


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What is brought to the disk, in order; for a file, under the name it has then."""
    found: list[Path] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        found.append(Path(f"/proc/self/fd/{handle}").readlink())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    return found


def test_every_folder_that_is_new_is_made_known_to_the_one_above(tmp_path: Path, synced: list[Path]) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    assert set(synced) == {tmp_path, tmp_path / "a", tmp_path / "a" / "b"}
    make_folder(tmp_path / "a" / "b" / "c")
    assert len(synced) == 3


def test_a_new_file_is_on_the_disk_before_it_has_its_name_and_then_its_name_is(
    tmp_path: Path, synced: list[Path]
) -> None:
    write_new(tmp_path / "key", "secret")
    content, name = synced
    assert content.parent == tmp_path and content.name != "key"
    assert name == tmp_path
    assert (tmp_path / "key").read_text() == "secret"
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_what_is_there_already_stays_as_it_is(tmp_path: Path) -> None:
    write_new(tmp_path / "key", "first")
    write_new(tmp_path / "key", "second")
    assert (tmp_path / "key").read_text() == "first"
    assert [one.name for one in tmp_path.iterdir()] == ["key"]


def test_what_cannot_be_brought_to_the_disk_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="no space"):
            write_new(tmp_path / "key", "secret")
    assert list(tmp_path.iterdir()) == []
    write_new(tmp_path / "key", "secret")
    assert (tmp_path / "key").read_text() == "secret"
