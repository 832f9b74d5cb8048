"""The code of the book, who opened a case, and the level above: read from the real book."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.model.case import Event, Officer
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import Address, Incoming
from bot.model.rules import Reading
from bot.reception import Reception
from bot.store import cases, officers, openings, people, spoken
from bot.store.database import Database
from bot.understanding.release import Release
from bot.wording import Wording
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase


async def appointed(database: Database, clock: FakeClock, name: str, role: str, unit: str) -> Officer:
    async with database.transaction() as tx:
        await officers.invite(tx, Invite(name, role, unit), name, clock(), clock() + timedelta(1))  # type: ignore[arg-type]
        invited = await officers.invited(tx, name, clock())
        assert invited
        place = await people.add(tx, Address("telegram", "bot", name), "id", clock())
        await officers.appoint(tx, Appoint(invited, place.person), clock())
        found = await officers.officer(tx, invited.id)
    assert found
    return found


async def test_a_code_on_paper_is_known_as_long_as_the_book_is_whole(database: Database, given_case: GivenCase) -> None:
    assert await cases.head(database) == ""
    case = await given_case()
    old = await cases.head(database)
    async with database.transaction() as tx:
        await cases.write(tx, Event(case.number, "note", case.opened, 1))
    new = await cases.head(database)
    first, second = await cases.leaf(database, old), await cases.leaf(database, new)
    assert first and second and (first.event, second.event) == (1, 2)
    with by_hand(database.store) as file:
        file.execute(f"drop trigger event_is_never_deleted{'' if isinstance(database.store, Path) else ' on event'}")
        file.execute("delete from event where id = 2")
    assert [page async for page in cases.verify(database)] == []  # the book alone does not show it
    assert await cases.leaf(database, new) is None
    assert await cases.leaf(database, old) == first


async def test_a_person_sees_who_opened_their_case_and_of_which_office(
    database: Database, given_case: GivenCase, clock: FakeClock
) -> None:
    case = await given_case()
    ratna = await appointed(database, clock, "Bu Ratna", "officer", "52.02.12.2001")
    async with database.transaction() as tx:
        await cases.write(tx, Event(case.number, "revealed", clock(), ratna.person, ratna.name, "call"))
        await cases.write(tx, Event(case.number, "note", clock(), ratna.person, ratna.name, "rahasia kantor"))
        await cases.write(tx, Event(case.number, "exported", clock(), ratna.person, ratna.name))
        await officers.revoke(tx, ratna.id, clock())
    last, first = await openings.of_person(database, case.person)
    assert (first.name, first.unit, first.reason) == ("Bu Ratna", "52.02.12.2001", "call")
    assert last.kind == "exported"
    assert await openings.of_person(database, case.person + 50) == ()


async def test_looks_are_counted_by_who_held_the_case(
    database: Database, given_case: GivenCase, clock: FakeClock
) -> None:
    mine, other = await given_case(), await given_case(100_002)
    ratna = await appointed(database, clock, "Bu Ratna", "officer", "52.02.12.2001")
    with by_hand(database.store) as file:
        file.execute('update "case" set officer_id = ? where number = ?', (ratna.id, mine.number))
    async with database.transaction() as tx:
        for one in (mine, other):
            await cases.write(tx, Event(one.number, "revealed", clock(), ratna.person, ratna.name, "call"))
    found = await openings.by(database, ratna.person, clock() - timedelta(hours=1))
    assert {one.case: one.held for one in found} == {mine.number: True, other.number: False}
    assert await openings.by(database, ratna.person, clock()) == ()


async def test_the_nearest_level_that_has_somebody_is_told_and_only_once_a_day(
    database: Database, clock: FakeClock
) -> None:
    ratna = await appointed(database, clock, "Bu Ratna", "officer", "52.02.12.2001")
    made = await appointed(database, clock, "Pak Made", "officer", "52.02.12.2001")
    sari = await appointed(database, clock, "Bu Sari", "coordinator", "52.02")
    tono = await appointed(database, clock, "Pak Tono", "ministry", "")
    yuli = await appointed(database, clock, "Bu Yuli", "ministry", "")
    assert [one.name for one in await officers.looking_after(database, ratna)] == [sari.name]
    assert {one.id for one in await officers.looking_after(database, sari)} == {tono.id, yuli.id}
    assert [one.id for one in await officers.looking_after(database, tono)] == [yuli.id]
    async with database.transaction() as tx:
        told = [await officers.alarm(tx, one, clock()) for one in (ratna, ratna, made)]
        clock.pass_by(hours=24)
        told.append(await officers.alarm(tx, ratna, clock()))
    assert told == [True, False, True, True]


async def test_the_coordinator_is_told_of_much_reading_once_and_of_no_case(
    database: Database, given_case: GivenCase, clock: FakeClock, release: Release
) -> None:
    ratna = await appointed(database, clock, "Bu Ratna", "officer", "52.02.12.2001")
    sari = await appointed(database, clock, "Bu Sari", "coordinator", "52.02")
    strict = replace(release, content=replace(release.content, reading=Reading(not_held=2)))
    reception = Reception(database, lambda: Wording(strict), lambda: None)
    for n in range(4):
        case = await given_case(100_001 + n)
        press = Incoming(
            Address("telegram", "bot", ratna.name), f"m{n}", "button", clock(), button=f"reveal:{case.number}:call"
        )
        await reception.receive([press])
    (told,) = await spoken.last_shown(database, Address("telegram", "bot", sari.name), 10)
    assert ratna.name in told.text and "100" not in told.text and "Siti" not in told.text
    assert told.choices == ()
