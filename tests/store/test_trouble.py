"""What waits too long is found; what was given up is listed and sent once more."""

from dataclasses import replace
from datetime import timedelta

from bot.model.case import Event
from bot.model.effects.cases import Act
from bot.model.messages import Message
from bot.store import cases, post, trouble
from bot.store.database import Database
from bot.store.people import Place
from bot.store.post import NOTICE, UNASKED_FOR, Lease, Letter
from bot.store.trouble import Found
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

CHANNELS = ["telegram"]


async def sent_out(database: Database, clock: FakeClock, place: Place, *letters: Letter) -> None:
    """Put these into the outbox."""
    async with database.transaction() as tx:
        await post.send(tx, letters, clock())


async def ended(database: Database, row: int, state: str, error: str) -> None:
    async with database.transaction() as tx:
        end = {"id": row, "state": state, "external_id": "", "sent": None, "due": None, "error": error}
        await post.settle(tx, [end])


async def due_now(database: Database, clock: FakeClock) -> list[str]:
    """What may go out at this moment, in order."""
    taken = await post.take_due(database, CHANNELS, Lease(clock(), clock() + timedelta(seconds=90)), 100)
    return [one.outgoing.message.text for one in taken]


async def test_nothing_is_found_where_all_is_well(
    database: Database, clock: FakeClock, siti: Place, given_case: GivenCase
) -> None:
    await given_case()
    await sent_out(database, clock, siti, Letter(1, 0, 0, siti.id, Message("re")))
    clock.pass_by(minutes=4)
    assert await trouble.find(database, clock()) == Found()


async def test_each_kind_of_trouble_is_counted(
    database: Database, clock: FakeClock, siti: Place, given_case: GivenCase
) -> None:
    await given_case()
    texts = ("being sent", "given up", "waits", "waits for the morning")
    letters = [Letter(n, 0, 0, siti.id, Message(text)) for n, text in enumerate(texts[:3], 1)]
    later = clock() + timedelta(days=1)
    await sent_out(database, clock, siti, *letters, Letter(4, 0, 0, siti.id, Message(texts[3]), UNASKED_FOR, later))
    await post.take_due(database, CHANNELS, Lease(clock(), clock() + timedelta(seconds=90)), 2)
    await ended(database, 2, "dead", "never")
    clock.pass_by(hours=5)
    found = await trouble.find(database, clock())
    assert found == Found(expired_leases=1, overdue_sends=1, dead_sends=1, unclaimed_cases=1, overdue_cases=1)
    assert str(found) == "1 expired leases, 1 overdue sends, 1 dead sends, 1 unclaimed cases, 1 overdue cases"


async def test_a_case_the_clock_should_have_woken_is_found(
    database: Database, clock: FakeClock, given_case: GivenCase
) -> None:
    case = await given_case()
    aside = replace(case, clock="stopped", snoozed=clock() + timedelta(hours=1), state="working")
    async with database.transaction() as tx:
        await cases.act(tx, Act(case, Event(case.number, "snoozed", clock(), 1), aside))
    clock.pass_by(hours=1, minutes=4)
    assert (await trouble.find(database, clock())).overslept_cases == 0
    clock.pass_by(minutes=2)
    assert (await trouble.find(database, clock())).overslept_cases == 1


async def test_letters_given_up_are_listed_and_go_out_once_more(
    database: Database, clock: FakeClock, siti: Place
) -> None:
    letters = [Letter(1, 0, 0, siti.id, Message("reply")), Letter(1, 1, 0, siti.id, Message("notice"), NOTICE)]
    await sent_out(database, clock, siti, *letters)
    assert await due_now(database, clock) == ["reply", "notice"]
    await ended(database, 1, "dead", "never")
    await ended(database, 2, "uncertain", "uncertain")
    (dead,), (uncertain,) = [await trouble.undelivered(database, one) for one in ("dead", "uncertain")]
    assert (dead.row, dead.channel, dead.kind, dead.error, dead.tries) == (1, "telegram", "reply", "never", 1)
    assert (uncertain.row, uncertain.kind, uncertain.message.text) == (2, "notice", "notice")
    clock.pass_by(hours=1)
    async with database.transaction() as tx:
        assert await trouble.revive(tx, "dead", [1, 2, 99], clock()) == [2, 99]
    assert await trouble.undelivered(database, "dead") == []
    assert await due_now(database, clock) == ["reply"]


async def test_what_a_clock_put_back_left_in_the_future_is_due_now_and_news_keep_their_time(
    database: Database, clock: FakeClock, siti: Place
) -> None:
    later = clock() + timedelta(minutes=4)
    far = [Letter(1, 0, 0, siti.id, Message("reply")), Letter(1, 1, 0, siti.id, Message("notice"), NOTICE)]
    far.append(Letter(2, 0, 0, siti.id, Message("news"), UNASKED_FOR))
    clock.pass_by(days=1)
    await sent_out(database, clock, siti, *far)
    clock.pass_by(days=-1)
    await sent_out(database, clock, siti, Letter(3, 0, 0, siti.id, Message("retry"), due=later))
    assert await due_now(database, clock) == []
    async with database.transaction() as tx:
        assert await trouble.bring_forward(tx, clock(), timedelta(minutes=5), tried=False) == 2
    assert await due_now(database, clock) == ["reply", "notice"]


async def test_what_was_tried_keeps_its_time_unless_that_is_asked_for(
    database: Database, clock: FakeClock, siti: Place
) -> None:
    await sent_out(database, clock, siti, Letter(1, 0, 0, siti.id, Message("flooded")))
    with by_hand(database.store) as file:
        file.execute("update outgoing set attempts = 1, due_at = '2099'")
    async with database.transaction() as tx:
        assert await trouble.bring_forward(tx, clock(), timedelta(minutes=5), tried=False) == 0
        assert await trouble.bring_forward(tx, clock(), timedelta(minutes=5), tried=True) == 1
