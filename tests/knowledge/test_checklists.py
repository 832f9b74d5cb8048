"""How a checklist is cut into parts, and how far somebody is."""

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.checklists import done, find, in_order, next_open, part_of, parts
from bot.model.forms import Checklist, Item


def of(count: int, id: str = "trial", order: int = 50) -> Checklist:
    """A list of so many lines."""
    return Checklist(id, {"id": id}, tuple(Item(f"i{n}", {"id": f"Surat {n}"}) for n in range(count)), order)


@given(st.integers(0, 40))
def test_the_parts_are_the_lines_in_order_few_and_about_as_long_as_each_other(count: int) -> None:
    checklist = of(count)
    found = parts(checklist)
    assert tuple(item for part in found for item in part) == checklist.items
    sizes = [len(part) for part in found]
    assert max(sizes) <= 6 and max(sizes) - min(sizes) <= 1
    assert (len(found) - 1) * 6 < max(1, count) <= len(found) * 6
    assert all(item in found[part_of(checklist, item)] for item in checklist.items)


def test_only_lines_that_are_there_count_as_done_in_their_own_order() -> None:
    checklist = of(3)
    assert done(checklist, ["i2", "gone", "i0"]) == ("i0", "i2")
    assert done(checklist, ()) == ()


def test_the_next_line_is_the_first_that_is_open() -> None:
    items = of(3).items
    assert next_open(items, ["i0", "i2"]) == items[1]
    assert next_open(items, ["i0", "i1", "i2"]) is None


def test_a_line_is_found_by_its_id_or_not_at_all() -> None:
    assert find(of(2), "i1") == of(2).items[1]
    assert find(of(2), "i9") is None


def test_lists_stand_by_their_order_and_then_by_name() -> None:
    lists = [of(1, "b", 20), of(1, "c", 10), of(1, "a", 20)]
    assert [one.id for one in in_order(lists)] == ["c", "a", "b"]
