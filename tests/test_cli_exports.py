"""`export` as a real process: the operator's files, written down like an officer's."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.command import Command
from tests.test_sheets import read

WHY = "Laporan triwulan untuk kementerian"
ALL_YEAR = ("--from", "2026-01", "--to", "2026-12", "--reason", WHY)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def written_down(command: Command) -> list[tuple[str, str, int, int]]:
    with sqlite3.connect(command.database) as database:
        return database.execute("select what, period, personal, body_sealed is not null from export").fetchall()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_statistics_are_written_for_the_owner_alone(command: Command, kind: str) -> None:
    file = command.folder / f"statistik.{kind}"
    ended = command("export", "statistics", "--unit", "52.02.12", *ALL_YEAR, "--format", kind, file)
    assert ended.code == 0, ended.err
    cells = read(file.read_bytes(), kind)  # type: ignore[arg-type]
    assert len({len(row) for row in cells}) == 1
    assert {cell for row in cells[1:] for cell in row[3:]} == {"<5", ""}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert written_down(command) == [("statistics", "2026", 0, 0)]


def test_a_file_that_is_there_is_not_written_over(command: Command) -> None:
    file = command.folder / "kasus.csv"
    file.write_text("milik orang")
    ended = command("export", "cases", *ALL_YEAR, "--format", "csv", file)
    assert (ended.code, file.read_text()) == (1, "milik orang")
    assert "there already" in ended.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2026-01", "--to", "2026-02", "--reason", WHY), "no month, quarter or year"),
        (("--from", "2026-02-31", "--to", "2026-02-31", "--reason", WHY), "no month, quarter or year"),
        (("--from", "2026-01", "--to", "2026-01", "--reason", "ya"), "--reason"),
        ((*ALL_YEAR, "--unit", "99.99"), "no code"),
        ((*ALL_YEAR[:4],), "--reason"),
    ],
)
def test_a_slip_is_told_in_one_line_and_nothing_is_written(command: Command, words: tuple[str, ...], said: str) -> None:
    ended = command("export", "cases", *words, "file.xlsx")
    assert ended.code != 0
    assert said in ended.err and "Traceback" not in ended.err
    assert not (command.folder / "file.xlsx").exists()
