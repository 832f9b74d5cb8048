"""A copy of the shipped content to plant faults in."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import CONTENT


class Folder:
    """The copy, and small ways of spoiling it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def change(self, file: str, old: str, new: str) -> int:
        """Put something in place of the first `old`; the line it stands on."""
        text = (self.path / file).read_text("utf-8")
        assert old in text, f"{file} holds no {old!r}"
        (self.path / file).write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    def write(self, file: str, text: str | bytes) -> None:
        (self.path / file).write_bytes(text if isinstance(text, bytes) else text.encode())

    def first(self, file: str, start: str) -> str:
        """The first line that begins like this."""
        return next(line for line in (self.path / file).read_text("utf-8").splitlines() if line.startswith(start))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    path = tmp_path_factory.mktemp("content") / "content"
    shutil.copytree(CONTENT, path)
    return Folder(path)
