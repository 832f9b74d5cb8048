"""The line at the door: everybody in turn, each chat in its own order, and a flood waits for itself."""

from collections.abc import Sequence
from itertools import chain

import pytest

from bot.line import FEW, MANY, MOST, SHARE, Line
from bot.model.messages import Address, Incoming
from bot.store.people import Met, Place
from tests.intake.house import BUDI, CITRA, SITI, text


@pytest.fixture
async def line() -> Line:
    return Line()


def some(address: Address, number: int, name: str = "") -> list[Incoming]:
    return [text(address, f"{name}{n}") for n in range(number)]


def said(batch: Sequence[Incoming]) -> list[str]:
    return [one.external_id for one in batch]


def batch(line: Line) -> list[Incoming]:
    return [incoming for one in line.take() for incoming in one.arrived]


def until_empty(line: Line) -> list[list[str]]:
    batches = []
    while taken := batch(line):
        batches.append(said(taken))
    return batches


async def test_who_waits_alone_is_taken_in_order_a_share_at_a_time(line: Line) -> None:
    flood = some(SITI, 2 * SHARE + 1)
    for one in flood:
        line.join([one])
    batches = until_empty(line)
    assert [len(one) for one in batches] == [SHARE, SHARE, 1]
    assert list(chain.from_iterable(batches)) == said(flood)


async def test_while_others_wait_few_of_each_are_taken(line: Line) -> None:
    for one in (*some(SITI, 40), text(BUDI, "menu"), text(CITRA, "menu")):
        line.join([one])
    assert said(batch(line)) == ["siti:0", "budi:menu", "citra:menu", *(f"siti:{n}" for n in range(1, FEW))]
    line.join([text(BUDI, "again")])
    assert "budi:again" in said(batch(line))


async def test_a_page_with_a_flood_in_it_lets_the_others_past_and_then_is_taken_whole(line: Line) -> None:
    flood = some(SITI, MANY + 1)
    line.join([*flood, text(BUDI, "menu"), text(CITRA, "menu")])
    assert until_empty(line) == [["budi:menu", "citra:menu"], said(flood)]


async def test_a_page_of_ordinary_talk_is_one_batch(line: Line) -> None:
    page = [*some(SITI, MANY), *some(BUDI, MANY), text(CITRA, "menu")]
    line.join(page)
    (whole,) = until_empty(line)
    assert sorted(whole) == sorted(said(page))


async def test_who_brought_many_comes_to_the_head_however_many_others_come(line: Line) -> None:
    line.join([*some(SITI, MANY + 1), text(BUDI, "0")])
    batch(line)
    line.join([text(BUDI, "1")])
    assert {one.partition(":")[0] for one in said(batch(line))} == {"siti", "budi"}


async def test_among_more_than_a_batch_takes_who_had_their_turn_stands_behind(line: Line) -> None:
    many = [Address("telegram", "bot", str(n)) for n in range(MOST + 10)]
    for address in many:
        line.join([text(address, "menu")])
        line.join([text(address, "more")])
    order = list(chain.from_iterable(until_empty(line)))
    assert order[: len(many)] == [f"{one.chat}:menu" for one in many]
    assert sorted(order) == sorted(f"{one.chat}:{said}" for one in many for said in ("menu", "more"))


async def test_who_leaves_is_not_taken_and_what_was_taken_stays_taken(line: Line) -> None:
    joined = line.join([*some(SITI, MANY + 1), text(BUDI, "menu")])
    assert said(batch(line)) == ["budi:menu"]
    line.join([text(SITI, "later")])
    line.leave(joined)
    assert until_empty(line) == [["siti:later"]]


async def test_nothing_is_no_line(line: Line) -> None:
    assert line.join([]) == []
    assert line.take() == []


def met(*joined: Address) -> Met:
    """These have been joined by one person."""
    places = {address: Place(id, address, id) for id, address in enumerate(joined, 1)}
    return Met(
        places,
        {},
        {id: tuple(one for one in range(1, len(joined) + 1) if one != id) for id in range(1, len(joined) + 1)},
    )


async def test_chats_one_person_has_joined_stand_in_line_as_one_in_the_order_they_wrote(line: Line) -> None:
    line.know(met(SITI, BUDI))
    for n in range(FEW):
        for address in (SITI, BUDI):
            line.join([text(address, str(n))])
    line.join([text(CITRA, "menu")])
    assert said(batch(line)) == ["siti:0", "citra:menu", "budi:0"]
    assert said(batch(line)) == ["siti:1", "budi:1"]


async def test_who_has_parted_stands_in_line_alone_again(line: Line) -> None:
    line.know(met(SITI, BUDI))
    line.join([text(SITI, "0")])
    line.know(Met({one: Place(id, one, id) for id, one in enumerate((SITI, BUDI), 1)}, {}))
    for address in (SITI, BUDI):
        line.join([text(address, "1")])
    assert sorted(chain.from_iterable(until_empty(line))) == ["budi:1", "siti:0", "siti:1"]
