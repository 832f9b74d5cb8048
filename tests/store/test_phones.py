"""Cases that may be one person's are found by a telephone number that stands nowhere in the file, also after a new key."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.casework.numbers import numbered
from bot.model.case import Case, Event, Scope
from bot.model.effects.cases import Act, Consent, OpenCase
from bot.model.messages import Address
from bot.store import cases, desk, people
from bot.store.database import Database, open_database
from bot.store.seal import Seal
from tests.by_hand import by_hand
from tests.conftest import on_a_file
from tests.fakes import FakeClock
from tests.store.conftest import KEY, GivenCase

PHONE, OTHER = "6281298765432", "6281200000000"
EVERYWHERE = Scope("")
Handed = Callable[..., Awaitable[Case]]


@pytest.fixture
async def first(given_case: GivenCase, clock: FakeClock) -> Case:
    """Siti's case, as it is handed in by whoever writes it down."""
    return await given_case()


async def hand_in(
    database: Database, clock: FakeClock, like: Case, seq: int, phone: str = PHONE, **changes: object
) -> Case:
    """Somebody else hands in a case and gives a number."""
    async with database.transaction() as tx:
        place = await people.add(tx, Address("telegram", "bot", f"orang-{seq}"), "id", clock())
        case = replace(like, number=numbered(seq), person=place.person, **changes)  # type: ignore[arg-type]
        opening = OpenCase(case, Consent("complaint", "id", clock(), "setuju"), (phone,))
        await cases.open_case(tx, opening, "telegram")
    return case


def all_bytes(folder: Path) -> bytes:
    """The database as it lies on the disk, with its journal."""
    return b"".join(file.read_bytes() for file in folder.glob("test.db*"))


async def numbers(database: Database, case: Case, scope: Scope = EVERYWHERE) -> list[str]:
    return [one.number for one in await desk.alike(database, case, scope)]


async def test_the_same_number_in_two_cases_is_offered_and_another_is_not(
    database: Database, clock: FakeClock, first: Case
) -> None:
    one = await hand_in(database, clock, first, 100_002)
    two = await hand_in(database, clock, first, 100_003)
    await hand_in(database, clock, first, 100_004, OTHER)
    assert await numbers(database, one) == [two.number]
    assert await numbers(database, two) == [one.number]
    assert await numbers(database, first) == []


async def test_only_open_cases_in_sight_are_offered(database: Database, clock: FakeClock, first: Case) -> None:
    one = await hand_in(database, clock, first, 100_002)
    far = await hand_in(database, clock, first, 100_003, unit="35.05.01.2001", village="35.05.01.2001")
    about_them = await hand_in(database, clock, first, 100_004, unit="52.02", barred="52.02.12")
    assert await numbers(database, one, Scope("52.02.12.2001")) == []
    assert await numbers(database, one) == [about_them.number, far.number]
    over = Act(far, Event(far.number, "closed", clock(), 1), replace(far, state="closed", outcome="solved"))
    async with database.transaction() as tx:
        await cases.act(tx, over)
    assert await numbers(database, one) == [about_them.number]


@on_a_file
async def test_the_number_itself_stands_nowhere_in_the_file(
    database: Database, clock: FakeClock, first: Case, tmp_path: Path
) -> None:
    await hand_in(database, clock, first, 100_002)
    bytes_of = all_bytes(tmp_path)
    assert numbered(100_002).encode() in bytes_of, "this is the file, and the case is in it"
    for part in (PHONE, PHONE[2:], PHONE[-7:]):
        assert part.encode() not in bytes_of


async def test_who_has_the_file_but_no_key_cannot_try_numbers(
    database: Database, clock: FakeClock, first: Case
) -> None:
    await hand_in(database, clock, first, 100_002)
    with by_hand(database.store) as file:
        kept = {row[0] for row in file.execute("select mark from case_phone")}
    assert kept == set(Seal([KEY]).marks("phone", PHONE))
    assert kept.isdisjoint(Seal([Fernet.generate_key().decode()]).marks("phone", PHONE))


async def test_after_a_new_key_old_and_new_cases_are_still_found(
    database: Database, clock: FakeClock, first: Case
) -> None:
    old = await hand_in(database, clock, first, 100_002)
    await database.close()
    again = await open_database(database.store, Seal([Fernet.generate_key().decode(), KEY]))
    new = await hand_in(again, clock, first, 100_003)
    assert await numbers(again, new) == [old.number]
    assert await numbers(again, old) == [new.number]
    await again.close()


async def test_it_goes_with_the_case(database: Database, clock: FakeClock, first: Case) -> None:
    one = await hand_in(database, clock, first, 100_002)
    two = await hand_in(database, clock, first, 100_003)
    back = Act(one, Event(one.number, "withdrawn", clock(), one.person), replace(one, state="withdrawn"))
    async with database.transaction() as tx:
        await cases.act(tx, back)
        await cases.erase(tx, two.number)
    with by_hand(database.store) as file:
        assert file.execute("select count(*) from case_phone").fetchone() == (0,)
