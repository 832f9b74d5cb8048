"""Training in the database: it stands apart from the book, nobody else sees it, and it goes without a trace."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.casework.day import midnight
from bot.casework.numbers import pretended
from bot.casework.periods import Period
from bot.model.broadcast import Broadcast
from bot.model.case import Case, Event, Officer, Scope, Urgency
from bot.model.effects.cases import Act, Refer
from bot.model.effects.offices import Appoint, BeginPractice, Invite
from bot.model.messages import Address
from bot.model.practice import STORY
from bot.model.referral import Referral
from bot.store import (
    absence,
    broadcasts,
    cases,
    clocks,
    day,
    desk,
    digests,
    exports,
    officers,
    people,
    practice,
    referrals,
    reports,
    retention,
    statistics,
    team,
    trouble,
)
from bot.store.database import Database, Store
from bot.store.times import kept
from tests.by_hand import BROKEN_RULE, by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

LANTAN, DISTRICT = "52.02.12.2001", "52.02.12"


@pytest.fixture
async def ani(database: Database, clock: FakeClock) -> Officer:
    return await appointed(database, clock, "Bu Ani", LANTAN)


async def appointed(database: Database, clock: FakeClock, name: str, unit: str) -> Officer:
    async with database.transaction() as tx:
        place = await people.add(tx, Address("telegram", "bot", name), "id", clock())
        await officers.invite(tx, Invite(name, "officer", unit), f"code-{name}", clock(), clock() + timedelta(1))
        invited = await officers.invited(tx, f"code-{name}", clock())
        assert invited
        await officers.appoint(tx, Appoint(invited, place.person), clock())
    return replace(invited, person=place.person)


async def begun(
    database: Database, officer: Officer, clock: FakeClock, many: int = 3, urgency: Urgency = "emergency"
) -> tuple[Case, ...]:
    """A practice of so many cases that are long due; as they stand then."""
    now = clock()
    next = (await practice.of(database, officer.id)).next
    numbers = [pretended(next, n) for n in range(1, many + 1)]
    made = tuple(
        Case(
            number, "help", "help", urgency, officer.unit, LANTAN, -int(number), now, now - timedelta(hours=1),
            answers={STORY: "any", "what": "Cerita rekaan"}, practice_of=officer.id, warn=now - timedelta(hours=2),
        )
        for number in numbers
    )  # fmt: skip
    async with database.transaction() as tx:
        await practice.begin(tx, BeginPractice(officer.id, next, made), now)
    return tuple(case for case, _ in (await practice.of(database, officer.id)).cases)


async def act(database: Database, case: Case, kind: str, clock: FakeClock, **changes: object) -> None:
    event = Event(case.number, kind, clock(), 1, "Bu Ani", "Kata-kata rahasia")  # type: ignore[arg-type]
    async with database.transaction() as tx:
        await cases.act(tx, Act(case, event, replace(case, **changes)))  # type: ignore[arg-type]


def held(store: Store) -> dict[str, int]:
    """How much stands in every table."""
    listed = "select name from sqlite_master where type = 'table'"
    if not isinstance(store, Path):
        listed = "select tablename from pg_tables where schemaname = 'public'"
    with by_hand(store) as file:
        names = [row[0] for row in file.execute(listed)]
        return {name: file.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}


async def test_its_officer_sees_each_case_with_what_happened_and_can_reach_its_person(
    database: Database, ani: Officer, clock: FakeClock
) -> None:
    case, *_ = await begun(database, ani, clock)
    await act(database, case, "claimed", clock, state="working", officer=ani.id)
    seen = await cases.in_scope(database, case.number, ani.scope)
    assert seen
    assert (seen.state, seen.reachable, seen.answers["what"]) == ("working", True, "Cerita rekaan")
    told = [(one.kind, one.text) for one in await cases.events(database, case.number, ani.scope)]
    assert told == [("opened", ""), ("claimed", "Kata-kata rahasia")]
    found = await practice.of(database, ani.id)
    assert (found.round, found.next, len(found.cases)) == (1, 2, 3)
    assert [one.kind for one in found.cases[0][1]] == ["opened", "claimed"]


async def test_the_book_and_its_code_know_nothing_of_it(
    database: Database, given_case: GivenCase, ani: Officer, clock: FakeClock
) -> None:
    await given_case()
    before = await cases.head(database)
    case, *_ = await begun(database, ani, clock)
    await act(database, case, "closed", clock, state="closed", outcome="solved")
    assert await cases.head(database) == before
    assert [one async for one in cases.verify(database)] == []


async def test_real_cases_are_numbered_as_if_it_were_not_there(
    database: Database, given_case: GivenCase, ani: Officer, clock: FakeClock
) -> None:
    await given_case(100_001)
    await begun(database, ani, clock)
    assert await cases.last_number(database) == 100_001


async def test_no_number_is_ever_given_twice(database: Database, ani: Officer, clock: FakeClock) -> None:
    first = {one.number for one in await begun(database, ani, clock)}
    async with database.transaction() as tx:
        await practice.end(tx, ani.id, 1, clock())
    assert not first & {one.number for one in await begun(database, ani, clock)}


async def test_an_officer_is_in_one_practice_at_a_time(database: Database, ani: Officer, clock: FakeClock) -> None:
    await begun(database, ani, clock)
    with pytest.raises(Exception, match="practice"):
        await begun(database, ani, clock)


@pytest.mark.parametrize("unit", [LANTAN, DISTRICT, "52.02", "52", ""])
async def test_nobody_else_sees_it_anywhere(database: Database, ani: Officer, clock: FakeClock, unit: str) -> None:
    case, over, _ = await begun(database, ani, clock)
    await act(database, over, "closed", clock, state="closed", outcome="solved")
    other = await appointed(database, clock, "Pak Budi", unit)
    for scope in (other.scope, Scope(unit)):
        assert await cases.in_scope(database, case.number, scope) is None
        assert await cases.events(database, case.number, scope) == ()
        assert await cases.queue(database, scope) == await cases.closed(database, scope) == ()
        assert await digests.oldest(database, scope) == ()
    asked = day.Asked(other, clock(), midnight(clock()))
    assert await day.page(database, asked, 25) == ()
    assert sum((await day.counts(database, asked)).values()) == 0


async def test_in_its_officers_list_it_is_a_part_of_its_own_after_all_others(
    database: Database, given_case: GivenCase, ani: Officer, clock: FakeClock
) -> None:
    real = await given_case()
    await begun(database, ani, clock)
    asked = day.Asked(ani, clock(), midnight(clock()))
    listed = await day.page(database, asked, 25)
    assert [part for part, _ in listed[1:]] == ["practice"] * 3
    assert listed[0][1].number == real.number
    counts = await day.counts(database, asked)
    assert (counts["practice"], counts["emergency"], counts["overdue"]) == (3, 0, 0)
    assert await digests.oldest(database, ani.scope) == (real.number,)
    assert [one.open for one in await digests.by_village(database, ani.scope, clock())] == [1]


async def test_no_clock_no_count_and_no_trouble_knows_of_it(database: Database, ani: Officer, clock: FakeClock) -> None:
    before = (await trouble.find(database, clock()), await statistics.totals(database))
    case, *_ = await begun(database, ani, clock)
    await act(database, case, "raised", clock, raised_to=DISTRICT)
    clock.pass_by(days=2)
    assert await clocks.passed(database, clock(), clock() + timedelta(days=1)) == ()
    assert (await trouble.find(database, clock()), await statistics.totals(database)) == before


@pytest.mark.parametrize("unit", [LANTAN, DISTRICT, ""])
async def test_it_is_in_no_statistics_no_file_no_team_and_no_audience(
    database: Database, given_case: GivenCase, ani: Officer, clock: FakeClock, unit: str
) -> None:
    """Nor when its own officer asks; a real case beside it is."""
    real = await given_case()
    made = await begun(database, ani, clock, urgency="general")
    for case in made:
        await act(database, case, "asked-help", clock, state="working", officer=ani.id)
    who = ani if unit == LANTAN else await appointed(database, clock, "Bu Camat", unit)
    year = Period(clock().year, 1, 12)
    assert [one.count for one in await reports.counted(database, who.scope, year, clock())] == [1]
    assert [one.number async for one in exports.cases_of(database, who.scope, year)] == [real.number]
    seen = await team.of(database, who, clock(), ani.id)
    assert (seen.waiting, seen.asked, seen.cases) == (1, (), ())
    assert {one.open for one in seen.members} == {0}
    words = Broadcast(0, who.id, who.name, who.scope, ("",), ("help", "complaint"), {"id": "Halo"}, clock())
    assert await broadcasts.audience(database, words) == 1
    assert await desk.held(database, ani.scope) == 0


async def test_it_is_not_given_back_when_its_officer_is_away(
    database: Database, ani: Officer, clock: FakeClock
) -> None:
    case, *_ = await begun(database, ani, clock)
    await act(database, case, "claimed", clock, state="working", officer=ani.id)
    async with database.transaction() as tx:
        await absence.leave(tx, ani.id, clock() + timedelta(days=3), clock())
    assert await absence.gone(database, ani.id) is None
    seen = await cases.in_scope(database, case.number, ani.scope)
    assert seen and seen.officer == ani.id


async def used(database: Database, ani: Officer, clock: FakeClock) -> None:
    """A practice in which everything was done that leaves something behind."""
    shared, joined, other = await begun(database, ani, clock)
    await act(database, joined, "merged", clock, state="closed", merged_into=other.number)
    async with database.transaction() as tx:
        asked = Referral(await referrals.next_id(tx), shared.number, DISTRICT, ("what",))
        await referrals.refer(tx, Refer(asked), clock())


async def test_at_its_end_nothing_is_left_but_that_it_was(
    database: Database, given_case: GivenCase, ani: Officer, clock: FakeClock
) -> None:
    await given_case()
    before = held(database.store)
    await used(database, ani, clock)
    async with database.transaction() as tx:
        await practice.end(tx, ani.id, 1, clock())
    assert held(database.store) == before | {"practice": 1}
    assert (await practice.of(database, ani.id)).round == 0


async def test_ended_twice_or_by_another_it_is_ended_once(database: Database, ani: Officer, clock: FakeClock) -> None:
    await begun(database, ani, clock)
    async with database.transaction() as tx:
        await practice.end(tx, ani.id, 1, clock())
    again = await begun(database, ani, clock)
    async with database.transaction() as tx:
        await practice.end(tx, ani.id, 1, clock())
    assert len((await practice.of(database, ani.id)).cases) == len(again) == 3


@pytest.mark.parametrize(("days", "left"), [(6.9, 3), (7.1, 0)])
async def test_after_seven_days_the_sweep_ends_it(
    database: Database, ani: Officer, clock: FakeClock, days: float, left: int
) -> None:
    await used(database, ani, clock)
    clock.pass_by(days=days)
    await retention.tidy(database, clock(), {})
    assert len((await practice.of(database, ani.id)).cases) == left


async def test_anothers_practice_goes_on(database: Database, ani: Officer, clock: FakeClock) -> None:
    budi = await appointed(database, clock, "Pak Budi", LANTAN)
    await begun(database, ani, clock)
    theirs = await begun(database, budi, clock)
    async with database.transaction() as tx:
        await practice.end(tx, ani.id, 1, clock())
    assert [one.number for one, _ in (await practice.of(database, budi.id)).cases] == [one.number for one in theirs]


INTO_THE_BOOK = (
    "insert into event (id, case_number, kind, at, by_person, by_name, body_digest, previous_hash, hash) "
    "values (1, :number, 'note', :at, 1, '', '', '', '')"
)
INTO_THE_POST = (
    "insert into outgoing (cause, step, n, address_id, message_sealed, due_at, created_at, case_number) "
    "values (1, 0, 0, 1, :sealed, :at, :at, :number)"
)


@pytest.mark.parametrize("statement", [INTO_THE_BOOK, INTO_THE_POST])
async def test_whatever_a_program_does_it_comes_neither_into_the_book_nor_into_the_post(
    database: Database, ani: Officer, clock: FakeClock, statement: str
) -> None:
    case, *_ = await begun(database, ani, clock)
    given = {"number": case.number, "at": kept(clock()), **({"sealed": b"x"} if ":sealed" in statement else {})}
    with by_hand(database.store) as file, pytest.raises(BROKEN_RULE, match="a pretend case"):
        file.execute(statement, given)
