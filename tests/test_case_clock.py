"""What nobody acts on warns, rises and comes back, by the door in; each stage once, whatever is killed or repeated."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet

from bot.case_clock import MOST_EACH, look
from bot.casework.clocks import Timing, ticking
from bot.casework.deadlines import Calendar
from bot.casework.numbers import numbered
from bot.casework.routing import unit_of
from bot.digests import Mornings
from bot.model.case import Case, Event, Role, Scope, Urgency
from bot.model.contact import Contact
from bot.model.effects.cases import Act, Consent, OpenCase
from bot.model.effects.offices import Invite
from bot.model.messages import Address, Incoming, Message
from bot.reception import Reception
from bot.store import cases, inbox, officers, people
from bot.store.database import Database, NotStored, Store, open_database
from bot.store.seal import Seal
from bot.store.times import kept
from bot.understanding.release import Release
from bot.wording import Wording
from tests.by_hand import by_hand
from tests.fakes import CancelledAt, FakeClock

LANTAN, DISTRICT, REGENCY = "52.02.12.2001", "52.02.12", "52.02"
SITI = Address("telegram", "bot", "siti")
OPENLY = Contact(may_write=True, shared=False)
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
NUMBER = numbered(100_001)


@dataclass
class House:
    """A reception, people and officers, and a clock that is moved by hand."""

    database: Database
    release: Release
    clock: FakeClock = field(default_factory=lambda: FakeClock(MONDAY))
    codes: int = 0
    mornings: Mornings = field(default_factory=Mornings)

    def __post_init__(self) -> None:
        self.reception = Reception(self.database, lambda: Wording(self.release), lambda: None)

    async def says(self, chat: str, text: str = "", button: str = "") -> None:
        kind = "button" if button else "text"
        address = Address("telegram", "bot", chat)
        incoming = Incoming(address, f"{chat}:{self.clock()}:{text}{button}", kind, self.clock(), text, button)  # type: ignore[arg-type]
        await self.reception.receive([incoming])

    async def officer(self, chat: str, unit: str, role: Role = "officer") -> int:
        """Somebody takes an office; its number."""
        self.codes += 1
        code = f"{'ABCDEFGHJK'[self.codes]}BCDE-FGHJK"
        async with self.database.transaction() as tx:
            invite = Invite(f"Bu {chat.title()}", role, unit_of(role, unit) if role == "officer" else unit)
            await officers.invite(tx, invite, code, self.clock(), self.clock() + timedelta(days=7))
        await self.says(chat, code)
        return self.codes

    async def case(self, seq: int = 100_001, urgency: Urgency = "general", holder: int = 0, **changes: object) -> Case:
        """Siti hands something in; an officer takes it on."""
        at = self.clock()
        async with self.database.transaction() as tx:
            met = await people.meet(tx, [Incoming(SITI, "m", "text", at)])
            person = met.places[SITI].person
            made = Case(numbered(seq), "ask-officer", "ask-officer", urgency, LANTAN, LANTAN, person, at, at)
            case = ticking(replace(made, **changes), "opened", at, self.timing)  # type: ignore[arg-type]
            await cases.open_case(tx, OpenCase(case, Consent("ask-officer", "id", at, "setuju")), "telegram")
        if holder:
            await move(self, case.number, "claimed", officer=holder, state="working")
        return await self.now(case.number)

    @property
    def timing(self) -> Timing:
        rules = self.release.content.rules
        return Timing(rules, Calendar(rules.office_hours, self.release.holidays, "Asia/Makassar"))

    async def look(self) -> int:
        return await look(self.database, self.release.content.rules, self.reception.receive, self.clock())

    async def at(self, moment: datetime | None) -> int:
        assert moment is not None
        self.clock.now = moment
        return await self.look()

    async def now(self, number: str = NUMBER) -> Case:
        found = await cases.in_scope(self.database, number, Scope(""))
        assert found is not None
        return found

    async def book(self, number: str = NUMBER) -> list[str]:
        return [one.kind for one in await cases.events(self.database, number, Scope(""))]

    async def told(self, chat: str) -> list[tuple[str, str]]:
        """What waits for a chat since it was last asked for: the words and when they may go."""
        with by_hand(self.database.store) as file:
            query = """select o.id, o.message_sealed, o.due_at from outgoing o join address a on a.id = o.address_id
                       where a.chat = ? and o.state = 'waiting' order by o.id"""
            rows = file.execute(query, (chat,)).fetchall()
            file.executemany("update outgoing set state = 'sent' where id = ?", [(row[0],) for row in rows])
        return [(self.database.seal.open(Message, sealed).text, due) for _, sealed, due in rows]

    async def quiet(self, *chats: str) -> None:
        """What was said until now is read."""
        for chat in chats:
            await self.told(chat)


@pytest.fixture
async def house(store: Store, release: Release) -> AsyncIterator[House]:
    database = await open_database(store, Seal([Fernet.generate_key().decode()]))
    made = House(database, release)
    await made.officer("ani", LANTAN)
    await made.officer("budi", DISTRICT, "coordinator")
    await made.officer("citra", "", "ministry")
    await made.says("siti", "menu")
    await made.quiet("ani", "budi", "citra", "siti")
    yield made
    await database.close()


async def words(house: House, chat: str) -> list[str]:
    return [text for text, _ in await house.told(chat)]


async def test_at_three_quarters_whoever_must_act_is_told_and_nobody_else(house: House) -> None:
    case = await house.case()
    assert await house.at(case.warn) == 1
    (notice,) = await words(house, "ani")
    assert "100 001" in notice and "Siti" not in notice
    assert [await words(house, chat) for chat in ("budi", "citra", "siti")] == [[], [], []]
    assert (await house.book())[-1] == "warned"
    assert await house.look() == 0


async def test_who_holds_it_is_told_and_not_their_colleagues(house: House) -> None:
    await house.officer("dewi", LANTAN)
    case = await house.case(holder=1)
    await house.quiet("ani", "dewi")
    await house.at(case.warn)
    assert [len(await words(house, chat)) for chat in ("ani", "dewi")] == [1, 0]


async def test_at_its_end_it_rises_and_everybody_concerned_is_told(house: House) -> None:
    case = await house.case()
    await house.at(case.due)
    risen = await house.now()
    assert (risen.raised_to, risen.clock) == (DISTRICT, "running")
    assert risen.due > house.clock() and (await house.book())[-1] == "raised"
    assert [len(await words(house, chat)) for chat in ("ani", "budi", "citra")] == [1, 1, 0]
    (told,) = await words(house, "siti")
    assert "100 001" in told and house.release.place(DISTRICT) in told


async def test_level_after_level_up_to_the_ministry_and_there_once_a_day(house: House) -> None:
    case = await house.case()
    await house.at(case.due)
    await house.at((await house.now()).due)
    top = await house.now()
    assert top.raised_to == "" and "kementerian" in (await words(house, "siti"))[-1]
    await house.quiet("citra")
    await house.at(top.due - timedelta(minutes=1))
    assert (await house.now()).raised_to == "" and await house.book() == ["opened", "raised", "raised", "warned"]
    await house.quiet("citra")
    await house.at(top.due)
    assert len(await words(house, "citra")) == 1
    assert (await house.now()).due >= top.due + timedelta(days=1)


async def test_an_emergency_rises_at_any_hour_and_its_person_is_told_at_once(house: House) -> None:
    house.clock.now = datetime.fromisoformat("2026-11-28T23:00:00+08:00")
    case = await house.case(urgency="emergency", plan=OPENLY)
    await house.at(case.due)
    assert house.clock() - case.opened == timedelta(minutes=15)
    for chat in ("ani", "budi", "siti"):
        ((_, due),) = await house.told(chat)
        assert due <= kept(house.clock())


async def test_at_night_the_person_and_the_officers_sleep_unless_somebody_is_in_danger(house: House) -> None:
    house.clock.now = datetime.fromisoformat("2026-11-23T19:00:00+08:00")
    case = await house.case(urgency="sensitive", plan=OPENLY)
    await house.at(case.due)
    morning = kept(datetime.fromisoformat("2026-11-24T07:00:00+08:00"))
    for chat in ("ani", "budi", "siti"):
        ((_, due),) = await house.told(chat)
        assert due == morning


async def test_who_must_not_be_written_to_is_not(house: House) -> None:
    """Without a plan nothing of a sensitive case is sent first; what was to be said waits for them."""
    case = await house.case(urgency="sensitive")
    await house.at(case.due)
    assert await words(house, "siti") == [] and await house.book() == ["opened", "raised"]


async def test_an_answer_stops_it_from_rising(house: House) -> None:
    case = await house.case(holder=1)
    house.clock.pass_by(hours=1)
    await house.says("ani", button=f"reply:{NUMBER}")
    await house.says("ani", "Kantor buka pukul delapan.")
    assert (await house.now()).answered
    assert await house.at(case.due) == 0


async def test_what_was_put_aside_comes_back_to_whoever_has_it(house: House) -> None:
    await house.case(holder=1)
    day = MONDAY + timedelta(days=2)
    await move(house, NUMBER, "snoozed", snoozed=day)
    assert await house.at(day - timedelta(minutes=1)) == 0
    await house.at(day)
    assert len(await words(house, "ani")) == 1 and await words(house, "siti") == []
    assert ((await house.now()).clock, (await house.book())[-1]) == ("running", "woken")


async def test_whoever_was_revoked_leaves_nothing_standing(house: House) -> None:
    """What waited for its person goes back to the queue, and its clock runs again."""
    await house.case(holder=1)
    await move(house, NUMBER, "waiting", state="waiting")
    async with house.database.transaction() as tx:
        await officers.revoke(tx, 1, house.clock())
    await house.look()
    back = await house.now()
    assert (back.state, back.officer, back.clock) == ("new", 0, "running")


async def move(house: House, number: str, kind: str, **changes: object) -> None:
    """An officer does something at the desk."""
    case = await house.now(number)
    after = ticking(replace(case, **changes), kind, house.clock(), house.timing)  # type: ignore[arg-type]
    async with house.database.transaction() as tx:
        await cases.act(tx, Act(case, Event(number, kind, house.clock(), 1), after))  # type: ignore[arg-type]


async def test_who_is_away_hears_nothing_and_the_next_level_does(house: House) -> None:
    case = await house.case()
    with by_hand(house.database.store) as file:
        file.execute("update officer set away_until = ? where id = 1", (kept(case.due + timedelta(days=9)),))
    await house.at(case.warn)
    assert [len(await words(house, chat)) for chat in ("ani", "budi")] == [0, 1]


async def test_where_nobody_sits_in_between_it_rises_past(house: House) -> None:
    async with house.database.transaction() as tx:
        await officers.revoke(tx, 2, house.clock())
    case = await house.case()
    await house.at(case.due)
    assert (await house.now()).raised_to == ""


async def test_after_a_long_outage_it_rises_by_one_level_and_officers_are_told_how_many(house: House) -> None:
    many = MOST_EACH + 3
    for n in range(many):
        await house.case(100_001 + n)
    await house.quiet("ani", "budi", "citra", "siti")
    house.clock.now = datetime.fromisoformat("2026-12-16T10:00:00+08:00")
    assert await house.look() == many
    assert {(await house.now(numbered(100_001 + n))).raised_to for n in range(many)} == {DISTRICT}
    for chat in ("ani", "budi"):
        (summary,) = await words(house, chat)
        assert str(many) in summary
    assert len(await words(house, "siti")) == many
    assert await house.look() == 0


async def test_of_many_the_emergencies_are_still_told_one_by_one(house: House) -> None:
    for n in range(MOST_EACH + 1):
        await house.case(100_001 + n, urgency="emergency" if n == 0 else "general")
    await house.quiet("ani")
    house.clock.now = datetime.fromisoformat("2026-12-16T10:00:00+08:00")
    await house.look()
    told = await words(house, "ani")
    assert len(told) == 2 and any("100 001" in text and "DARURAT" in text.upper() for text in told)


async def test_killed_at_any_point_nothing_is_lost_and_nothing_comes_twice(house: House) -> None:
    for n in range(MOST_EACH + 2):
        await house.case(100_001 + n, urgency="emergency" if n < 2 else "general", plan=OPENLY)
    await house.quiet("ani", "budi", "siti")
    house.clock.now = datetime.fromisoformat("2026-12-16T10:00:00+08:00")
    point = 0
    while not await CancelledAt(house.look(), point):
        await house.reception.finish()
        point += 1
    assert point > 3
    books = [await house.book(numbered(100_001 + n)) for n in range(MOST_EACH + 2)]
    assert books == [["opened", "raised"]] * (MOST_EACH + 2)
    told = await words(house, "budi")
    assert len([text for text in told if "DARURAT" in text]) == 2
    assert len(told) == 3
    assert len(await words(house, "siti")) == MOST_EACH + 2


async def test_the_same_stage_brought_twice_happens_once(house: House) -> None:
    case = await house.case()
    brought: list[Incoming] = []

    async def twice(arrived: Sequence[Incoming]) -> None:
        brought.extend(arrived)
        await house.reception.receive(arrived)
        await house.reception.receive([replace(one, external_id=f"{one.external_id}:again") for one in arrived])

    house.clock.now = case.due
    await look(house.database, house.release.content.rules, twice, house.clock())
    await house.reception.receive(brought)
    assert await house.book() == ["opened", "raised"]


async def test_a_house_that_cannot_store_says_so_and_the_case_rises_later(house: House) -> None:
    case = await house.case()
    house.clock.now = case.due

    async def full(_: Sequence[Incoming]) -> None:
        raise NotStored("no room")

    with pytest.raises(NotStored):
        await look(house.database, house.release.content.rules, full, house.clock())
    assert await house.book() == ["opened"]
    await house.look()
    assert await house.book() == ["opened", "raised"]


async def test_the_clock_writes_to_nobody_at_its_own_address(house: House) -> None:
    """Also when the person can be reached nowhere: a letter to the clock would wait for ever."""
    case = await house.case()
    async with house.database.transaction() as tx:
        for place in await people.places_of(tx, case.person):
            await people.reachable(tx, place, reachable=False)
    await house.at(case.due)
    with by_hand(house.database.store) as file:
        query = "select count(*) from outgoing o join address a on a.id = o.address_id where a.channel = 'clock'"
        assert file.execute(query).fetchone() == (0,)
    assert await inbox.all_set_aside(house.database) == []


async def test_pretend_cases_and_those_that_are_over_bother_nobody(house: House) -> None:
    case = await house.case(holder=1)
    await move(house, NUMBER, "closed", state="closed")
    with by_hand(house.database.store) as file:
        await house.case(100_002)
        file.execute('update "case" set practice_of = 1 where number = ?', (numbered(100_002),))
    assert await house.at(case.due + timedelta(days=30)) == 0


async def test_two_looks_at_once_are_as_one(house: House) -> None:
    case = await house.case()
    house.clock.now = case.due
    await asyncio.gather(house.look(), house.look())
    assert await house.book() == ["opened", "raised"]
    assert len(await words(house, "siti")) == 1


async def digests(house: House, moment: str) -> int:
    house.clock.now = datetime.fromisoformat(moment)
    return await house.mornings.bring(house.database, house.release, house.reception.receive, house.clock())


async def test_when_the_office_opens_the_officer_hears_how_much_waits_and_no_names(house: House) -> None:
    for n in range(4):
        await house.case(100_001 + n, urgency="sensitive" if n else "emergency")
        house.clock.pass_by(minutes=1)
    await house.quiet("ani", "budi", "citra")
    assert await digests(house, "2026-11-24T07:59:00+08:00") == 0
    assert await digests(house, "2026-11-24T08:00:00+08:00") == 2
    (morning,) = await words(house, "ani")
    assert [number in morning for number in ("100 001", "100 002", "100 003", "100 004")] == [True, True, True, False]
    assert "Siti" not in morning and "Lantan" not in morning
    (coordinators,) = await words(house, "budi")
    assert "Lantan" in coordinators and "4" in coordinators
    assert await words(house, "citra") == [], "it is not yet eight in Jakarta"
    assert await digests(house, "2026-11-24T09:00:00+08:00") == 1


async def test_once_a_day_also_after_a_restart_and_only_while_it_is_morning(house: House) -> None:
    await house.case()
    await house.quiet("ani")
    await digests(house, "2026-11-24T08:01:00+08:00")
    assert await digests(house, "2026-11-24T08:02:00+08:00") == 0
    house.mornings = Mornings()
    await digests(house, "2026-11-24T08:03:00+08:00")
    assert len(await words(house, "ani")) == 1
    house.mornings = Mornings()
    await digests(house, "2026-11-25T11:00:00+08:00")
    assert await words(house, "ani") == []
    await digests(house, "2026-11-26T08:00:00+08:00")
    assert len(await words(house, "ani")) == 1


@pytest.mark.parametrize("day", ["2026-11-28", "2026-12-25"])
async def test_no_digest_on_days_off(house: House, day: str) -> None:
    await house.case()
    assert await digests(house, f"{day}T08:30:00+08:00") == 0


async def test_where_nothing_waits_nothing_is_said(house: House) -> None:
    await digests(house, "2026-11-24T08:30:00+08:00")
    assert [await words(house, chat) for chat in ("ani", "budi")] == [[], []]


async def test_whom_a_case_bypasses_their_morning_does_not_count_it(house: House) -> None:
    await house.case(unit=DISTRICT, barred=LANTAN)
    await house.quiet("ani", "budi")
    await digests(house, "2026-11-24T08:00:00+08:00")
    assert await words(house, "ani") == []
    assert len(await words(house, "budi")) == 1


async def test_whoever_goes_away_gives_back_what_they_hold_and_their_colleagues_hear_of_it_once(house: House) -> None:
    await house.officer("dewi", LANTAN)
    await house.case(holder=1)
    await house.case(100_002, holder=1)
    await house.quiet("ani", "budi", "dewi", "siti")
    await house.says("ani", "cuti sampai 3 desember")
    assert [(await house.now(numbered(n))).officer for n in (100_001, 100_002)] == [0, 0]
    assert (await house.book())[-1] == "released"
    await house.quiet("ani")
    for _ in range(2):
        await house.look()
    (notice,) = await words(house, "dewi")
    assert "Bu Ani" in notice and "2" in notice and "3 Des" in notice
    assert [await words(house, chat) for chat in ("ani", "budi")] == [[], []]


async def test_while_away_no_notice_and_no_digest_and_back_by_a_word(house: House) -> None:
    await house.says("ani", "cuti sampai 3 desember")
    await house.case()
    await house.quiet("ani", "budi")
    await house.at((await house.now()).warn)
    await digests(house, "2026-11-25T08:00:00+08:00")
    assert await words(house, "ani") == [] and len(await words(house, "budi")) == 2
    await house.says("ani", "selesai cuti")
    await house.quiet("ani")
    await digests(house, "2026-11-26T08:00:00+08:00")
    assert len(await words(house, "ani")) == 1


async def test_of_a_revoked_officers_cases_those_over_the_unit_hear(house: House) -> None:
    await house.case(holder=1)
    await house.quiet("ani", "budi")
    async with house.database.transaction() as tx:
        await officers.revoke(tx, 1, house.clock())
    house.clock.pass_by(minutes=1)
    await house.look()
    assert await words(house, "ani") == []
    (notice,) = await words(house, "budi")
    assert "Bu Ani" in notice
    house.clock.pass_by(minutes=1)
    await house.look()
    assert await words(house, "budi") == []
