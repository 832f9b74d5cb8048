"""Law 6: whatever the codes, no query shows a case outside an officer's scope."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.casework.numbers import numbered
from bot.model.case import Case, Event, Scope
from bot.model.effects.cases import Act, Consent, OpenCase
from bot.model.effects.offices import Invite
from bot.model.messages import Address
from bot.store import cases, officers, people
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from tests.fakes import FakeClock
from tests.store.conftest import KEY, SITI, GivenCase

NOW = FakeClock()()
PART = some.sampled_from(["1", "10", "05", "5", "35", "2001"])
UNIT = some.lists(PART, max_size=4).map(".".join)


def within(unit: str, scope: str) -> bool:
    """The promise, in other words than the code's: the scope's parts are the first parts of the unit's."""
    parts = scope.split(".") if scope else []
    return (unit.split(".") if unit else [])[: len(parts)] == parts


async def opened(database: Database, units: list[str], closed: set[int]) -> dict[str, str]:
    """Cases at these units, some of them closed: unit by number."""
    async with database.transaction() as tx:
        person = (await people.add(tx, SITI, "id", NOW)).person
        for at, unit in enumerate(units):
            number = numbered(100_001 + at)
            case = Case(number, "complaint", "complaint", "general", unit, unit, person, NOW, NOW)
            await cases.open_case(tx, OpenCase(case, Consent("complaint", "id", NOW, "setuju")), "telegram")
            if at in closed:
                await cases.act(
                    tx, Act(case, Event(number, "closed", NOW, person), replace(case, state="closed", outcome="solved"))
                )
    return {numbered(100_001 + at): unit for at, unit in enumerate(units)}


async def shown(database: Database, units: dict[str, str], scope: Scope) -> tuple[set[str], ...]:
    """The numbers each way of reading shows."""
    one_by_one = {number for number in units if await cases.in_scope(database, number, scope)}
    by_events = {number for number in units if await cases.events(database, number, scope)}
    listed = {one.number for one in (*await cases.queue(database, scope, 99), *await cases.closed(database, scope, 99))}
    return one_by_one, by_events, listed


@settings(max_examples=40, deadline=None)
@given(some.lists(UNIT, min_size=1, max_size=8), UNIT, some.sets(some.integers(0, 7)))
async def test_an_officer_sees_the_cases_of_their_units_and_no_other(
    units: list[str], scope: str, closed: set[int]
) -> None:
    with TemporaryDirectory() as folder:
        migrate(Path(folder) / "a.db")
        database = await open_database(Path(folder) / "a.db", Seal([KEY]))
        try:
            made = await opened(database, units, closed)
            allowed = {number for number, unit in made.items() if within(unit, scope)}
            assert await shown(database, made, Scope(scope)) == (allowed, allowed, allowed)
            assert allowed == {number for number, unit in made.items() if Scope(scope).sees(unit)}
        finally:
            await database.close()


@pytest.mark.parametrize("unit", ["35.05.10", "35.05.10.2001", "35.05", "35.050.1", "36.05.1"])
async def test_a_code_holds_what_lies_in_it_and_not_what_only_begins_alike(
    unit: str, database: Database, given_case: GivenCase
) -> None:
    case = await given_case(unit=unit)
    assert await cases.in_scope(database, case.number, Scope("35.05.1")) is None
    assert await cases.queue(database, Scope("35.05.1")) == ()
    assert await cases.events(database, case.number, Scope("35.05.1")) == ()


async def test_a_complaint_that_waits_at_the_district_is_nothing_the_village_can_see(
    database: Database, given_case: GivenCase
) -> None:
    case = await given_case(unit="52.02.12", village="52.02.12.2001")
    assert await shown(database, {case.number: case.unit}, Scope("52.02.12.2001")) == (set(), set(), set())
    assert await cases.in_scope(database, case.number, Scope("52.02.12")) == case


@pytest.mark.parametrize("hostile", ["%", "_", "52.02.12%", "' or 1=1 --", "52.02.12.2001/", "52.02.12.", "*", "52*"])
async def test_a_scope_is_never_a_pattern(hostile: str, database: Database, given_case: GivenCase) -> None:
    case = await given_case(unit="52.02.12.2001")
    assert await shown(database, {case.number: case.unit}, Scope(hostile)) == (set(), set(), set())


async def test_those_told_of_a_unit_are_those_who_see_it(database: Database) -> None:
    units = ("", "35", "35.05", "35.05.1", "35.05.10", "35.05.1.2001", "36")
    async with database.transaction() as tx:
        for unit in units:
            await officers.invite(tx, Invite(unit, "officer", unit), unit, NOW, NOW)
            place = await people.add(tx, Address("telegram", "bot", unit), "id", NOW)
            await tx.run("appoint", {"id": place.person, "person": place.person})
        for unit in units:
            over = {one.unit for one in await officers.over(tx, unit)}
            assert over == {one for one in units if within(unit, one)}
