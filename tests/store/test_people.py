"""Who is behind an address, and where their talk stands."""

from dataclasses import replace

from bot.model.case import Officer
from bot.model.conversation import Conversation, Filling, Known
from bot.model.messages import Address, Attachment, Incoming
from bot.store import people
from bot.store.database import Database
from bot.store.people import Place
from bot.store.times import kept
from tests.fakes import FakeClock
from tests.store.conftest import SITI

BUDI = Address("web", "chat", "budi")


def said(address: Address, language: str = "") -> Incoming:
    return Incoming(address, "1", "text", FakeClock()(), "halo", language=language)


async def test_a_stranger_is_given_a_talk_in_the_language_of_their_phone(database: Database) -> None:
    async with database.transaction() as tx:
        met = await people.meet(tx, [said(SITI, "jv"), said(BUDI)])
    assert met.talks[met.places[SITI].person].language == "jv"
    assert met.talks[met.places[BUDI].person].language == "id"
    assert met.places[SITI].person != met.places[BUDI].person


async def test_somebody_who_writes_twice_in_a_batch_is_one_person(database: Database) -> None:
    async with database.transaction() as tx:
        met = await people.meet(tx, [said(SITI), said(SITI)])
    assert len(met.talks) == len(met.places) == 1


async def test_somebody_we_know_is_found_again(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        met = await people.meet(tx, [said(SITI), said(BUDI)])
    assert met.places[SITI].person == siti.person
    assert met.places[BUDI].id != siti.id


async def test_a_talk_comes_back_as_it_was_kept_without_what_was_only_known(database: Database, siti: Place) -> None:
    filling = Filling("complaint", "field", "name", {"name": "Siti"}, {"proof": Attachment("photo", "x", "telegram")})
    talk = Conversation(siti.person, "jv", filling=filling, shown=("do:menu",), remembered={"name": "Siti"}, misses=2)
    known = replace(talk, known=Known(officer=Officer(7, 7, "Bu Ratna", "officer", "")))
    async with database.transaction() as tx:
        await people.save(tx, [known], FakeClock()())
    assert (await people.talks(database, [siti.person]))[siti.person] == talk


async def test_places_to_reach_somebody_begin_where_they_wrote_last(
    database: Database, siti: Place, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        second = await people.add(tx, BUDI, "id", clock(), siti.person)
        page = await people.add(tx, Address("web", "officers", "1"), "id", clock(), siti.person)
        for number, place in enumerate((siti, second, page), 1):
            row = {"id": number, "external_id": str(number), "at": kept(clock()), "address": place.id}
            await tx.run("keep_incoming", {**row, "channel": "telegram", "account": "bot"})
    assert [one.id for one in await people.places_of(database, siti.person)] == [second.id, siti.id]


async def test_who_is_gone_is_no_place_until_they_write_again(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        await people.reachable(tx, siti, reachable=False)
        assert await people.places_of(tx, siti.person) == []
        assert not (await people.meet(tx, [said(SITI)])).places[SITI].reachable
        await people.reachable(tx, siti, reachable=True)
        assert [one.id for one in await people.places_of(tx, siti.person)] == [siti.id]
