"""Nobody can be found in a table, nor in the difference of two: N20."""

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.casework.small_cells import STEP, Cell, cell, climb
from bot.casework.tables import OTHERS, by_month, by_unit, measures, waiting_time
from bot.model.report import Counted, Waited

VILLAGES = [f"52.02.{district:02}.20{village:02}" for district in (1, 2) for village in range(1, 6)]
UNITS = [*VILLAGES, "52.02.01", "52.02"]
MONTHS = ["2026-10", "2026-11", "2026-12"]
COUNTS = some.dictionaries(some.sampled_from(UNITS), some.sampled_from([0, 1, 3, 4, 4, 4, 5, 8, 9, 14, 20]))


def possible(shown: Cell) -> range:
    """What a reader takes a count for. (Of a total shown one step lower they would have to allow for one more.)"""
    return range(shown.shown, shown.shown + STEP)


def partitions(cells: Mapping[str, Cell], own: Mapping[str, Cell]) -> Iterator[tuple[Cell, list[Cell]]]:
    """Every total with the parts it is the sum of, as published somewhere."""
    for unit, total in cells.items():
        children = [one for name, one in cells.items() if name and name != unit and name.rpartition(".")[0] == unit]
        yield total, [*children, *([own[unit]] if unit in own and children else [])]


def could_be(part: Cell, parts: list[Cell], total: range) -> set[int]:
    """The counts a part can have, as far as its total less all other parts tells."""
    others = [possible(one) for one in parts if one is not part]
    least, most = sum(one[0] for one in others), sum(one[-1] for one in others)
    return {count for count in possible(part) if least <= total[-1] - count and total[0] - count <= most}


@given(COUNTS)
def test_no_hidden_cell_can_be_had_by_taking_a_total_and_its_other_parts(counts: dict[str, int]) -> None:
    cells, own = climb(counts), {unit: cell(count) for unit, count in counts.items() if count}
    for total, parts in partitions(cells, own):
        for part in parts:
            if not part.shown and len(parts) > 1:
                assert len(could_be(part, parts, possible(total))) > 1, (total, parts)


@given(some.lists(COUNTS, min_size=3, max_size=3))
def test_nor_by_taking_one_month_from_the_quarter(months: list[dict[str, int]]) -> None:
    whole = climb({unit: sum(month.get(unit, 0) for month in months) for unit in UNITS})
    single = [climb(month) for month in months]
    for unit, total in whole.items():
        parts = [month.get(unit, Cell()) for month in single]
        for part in parts:
            if not part.shown:
                assert len(could_be(part, parts, possible(total))) > 1, (unit, total, parts)


@given(COUNTS)
def test_every_number_that_is_shown_is_a_multiple_of_five_and_never_too_large(counts: dict[str, int]) -> None:
    for one in climb(counts).values():
        assert one.shown % STEP == 0
        assert 0 <= one.shown <= one.count < one.shown + 2 * STEP


@pytest.mark.parametrize("count", range(5))
def test_none_and_under_five_are_one_mark(count: int) -> None:
    assert cell(count).shown == 0


def test_five_villages_of_four_do_not_tell_that_each_has_four() -> None:
    cells = climb(dict.fromkeys(VILLAGES[:5], 4))
    assert cells["52.02.01"] == Cell(20, 15)


def test_a_place_with_a_single_part_is_rounded_like_it() -> None:
    cells = climb({VILLAGES[0]: 9})
    assert {cells[unit].shown for unit in (VILLAGES[0], "52.02.01", "52.02", "52", "")} == {5}


def of(unit: str, count: int, month: str = "2026-11", **but: str | bool) -> Counted:
    given = {"kind": "complaint", "urgency": "sensitive", "fate": "open", "late": False, **but}
    return Counted(unit, month, count=count, **given)  # type: ignore[arg-type]


@given(
    some.lists(some.tuples(some.sampled_from(VILLAGES), some.sampled_from(MONTHS), some.integers(1, 6)), max_size=12)
)
def test_a_place_says_the_same_as_a_line_and_as_a_total(drawn: list[tuple[str, str, int]]) -> None:
    counted = [of(unit, count, month) for unit, month, count in drawn]
    asked = measures(["complaint"])
    for line in by_unit(counted, "52.02", asked, {}).lines:
        alone = [one for one in counted if one.unit.startswith(line.name)]
        assert by_unit(alone, line.name, asked, {}).total.numbers == line.numbers
    for line in by_month(counted, "52.02", asked, MONTHS):
        alone = [one for one in counted if one.month == line.name]
        assert by_unit(alone, "52.02", asked, {}).total.numbers == line.numbers


def test_places_too_small_for_a_line_stand_together() -> None:
    table = by_unit([of(VILLAGES[0], 4), of(VILLAGES[1], 3), of(VILLAGES[2], 11)], "52.02.01", measures([]), {})
    assert [(line.name, line.numbers["opened"]) for line in table.lines] == [(VILLAGES[2], 10)]
    assert table.others is not None
    assert (table.others.name, table.others.numbers["opened"]) == (OTHERS, 5)
    assert table.total.numbers["opened"] == 15


def test_what_waits_at_the_district_is_a_line_of_its_own_and_not_the_villages() -> None:
    table = by_unit([of("52.02.01", 6), of(VILLAGES[0], 7)], "52.02.01", measures([]), {})
    assert {line.name: line.numbers["opened"] for line in table.lines} == {"52.02.01": 5, VILLAGES[0]: 5}
    assert table.total.numbers["opened"] == 10


def test_each_thing_that_is_counted_has_its_column() -> None:
    counted = [
        of(VILLAGES[0], 5, fate="solved"),
        of(VILLAGES[0], 10, late=True, urgency="emergency", kind="help"),
        of(VILLAGES[0], 5, fate="withdrawn"),
    ]
    numbers = by_unit(counted, VILLAGES[0], measures(["complaint", "help"]), {}).total.numbers
    assert {name: number for name, number in numbers.items() if number} == {
        "opened": 20,
        "open": 10,
        "overdue": 10,
        "urgency:emergency": 10,
        "urgency:sensitive": 10,
        "fate:solved": 5,
        "fate:withdrawn": 5,
        "kind:complaint": 10,
        "kind:help": 10,
    }


@pytest.mark.parametrize(
    ("waited", "shown"),
    [
        (Waited(4, 10, 20), (0, 0)),
        (Waited(5, 3.2, 61), (5, 120)),
        (Waited(9, 58, 2880.5), (60, 3 * 1440)),
    ],
)
def test_how_long_people_waited_is_said_roughly_and_only_of_five_or_more(
    waited: Waited, shown: tuple[int, int]
) -> None:
    assert waiting_time(waited) == shown
