"""The ear for danger against messages it has not learnt from: half of them cries, half made to sound like cries."""

import json
from pathlib import Path

import pytest

from bot.understanding.release import Release

LIST = Path(__file__).parent / "questions" / "danger.jsonl"
LEAST_CAUGHT = 0.90
MOST_FALSE = 0.08


@pytest.fixture(scope="module")
def messages() -> list[dict[str, str]]:
    return [json.loads(line) for line in LIST.read_text(encoding="utf-8").splitlines()]


def test_the_list_is_broad(messages: list[dict[str, str]]) -> None:
    urgent = [one for one in messages if one["kind"] == "urgent"]
    assert len(urgent) >= 300
    assert len(messages) - len(urgent) >= 300
    assert len({one["text"] for one in messages}) == len(messages)


def test_danger_is_caught(release: Release, messages: list[dict[str, str]]) -> None:
    urgent = [one["text"] for one in messages if one["kind"] == "urgent"]
    missed = [text for text in urgent if release.hear(text).danger is None]
    assert len(missed) <= (1 - LEAST_CAUGHT) * len(urgent), "missed:\n" + "\n".join(missed)


def test_false_alarms_are_rare(release: Release, messages: list[dict[str, str]]) -> None:
    calm = [one["text"] for one in messages if one["kind"] != "urgent"]
    rung = [f"{found.id}: {text}" for text in calm if (found := release.hear(text).danger)]
    assert len(rung) <= MOST_FALSE * len(calm), "false alarms:\n" + "\n".join(rung)
