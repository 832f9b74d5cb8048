"""A part of a case is read by whoever it was shared with, as long as it is shared, and nothing else of the case."""

from dataclasses import replace

import pytest

from bot.model.case import Case, Event, Scope
from bot.model.effects.cases import Act, Refer
from bot.model.effects.offices import Invite
from bot.model.messages import Address
from bot.model.referral import Referral
from bot.store import cases, officers, people, referrals
from bot.store.cases import Stale
from bot.store.database import Database, Refused
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

VILLAGE, DISTRICT = "52.02.12.2001", "52.02.12"


async def ask(database: Database, clock: FakeClock, case: Case, to: str = DISTRICT) -> Referral:
    """The person is asked whether their question may be shown there."""
    async with database.transaction() as tx:
        asked = Referral(await referrals.next_id(tx), case.number, to, ("story",))
        await referrals.refer(tx, Refer(asked), clock())
    return asked


async def change(database: Database, clock: FakeClock, before: Referral, **changes: object) -> Referral:
    """It goes on."""
    after = replace(before, **changes)  # type: ignore[arg-type]
    async with database.transaction() as tx:
        await referrals.refer(tx, Refer(after, before.state), clock())
    return after


@pytest.fixture
async def case(given_case: GivenCase) -> Case:
    return await given_case(answers={"name": "Siti Aminah", "story": "dipotong terus"})


async def test_before_the_yes_nobody_sees_anything(database: Database, clock: FakeClock, case: Case) -> None:
    asked = await ask(database, clock, case, "35.05.01")
    assert await referrals.shared(database, asked.id, Scope("35.05")) is None
    assert await referrals.of_person(database, asked.id, case.person) == asked
    assert await referrals.of_person(database, asked.id, case.person + 1) is None


async def test_after_it_the_shared_parts_are_seen_there_and_nowhere_else(
    database: Database, clock: FakeClock, case: Case
) -> None:
    shared = await change(database, clock, await ask(database, clock, case, "35.05.01"), state="shared", consent="chat")
    for prefix in ("35.05.01", "35.05", ""):
        seen = await referrals.shared(database, shared.id, Scope(prefix))
        assert seen is not None and seen.answers == {"story": "dipotong terus"}
        assert "Siti" not in repr(seen)
    for prefix in ("35.05.01.2001", "35.05.0", "52.02.12.2001", "36"):
        assert await referrals.shared(database, shared.id, Scope(prefix)) is None
    assert await cases.in_scope(database, case.number, Scope("35.05.01")) is None, "the case itself stays out of sight"


async def test_when_the_case_is_over_nothing_is_shown_any_more(
    database: Database, clock: FakeClock, case: Case
) -> None:
    shared = await change(database, clock, await ask(database, clock, case), state="shared", consent="paper")
    over = Act(case, Event(case.number, "closed", clock(), 1), replace(case, state="closed", outcome="solved"))
    async with database.transaction() as tx:
        await cases.act(tx, over)
    assert await referrals.shared(database, shared.id, Scope(DISTRICT)) is None


async def test_nothing_is_shared_without_a_consent(database: Database, clock: FakeClock, case: Case) -> None:
    asked = await ask(database, clock, case)
    with pytest.raises(Refused):
        await change(database, clock, asked, state="shared")


async def test_of_two_answers_the_first_counts(database: Database, clock: FakeClock, case: Case) -> None:
    asked = await ask(database, clock, case)
    await change(database, clock, asked, state="refused")
    with pytest.raises(Stale):
        await change(database, clock, asked, state="shared", consent="chat")


async def test_it_never_comes_to_those_it_is_about(database: Database, clock: FakeClock, given_case: GivenCase) -> None:
    case = await given_case(unit="52.02", barred=DISTRICT)
    for to in (DISTRICT, VILLAGE):
        with pytest.raises(Refused):
            await ask(database, clock, case, to)
    shared = await change(database, clock, await ask(database, clock, case, "52"), state="shared", consent="chat")
    assert await referrals.shared(database, shared.id, Scope("52")) is not None
    assert await referrals.shared(database, shared.id, Scope(DISTRICT)) is None


async def test_a_pretend_case_is_shown_to_nobody(database: Database, clock: FakeClock, given_case: GivenCase) -> None:
    async with database.transaction() as tx:
        await people.add(tx, Address("telegram", "bot", "ani"), "id", clock())
        await officers.invite(tx, Invite("Bu Ani", "officer", VILLAGE), "ABCDE-PQRST", clock(), clock())
        (ani,) = await officers.everyone(tx)
    case = await given_case(practice_of=ani.id)
    shared = await change(database, clock, await ask(database, clock, case), state="shared", consent="chat")
    assert await referrals.shared(database, shared.id, Scope(DISTRICT)) is None
