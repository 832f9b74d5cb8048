"""Who hears of a case: the nearest level that has somebody there, and nobody who may not see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.case import Case, Event, Officer
from bot.model.effects.cases import Act
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import Address
from bot.store import cases, hearers, officers, people
from bot.store.database import Database
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

VILLAGE, DISTRICT, REGENCY, PROVINCE, COUNTRY = "52.02.12.2001", "52.02.12", "52.02", "52", ""
LEVELS = (VILLAGE, DISTRICT, REGENCY, PROVINCE, COUNTRY)


class Offices:
    """Officers of the test, by name."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.database, self.clock = database, clock

    async def take(self, name: str, unit: str, person: int = 0) -> Officer:
        """Somebody new takes an office, or somebody we know another."""
        async with self.database.transaction() as tx:
            at = self.clock()
            await officers.invite(tx, Invite(name, "officer", unit), name, at, at + timedelta(days=7))
            person = person or (await people.add(tx, Address("telegram", "bot", name), "id", at)).person
            invited = await officers.invited(tx, name, at)
            assert invited
            await officers.appoint(tx, Appoint(invited, person), at)
        return replace(invited, person=person)

    async def revoke(self, officer: Officer) -> None:
        async with self.database.transaction() as tx:
            await officers.revoke(tx, officer.id, self.clock())

    async def gone(self, officer: Officer) -> None:
        """They have turned the bot away."""
        async with self.database.transaction() as tx:
            (place,) = await people.places_of(tx, officer.person)
            await people.reachable(tx, place, reachable=False)

    def away(self, officer: Officer, *, days: int) -> None:
        until = (self.clock() + timedelta(days=days)).date().isoformat()
        with by_hand(self.database.store) as file:
            file.execute("update officer set away_until = ? where id = ?", (until, officer.id))

    async def hear(self, case: Case, unit: str = VILLAGE, **how: int) -> list[str]:
        """The names of those who are told."""
        heard = await hearers.of_case(self.database, case.number, unit, self.clock(), **how)
        return [officer.name for officer, _ in heard]


@pytest.fixture
def offices(database: Database, clock: FakeClock) -> Offices:
    return Offices(database, clock)


async def test_up_the_levels_the_next_that_has_somebody_hears_and_no_other(
    offices: Offices, given_case: GivenCase
) -> None:
    case = await given_case()
    sitting = [await offices.take(unit or "ministry", unit) for unit in LEVELS]
    for officer in sitting:
        assert await offices.hear(case) == [officer.name]
        await offices.revoke(officer)
    assert await offices.hear(case) == []


async def test_all_of_one_level_hear(offices: Offices, given_case: GivenCase) -> None:
    case = await given_case()
    for name in ("Ani", "Budi"):
        await offices.take(name, VILLAGE)
    await offices.take("Made", DISTRICT)
    assert await offices.hear(case) == ["Ani", "Budi"]


async def test_who_is_away_is_told_only_when_nobody_else_is_there(offices: Offices, given_case: GivenCase) -> None:
    case = await given_case()
    ani, made = await offices.take("Ani", VILLAGE), await offices.take("Made", DISTRICT)
    offices.away(ani, days=3)
    assert await offices.hear(case) == ["Made"]
    offices.away(made, days=3)
    assert await offices.hear(case) == ["Ani"]
    offices.away(ani, days=0)
    assert await offices.hear(case) == ["Ani"]


async def test_whom_no_chat_reaches_is_not_there(offices: Offices, given_case: GivenCase) -> None:
    case = await given_case()
    await offices.gone(await offices.take("Ani", VILLAGE))
    await offices.take("Made", DISTRICT)
    assert await offices.hear(case) == ["Made"]


async def test_the_holder_hears_alone_and_when_they_cannot_the_others_do(
    offices: Offices, given_case: GivenCase
) -> None:
    case = await given_case()
    await offices.take("Ani", VILLAGE)
    made = await offices.take("Made", DISTRICT)
    assert await offices.hear(case, holder=made.id) == ["Made"]
    await offices.gone(made)
    assert await offices.hear(case, holder=made.id) == ["Ani"]


async def test_whoever_wrote_is_not_told_what_they_wrote(offices: Offices, given_case: GivenCase) -> None:
    case = await given_case()
    ani = await offices.take("Ani", VILLAGE)
    await offices.take("Made", DISTRICT)
    assert await offices.hear(case, but=ani.person) == ["Made"]


async def test_whatever_unit_is_named_the_barred_hear_nothing(offices: Offices, given_case: GivenCase) -> None:
    case = await given_case(unit=DISTRICT, village=VILLAGE, barred=VILLAGE)
    await offices.take("Ani", VILLAGE)
    assert await offices.hear(case, VILLAGE) == []
    await offices.take("Made", DISTRICT)
    assert await offices.hear(case, VILLAGE) == await offices.hear(case, DISTRICT) == ["Made"]


async def test_who_sat_in_the_barred_unit_once_hears_nothing_in_another_office(
    offices: Offices, given_case: GivenCase
) -> None:
    case = await given_case(unit=DISTRICT, village=VILLAGE, barred=VILLAGE)
    ani = await offices.take("Ani", VILLAGE)
    risen = await offices.take("Ani of the district", DISTRICT, ani.person)
    assert await offices.hear(case, DISTRICT) == []
    assert await cases.in_scope(offices.database, case.number, risen.scope) is None
    await offices.take("Regent", REGENCY)
    assert await offices.hear(case, DISTRICT) == ["Regent"]


async def test_who_handed_it_in_or_whom_it_is_about_neither_sees_nor_hears_it_at_the_desk(
    offices: Offices, given_case: GivenCase, siti: people.Place
) -> None:
    case = await given_case()
    herself = await offices.take("Siti", VILLAGE, siti.person)
    await offices.take("Made", DISTRICT)
    assert await offices.hear(case) == ["Made"]
    assert await cases.in_scope(offices.database, case.number, herself.scope) is None
    assert await cases.of_person(offices.database, case.number, siti.person) is not None
    async with offices.database.transaction() as tx:
        worker = await people.add(tx, Address("telegram", "bot", "worker"), "id", offices.clock())
        seen = await cases.in_scope(tx, case.number, (await offices_of(tx, "Made")).scope)
        assert seen
        event = Event(case.number, "note", offices.clock(), 0)
        await cases.act(tx, Act(seen, event, replace(seen, worker=worker.person)), 0)
    himself = await offices.take("Worker", VILLAGE, worker.person)
    assert await cases.in_scope(offices.database, case.number, himself.scope) is None
    assert await offices.hear(case) == ["Made"]


async def offices_of(reads: object, name: str) -> Officer:
    """An officer by name."""
    found = next(one for one in await officers.everyone(reads) if one.name == name)  # type: ignore[arg-type]
    officer = await officers.officer(reads, found.id)  # type: ignore[arg-type]
    assert officer
    return officer


async def test_a_pretend_case_is_heard_of_by_nobody_else(offices: Offices, given_case: GivenCase) -> None:
    ani = await offices.take("Ani", VILLAGE)
    await offices.take("Budi", VILLAGE)
    case = await given_case(practice_of=ani.id)
    assert await offices.hear(case) == ["Ani"]
    assert await offices.hear(case, but=ani.person) == []
