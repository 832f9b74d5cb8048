"""Offices: taken once, left at once, and secrets that open once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.case import Event, Officer, Scope
from bot.model.effects.cases import Act
from bot.model.effects.offices import Appoint, GiveLogin, Invite
from bot.model.messages import Address
from bot.store import cases, officers, people
from bot.store.database import Database
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

WEEK = timedelta(days=7)
CODE = "ABCDE-FGHJK"
LANTAN = "52.02.12.2001"


async def invite(database: Database, clock: FakeClock, code: str = CODE, unit: str = LANTAN) -> Officer:
    async with database.transaction() as tx:
        await officers.invite(tx, Invite("Bu Ratna", "officer", unit), code, clock(), clock() + WEEK)
        found = await officers.invited(tx, code, clock())
    assert found
    return found


@pytest.fixture
async def ratna(database: Database, clock: FakeClock) -> Officer:
    """An officer in office."""
    invited = await invite(database, clock)
    async with database.transaction() as tx:
        place = await people.add(tx, Address("telegram", "bot", "ratna"), "id", clock())
        await officers.appoint(tx, Appoint(invited, place.person), clock())
    found = await officers.officer(database, invited.id)
    assert found
    return found


async def held_by(database: Database, officer: Officer, given_case: GivenCase) -> str:
    case = await given_case()
    event = Event(case.number, "claimed", FakeClock()(), officer.person, officer.name)
    async with database.transaction() as tx:
        await cases.act(tx, Act(case, event, replace(case, state="working", officer=officer.id)))
    return case.number


async def test_a_code_makes_whoever_brings_it_first_the_officer_and_nobody_after(
    database: Database, clock: FakeClock, ratna: Officer
) -> None:
    assert (ratna.name, ratna.unit, ratna.scope) == ("Bu Ratna", LANTAN, Scope(LANTAN, ratna.id))
    assert await officers.invited(database, CODE, clock()) is None


async def test_a_code_ends_after_its_week_and_is_kept_as_a_hash_only(database: Database, clock: FakeClock) -> None:
    await invite(database, clock)
    assert await officers.invited(database, "ABCDE-FGHJX", clock()) is None
    clock.pass_by(days=7, seconds=1)
    assert await officers.invited(database, CODE, clock()) is None
    with by_hand(database.store) as file:
        assert CODE not in str(file.execute("select * from officer").fetchall())


async def test_another_office_ends_the_first_whose_cases_wait_for_others(
    database: Database, clock: FakeClock, ratna: Officer, given_case: GivenCase
) -> None:
    number = await held_by(database, ratna, given_case)
    second = await invite(database, clock, "ZZZZZ-ZZZZZ", "52.02.12")
    async with database.transaction() as tx:
        await officers.appoint(tx, Appoint(second, ratna.person), clock())
    assert await officers.officer(database, ratna.id) is None
    assert await officers.officer(database, second.id)
    case = await cases.in_scope(database, number, Scope(""))
    assert case and (case.officer, case.state) == (0, "new")


async def test_an_invitation_taken_meanwhile_costs_nobody_their_office(
    database: Database, clock: FakeClock, ratna: Officer
) -> None:
    taken = await invite(database, clock, "ZZZZZ-ZZZZZ", "52.02.12")
    async with database.transaction() as tx:
        budi = await people.add(tx, Address("telegram", "bot", "budi"), "id", clock())
        await officers.appoint(tx, Appoint(taken, budi.person), clock())
        await officers.appoint(tx, Appoint(taken, ratna.person), clock())
    assert await officers.officer(database, ratna.id) == ratna
    assert (await officers.officer(database, taken.id)).person == budi.person  # type: ignore[union-attr]


async def test_a_revoked_officer_is_out_at_once_and_their_cases_wait_for_others(
    database: Database, clock: FakeClock, ratna: Officer, given_case: GivenCase
) -> None:
    number = await held_by(database, ratna, given_case)
    async with database.transaction() as tx:
        await officers.give_login(tx, GiveLogin(ratna.id, "token", clock() + WEEK))
        assert await officers.use_login(tx, "token", "session", clock()) == ratna.id
        assert await officers.revoke(tx, ratna.id, clock())
        assert not await officers.revoke(tx, ratna.id, clock())
    assert await officers.in_session(database, "session", clock()) is None
    assert await officers.over(database, LANTAN) == []
    assert (await people.talks(database, [ratna.person]))[ratna.person].known.officer is None
    case = await cases.in_scope(database, number, Scope(LANTAN))
    assert case and (case.officer, case.state) == (0, "new")
    assert [(one.taken, one.revoked) for one in await officers.everyone(database)] == [(True, True)]


async def test_an_invitation_that_was_revoked_lets_nobody_in(database: Database, clock: FakeClock) -> None:
    invited = await invite(database, clock)
    async with database.transaction() as tx:
        assert await officers.revoke(tx, invited.id, clock())
        assert await officers.invited(tx, CODE, clock()) is None
        place = await people.add(tx, Address("telegram", "bot", "budi"), "id", clock())
        await officers.appoint(tx, Appoint(invited, place.person), clock())
    assert await officers.officer(database, invited.id) is None


async def test_a_link_lets_in_once_in_its_time_and_looking_does_not_use_it_up(
    database: Database, clock: FakeClock, ratna: Officer
) -> None:
    async with database.transaction() as tx:
        for token in ("one", "two"):
            await officers.give_login(tx, GiveLogin(ratna.id, token, clock() + timedelta(minutes=10)))
        assert await officers.login_stands(tx, "one", clock())
        assert await officers.use_login(tx, "one", "a", clock()) == ratna.id
        assert await officers.use_login(tx, "one", "b", clock()) == 0
        assert not await officers.login_stands(tx, "one", clock())
        clock.pass_by(minutes=10)
        assert await officers.use_login(tx, "two", "c", clock()) == 0
        assert await officers.use_login(tx, "never given", "d", clock()) == 0


@pytest.mark.parametrize(
    ("minutes", "stands"), [((29,), True), ((31,), False), ((25,) * 28, True), ((25,) * 29, False)]
)
async def test_a_session_ends_when_idle_and_after_half_a_day(
    minutes: tuple[int, ...], stands: bool, database: Database, clock: FakeClock, ratna: Officer
) -> None:
    async with database.transaction() as tx:
        await officers.give_login(tx, GiveLogin(ratna.id, "token", clock() + WEEK))
        await officers.use_login(tx, "token", "session", clock())
        for pause in minutes:
            await officers.session_seen(tx, "session", clock())
            clock.pass_by(minutes=pause)
    found = await officers.in_session(database, "session", clock())
    assert (found is not None) == stands
    assert found is None or found[0] == ratna


async def test_logging_out_ends_the_session(database: Database, clock: FakeClock, ratna: Officer) -> None:
    async with database.transaction() as tx:
        await officers.give_login(tx, GiveLogin(ratna.id, "token", clock() + WEEK))
        await officers.use_login(tx, "token", "session", clock())
        await officers.end_session(tx, "session", clock())
    assert await officers.in_session(database, "session", clock()) is None
