"""Somebody has a new number: whoever gets the old one is a stranger, and the officers see why nobody is reached."""

from bot.casework.numbers import numbered
from bot.model.case import Case, Scope
from bot.model.effects.cases import Consent, OpenCase
from bot.model.messages import NUMBER_CHANGED, Address, Incoming
from bot.reception import Reception
from bot.store import cases
from bot.store.database import Database
from tests.intake.house import BUDI, NOW, answers, column, press, text

SITI = Address("whatsapp", "1", "6281200000007")
LANTAN = "52.02.12.2001"


def moved(address: Address = SITI) -> Incoming:
    return Incoming(address, "wamid.S", "gone", NOW, NUMBER_CHANGED)


async def a_case(database: Database, seq: int = 100_001, **changes: object) -> Case:
    """One of Siti's, who is the first person we met."""
    given = {
        "number": numbered(seq),
        "form": "ask-officer",
        "kind": "question",
        "urgency": "general",
        "unit": LANTAN,
        "village": LANTAN,
        "person": 1,
        "opened": NOW,
        "due": NOW,
    }
    case = Case(**{**given, **changes})  # type: ignore[arg-type]
    async with database.transaction() as tx:
        await cases.open_case(tx, OpenCase(case, Consent("ask-officer", "id", NOW, "ya")), "whatsapp")
    return case


async def kinds(database: Database, case: Case) -> list[str]:
    return [one.kind for one in await cases.events(database, case.number, Scope(""))]


async def test_whoever_writes_from_the_old_number_is_somebody_else(reception: Reception, database: Database) -> None:
    await reception.receive([text(SITI, "menu"), press(SITI, "language:en")])
    await reception.receive([moved(), text(BUDI, "menu")])
    await reception.receive([text(SITI, "menu", "wamid.2")])
    assert column(database, "select language from person order by id") == ["en", "id", "id"]
    assert column(database, "select person_id from address where chat = '6281200000007'") == [3]


async def test_so_is_whoever_writes_in_the_same_batch(reception: Reception, database: Database) -> None:
    await reception.receive([text(SITI, "menu"), press(SITI, "language:en")])
    await reception.receive([text(SITI, "menu", "a"), moved(), text(SITI, "menu", "b")])
    assert column(database, "select language from person order by id") == ["en", "id"]
    english, indonesian = [(await answers(database, text(SITI, "", id)))[-1].text for id in "ab"]
    assert english != indonesian
    assert column(database, "select chat from address where heard_at is not null and reachable = 1") == [SITI.chat]


async def test_nothing_more_goes_to_the_old_number(reception: Reception, database: Database) -> None:
    await reception.receive([text(SITI, "menu")])
    await reception.receive([moved()])
    assert set(column(database, "select state from outgoing")) == {"cancelled"}
    assert column(database, "select reachable from address") == [0]
    assert column(database, "select count(*) from person") == [1]


async def test_the_book_of_each_open_case_says_so(reception: Reception, database: Database) -> None:
    await reception.receive([text(SITI, "menu"), text(BUDI, "menu")])
    theirs, closed = await a_case(database), await a_case(database, 100_002, state="closed")
    other = await a_case(database, 100_003, person=2)
    await reception.receive([moved()])
    assert await kinds(database, theirs) == ["opened", "number-changed"]
    assert await kinds(database, closed) == ["opened"]
    assert await kinds(database, other) == ["opened"]
    async with database.transaction() as tx:
        assert [one async for one in cases.verify(tx)] == []


async def test_it_is_heard_once_however_often_it_is_brought(reception: Reception, database: Database) -> None:
    await reception.receive([text(SITI, "menu")])
    case = await a_case(database)
    await reception.receive([moved()])
    await reception.receive([moved()])
    assert await kinds(database, case) == ["opened", "number-changed"]
