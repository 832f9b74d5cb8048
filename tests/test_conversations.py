"""Conversations that are files: each is played twice, the second time with a restart before every message."""

from pathlib import Path
from typing import Any

import pytest

from bot.wording import Wording
from tests.replay import HELD, play, read, update

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))
EXPECTED = {"phrases": [], "topic": "", "told": {}, "case": ""}


@pytest.mark.parametrize("reopen", [False, True], ids=["kept-open", "restarted"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_the_conversation_goes_as_its_file_promises(
    file: Path, reopen: bool, tmp_path: Path, wording: Wording, request: pytest.FixtureRequest
) -> None:
    seen = await play(read(file), tmp_path, wording, reopen=reopen)
    if request.config.getoption("--update") and not reopen:
        update(file, seen)
    for number, (turn, came) in enumerate(zip(read(file)["turns"], seen, strict=True), 1):
        where = f"{file.name}, turn {number}: {turn}"
        assert {name: came[name] for name in HELD} == {name: turn.get(name, EXPECTED[name]) for name in HELD}, where
        for word in _words(turn, "shows"):
            assert word in came["screen"], f"{where}\n{came['screen']}"
        for word in _words(turn, "hides"):
            assert word not in came["screen"], f"{where}\n{came['screen']}"


def _words(turn: dict[str, Any], name: str) -> list[str]:
    found = turn.get(name, [])
    return [found] if isinstance(found, str) else found


def test_every_conversation_says_what_it_promises() -> None:
    titles = [read(file)["title"] for file in FILES]
    assert len(set(titles)) == len(FILES) >= 25
