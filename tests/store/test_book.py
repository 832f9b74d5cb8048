"""The book of events only grows, and `verify` finds whatever was done to it behind its back."""

from pathlib import Path

import pytest

from bot.model.case import Event
from bot.model.messages import Attachment
from bot.store import cases
from bot.store.database import Database, Store
from tests.by_hand import BROKEN_RULE, by_hand
from tests.conftest import on_a_file
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

COLUMNS = (
    "id",
    "case_number",
    "kind",
    "at",
    "by_person",
    "by_name",
    "body_sealed",
    "body_digest",
    "previous_hash",
    "hash",
)
TRIGGERS = ("event_is_never_deleted", "event_is_never_changed")
PAGES = 5


@pytest.fixture
async def book(database: Database, given_case: GivenCase) -> Database:
    """A case with a book of five pages."""
    case = await given_case()
    photo = Attachment("photo", "AgAC", "telegram")
    async with database.transaction() as tx:
        for number, kind in enumerate(("claimed", "to-person", "from-person", "note"), 1):
            words = f"halaman {number} é 😀"
            await cases.write(tx, Event(case.number, kind, FakeClock()(), 1, "Bu Ratna", words, photo))  # type: ignore[arg-type]
    return database


async def broken(database: Database) -> set[int]:
    return {page.event async for page in cases.verify(database)}


def forge(store: Store, *statements: str, values: tuple[object, ...] = ()) -> None:
    """What somebody with the database in hands can do: the triggers do not hold them up."""
    with by_hand(store) as file:
        for trigger in TRIGGERS:
            file.execute(f"drop trigger if exists {trigger}{'' if isinstance(store, Path) else ' on event'}")
        for statement in statements:
            file.execute(statement, values)


def changed(value: object) -> object:
    """The value with one byte, or the number by one, changed."""
    if isinstance(value, int):
        return value + 1000
    raw = value if isinstance(value, bytes) else str(value or "-").encode()
    middle = len(raw) // 2
    torn = raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]
    return torn if isinstance(value, bytes) else torn.decode("utf-8", "replace")


async def test_an_untouched_book_holds(book: Database) -> None:
    assert await broken(book) == set()


@on_a_file
@pytest.mark.parametrize("page", range(1, PAGES + 1))
@pytest.mark.parametrize("column", COLUMNS)
async def test_one_byte_changed_in_any_column_of_any_event_is_found(column: str, page: int, book: Database) -> None:
    with by_hand(book.store) as file:
        if isinstance(book.store, Path):
            file.execute("pragma foreign_keys = off")
        before = file.execute(f"select {column} from event where id = ?", (page,)).fetchone()[0]
    forge(book.store, f"update event set {column} = ? where id = {page}", values=(changed(before),))
    assert await broken(book)


@pytest.mark.parametrize("page", range(1, PAGES))
async def test_a_removed_event_is_found(page: int, book: Database) -> None:
    forge(book.store, f"delete from event where id = {page}")
    assert page + 1 in await broken(book)


async def test_a_removed_event_is_found_when_the_others_close_the_gap(book: Database) -> None:
    forge(book.store, "delete from event where id = 3", "update event set id = id - 1 where id > 3")
    assert 3 in await broken(book)


async def test_an_inserted_event_is_found(book: Database) -> None:
    columns = "99, case_number, kind, at, by_person, by_name, null, body_digest, hash, 'x', inbox_id"
    forge(book.store, f"insert into event select {columns} from event where id = 5")
    assert 99 in await broken(book)


async def test_two_events_that_changed_places_are_found(book: Database) -> None:
    forge(book.store, *(f"update event set id = {to} where id = {id}" for id, to in ((2, 90), (3, 2), (90, 3))))
    assert {2, 3} <= await broken(book)


async def test_words_put_in_the_place_of_others_are_found(book: Database) -> None:
    forge(book.store, "update event set body_sealed = (select body_sealed from event where id = 2) where id = 3")
    assert await broken(book) == {3}


@pytest.mark.parametrize(
    "statement",
    ["delete from event where id = 2", *(f"update event set {one} = {one}" for one in COLUMNS if one != "body_sealed")],
)
async def test_the_database_itself_refuses_to_change_the_book(statement: str, book: Database) -> None:
    with by_hand(book.store) as file, pytest.raises(BROKEN_RULE, match="only grows"):
        file.execute(statement)


async def test_the_same_words_leave_different_digests(book: Database, given_case: GivenCase) -> None:
    case = await given_case(100_002)
    async with book.transaction() as tx:
        for _ in range(2):
            await cases.write(tx, Event(case.number, "note", FakeClock()(), 1, "", "ya"))
    with by_hand(book.store) as file:
        first, second = file.execute("select body_digest from event order by id desc limit 2").fetchall()
    assert first != second


async def test_a_long_book_is_read_to_its_end(book: Database, given_case: GivenCase) -> None:
    case = await given_case(100_002)
    async with book.transaction() as tx:
        for _ in range(1005):
            await cases.write(tx, Event(case.number, "note", FakeClock()(), 1, "", "ya"))
    assert await broken(book) == set()
    forge(book.store, "update event set by_name = 'x' where id = (select max(id) from event)")
    assert len(await broken(book)) == 1
