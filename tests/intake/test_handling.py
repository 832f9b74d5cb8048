"""A batch at work: each message sees what the ones before it did, and one torn message holds up nobody."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.casework.numbers import numbered
from bot.channels.telegram_updates import read_again
from bot.model.case import Case, Officer, Scope
from bot.model.effects.cases import Consent, OpenCase
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import Address, Incoming
from bot.reception import Reception
from bot.second_chance import run_again
from bot.store import cases, inbox, officers, people
from bot.store.database import Database, NotStored
from tests.fakes import FakeClock
from tests.intake.house import BUDI, NOW, SITI, Words, answers, column, press, taken, text

LANTAN = "52.02.12.2001"


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
    (aside,) = await inbox.all_set_aside(database)
    assert aside.incoming == torn
    assert aside.error.startswith("Torn at house.py:") and "Siti" not in aside.error
    assert len(taken(database)) == 4
    assert "sorry" in words.asked and await answers(database, torn)
    assert await answers(database, text(SITI, "bahasa"))


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
    assert await inbox.all_set_aside(database) == []
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
    (aside,) = await inbox.all_set_aside(database)
    assert aside.incoming == torn
    assert await answers(database, torn) == []
    assert await answers(database, text(BUDI, "menu"))


@pytest.mark.parametrize("said", ["\ud83d", "a\x00b", "x" * 70_000, "\u202egnp.", "😀" * 99, "{{ 7*7 }}", "' or 1=1"])
async def test_whatever_is_typed_holds_up_nobody(said: str, reception: Reception, database: Database) -> None:
    await reception.receive([text(SITI, said, "odd"), text(BUDI, "menu")])
    assert await answers(database, text(SITI, said, "odd"))
    assert await answers(database, text(BUDI, "menu"))


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
    assert len(await inbox.all_set_aside(database)) == 1
    told = len(column(database, "select id from outgoing"))
    assert await run_again(database, reception.receive, read_again) == (1, 0)
    assert len(column(database, "select id from outgoing")) == told


async def test_what_could_not_be_read_is_read_anew_after_the_mend(reception: Reception, database: Database) -> None:
    torn = Incoming(Address("telegram", "bot", ""), "x1", "unreadable", text(SITI, "").at, raw=b"{}")
    await reception.receive([torn])
    mended = text(SITI, "menu")
    assert await run_again(database, reception.receive, lambda _: mended) == (1, 0)
    assert column(database, "select address_id from inbox order by id")[-1] is not None
