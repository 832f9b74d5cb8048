"""Conversations that are files: each is played on every channel and means the same, once with a restart before every message."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.wording import Wording
from tests.postgresql import Postgres
from tests.replay import HELD, play, read, turns, update

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))
ON_A_SERVER = (
    "officers-whole-job",
    "a-part-shared-two-cases-joined",
    "a-promise-that-is-not-kept",
    "code-word-and-not-now",
    "registered-by-an-officer",
    "reporter-and-worker",
    "training-on-pretend-cases",
    "withdrawal",
)
EXPECTED = {"phrases": [], "topic": "", "told": {}, "case": ""}


@pytest.mark.parametrize(
    ("channel", "reopen"),
    [("telegram", False), ("whatsapp", True), ("web", False)],
    ids=["telegram", "whatsapp-restarted", "web"],
)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_the_conversation_goes_as_its_file_promises(
    file: Path, channel: str, reopen: bool, tmp_path: Path, wording: Wording, request: pytest.FixtureRequest
) -> None:
    seen = await play(read(file), tmp_path, wording, channel=channel, reopen=reopen)
    if request.config.getoption("--update") and channel == "telegram":
        update(file, seen)
    for number, (turn, came) in enumerate(zip(turns(read(file), channel), seen, strict=True), 1):
        where = f"{file.name}, turn {number}: {turn}"
        assert _meant(came, turn["met"]) == _meant({**EXPECTED, **turn}, turn["met"]), where
        for word in _words(turn, "shows"):
            assert word in came["screen"], f"{where}\n{came['screen']}"
        for word in _words(turn, "hides"):
            assert word not in came["screen"], f"{where}\n{came['screen']}"


@pytest.mark.parametrize("name", ON_A_SERVER)
async def test_on_a_server_it_goes_as_on_a_file(name: str, postgres: Postgres, wording: Wording) -> None:
    """With a restart before every message."""
    file = Path(__file__).parent / "conversations" / f"{name}.yaml"
    seen = await play(read(file), postgres.migrated(), wording, reopen=True)
    for number, (turn, came) in enumerate(zip(turns(read(file), "telegram"), seen, strict=True), 1):
        assert _meant(came, turn["met"]) == _meant({**EXPECTED, **turn}, turn["met"]), f"{name}, turn {number}: {turn}"


def _meant(given: Mapping[str, Any], met: bool) -> dict[str, Any]:
    meant = {name: given[name] for name in HELD}
    return {**meant, "phrases": [one for one in meant["phrases"] if not (met and one == "welcome")]}


def _words(turn: dict[str, Any], name: str) -> list[str]:
    found = turn.get(name, [])
    return [found] if isinstance(found, str) else found


def test_every_conversation_says_what_it_promises() -> None:
    titles = [read(file)["title"] for file in FILES]
    assert len(set(titles)) == len(FILES) >= 25
