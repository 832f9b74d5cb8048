"""Copies of a living database: whole, sound, or not there at all; and what a restored one does with its outbox."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.messages import Address, Message
from bot.store import people, post
from bot.store.copies import copy, look_through, remove_left_behind, restore
from bot.store.database import Database, NotStored, Unusable
from bot.store.migrations import migrate, migrations
from bot.store.times import kept
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A file: what is on a server is copied by its own programs."""
    migrate(tmp_path / "test.db")
    return tmp_path / "test.db"


async def test_a_copy_holds_what_is_committed_and_says_what_it_holds(
    database: Database, given_case: GivenCase, tmp_path: Path
) -> None:
    for seq in (100_001, 100_002):
        await given_case(seq)
    found = await copy(database, tmp_path / "copy.db")
    assert found.events == 2
    assert found.schema == tuple(one.number for one in migrations())
    assert look_through(tmp_path / "copy.db") == found
    assert names(tmp_path) == {"copy.db", "test.db", "test.db-wal", "test.db-shm"}


async def test_a_copy_overwrites_nothing(database: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("dear")
    with pytest.raises(Unusable, match="exists"):
        await copy(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "dear"


async def test_an_impossible_copy_says_so(database: Database, tmp_path: Path) -> None:
    with pytest.raises(NotStored, match=r"copy\.db"):
        await copy(database, tmp_path / "no-such-folder" / "copy.db")


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("update event set by_name = 'x' where id = 2", "event 2: it was changed"),
        ("delete from event where id = 1", "event 2: a page before it is missing"),
        ('update "case" set person_id = 99', "refers to one that is not there"),
        ("insert into migration values (999, 'later', '')", "newer than this program"),
        ("drop table event", "no backup of ours"),
    ],
)
async def test_a_copy_that_was_harmed_is_not_taken_for_sound(
    harm: str, why: str, database: Database, given_case: GivenCase, tmp_path: Path
) -> None:
    for seq in (100_001, 100_002):
        await given_case(seq)
    await copy(database, tmp_path / "copy.db")
    with by_hand(tmp_path / "copy.db") as file:
        file.execute("drop trigger event_is_never_changed")
        file.execute("drop trigger event_is_never_deleted")
        file.execute(harm)
    with pytest.raises(Unusable, match=why):
        look_through(tmp_path / "copy.db")


async def test_a_living_database_that_does_not_hold_gives_no_copy(
    database: Database, given_case: GivenCase, tmp_path: Path
) -> None:
    await given_case()
    with by_hand(database.store) as file:
        file.execute("drop trigger event_is_never_changed")
        file.execute("update event set by_name = 'x'")
    with pytest.raises(Unusable, match="event 1"):
        await copy(database, tmp_path / "copy.db")
    assert names(tmp_path, "copy*") == set()


async def test_a_copy_with_a_torn_page_is_not_taken_for_sound(database: Database, tmp_path: Path) -> None:
    await copy(database, tmp_path / "copy.db")
    body = bytearray((tmp_path / "copy.db").read_bytes())
    body[4096:8192] = b"\xff" * 4096
    (tmp_path / "copy.db").write_bytes(body)
    with pytest.raises(Unusable):
        look_through(tmp_path / "copy.db")


def test_only_what_was_left_long_ago_is_cleared_away(tmp_path: Path) -> None:
    import os

    for name, age in (("a.db.01.partial", 7200), ("a.db.02.partial", 60), ("a.db", 7200)):
        file = tmp_path / name
        file.touch()
        written = file.stat().st_mtime - age
        os.utime(file, (written, written))
    remove_left_behind(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == {"a.db.02.partial", "a.db"}


async def test_what_was_to_go_out_by_now_is_in_doubt_after_a_restore_and_what_is_for_later_waits_on(
    database: Database, clock: FakeClock, siti: people.Place, tmp_path: Path
) -> None:
    later = clock() + timedelta(days=2)
    async with database.transaction() as tx:
        browser = await people.add(tx, Address("web", "chat", "browser"), "id", clock())
        letters = [
            post.Letter(1, 0, 0, siti.id, Message("sent before")),
            post.Letter(1, 0, 1, siti.id, Message("waits")),
            post.Letter(1, 0, 2, siti.id, Message("being sent")),
            post.Letter(1, 0, 3, siti.id, Message("for a later day"), due=later),
            post.Letter(1, 1, 0, browser.id, Message("in the page")),
        ]
        await post.send(tx, letters, clock())
    with by_hand(database.store) as file:
        file.execute("update outgoing set state = 'sent' where id = 1")
        file.execute("update outgoing set state = 'sending', lease_until = ? where id = 3", (kept(clock()),))
    await copy(database, tmp_path / "copy.db")
    clock.pass_by(days=1)
    assert restore(tmp_path / "copy.db", tmp_path / "restored.db", clock()) == 2
    assert states(tmp_path / "restored.db") == ["sent", "uncertain", "uncertain", "waiting", "waiting"]
    assert states(tmp_path / "copy.db") == ["sent", "waiting", "sending", "waiting", "waiting"]
    assert names(tmp_path, "restored.db-*") == set()


def names(folder: Path, pattern: str = "*") -> set[str]:
    return {one.name for one in folder.glob(pattern)}


def states(file: Path) -> list[str]:
    with by_hand(file) as opened:
        return [state for (state,) in opened.execute("select state from outgoing order by id")]
