"""What is counted, what is forgotten when somebody asks, and what is removed when its time is over."""

from dataclasses import replace
from datetime import timedelta

from bot.clock import sweep
from bot.model.case import Event, Scope
from bot.model.conversation import Conversation, Filling, JustSaid, Subject
from bot.model.editions import Edition
from bot.model.effects.cases import Act, InviteWorker
from bot.model.effects.people import Answered, Forget, Rated, Unanswered
from bot.model.messages import Address, Incoming, Message
from bot.store import cases, inbox, people, post, retention, spoken, statistics, workers
from bot.store.database import Database
from bot.store.people import Place
from bot.store.post import Letter
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase

WEB = Address("web", "chat", "siti")


def count(database: Database, table: str) -> int:
    with by_hand(database.store) as file:
        return int(file.execute(f"select count(*) from {table}").fetchone()[0])


async def seen(database: Database, clock: FakeClock, place: Place, number: int = 1) -> None:
    """Something was said, answered, rated, not understood, and sent."""
    incoming = Incoming(place.address, str(number), "text", clock(), "halo")
    async with database.transaction() as tx:
        await inbox.keep(tx, [(number, place.id, incoming)])
        await post.send(tx, [Letter(number, 0, 0, place.id, Message("re"))], clock())
        await post.settle(
            tx, [{"id": number, "state": "sent", "external_id": "x", "sent": None, "due": None, "error": None}]
        )
        noted = (
            Answered("a/b", "id", "1", Edition("K4M7P2XR", "a/b")),
            Rated("a/b", True, "id", "1"),
            Unanswered("apa", "jv"),
        )
        await statistics.note(tx, [(place.person, one) for one in noted], clock())


async def test_each_thing_is_counted_once(
    database: Database, clock: FakeClock, siti: Place, given_case: GivenCase
) -> None:
    await seen(database, clock, siti)
    await given_case()
    async with database.transaction() as tx:
        await post.send(tx, [Letter(2, 0, 0, siti.id, Message("waits"))], clock())
    totals = await statistics.totals(database)
    outbox = {"outbox_waiting": 1, "outbox_sending": 0, "outbox_uncertain": 0, "outbox_dead": 0}
    assert totals == {"people": 1, "open_cases": 1, "raised_cases": 0, "set_aside": 0, **outbox}
    assert await statistics.oldest_waiting(database) == clock().isoformat(timespec="microseconds")


async def test_nothing_waiting_has_no_age(database: Database) -> None:
    assert await statistics.oldest_waiting(database) == ""


async def test_forgetting_somebody_removes_what_they_said_and_asked_and_nothing_of_others(
    database: Database, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        mine = await people.add(tx, WEB, "id", clock())
        other = await people.add(tx, Address("web", "chat", "budi"), "id", clock())
    await seen(database, clock, mine, 1)
    await seen(database, clock, other, 2)
    async with database.transaction() as tx:
        await statistics.forget(tx, Forget(mine.person))
    assert (count(database, "said"), count(database, "answered")) == (1, 1)
    assert [one.text for one in await spoken.chat_lines(database, other.address) if one.text] == ["halo"]


async def test_the_web_chat_is_shown_for_a_day(database: Database, clock: FakeClock) -> None:
    async with database.transaction() as tx:
        place = await people.add(tx, WEB, "id", clock())
    await seen(database, clock, place)
    clock.pass_by(hours=23)
    await sweep(database, {}, clock())
    assert len(await spoken.chat_lines(database, WEB)) == 2
    clock.pass_by(hours=2)
    await sweep(database, {}, clock())
    assert await spoken.chat_lines(database, WEB) == []


async def test_a_page_left_open_for_days_hears_what_is_said_after_all_it_shows_was_removed(
    database: Database, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        place = await people.add(tx, WEB, "id", clock())
    await seen(database, clock, place)
    last = (await spoken.chat_lines(database, WEB))[-1].id
    clock.pass_by(days=2)
    await sweep(database, {}, clock())
    async with database.transaction() as tx:
        await post.send(tx, [Letter(2, 0, 0, place.id, Message("again"))], clock())
    assert [one.message for one in await spoken.newer_lines(database, WEB, last)] == [Message("again")]


async def test_what_was_sent_goes_after_its_month_and_what_waits_stays(
    database: Database, clock: FakeClock, siti: Place
) -> None:
    await seen(database, clock, siti)
    async with database.transaction() as tx:
        await post.send(tx, [Letter(2, 0, 0, siti.id, Message("waits"))], clock())
    for days, left in ((29, 2), (2, 1)):
        clock.pass_by(days=days)
        await sweep(database, {}, clock())
        assert count(database, "outgoing") == left


async def test_once_ness_is_kept_for_longer_than_a_month(database: Database, clock: FakeClock, siti: Place) -> None:
    await seen(database, clock, siti)
    clock.pass_by(days=31)
    await sweep(database, {}, clock())
    async with database.transaction() as tx:
        assert await inbox.unseen(tx, [Incoming(siti.address, "1", "text", clock(), "halo")]) == []


async def test_what_came_in_goes_after_five_weeks_but_for_the_newest_and_what_is_still_needed(
    database: Database, clock: FakeClock, siti: Place
) -> None:
    came = [Incoming(siti.address, str(number), "text", clock(), "halo") for number in range(1, 6)]
    async with database.transaction() as tx:
        await inbox.keep(tx, [(number, siti.id, one) for number, one in enumerate(came, 1)])
        await inbox.set_aside(tx, 2, came[1], "Error at step.py:1")
        await post.send(tx, [Letter(3, 0, 0, siti.id, Message("waits"))], clock())
    clock.pass_by(days=36)
    await sweep(database, {}, clock())
    async with database.transaction() as tx:
        assert {one.external_id for one in came} - {one.external_id for one in await inbox.unseen(tx, came)} == {*"235"}


async def test_an_invitation_nobody_used_goes_when_its_time_is_over(
    database: Database, clock: FakeClock, given_case: GivenCase
) -> None:
    case = await given_case()
    async with database.transaction() as tx:
        await workers.invite(tx, InviteWorker(case.number, "K4M7P2XR", clock() + timedelta(days=7)))
    for days, left in ((6, 1), (2, 0)):
        clock.pass_by(days=days)
        await sweep(database, {}, clock())
        assert count(database, "worker_invite") == left


async def test_statistics_are_kept_a_little_over_a_year(database: Database, clock: FakeClock, siti: Place) -> None:
    await seen(database, clock, siti)
    clock.pass_by(days=399)
    await sweep(database, {}, clock())
    assert (count(database, "answered"), count(database, "unanswered")) == (1, 1)
    clock.pass_by(days=2)
    await sweep(database, {}, clock())
    assert (count(database, "answered"), count(database, "unanswered")) == (0, 0)


async def test_tidying_an_empty_house_does_nothing(database: Database, clock: FakeClock) -> None:
    await retention.tidy(database, clock() + timedelta(days=999), {"complaint": 1})


async def test_a_form_left_unsent_is_forgotten_after_a_week_and_the_talk_stays(
    database: Database, clock: FakeClock, siti: Place
) -> None:
    old, new = (
        Filling("complaint", touched=clock(), answers={"name": "Siti"}),
        Filling("help", touched=clock() + timedelta(days=5)),
    )
    async with database.transaction() as tx:
        talk = Conversation(siti.person, subject=Subject("jobs/taiwan"), filling=new, paused=(old,))
        await people.save(tx, [talk], clock())
    clock.pass_by(days=8)
    await sweep(database, {}, clock())
    kept = (await people.talks(database, [siti.person]))[siti.person]
    assert (kept.filling, kept.paused, kept.subject) == (new, (), Subject("jobs/taiwan"))


async def test_what_was_said_last_is_forgotten_like_a_form_left_unsent(
    database: Database, clock: FakeClock, siti: Place
) -> None:
    told = JustSaid(about="family", story="adik saya dipukul", touched=clock())
    async with database.transaction() as tx:
        talk = Conversation(siti.person, subject=Subject("protection/violence"), just_said=told)
        await people.save(tx, [talk], clock())
    clock.pass_by(days=6)
    await sweep(database, {}, clock())
    assert (await people.talks(database, [siti.person]))[siti.person].just_said == told
    clock.pass_by(days=2)
    await sweep(database, {}, clock())
    kept = (await people.talks(database, [siti.person]))[siti.person]
    assert (kept.just_said, kept.subject) == (JustSaid(), Subject("protection/violence"))


async def test_what_was_filled_in_goes_when_the_promised_time_after_closing_is_over(
    database: Database, clock: FakeClock, given_case: GivenCase
) -> None:
    case = await given_case()
    async with database.transaction() as tx:
        await cases.act(
            tx,
            Act(
                case,
                Event(case.number, "closed", clock(), case.person),
                replace(case, state="closed", outcome="solved"),
            ),
        )
    for days, there in ((364, True), (3, False)):
        clock.pass_by(days=days)
        await sweep(database, {case.form: 12}, clock())
        found = await cases.in_scope(database, case.number, Scope(""))
        assert found is not None and bool(found.answers) is there
    assert [page async for page in cases.verify(database)] == []


async def test_what_has_piled_up_goes_piece_by_piece(database: Database, clock: FakeClock, siti: Place) -> None:
    many = 2 * retention.PIECE + 1
    came = [Incoming(siti.address, str(number), "text", clock()) for number in range(1, many + 2)]
    async with database.transaction() as tx:
        await inbox.keep(tx, [(number, siti.id, one) for number, one in enumerate(came, 1)])
    clock.pass_by(days=36)
    await sweep(database, {}, clock())
    assert count(database, "inbox") == 1
