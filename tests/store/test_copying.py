"""What people attach to a case outlasts the platform's memory of it: copied, sealed, gone with the case; no fault loses it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import File, Never, NotNow, Uncertain
from bot.copying import FORGOTTEN, Copying
from bot.fetching import fetching
from bot.model.case import Case, Event
from bot.model.messages import Attachment
from bot.store import cases, files, trouble
from bot.store.database import Database
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

PHOTO = Attachment("photo", "1001", "whatsapp")
VOICE = Attachment("voice", "1002", "whatsapp")


@dataclass(slots=True)
class Keeper:
    """A platform that has these files; its troubles come one a fetch."""

    files: dict[str, bytes] = field(default_factory=lambda: {"1001": b"\xff\xd8 a contract", "1002": b"OggS a voice"})
    fails: list[Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, reference: str) -> File:
        """The file, after its troubles."""
        self.asked.append(reference)
        if self.fails:
            raise self.fails.pop(0)
        return File(self.files[reference], "image/jpeg")


def copying_from(
    database: Database, clock: FakeClock, sources: Mapping[str, Callable[[str], Awaitable[File]]]
) -> Copying:
    return Copying(database, fetching(database, sources), list(sources), clock)


async def copied(database: Database, attachment: Attachment) -> bytes | None:
    """Our copy."""
    found = await files.copy_of(database, attachment)
    return found[0] if found else None


@pytest.fixture
async def case(given_case: GivenCase) -> Case:
    return await given_case(media={"proof": PHOTO})


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def copying(database: Database, clock: FakeClock, keeper: Keeper) -> Copying:
    return copying_from(database, clock, {"whatsapp": keeper.fetch})


async def test_what_was_handed_in_and_what_is_written_later_is_there_when_the_platform_has_forgotten(
    case: Case, copying: Copying, keeper: Keeper, database: Database, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        await cases.write(tx, Event(case.number, "from-person", clock(), case.person, text="dengar", attachment=VOICE))
    await copying.once()
    keeper.files.clear()
    assert await copied(database, PHOTO) == b"\xff\xd8 a contract"
    assert await copied(database, VOICE) == b"OggS a voice"
    await copying.once()
    assert sorted(keeper.asked) == ["1001", "1002"], "once each"


async def test_a_copy_is_sealed(case: Case, copying: Copying, database: Database) -> None:
    await copying.once()
    with by_hand(database.store) as other:
        (stored,) = other.execute("select content_sealed from attached_file").fetchall()
    assert stored[0] and b"a contract" not in stored[0]


async def test_what_another_platform_keeps_is_left_there(
    given_case: GivenCase, copying: Copying, keeper: Keeper
) -> None:
    await given_case(media={"proof": replace(PHOTO, channel="telegram")})
    await copying.once()
    assert keeper.asked == []


@pytest.mark.parametrize("trouble", [NotNow(30), Uncertain("no answer")], ids=str)
async def test_a_platform_that_is_away_is_asked_again_later(
    case: Case, copying: Copying, keeper: Keeper, database: Database, clock: FakeClock, trouble: Exception
) -> None:
    keeper.fails.append(trouble)
    await copying.once()
    await copying.once()
    assert keeper.asked == ["1001"], "not at once"
    clock.pass_by(minutes=2)
    await copying.once()
    assert await copied(database, PHOTO)


async def test_a_house_that_died_meanwhile_goes_on(
    case: Case, keeper: Keeper, database: Database, clock: FakeClock
) -> None:
    await copying_from(database, clock, {}).once()
    await copying_from(database, clock, {"whatsapp": keeper.fetch}).once()
    assert await copied(database, PHOTO)


@pytest.mark.parametrize("final", [Never("gone", this_one=True), KeyError("a fault of ours")], ids=str)
async def test_what_nobody_can_fetch_is_said_to_the_operator_and_stops_no_other(
    case: Case,
    given_case: GivenCase,
    copying: Copying,
    keeper: Keeper,
    database: Database,
    clock: FakeClock,
    final: Exception,
) -> None:
    await given_case(100_002, media={"proof": VOICE})
    keeper.fails.append(final)
    await copying.once()
    assert (await trouble.find(database, clock())).lost_files == 1
    assert await copied(database, VOICE)


async def test_it_is_not_tried_for_ever(
    case: Case, copying: Copying, keeper: Keeper, database: Database, clock: FakeClock
) -> None:
    until = clock() + FORGOTTEN + timedelta(days=1)
    while clock() < until:
        keeper.fails = [NotNow()]
        await copying.once()
        clock.pass_by(hours=6)
    assert (await trouble.find(database, clock())).lost_files == 1
    tries = len(keeper.asked)
    clock.pass_by(days=1)
    await copying.once()
    assert len(keeper.asked) == tries < 60


async def test_it_goes_with_the_case(case: Case, copying: Copying, database: Database) -> None:
    await copying.once()
    async with database.transaction() as tx:
        await cases.erase(tx, case.number)
    assert await copied(database, PHOTO) is None


async def test_a_case_that_went_while_its_file_was_on_its_way_gets_none(
    case: Case, keeper: Keeper, database: Database, clock: FakeClock
) -> None:
    (one,) = await files.wanted(database, ["whatsapp"], datetime.max.replace(tzinfo=UTC))
    async with database.transaction() as tx:
        await cases.erase(tx, case.number)
        await files.keep(tx, one, database.seal.wrap(b"too late"), "")
    assert await copied(database, PHOTO) is None


async def test_on_a_full_disk_files_wait(case: Case, copying: Copying, keeper: Keeper, database: Database) -> None:
    database.disk.floor = 2**62
    await copying.once()
    assert keeper.asked == []
