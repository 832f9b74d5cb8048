"""N8 as a property: whoever sits, or ever sat, in a barred unit is shown nothing of the case and told nothing of it.

Random offices, random cases, random acts of everybody through the real door and the real store; after each act the letters are
read, and at the end every list, count, search, book, digest, export and statistic.
"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.casework.day import midnight
from bot.casework.numbers import numbered, sayable
from bot.casework.periods import read_period
from bot.casework.routing import above, open_to
from bot.dialogue.case_clock import Brought
from bot.model.case import Case, Officer
from bot.model.effects.cases import Consent, OpenCase
from bot.model.effects.joining import Join, OfferJoining
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import THE_CLOCK, Address, Incoming, Message
from bot.reception import Reception
from bot.store import cases, day, exports, joining, officers, people, reports
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.queries import queries
from bot.store.seal import Seal
from bot.understanding.release import Release
from bot.wording import Wording
from tests.fakes import FakeClock
from tests.store.conftest import KEY

VILLAGES = ("52.02.12.2001", "52.02.12.2002", "52.02.11.2001", "35.05.01.2001")
UNITS = tuple(sorted({code[:end] for code in VILLAGES for end in (0, 2, 5, 8, 13)}, key=len))
PERIOD = read_period("2026")
STORY = "Gaji saya ditahan"
ACTS = (
    "case", "claim", "release", "note", "reveal", "reply", "waiting", "resume", "outcome", "reopen", "ask-help", "snooze",
    "transfer", "refer", "merge", "unmerge", "move-up-yes", "from-person", "unsolved", "withdraw-yes", "raise", "away",
    "revoke", "promote", "digest", "number", "join", "join", "part",
)  # fmt: skip


@dataclass(frozen=True)
class Doing:
    """One thing somebody does: which officer, to which case, with which other case or unit."""

    act: str
    who: int
    what: int
    unit: str


@dataclass(frozen=True)
class Filed:
    """A case as it begins: in which village, of which person, and how many levels of it are accused."""

    village: str
    person: int
    accused: int


OFFICES = some.lists(some.sampled_from(UNITS), min_size=2, max_size=6)
FILED = some.builds(Filed, some.sampled_from(VILLAGES), some.integers(0, 3), some.integers(0, 3))
DOINGS = some.builds(Doing, some.sampled_from(ACTS), some.integers(0, 5), some.integers(0, 2), some.sampled_from(UNITS))


@dataclass
class Land:
    """The offices and cases of one example."""

    database: Database
    reception: Reception
    clock: FakeClock
    people: list[Address] = field(default_factory=list)
    seats: dict[int, list[Officer]] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    sat: dict[int, set[str]] = field(default_factory=dict)
    letters: int = 0
    count: int = 0

    async def sit(self, unit: str, person: Address) -> None:
        """Somebody takes an office; one they held before is over."""
        self.count += 1
        async with self.database.transaction() as tx:
            now, code = self.clock(), f"code-{self.count}"
            await officers.invite(tx, Invite(f"officer {self.count}", "officer", unit), code, now, now + timedelta(1))
            met = await people.meet(tx, [Incoming(person, f"m{self.count}", "text", now)])
            invited = await officers.invited(tx, code, now)
            assert invited
            id = met.places[person].person
            await officers.appoint(tx, Appoint(invited, id), now)
        self.seats.setdefault(id, []).append(invited)
        self.sat.setdefault(id, set()).add(unit)

    async def file(self, filed: Filed) -> None:
        """A case begins, as the routing has it."""
        units = [filed.village, filed.village[:8], filed.village[:5]]
        barred = units[filed.accused - 1] if filed.accused else ""
        number = numbered(100_001 + len(self.numbers))
        async with self.database.transaction() as tx:
            now, owner = self.clock(), self.people[-1 - filed.person]
            met = await people.meet(tx, [Incoming(owner, f"p{len(self.numbers)}", "text", now)])
            person = met.places[owner].person
            case = Case(
                number,
                "complaint",
                "complaint",
                "sensitive",
                above(barred) if barred else filed.village,
                filed.village,
                person,
                now,
                now + timedelta(hours=4),
                answers={"village": filed.village, "what": STORY},
                barred=barred,
            )
            await cases.open_case(tx, OpenCase(case, Consent("complaint", "id", now, "setuju")), "telegram")
        self.numbers.append(number)
        self.owners.append(person)

    async def do(self, doing: Doing, working: list[Address]) -> None:
        """Whatever it is, by the door everybody uses."""
        self.count += 1
        self.clock.pass_by(minutes=1)
        who, n = working[doing.who % len(working)], self.numbers[doing.what % len(self.numbers)]
        other = self.numbers[(doing.what + 1) % len(self.numbers)]
        owner = self.people[-1 - doing.who % 4]
        behind = {
            "reveal": ":call",
            "outcome": ":solved",
            "transfer": f":{doing.unit or '0'}",
            "refer": f":{doing.unit or '0'}:what",
            "merge": f":{other}:yes",
            "snooze": f":{(self.clock() + timedelta(days=2)).date()}",
        }
        if doing.act == "join":
            await self._join(owner, who)
        elif doing.act == "part":
            await self._send(who, "button", "do:part")
        elif doing.act in ("revoke", "promote", "raise"):
            await self._from_above(doing, who, n)
        elif doing.act in ("move-up-yes", "unsolved", "withdraw-yes"):
            await self._send(owner, "button", f"{doing.act}:{n}")
        elif doing.act == "from-person":
            await self._send(owner, "button", f"write:{n}")
            await self._send(owner, "text", "", "Apa kabarnya bu?")
        elif doing.act == "digest":
            await self._send(who, "digest")
        elif doing.act == "number":
            await self._send(who, "text", "", n)
        elif doing.act == "away":
            await self._send(who, "button", "away:2026-12-03")
        else:
            await self._send(who, "button", f"{doing.act}:{n}{behind.get(doing.act, '')}", "Kabar dari kantor")

    async def _from_above(self, doing: Doing, who: Address, number: str) -> None:
        if doing.act == "promote":
            await self.sit(doing.unit, who)
        elif doing.act == "raise":
            self.clock.pass_by(days=3)
            await self._send(THE_CLOCK, "case-clock", "", Brought(number, "raised").written())
        else:
            async with self.database.transaction() as tx:
                for one in await officers.everyone(tx):
                    if one.id % 5 == doing.what and not one.revoked:
                        await officers.revoke(tx, one.id, self.clock())

    async def _join(self, types: Address, asks: Address) -> None:
        """One chat brings a code of another's, who has just left their office; the store decides."""
        async with self.database.transaction() as tx:
            now, code = self.clock(), f"code-{self.count}"
            met = await people.meet(tx, [Incoming(one, "", "text", now) for one in (types, asks)])
            here, there = met.places[types].person, met.places[asks].person
            for one in self.seats.get(there, ()):
                await officers.revoke(tx, one.id, now)
            await joining.offer(tx, there, OfferJoining(code, now + timedelta(minutes=10)))
            if await joining.offered(tx, code, here, now):
                await joining.join(tx, here, Join(there, code), now)

    async def _send(self, who: Address, kind: str, button: str = "", text: str = "") -> None:
        self.count += 1
        await self.reception.receive([Incoming(who, f"d{self.count}", kind, self.clock(), text, button)])  # type: ignore[arg-type]

    def barred(self) -> dict[str, str]:
        """Which unit each case is about."""
        with closing(sqlite3.connect(self.database.path)) as file:
            return dict(file.execute('select number, barred from "case"').fetchall())

    def kept_from(self, person: int) -> set[str]:
        """The cases somebody may know nothing of, for where they sit or once sat, with whichever of their chats."""
        found, seats = self.barred(), {seat for one in self.same(person) for seat in self.sat.get(one, ())}
        return {n for n, unit in found.items() if any(not open_to(seat, unit) for seat in seats)}

    def same(self, person: int) -> set[int]:
        """All chats of somebody."""
        with closing(sqlite3.connect(self.database.path)) as file:
            return {id for (id,) in file.execute("select self_id from same_person where person_id = ?", (person,))}

    def told(self) -> list[tuple[int, str]]:
        """The letters since the last look: to whom, and their words and buttons."""
        with closing(sqlite3.connect(self.database.path)) as file:
            rows = file.execute(
                "select o.id, a.person_id, o.message_sealed from outgoing o join address a on a.id = o.address_id"
                " where o.id > ? order by o.id",
                (self.letters,),
            ).fetchall()
        self.letters = rows[-1][0] if rows else self.letters
        return [(person, self._words(self.database.seal.open(Message, sealed))) for _, person, sealed in rows]

    def _words(self, message: Message) -> str:
        return " ".join((message.text, *(f"{one.id} {one.label}" for one in message.choices)))


async def no_letter_betrays(land: Land, doing: Doing) -> None:
    """To whom a case is barred, no letter names it; as its own person they are written to all the same."""
    for person, words in land.told():
        for number in land.kept_from(person):
            if land.owners[land.numbers.index(number)] not in land.same(person) and doing.act != "number":
                assert number not in words and sayable(number) not in words, (doing, words)


async def nothing_shows(land: Land) -> None:
    """Every way there is of reading: exactly what is in their units, is not barred to them, and is not their own matter."""
    for one in await officers.everyone(land.database):
        officer = await officers.officer(land.database, one.id)
        if officer is None:
            continue
        stored = [case for n in land.numbers if (case := await whole(land, n))]
        hidden, own = land.kept_from(officer.person), land.same(officer.person)
        seen = [
            case
            for case in stored
            if officer.scope.sees(case.unit) and case.number not in hidden and case.person not in own
        ]
        await shown_is(land, officer, seen)


async def whole(land: Land, number: str) -> Case | None:
    """The case, by its person's right."""
    return await cases.of_person(land.database, number, land.owners[land.numbers.index(number)])


async def shown_is(land: Land, officer: Officer, seen: list[Case]) -> None:
    reads, scope, now = land.database, officer.scope, land.clock()
    numbers = {case.number for case in seen}
    open_ones = {case.number for case in seen if case.state in ("new", "working", "waiting")}
    asked = day.Asked(officer, now, midnight(now))
    assert {n for n in land.numbers if await cases.in_scope(reads, n, scope)} == numbers
    assert {n for n in land.numbers if await cases.events(reads, n, scope)} == numbers
    assert {one.number for one in await cases.queue(reads, scope)} == open_ones
    assert {one.number for one in await cases.closed(reads, scope)} == numbers - open_ones
    assert {one.number for _, one in await day.page(reads, asked, 50)} == open_ones
    assert sum((await day.counts(reads, asked)).values()) == len(open_ones)
    assert PERIOD
    assert {one.number async for one in exports.cases_of(reads, scope, PERIOD)} == numbers
    counted = await reports.counted(reads, scope, PERIOD, now)
    assert sum(one.count for one in counted) == sum(not case.merged_into for case in seen)


class Ground:
    """An empty database, to be copied, and the words of the house: too many to be printed with an example."""

    def __init__(self, path: Path, wording: Wording) -> None:
        self.path, self.wording = path, wording


@pytest.fixture
def ground(fresh: Path, release: Release) -> Ground:
    return Ground(fresh, Wording(release))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("land") / "fresh.db"
    migrate(path)
    return path


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(OFFICES, some.lists(FILED, min_size=1, max_size=3), some.lists(DOINGS, max_size=8))
async def test_whom_a_case_is_about_learns_nothing_of_it_whatever_anybody_does(
    ground: Ground, offices: list[str], filed: list[Filed], doings: list[Doing]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(ground.path, folder))
        database = await open_database(path, Seal([KEY]))
        try:
            reception = Reception(database, lambda: ground.wording, lambda: None, "https://desa.test")
            land = Land(database, reception, FakeClock())
            working = [Address("telegram", "bot", f"officer {n}") for n in range(len(offices))]
            land.people = [working[0], *(Address("telegram", "bot", f"person {n}") for n in range(3))]
            for unit, person in zip(offices, working, strict=True):
                await land.sit(unit, person)
            for one in filed:
                await land.file(one)
            land.told()
            for doing in doings:
                await land.do(doing, working)
                await no_letter_betrays(land, doing)
            await nothing_shows(land)
        finally:
            await database.close()


@pytest.mark.parametrize(
    "changes", ["unit = barred", "unit = barred || '.2001'", "raised_to = barred", "officer_id = 1"]
)
async def test_the_store_itself_refuses_to_bring_a_case_to_whom_it_is_about(
    fresh: Path, tmp_path: Path, changes: str
) -> None:
    database = await open_database(Path(shutil.copy(fresh, tmp_path)), Seal([KEY]))
    try:
        land = Land(database, None, FakeClock(), [Address("telegram", "bot", "siti")])  # type: ignore[arg-type]
        await land.sit("52.02.12", Address("telegram", "bot", "made"))
        await land.file(Filed(VILLAGES[0], 0, 2))
        with closing(sqlite3.connect(database.path, isolation_level=None)) as file:
            with pytest.raises(sqlite3.IntegrityError, match="about this unit"):
                file.execute(f'update "case" set {changes}')
            file.execute("""update "case" set unit = '52', raised_to = ''""")
    finally:
        await database.close()


async def test_without_the_rule_the_case_would_show(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading above notices: somebody of the accused village, who holds the district's office now."""
    database = await open_database(Path(shutil.copy(ground.path, tmp_path)), Seal([KEY]))
    try:
        land = Land(database, None, FakeClock())  # type: ignore[arg-type]
        accused, land.people = Address("telegram", "bot", "budi"), [Address("telegram", "bot", "siti")]
        for unit in (VILLAGES[0], "52.02.12"):
            await land.sit(unit, accused)
        await land.file(Filed(VILLAGES[0], 0, 1))
        await nothing_shows(land)
        lax = {
            name: statement.replace("c.barred = ''", "c.barred is not null") for name, statement in queries().items()
        }
        monkeypatch.setattr("bot.store.sqlite.queries", lambda: lax)
        with pytest.raises(AssertionError):
            await nothing_shows(land)
    finally:
        await database.close()
