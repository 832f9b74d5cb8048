"""The one door in: a batch is one commit, nothing accepted is lost, and one torn message holds up nobody."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.casework.numbers import numbered
from bot.channels.telegram_updates import read_again
from bot.model.case import Case, Officer, Scope
from bot.model.messages import Address, Incoming, Message, Reply
from bot.model.step import Appoint, Consent, Invite, OpenCase
from bot.line import MOST, SHARE
from bot.reception import Reception
from bot.second_chance import run_again
from bot.store import cases, officers, people, post
from bot.store.database import Database, NotStored, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.tally import new_tally
from bot.wording import Wording
from tests.fakes import CancelledAt, FakeClock

SITI, BUDI, CITRA = (Address("telegram", "bot", one) for one in ("siti", "budi", "citra"))
NOW = FakeClock()()
LANTAN = "52.02.12.2001"


class Torn(Exception):
    """A fault of ours."""


@dataclass
class Words:
    """The house's wording, which breaks on one phrase until it is mended, and how often delivery was woken."""

    wording: Wording
    breaks_on: str = ""
    wakes: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def release(self) -> object:
        return self.wording.release

    def write(self, reply: Reply, language: str) -> tuple[Message, ...]:
        self.asked.append(reply.phrase)
        if reply.phrase == self.breaks_on:
            raise Torn("what Siti wrote")
        return self.wording.write(reply, language)

    def wake(self) -> None:
        self.wakes += 1


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    migrate(tmp_path / "a.db")
    opened = await open_database(tmp_path / "a.db", Seal([Fernet.generate_key().decode()]))
    yield opened
    await opened.close()


@pytest.fixture
def words(wording: Wording) -> Words:
    return Words(wording)


@pytest.fixture
def reception(database: Database, words: Words) -> Reception:
    return Reception(database, lambda: words, words.wake)  # type: ignore[arg-type, return-value]


def text(address: Address, said: str, id: str = "") -> Incoming:
    return Incoming(address, id or f"{address.chat}:{said}", "text", NOW, said)


def press(address: Address, button: str) -> Incoming:
    return Incoming(address, f"{address.chat}:{button}", "button", NOW, button=button)


@contextmanager
def outside(database: Database) -> Iterator[sqlite3.Connection]:
    """The file as another program sees it."""
    connection = sqlite3.connect(database.path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def column(database: Database, query: str) -> list[object]:
    with outside(database) as file:
        return [row[0] for row in file.execute(query)]


def taken(database: Database) -> list[object]:
    """The ids of what was stored, in order."""
    return column(database, "select external_id from inbox order by id")


async def answers(database: Database, incoming: Incoming) -> list[Message]:
    return await post.replies_to(database, post.key(incoming))


async def test_a_message_is_stored_answered_and_delivery_is_woken(
    reception: Reception, database: Database, words: Words
) -> None:
    await reception.receive([text(SITI, "menu")])
    assert taken(database) == ["siti:menu"]
    assert words.asked and len(await answers(database, text(SITI, "menu"))) >= 1
    assert words.wakes == 1


async def test_a_batch_is_one_commit(reception: Reception, database: Database) -> None:
    with outside(database) as file:
        file.execute("create table version (data integer)")
        before = file.execute("pragma data_version").fetchone()[0]
        await reception.receive(
            [text(SITI, "menu"), text(BUDI, "bantuan"), text(CITRA, "kasus saya"), text(SITI, "petugas")]
        )
        assert file.execute("pragma data_version").fetchone()[0] == before + 1
    assert len(taken(database)) == 4


async def test_what_comes_twice_is_answered_once(reception: Reception, database: Database) -> None:
    once = text(SITI, "menu")
    await reception.receive([once, once])
    number = len(await answers(database, once))
    await reception.receive([once])
    assert taken(database) == ["siti:menu"]
    assert len(column(database, "select id from outgoing")) == number


async def test_one_message_does_not_stand_behind_anothers_flood(reception: Reception, database: Database) -> None:
    flood = [text(SITI, f"halo {number}") for number in range(200)]
    await asyncio.gather(*(reception.receive([one]) for one in [*flood, text(BUDI, "menu"), text(CITRA, "menu")]))
    order = taken(database)
    assert order[:4] == ["siti:halo 0", "budi:menu", "citra:menu", "siti:halo 1"]
    assert [one for one in order if str(one).startswith("siti")] == [one.external_id for one in flood]


async def test_who_comes_while_a_flood_is_handled_is_in_the_next_batch(
    reception: Reception, database: Database
) -> None:
    flood = [asyncio.create_task(reception.receive([text(SITI, f"halo {number}")])) for number in range(200)]
    await flood[0]
    await reception.receive([text(BUDI, "menu")])
    assert taken(database).index("budi:menu") <= 2 * SHARE
    await asyncio.gather(*flood)
    assert len(taken(database)) == 201


async def test_among_more_than_a_batch_takes_nobody_is_left_out(reception: Reception, database: Database) -> None:
    many = [Address("telegram", "bot", str(number)) for number in range(MOST + 10)]
    twice = [text(one, said) for one in many for said in ("menu", "bahasa")]
    await asyncio.gather(*(reception.receive([one]) for one in twice))
    order = taken(database)
    assert {str(one).partition(":")[0] for one in order[: len(many)]} == {one.chat for one in many}
    assert order[: len(many)] == [f"{one.chat}:menu" for one in many]


async def test_a_flood_is_all_stored_and_answered_with_one_word(
    reception: Reception, database: Database, words: Words
) -> None:
    await reception.receive([text(SITI, "halo", str(number)) for number in range(40)])
    before = len(column(database, "select id from outgoing"))
    await reception.receive([text(SITI, "halo", str(number)) for number in range(40, 160)])
    await reception.receive([text(SITI, "halo", str(number)) for number in range(100, 260)])
    assert len(taken(database)) == 260
    assert len(column(database, "select id from outgoing")) == before + 1
    assert words.wakes == 2


async def test_one_persons_messages_are_answered_in_order(
    reception: Reception, database: Database, words: Words
) -> None:
    await reception.receive(
        [text(SITI, "1", "a"), text(SITI, "bahasa", "b"), text(BUDI, "menu"), text(SITI, "menu", "c")]
    )
    place = "select o.cause from outgoing o join address a on a.id = o.address_id where a.chat = 'siti' order by o.id"
    causes = column(database, place)
    assert causes == sorted(causes) and len(set(causes)) == 3


async def test_the_second_message_of_a_batch_sees_what_the_first_changed(
    reception: Reception, database: Database
) -> None:
    await reception.receive([text(SITI, "menu", "a"), press(SITI, "language:en"), text(SITI, "menu", "b")])
    assert column(database, "select language from person") == ["en"]
    first, second = [(await answers(database, text(SITI, "", id)))[-1].text for id in "ab"]
    assert first != second


async def test_a_step_that_raises_is_set_aside_whole_and_the_rest_goes_on(
    reception: Reception, database: Database, words: Words
) -> None:
    words.breaks_on = "cases/none"
    torn = text(SITI, "kasus saya")
    await reception.receive([text(SITI, "menu"), torn, text(BUDI, "menu"), text(SITI, "bahasa")])
    (aside,) = await post.all_set_aside(database)
    assert aside.incoming == torn
    assert aside.error.startswith("Torn at test_reception.py:") and "Siti" not in aside.error
    assert len(taken(database)) == 4
    assert "sorry" in words.asked and await answers(database, torn)
    assert await answers(database, text(SITI, "bahasa"))


async def test_what_is_stored_is_counted_and_what_is_not_is_not(database: Database, words: Words) -> None:
    tally = new_tally()
    reception = Reception(database, lambda: words, words.wake, tally=tally)  # type: ignore[arg-type, return-value]
    words.breaks_on = "cases/none"
    asked = [text(SITI, "paspor saya ditahan majikan"), text(BUDI, "kasus saya"), text(BUDI, "menu")]
    await reception.receive([*asked, text(SITI, "menu"), text(SITI, "menu")])
    with outside(database) as file:
        file.execute("alter table inbox rename to away")
        with pytest.raises(NotStored):
            await reception.receive([text(BUDI, "lagi")])
        file.execute("alter table away rename to inbox")
    await reception.receive([text(SITI, "menu")])
    counted = tally.registry.get_sample_value
    assert counted("desmigratif_handled_total", {"channel": "telegram"}) == 4
    assert (counted("desmigratif_answered_total"), counted("desmigratif_put_aside_total")) == (1, 1)
    assert (counted("desmigratif_batches_total"), counted("desmigratif_batch_size_sum")) == (2, 4)
    assert counted("desmigratif_refused_total", {"why": "database"}) == 1
    assert counted("desmigratif_handling_seconds_count") == 6


async def test_what_an_error_of_ours_says_is_not_logged(
    reception: Reception, words: Words, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor kept beside the message: it may repeat what a person wrote."""
    words.breaks_on = "cases/none"
    await reception.receive([text(SITI, "kasus saya")])
    assert "was set aside: Torn at" in caplog.text
    assert "kasus saya" not in caplog.text and "Siti" not in caplog.text


async def test_what_was_set_aside_is_answered_after_the_mend(
    reception: Reception, database: Database, words: Words
) -> None:
    words.breaks_on = "cases/none"
    await reception.receive([text(SITI, "kasus saya")])
    words.breaks_on = ""
    assert await run_again(database, reception.receive, read_again) == (1, 0)
    assert await post.all_set_aside(database) == []
    assert words.asked[-2:].count("cases/none") == 1


async def test_nothing_of_a_torn_message_stays_but_itself(
    reception: Reception, database: Database, words: Words
) -> None:
    words.breaks_on = "language/changed"
    await reception.receive([press(SITI, "language:en")])
    assert column(database, "select language from person") == ["id"]


async def test_what_a_channel_could_not_read_is_kept_as_bytes_and_answers_nobody(
    reception: Reception, database: Database
) -> None:
    torn = Incoming(SITI, "x", "unreadable", NOW, raw=b"\x00\xff\xfe[[[")
    await reception.receive([torn, text(BUDI, "menu")])
    (aside,) = await post.all_set_aside(database)
    assert aside.incoming == torn
    assert await answers(database, torn) == []
    assert await answers(database, text(BUDI, "menu"))


@pytest.mark.parametrize("said", ["\ud83d", "a\x00b", "x" * 70_000, "\u202egnp.", "😀" * 99, "{{ 7*7 }}", "' or 1=1"])
async def test_whatever_is_typed_holds_up_nobody(said: str, reception: Reception, database: Database) -> None:
    await reception.receive([text(SITI, said, "odd"), text(BUDI, "menu")])
    assert await answers(database, text(SITI, said, "odd"))
    assert await answers(database, text(BUDI, "menu"))


async def test_a_row_the_database_refuses_is_halved_until_the_offender_stands_alone(
    reception: Reception, database: Database
) -> None:
    with outside(database) as file:
        file.execute(
            "create trigger refuses before insert on outgoing"
            " when (select chat from address where id = new.address_id) = 'budi'"
            " begin select raise(abort, 'not this one'); end"
        )
    batch = [text(Address("telegram", "bot", f"p{n}"), "menu") for n in range(9)]
    await reception.receive([*batch[:5], text(BUDI, "menu"), *batch[5:]])
    (aside,) = await post.all_set_aside(database)
    assert aside.incoming == text(BUDI, "menu")
    assert len(taken(database)) == 10
    for one in batch:
        assert await answers(database, one)


async def test_when_the_database_fails_everybody_hears_it_and_nothing_is_kept(
    reception: Reception, database: Database, words: Words
) -> None:
    with outside(database) as file:
        file.execute("alter table outgoing rename to away")
    brought = [reception.receive([text(one, "menu")]) for one in (SITI, BUDI, CITRA)]
    ends = await asyncio.gather(*brought, return_exceptions=True)
    assert [type(one) for one in ends] == [NotStored] * 3
    assert taken(database) == [] and words.wakes == 0
    with outside(database) as file:
        file.execute("alter table away rename to outgoing")
    await reception.receive([text(SITI, "menu")])
    assert taken(database) == ["siti:menu"]


async def test_what_arrives_while_a_batch_commits_is_the_next_batch(
    reception: Reception, database: Database, words: Words
) -> None:
    people_ = [Address("telegram", "bot", f"p{n}") for n in range(40)]
    await asyncio.gather(*(reception.receive([text(one, "menu")]) for one in people_))
    assert len(taken(database)) == 40
    assert words.wakes <= 3


async def test_a_caller_that_is_cancelled_loses_nothing_of_what_it_or_others_brought(
    reception: Reception, database: Database
) -> None:
    for point in range(30):
        mine, other = text(SITI, "menu", f"mine-{point}"), text(BUDI, "menu", f"other-{point}")
        beside = asyncio.create_task(reception.receive([other]))
        finished = await CancelledAt(reception.receive([mine]), point)
        await beside
        await reception.receive([mine])
        assert {f"mine-{point}", f"other-{point}"} <= set(taken(database)), f"cancelled at {point}"
        if finished:
            return
    pytest.fail("it never came to its end")


async def test_somebody_who_is_gone_is_told_nothing_until_they_are_back(
    reception: Reception, database: Database
) -> None:
    await reception.receive([text(SITI, "menu")])
    await reception.receive([Incoming(SITI, "gone", "gone", NOW)])
    assert set(column(database, "select state from outgoing")) == {"cancelled"}
    assert column(database, "select reachable from address") == [0]
    await reception.receive([Incoming(SITI, "back", "back-again", NOW)])
    assert column(database, "select reachable from address") == [1]


async def test_somebody_who_is_gone_and_writes_again_is_reachable(reception: Reception, database: Database) -> None:
    await reception.receive([Incoming(SITI, "gone", "gone", NOW)])
    await reception.receive([text(SITI, "menu")])
    assert column(database, "select reachable from address") == [1]


async def test_coming_and_going_within_one_batch_ends_as_it_ended(reception: Reception, database: Database) -> None:
    await reception.receive([Incoming(SITI, "gone", "gone", NOW), text(SITI, "menu")])
    assert column(database, "select reachable from address") == [1]
    await reception.receive([text(BUDI, "menu"), Incoming(BUDI, "budi-gone", "gone", NOW)])
    budi = "select state from outgoing o join address a on a.id = o.address_id where a.chat = 'budi'"
    assert set(column(database, budi)) == {"cancelled"}


async def in_office(database: Database, chat: str) -> Officer:
    async with database.transaction() as tx:
        await officers.invite(tx, Invite(chat, "officer", LANTAN), chat, NOW, FakeClock().now.replace(year=2030))
        place = await people.add(tx, Address("telegram", "bot", chat), "id", NOW)
        invited = await officers.invited(tx, chat, NOW)
        assert invited
        await officers.appoint(tx, Appoint(invited, place.person), NOW)
    return invited


async def a_case(database: Database) -> Case:
    async with database.transaction() as tx:
        person = (await people.add(tx, SITI, "id", NOW)).person
        case = Case(numbered(100_001), "ask-officer", "ask-officer", "general", LANTAN, LANTAN, person, NOW, NOW)
        await cases.open_case(tx, OpenCase(case, Consent("ask-officer", "id", NOW, "ya")), "telegram")
    return case


@pytest.mark.parametrize("together", [True, False])
async def test_of_two_officers_who_claim_a_case_one_wins_and_the_other_is_told_who(
    together: bool, reception: Reception, database: Database, words: Words
) -> None:
    ratna, joko = await in_office(database, "ratna"), await in_office(database, "joko")
    case = await a_case(database)
    claims = [press(Address("telegram", "bot", one.name), f"claim:{case.number}") for one in (ratna, joko)]
    await asyncio.gather(*(reception.receive(batch) for batch in ([claims] if together else [[one] for one in claims])))
    now = await cases.in_scope(database, case.number, Scope(""))
    assert now and (now.officer, now.officer_name, now.state) == (ratna.id, "ratna", "working")
    assert words.asked.count("desk/claimed") == words.asked.count("desk/taken") == 1
    assert [one.kind for one in await cases.events(database, case.number, Scope(""))] == ["opened", "claimed"]
    assert any("ratna" in one.text for one in await answers(database, claims[1]))


async def test_a_kill_before_it_is_forgotten_has_it_neither_lost_nor_handled_twice(
    reception: Reception, database: Database, words: Words
) -> None:
    words.breaks_on = "cases/none"
    await reception.receive([text(SITI, "kasus saya")])
    words.breaks_on = ""

    async def killed(arrived: Sequence[Incoming]) -> None:
        await reception.receive(arrived)
        raise NotStored

    with pytest.raises(NotStored):
        await run_again(database, killed, read_again)
    assert len(await post.all_set_aside(database)) == 1
    told = len(column(database, "select id from outgoing"))
    assert await run_again(database, reception.receive, read_again) == (1, 0)
    assert len(column(database, "select id from outgoing")) == told


async def test_what_could_not_be_read_is_read_anew_after_the_mend(reception: Reception, database: Database) -> None:
    torn = Incoming(Address("telegram", "bot", ""), "x1", "unreadable", text(SITI, "").at, raw=b"{}")
    await reception.receive([torn])
    mended = text(SITI, "menu")
    assert await run_again(database, reception.receive, lambda _: mended) == (1, 0)
    assert column(database, "select address_id from inbox order by id")[-1] is not None
