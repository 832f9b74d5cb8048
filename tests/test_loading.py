"""What people wait for at a start is only what serving takes; the rest is loaded by whoever asks for it."""

import subprocess
import sys

import pytest

from tests.command import HOUSE

SELDOM = {"xlsxwriter", "openpyxl", "reportlab", "pypdfium2", "numpy", "bot.cli.others", "bot.library.check"}


def loaded_by(words: str) -> set[str]:
    """The modules a fresh interpreter holds after these words."""
    told = f"{words}\nimport sys; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", told], cwd=HOUSE, capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


@pytest.mark.parametrize("words", ["import bot.app", "from bot.cli import main; main.get_command(None, 'serve')"])
def test_a_start_loads_nothing_that_is_seldom_asked_for(words: str) -> None:
    loaded = loaded_by(words)
    assert "bot.app" in loaded
    assert not loaded & SELDOM


def test_a_command_other_than_the_service_is_found_when_it_is_asked_for() -> None:
    assert "bot.library.check" in loaded_by("from bot.cli import main; assert main.get_command(None, 'check')")


def test_the_list_of_commands_names_all_of_them() -> None:
    words = (
        "from bot.cli import main; assert {'serve', 'key', 'check', 'export', 'retry'} <= {*main.list_commands(None)}"
    )
    assert "bot.cli.others" in loaded_by(words)


def test_the_collector_looks_for_garbage_again_once_all_is_loaded() -> None:
    run = (
        "import gc, runpy, sys; sys.argv = ['desmigratif', '--help']\n"
        "try: runpy.run_module('bot', run_name='__main__')\n"
        "except SystemExit: assert gc.isenabled() and gc.get_freeze_count() > 10_000"
    )
    assert "bot.cli" in loaded_by(run)
