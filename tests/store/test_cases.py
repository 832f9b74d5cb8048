"""Cases: opened on a consent only, moved only as they were seen, withdrawn for good."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.casework.numbers import numbered
from bot.model.case import Case, Event, Scope
from bot.model.effects.cases import Act
from bot.model.messages import Attachment
from bot.store import cases
from bot.store.cases import Stale
from bot.store.database import Database, Refused
from bot.store.people import Place
from tests.by_hand import BROKEN_RULE, by_hand
from tests.conftest import on_a_file
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

ALL = Scope("")
CANARY = "KENARI-8842-namaku"


async def act(database: Database, case: Case, kind: str, text: str = "", **moved: object) -> None:
    event = Event(case.number, kind, FakeClock()() + timedelta(hours=1), case.person, "Bu Ratna", text)  # type: ignore[arg-type]
    async with database.transaction() as tx:
        await cases.act(tx, Act(case, event, replace(case, **moved)))  # type: ignore[arg-type]


async def seen(database: Database, case: Case) -> Case:
    found = await cases.in_scope(database, case.number, ALL)
    assert found is not None
    return found


async def test_a_case_comes_back_as_it_was_handed_in(database: Database, given_case: GivenCase) -> None:
    proof = {"proof": Attachment("photo", "AgAC", "telegram", 7)}
    case = await given_case(answers={"name": "Siti", "what": "a\nb"}, media=proof, urgency="sensitive")
    assert await seen(database, case) == case
    assert await cases.of_person(database, case.number, case.person) == case
    assert await cases.of_person(database, case.number, case.person + 1) is None
    assert await cases.all_of_person(database, case.person) == (case,)
    assert [one.kind for one in await cases.events(database, case.number, ALL)] == ["opened"]
    assert await cases.last_number(database) == 100_001


async def test_no_case_without_a_consent(database: Database, given_case: GivenCase) -> None:
    await given_case()
    with by_hand(database.store) as file:
        if isinstance(database.store, Path):
            file.execute("pragma foreign_keys = on")
        for consent in ("null", "99"):
            with pytest.raises(BROKEN_RULE):
                file.execute(f'update "case" set consent_id = {consent}')


async def test_two_cases_cannot_have_one_number(database: Database, given_case: GivenCase) -> None:
    await given_case()
    with pytest.raises(Refused):
        await given_case()
    assert len(await cases.queue(database, ALL)) == 1


async def test_a_move_changes_what_it_names_and_writes_the_event(database: Database, given_case: GivenCase) -> None:
    case = await given_case()
    await act(database, case, "closed", "Sudah beres", state="closed", outcome="solved")
    now = await seen(database, case)
    assert (now.state, now.outcome, now.version) == ("closed", "solved", 2)
    assert now.closed == FakeClock()() + timedelta(hours=1)
    events = await cases.events(database, case.number, ALL)
    assert [(one.kind, one.text, one.by_name) for one in events][1:] == [("closed", "Sudah beres", "Bu Ratna")]


async def test_a_note_moves_nothing_but_the_version(database: Database, given_case: GivenCase) -> None:
    case = await given_case()
    await act(database, case, "note", "menelepon")
    assert (await seen(database, case)).state == "new"
    await act(database, await seen(database, case), "reopened", state="working", outcome="")
    assert (await seen(database, case)).closed is None


async def test_what_somebody_else_moved_meanwhile_is_stale_and_writes_nothing(
    database: Database, given_case: GivenCase
) -> None:
    case = await given_case()
    await act(database, case, "waiting", state="waiting")
    with pytest.raises(Stale):
        await act(database, case, "closed", "too late", state="closed")
    assert (await seen(database, case)).state == "waiting"
    assert [one.kind for one in await cases.events(database, case.number, ALL)] == ["opened", "waiting"]


async def test_the_queue_has_emergencies_first_then_what_is_due_soonest(
    database: Database, given_case: GivenCase, clock: FakeClock
) -> None:
    given = (("general", 1), ("sensitive", 9), ("emergency", 9), ("emergency", 3), ("sensitive", 2))
    for seq, (urgency, hours) in enumerate(given, 100_001):
        await given_case(seq, urgency=urgency, due=clock() + timedelta(hours=hours))
    queue = await cases.queue(database, ALL)
    wanted = [("emergency", 3), ("emergency", 9), ("sensitive", 2), ("sensitive", 9), ("general", 1)]
    assert [(one.urgency, (one.due - clock()) // timedelta(hours=1)) for one in queue] == wanted
    assert len(await cases.queue(database, ALL, limit=2)) == 2


async def test_a_closed_case_leaves_the_queue_for_the_closed(database: Database, given_case: GivenCase) -> None:
    case = await given_case()
    await act(database, case, "closed", state="closed", outcome="solved")
    assert await cases.queue(database, ALL) == ()
    assert [one.number for one in await cases.closed(database, ALL)] == [case.number]


@on_a_file
async def test_what_was_typed_is_sealed_in_the_file(database: Database, given_case: GivenCase) -> None:
    case = await given_case(answers={"name": CANARY})
    await act(database, case, "from-person", CANARY)
    assert CANARY.encode() not in file_bytes(database)


async def test_withdrawal_takes_answers_and_words_away_and_the_book_still_holds(
    database: Database, given_case: GivenCase
) -> None:
    case, other = await given_case(answers={"name": CANARY}), await given_case(100_002)
    await act(database, case, "from-person", CANARY)
    await act(database, await seen(database, case), "withdrawn", state="withdrawn")
    now = await seen(database, case)
    assert (now.state, dict(now.answers), dict(now.media)) == ("withdrawn", {}, {})
    assert [one.text for one in await cases.events(database, case.number, ALL)] == ["", "", ""]
    assert (await seen(database, other)).answers == other.answers
    assert [page async for page in cases.verify(database)] == []


@on_a_file
async def test_what_was_withdrawn_is_not_in_the_file_any_more_not_even_sealed(
    database: Database, given_case: GivenCase
) -> None:
    case = await given_case(answers={"name": CANARY, "what": CANARY * 400})
    await act(database, case, "from-person", CANARY)
    blobs = sealed(database)
    assert len(blobs) == 3 and all(blob[:80] in file_bytes(database) for blob in blobs)
    await act(database, await seen(database, case), "withdrawn", state="withdrawn")
    left = file_bytes(database)
    assert not any(piece in left for blob in blobs for piece in (blob, blob[:80], blob[-80:]))
    assert CANARY.encode() not in left


async def test_numbers_go_up_and_carry_their_check_digit(database: Database, given_case: GivenCase) -> None:
    case = await given_case(100_007)
    assert case.number == numbered(100_007)
    assert await cases.last_number(database) == 100_007


async def test_a_case_needs_a_person_we_know(given_case: GivenCase, siti: Place) -> None:
    with pytest.raises(Refused):
        await given_case(person=siti.person + 1)


def sealed(database: Database) -> list[bytes]:
    """Every sealed blob of the cases and their book."""
    with by_hand(database.store) as file:
        blobs = file.execute(
            'select answers_sealed from "case" union all select body_sealed from event where body_sealed is not null'
        )
        return [bytes(row[0]) for row in blobs]


def file_bytes(database: Database) -> bytes:
    """All that lies on the disk, after a checkpoint."""
    with by_hand(database.store) as file:
        file.execute("pragma wal_checkpoint(truncate)")
    wal = database.path.with_name(database.path.name + "-wal")
    return database.path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")
