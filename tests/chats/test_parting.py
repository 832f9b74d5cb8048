"""Parting is exact: what came from a chat goes with it, also what came while they were one, and nothing else."""

from bot.model.contact import Contact
from bot.store import people
from tests.chats.town import CHATS, Town


async def test_each_chat_keeps_what_was_handed_in_there_before_and_meanwhile(town: Town) -> None:
    before = {"telegram": await town.case("telegram"), "web": await town.case("web", 100_002)}
    await town.join("telegram", "web")
    meanwhile = {"telegram": await town.case("telegram", 100_003), "web": await town.case("web", 100_004)}
    screens = await town.writes("web", "pisahkan")
    assert (screens["web"].phrases, screens["telegram"].phrases) == (["part/done"], ["part/told"])
    for own, other in (("telegram", "web"), ("web", "telegram")):
        for numbers in (before, meanwhile):
            assert await town.sees(own, numbers[own]) and not await town.sees(own, numbers[other])


async def test_it_is_as_if_they_had_never_been_joined(town: Town) -> None:
    await town.case("telegram")
    await town.case("web", 100_002)
    tables = ('"case"', "consent", "address")
    before = [town.rows(f"select * from {table}") for table in tables]
    await town.join("telegram", "web")
    await town.presses("telegram", "do:part")
    assert [town.rows(f"select * from {table}") for table in tables] == before
    assert town.rows("select count(*) from person where whole is not null") == [(0,)]
    assert [kind for (kind,) in town.rows("select kind from event order by id")] == [
        "opened", "opened", "joined", "joined", "parted", "parted",
    ]  # fmt: skip


async def test_pressing_twice_parts_once_and_who_is_alone_parts_from_nobody(town: Town) -> None:
    await town.case("telegram")
    await town.join("telegram", "web")
    await town.presses("web", "do:part")
    again = await town.presses("web", "do:part")
    assert again["web"].phrases == ["part/none"] and not again["telegram"].phrases
    assert town.rows("select count(*) from event where kind = 'parted'") == [(1,)]


async def test_of_three_one_leaves_and_two_stay(town: Town) -> None:
    number, own = await town.case("telegram"), await town.case("web", 100_002)
    await town.join("telegram", "web")
    await town.join("web", "whatsapp")
    screens = await town.writes("web", "pisahkan")
    assert screens["telegram"].phrases == screens["whatsapp"].phrases == ["part/told"]
    assert await town.sees("whatsapp", number) and not await town.sees("whatsapp", own)
    assert await town.sees("web", own) and not await town.sees("web", number)


async def test_they_can_be_joined_again(town: Town) -> None:
    number = await town.case("telegram")
    await town.join("telegram", "web")
    await town.writes("telegram", "pisahkan")
    await town.join("web", "telegram")
    assert await town.sees("web", number)


async def test_words_to_the_officer_of_a_case_that_left_go_nowhere(town: Town) -> None:
    await town.office("ratna")
    number = await town.case("telegram")
    await town.join("telegram", "web")
    await town.presses("web", f"write:{number}")
    await town.writes("telegram", "pisahkan")
    screens = await town.writes("web", "ini rahasia saya")
    assert not screens["ratna"].phrases
    await town.presses("ratna", f"claim:{number}")
    await town.presses("ratna", f"reply:{number}")
    screens = await town.writes("ratna", "Mbak Siti, ada kabar.")
    assert screens["telegram"].phrases and not screens["web"].phrases


async def test_a_letter_on_its_way_into_a_chat_that_leaves_goes_to_where_the_case_came_from(town: Town) -> None:
    await town.office("ratna")
    number = await town.case("telegram")
    await town.join("telegram", "web")
    assert (await town.presses("ratna", f"claim:{number}"))["web"].phrases == ["told/claimed"]
    await town.writes("web", "pisahkan")
    where = town.rows(
        "select a.channel from outgoing o join address a on a.id = o.address_id where o.case_number = ?", number
    )
    assert where == [("telegram",)]


async def test_what_was_kept_back_goes_with_its_case(town: Town) -> None:
    await town.office("ratna")
    number = await town.case("telegram", urgency="sensitive", plan=Contact(may_write=False))
    await town.join("telegram", "web")
    await town.presses("ratna", f"claim:{number}")
    await town.writes("web", "pisahkan")
    assert not await town.sees("web", number)
    assert "told/claimed" in (await town.presses("telegram", f"mine:{number}"))["telegram"].phrases


async def test_words_that_guard_a_case_leave_with_it(town: Town) -> None:
    number, person = await town.case("telegram"), town.person("telegram")
    async with town.database.transaction() as tx:
        talk = (await people.talks(tx, [person]))[person]
        await people.save(tx, [talk.but(hush={number: "arisan"}, coded=(number,))])
    await town.join("telegram", "web")
    await town.writes("web", "pisahkan")
    async with town.database.transaction() as tx:
        talks = await people.talks(tx, [person, town.person("web")])
    kept = talks.pop(person)
    assert (kept.hush, kept.coded) == ({number: "arisan"}, (number,))
    (other,) = talks.values()
    assert (other.hush, other.coded) == ({}, ())


async def test_a_chat_that_may_not_be_written_to_first_hears_of_it_when_it_comes_back(town: Town) -> None:
    number = await town.case("telegram", urgency="sensitive", plan=Contact(may_write=False))
    await town.join("telegram", "web")
    assert not (await town.writes("web", "pisahkan"))["telegram"].phrases
    assert "part/told" in (await town.presses("telegram", f"mine:{number}"))["telegram"].phrases


async def test_nobody_is_written_to_where_nobody_is(town: Town) -> None:
    await town.join("telegram", "web")
    async with town.database.transaction() as tx:
        (gone,) = [one for one in await people.places_of(tx, 1) if one.address == CHATS["telegram"]]
        await people.reachable(tx, gone, reachable=False)
    screens = await town.writes("web", "pisahkan")
    assert screens["web"].phrases == ["part/done"] and not screens["telegram"].phrases
