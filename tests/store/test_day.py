"""The day's list: each case in its most pressing part, in the order of work, page by page, and within the right of who looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.casework.day import midnight
from bot.casework.numbers import numbered
from bot.model.case import Case, Event, Officer
from bot.model.day import PARTS, Part
from bot.model.effects.cases import Act
from bot.model.messages import Message
from bot.store import cases, day, post
from bot.store.database import Database
from bot.store.people import Place
from bot.store.post import Letter
from tests.store.conftest import GivenCase

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 22:30 in Jakarta, 23:30 in Makassar, half past midnight in Jayapura
ENDS = {"52": midnight(NOW, "Asia/Makassar"), "91": midnight(NOW, "Asia/Jayapura")}
LANTAN, DISTRICT, PAPUA = "52.02.12.2001", "52.02.12", "91.01.01.2001"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def officer(unit: str = LANTAN, id: int = 1) -> Officer:
    return Officer(id, id, "Bu Ratna", "officer", unit)


def asked(unit: str = LANTAN, **changes: object) -> day.Asked:
    return replace(day.Asked(officer(unit), NOW, midnight(NOW), ENDS), **changes)  # type: ignore[arg-type]


@pytest.fixture
def stands(database: Database, given_case: GivenCase) -> Callable[..., object]:
    """A case that has come to stand as said, after it was opened."""

    async def made(seq: int = 100_001, **changes: object) -> Case:
        late = {name: changes.pop(name) for name in ("raised_to", "snoozed", "clock", "officer") if name in changes}
        case = await given_case(seq, **{"due": NOW + 3 * DAY, **changes})
        async with database.transaction() as tx:
            if "officer" in late:
                await tx.run(
                    "invite",
                    {"name": "x", "role": "officer", "unit": LANTAN, "hash": str(seq), "expires": "", "at": ""},
                )
            await cases.act(tx, Act(case, Event(case.number, "note", NOW, 1), replace(case, **late)))  # type: ignore[arg-type]
        return case

    return made


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"urgency": "emergency", "state": "waiting"}, "emergency"),
        ({"urgency": "emergency", "raised_to": LANTAN}, "emergency"),
        ({"raised_to": LANTAN, "state": "waiting"}, "raised"),
        ({"raised_to": DISTRICT}, "new"),
        ({"state": "waiting", "due": NOW - DAY}, "waiting"),
        ({"state": "working", "snoozed": NOW + DAY, "clock": "stopped", "due": NOW - DAY}, "waiting"),
        ({"due": NOW - timedelta(seconds=1)}, "overdue"),
        ({"due": NOW + timedelta(minutes=15)}, "today"),
        ({"due": NOW + timedelta(minutes=45)}, "new"),
        ({"urgency": "sensitive"}, "new"),
        ({"state": "working"}, "working"),
    ],
)
async def test_a_case_stands_in_the_most_pressing_part_that_fits(
    database: Database, stands: Callable[..., object], changes: dict[str, object], part: Part
) -> None:
    await stands(**changes)  # type: ignore[misc]
    assert [found for found, _ in await day.page(database, asked(), 9)] == [part]
    assert {name for name, many in (await day.counts(database, asked())).items() if many} == {part}


@pytest.mark.parametrize(
    ("village", "part"), [(LANTAN, "new"), (PAPUA, "today"), ("31.01.01.1001", "today"), ("", "today")]
)
async def test_today_ends_at_the_villages_midnight(
    database: Database, given_case: GivenCase, village: str, part: Part
) -> None:
    """In three quarters of an hour it is tomorrow in Lombok, still today in Jakarta, and in Papua it has long been."""
    await given_case(due=NOW + timedelta(minutes=45), village=village)
    assert [found for found, _ in await day.page(database, asked(), 9)] == [part]


async def test_the_order_is_part_then_urgency_then_deadline_then_age(database: Database, given_case: GivenCase) -> None:
    wanted = [
        await given_case(100_009, urgency="emergency", due=NOW + HOUR),
        await given_case(100_008, urgency="sensitive", due=NOW - HOUR),
        await given_case(100_007, due=NOW - 2 * HOUR),
        await given_case(100_005, due=NOW - HOUR),
        await given_case(100_006, due=NOW - HOUR),
        await given_case(100_001, due=NOW + 2 * DAY),
    ]
    found = await day.page(database, asked(), 9)
    assert [case.number for _, case in found] == [case.number for case in wanted]


async def test_what_was_raised_to_whoever_looks_comes_before_the_rest_of_its_part(
    database: Database, stands: Callable[..., object]
) -> None:
    await stands(100_001, urgency="emergency", due=NOW - HOUR)  # type: ignore[misc]
    await stands(100_002, urgency="emergency", due=NOW + HOUR, raised_to="")  # type: ignore[misc]
    await stands(100_003, due=NOW - DAY)  # type: ignore[misc]
    await stands(100_004, due=NOW + DAY, raised_to="")  # type: ignore[misc]
    ministry = [case.number for _, case in await day.page(database, asked(""), 9)]
    assert ministry == [numbered(seq) for seq in (100_002, 100_001, 100_004, 100_003)]
    village = [case.number for _, case in await day.page(database, asked(), 9)]
    assert village == [numbered(seq) for seq in (100_001, 100_002, 100_003, 100_004)]


async def test_pages_follow_each_other_without_a_gap_and_say_when_there_is_more(
    database: Database, given_case: GivenCase
) -> None:
    for n in range(7):
        await given_case(100_001 + n)
    pages = [await day.page(database, asked(page=n), 3) for n in range(4)]
    assert [len(one) for one in pages] == [4, 4, 1, 0]
    shown = [case.number for one in pages for _, case in one[:3]]
    assert shown == [numbered(100_001 + n) for n in range(7)]


async def test_one_part_and_only_ones_own_can_be_asked_for(database: Database, stands: Callable[..., object]) -> None:
    await stands(100_001, due=NOW - HOUR)  # type: ignore[misc]
    await stands(100_002)  # type: ignore[misc]
    await stands(100_003, state="working", officer=1)  # type: ignore[misc]
    assert [case.number for _, case in await day.page(database, asked(part="overdue"), 9)] == [numbered(100_001)]
    assert [case.number for _, case in await day.page(database, asked(mine=True), 9)] == [numbered(100_003)]
    assert sum((await day.counts(database, asked(mine=True))).values()) == 1
    assert list(await day.counts(database, asked())) == list(PARTS)


@pytest.mark.parametrize("unit", ["52.02.12.2002", "52.02.1", "35", "9", "52.02.12.2001.1"])
async def test_nothing_out_of_sight_is_listed_counted_or_known_to_be_sent(
    database: Database, given_case: GivenCase, siti: Place, unit: str
) -> None:
    case = await given_case()
    await _written(database, case, siti, "sent")
    assert await day.page(database, asked(unit), 9) == ()
    assert sum((await day.counts(database, asked(unit))).values()) == 0
    assert await day.deliveries(database, case.number, officer(unit)) == {}
    assert await day.deliveries(database, case.number, officer()) == {1: "sent"}


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (("sent",), "sent"),
        (("waiting",), "waiting"),
        (("sending",), "waiting"),
        (("sent", "uncertain"), "uncertain"),
        (("uncertain", "dead"), "dead"),
        (("sent", "cancelled"), "dead"),
        (("sent", "waiting"), "waiting"),
    ],
)
async def test_the_worst_of_what_went_out_is_what_counts(
    database: Database, given_case: GivenCase, siti: Place, state: tuple[str, ...], told: str
) -> None:
    case = await given_case()
    await _written(database, case, siti, *state)
    assert await day.deliveries(database, case.number, officer()) == {1: told}


async def _written(database: Database, case: Case, place: Place, *states: str) -> None:
    """The officer wrote to the person, in so many letters, which ended so."""
    async with database.transaction() as tx:
        await cases.act(tx, Act(case, Event(case.number, "to-person", NOW, 7, "Bu Ratna", "Datang")), 501)
        await post.send(tx, [Letter(501, 1, n, place.id, Message("Datang")) for n in range(len(states))], NOW)
        row = {"external_id": None, "sent": None, "due": None, "error": None}
        await post.settle(tx, [{"id": n + 1, "state": state, **row} for n, state in enumerate(states)])
