"""What an act at the desk reads beside its case: how much is in hand, and which other cases may be the same matter."""

from dataclasses import replace

import pytest

from bot.model.case import Case, Event, Officer, Scope
from bot.model.effects.cases import Act
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import Address
from bot.store import cases, desk, officers, people
from bot.store.database import Database
from bot.store.people import Place
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

LANTAN, DISTRICT, ELSEWHERE = "52.02.12.2001", "52.02.12", "35.05.01.2001"


@pytest.fixture
async def ani(database: Database, clock: FakeClock) -> int:
    """An officer of Lantan."""
    async with database.transaction() as tx:
        person = (await people.add(tx, Address("telegram", "bot", "ani"), "su", clock())).person
        await officers.invite(tx, Invite("Bu Ani", "officer", LANTAN), "ABCDE-PQRST", clock(), clock())
        made = await officers.everyone(tx)
        await officers.appoint(tx, Appoint(Officer(made[-1].id, 0, "Bu Ani", "officer", LANTAN), person), clock())
    return made[-1].id


async def move(database: Database, case: Case, kind: str, clock: FakeClock, **changes: object) -> None:
    """One event with these changes."""
    event = Event(case.number, kind, clock(), 1)  # type: ignore[arg-type]
    async with database.transaction() as tx:
        await cases.act(tx, Act(case, event, replace(case, **changes)))  # type: ignore[arg-type]


async def test_what_is_open_and_real_is_in_hand(
    database: Database, given_case: GivenCase, ani: int, clock: FakeClock
) -> None:
    first, second, over = [await given_case(100_001 + at) for at in range(3)]
    pretend = await given_case(100_004, practice_of=ani)
    for case in (first, second, over, pretend):
        await move(database, case, "claimed", clock, state="working", officer=ani)
    seen = await cases.in_scope(database, over.number, Scope(""))
    assert seen
    await move(database, seen, "closed", clock, state="closed", outcome="solved")
    assert await desk.held(database, Scope(LANTAN, ani)) == 2
    assert await desk.held(database, Scope(LANTAN, ani + 1)) == 0


async def test_the_language_of_a_case_is_its_persons(database: Database, siti: Place, clock: FakeClock) -> None:
    assert await desk.language(database, siti.person) == "id"
    async with database.transaction() as tx:
        dewi = await people.add(tx, Address("telegram", "bot", "dewi"), "jv", clock())
    assert await desk.language(database, dewi.person) == "jv"


async def test_only_open_cases_of_the_same_person_in_sight_may_be_the_same(
    database: Database, given_case: GivenCase, clock: FakeClock
) -> None:
    case, alike = await given_case(100_001), await given_case(100_002)
    closed = await given_case(100_003)
    await move(database, closed, "closed", clock, state="closed", outcome="solved")
    await given_case(100_004, unit=ELSEWHERE)
    async with database.transaction() as tx:
        dewi = await people.add(tx, Address("telegram", "bot", "dewi"), "id", clock())
    await given_case(100_005, person=dewi.person)
    await given_case(100_006, barred=LANTAN, unit=DISTRICT)
    found = await desk.alike(database, case, Scope(LANTAN))
    assert [one.number for one in found] == [alike.number]
    assert len(await desk.alike(database, case, Scope("52.02"))) == 2


async def test_a_person_is_led_on_from_their_own_case_and_from_no_other(
    database: Database, given_case: GivenCase, clock: FakeClock
) -> None:
    case, other = await given_case(100_001), await given_case(100_002)
    await move(database, case, "merged", clock, state="closed", merged_into=other.number)
    joined = await cases.of_person(database, case.number, case.person)
    assert joined
    found = await desk.goes_on(database, joined)
    assert found and found.number == other.number
    assert await desk.goes_on(database, other) is None
    assert await desk.goes_on(database, replace(joined, person=joined.person + 1)) is None
