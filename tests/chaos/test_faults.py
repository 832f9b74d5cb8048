"""The short form of every fault: no promise is broken."""

import pytest

from tests.chaos.faults import FAULTS
from tests.chaos.outcome import Fault, Outcome
from tests.chaos.table import BEGIN, END, Row, keep


@pytest.mark.xdist_group("chaos")  # one after the other: each has processes enough of its own
@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.id)
async def test_no_promise_is_broken(fault: Fault) -> None:
    outcome = await fault.run(fault.short)
    assert outcome.failures == 0, outcome.figures
    assert outcome.trials > 0


def test_a_row_takes_the_place_of_the_one_before_it(tmp_path) -> None:
    async def never(_: int) -> Outcome:
        raise AssertionError

    page = tmp_path / "page.md"
    page.write_text(f"head\n{BEGIN}{END}tail\n", "utf-8")
    for fault, outcome in (
        ("F10", Outcome(9, 0, "a|b")),
        ("F2", Outcome(30, 0, "first")),
        ("F2", Outcome(30, 1, "second")),
    ):
        keep(Row.of(Fault(fault, "work", never, 1, 1, 1), outcome, 1.4), page)
    text = page.read_text("utf-8")
    assert text.startswith("head\n") and text.endswith("tail\n")
    assert text.index("| F2 |") < text.index("| F10 |")
    assert "second" in text and "first" not in text
    assert "1 of 30" in text and "< 0.33" in text and "a\\|b" in text
