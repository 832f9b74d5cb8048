"""One `serve` on a database at a time."""

from pathlib import Path

import pytest

from bot.store.database import Unusable
from bot.store.lock import alone


def test_a_second_one_is_told_so_and_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "var" / "a.db"
    with alone(path):
        with pytest.raises(Unusable, match="another serve works on"), alone(path):
            raise AssertionError
        with alone(tmp_path / "b.db"):
            pass
    with alone(path):
        pass


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(Unusable, match="cannot use the lock"), alone(tmp_path / "var" / "a.db"):
        raise AssertionError
