"""What was reached stays reached: the evaluation part is only ever read here, and only its sums are looked at."""

from pathlib import Path

import pytest

from bot.cli.evaluating import measure, read
from bot.wording import Wording

EVALUATION = Path(__file__).parents[1] / "questions" / "evaluation.jsonl"


@pytest.fixture(scope="module")
def found(wording: Wording) -> dict[str, float]:
    return measure(wording, read(EVALUATION))


@pytest.mark.parametrize(
    ("rate", "floor"),
    [("right at once", 0.84), ("right or offered", 0.935), ("danger caught", 0.91)],
)
def test_no_fewer_are_understood(found: dict[str, float], rate: str, floor: float) -> None:
    assert found[rate] >= floor


@pytest.mark.parametrize(
    ("rate", "ceiling"),
    [("wrong as if right", 0.045), ("out of scope answered", 0.065), ("false alarms in scope", 0.035)],
)
def test_no_more_are_misunderstood(found: dict[str, float], rate: str, ceiling: float) -> None:
    assert found[rate] <= ceiling
