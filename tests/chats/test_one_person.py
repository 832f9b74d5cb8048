"""What one person has in several chats: their cases with what guards them, their wishes, and a flood that is one."""

import pytest

from bot.model.contact import Contact
from bot.model.messages import Incoming
from bot.store import cases, code_words, joining, officers, people
from tests.chats.town import CHATS, Town

WRITES = "Bu, apakah ada kabar?"
NOT_FIRST = Contact(may_write=False)
OPEN_TO_ALL = Contact(may_write=True, shared=False)


@pytest.fixture
async def joined(town: Town) -> Town:
    """A complaint came from Telegram, its officer is Bu Ratna, and the web chat has been joined."""
    await town.office("ratna")
    await town.case("telegram")
    await town.join("telegram", "web")
    return town


async def test_the_officer_is_written_to_from_either_chat_and_answers_where_they_last_wrote(joined: Town) -> None:
    number = str(joined.rows('select number from "case"')[0][0])
    await joined.presses("ratna", f"claim:{number}")
    for who, other in (("web", "telegram"), ("telegram", "web")):
        await joined.presses(who, f"write:{number}")
        assert (await joined.writes(who, WRITES))["ratna"].phrases == ["notice/from-person"]
        await joined.presses("ratna", f"reply:{number}")
        screens = await joined.writes("ratna", "Sudah saya telepon.")
        assert "Sudah saya telepon" in screens[who].text and not screens[other].phrases


async def test_a_page_they_have_not_looked_at_for_long_does_not_silence_the_other_chat(joined: Town) -> None:
    number = str(joined.rows('select number from "case"')[0][0])
    await joined.writes("web", "menu")
    joined.clock.pass_by(hours=2)
    assert (await joined.presses("ratna", f"claim:{number}"))["telegram"].phrases == ["told/claimed"]


async def test_a_chat_that_is_gone_does_not_silence_the_other(joined: Town) -> None:
    number = str(joined.rows('select number from "case"')[0][0])
    async with joined.database.transaction() as tx:
        met = await people.places_of(tx, joined.person("web"))
        gone = next(one for one in met if one.address == CHATS["web"])
        await people.reachable(tx, gone, reachable=False)
    assert (await joined.presses("ratna", f"claim:{number}"))["telegram"].phrases == ["told/claimed"]


async def test_what_waits_behind_a_code_word_stays_behind_it_in_both(joined: Town) -> None:
    number, person = await joined.case("whatsapp", 100_002, urgency="sensitive"), joined.person("whatsapp")
    async with joined.database.transaction() as tx:
        await code_words.set_word(tx, number, person, "melati")
        talk = (await people.talks(tx, [person]))[person]
        await people.save(tx, [talk.but(coded=(number,))])
    await joined.join("whatsapp", "web")
    for who in ("web", "telegram", "whatsapp"):
        assert not await joined.sees(who, number)
    shown = (await joined.writes("telegram", "kasus saya"))["telegram"]
    assert f"mine:{number}" not in shown.buttons
    assert (await joined.writes("telegram", "melati"))["telegram"].phrases == ["cases/opened"]
    assert await joined.sees("telegram", number) and not await joined.sees("web", number)


async def test_wrong_code_words_count_for_the_person_and_joining_gives_no_new_ones(joined: Town) -> None:
    number, person = await joined.case("whatsapp", 100_002, urgency="sensitive"), joined.person("whatsapp")
    async with joined.database.transaction() as tx:
        await code_words.set_word(tx, number, person, "melati")
        for _ in range(code_words.MOST_WRONG):
            await code_words.tried(tx, person, joined.clock(), right=False)
    await joined.join("whatsapp", "web")
    for who in ("web", "telegram", "whatsapp"):
        opened = await code_words.opened_by(joined.database, joined.person(who), "melati", joined.clock())
        assert opened == (True, ())


async def test_a_secret_matter_is_told_openly_only_where_they_last_did_something_about_it(town: Town) -> None:
    await town.office("ratna")
    number = await town.case("telegram", urgency="sensitive", plan=OPEN_TO_ALL)
    await town.join("telegram", "web")
    await town.writes("web", "menu")
    screens = await town.presses("ratna", f"claim:{number}")
    assert screens["telegram"].phrases == ["told/claimed"] and not screens["web"].phrases
    await town.presses("web", f"write:{number}")
    await town.writes("web", WRITES)
    await town.presses("ratna", f"reply:{number}")
    screens = await town.writes("ratna", "Sudah saya telepon.")
    assert "Sudah saya telepon" in screens["web"].text and not screens["telegram"].phrases


async def test_a_secret_matter_whose_chat_is_gone_sends_one_word_that_names_nothing_to_the_other(town: Town) -> None:
    await town.office("ratna")
    number = await town.case("telegram", urgency="sensitive", plan=OPEN_TO_ALL)
    await town.join("telegram", "web")
    async with town.database.transaction() as tx:
        (gone,) = [one for one in await people.places_of(tx, 1) if one.address == CHATS["telegram"]]
        await people.reachable(tx, gone, reachable=False)
    screens = await town.presses("ratna", f"claim:{number}")
    assert screens["web"].phrases == ["contact/covered"]
    assert "told/claimed" in (await town.presses("web", f"mine:{number}"))["web"].phrases


async def test_whoever_may_not_be_written_to_first_is_not_by_joining(town: Town) -> None:
    await town.office("ratna")
    number = await town.case("telegram", urgency="sensitive", plan=NOT_FIRST)
    await town.join("web", "telegram")
    screens = await town.presses("ratna", f"claim:{number}")
    assert not screens["telegram"].phrases and not screens["web"].phrases
    assert "told/claimed" in (await town.presses("web", f"mine:{number}"))["web"].phrases


async def test_nothing_of_an_ordinary_case_is_written_into_a_chat_whose_own_plan_forbids_it(town: Town) -> None:
    await town.office("ratna")
    number = await town.case("telegram")
    await town.case("web", 100_002, urgency="sensitive", plan=NOT_FIRST)
    await town.join("telegram", "web")
    screens = await town.presses("ratna", f"claim:{number}")
    assert screens["telegram"].phrases == ["told/claimed"] and not screens["web"].phrases


async def test_language_and_stop_hold_in_both_and_so_does_the_way_back(joined: Town) -> None:
    await joined.presses("web", "language:en")
    await joined.writes("telegram", "stop")
    async with joined.database.transaction() as tx:
        talks = await people.talks(tx, [joined.person("web"), joined.person("telegram")])
    assert {(talk.language, talk.quiet) for talk in talks.values()} == {("en", True)}


async def test_a_wish_for_vacancies_is_one_and_stop_ends_it_from_either(joined: Town) -> None:
    for who in ("web", "telegram"):
        async with joined.database.transaction() as tx:
            person = joined.person(who)
            await tx.run("subscribe", {"person": person, "country": "tw", "sector": "care", "at": f"2026-01-0{person}"})
    later = joined.clock().isoformat()
    found = await joined.database.rows("subscribers", {"at": later})
    assert [(row["person_id"], row["country"]) for row in found] == [(1, "tw"), (1, "tw")]
    assert len(await joined.database.rows("wishes_of_person", {"person": joined.person("web")})) == 1
    await joined.writes("web", "stop")
    assert joined.rows("select count(*) from subscription") == [(0,)]


async def test_a_flood_from_two_chats_is_one_flood(joined: Town) -> None:
    joined.clock.pass_by(minutes=5)
    flood = [
        Incoming(CHATS[who], f"f{n}{who}", "text", joined.clock(), "halo")
        for n in range(30)
        for who in ("web", "telegram")
    ]
    screens = await joined.take(*flood)
    phrases = [*screens["web"].phrases, *screens["telegram"].phrases]
    assert phrases.count("slow-down") == 1


async def test_deleting_forgets_what_both_chats_kept_and_says_so(joined: Town) -> None:
    await joined.presses("telegram", "form:complaint")
    await joined.presses("telegram", "agree:complaint")
    asked = (await joined.writes("web", "hapus data saya"))["web"]
    assert "Telegram" in asked.text
    await joined.presses("web", "delete:yes")
    async with joined.database.transaction() as tx:
        talks = await people.talks(tx, [joined.person("web"), joined.person("telegram")])
    assert [(talk.filling, talk.remembered) for talk in talks.values()] == [(None, {})] * 2


async def test_my_data_lists_what_both_chats_keep(joined: Town) -> None:
    await joined.presses("telegram", "form:ask-officer")
    await joined.presses("telegram", "agree:ask-officer")
    kept = (await joined.writes("web", "privasi"))["web"]
    release = joined.words.wording.release
    assert release.title_of_form("ask-officer", "id") in kept.text and "Telegram" in kept.text
    assert "do:part" in kept.buttons


async def test_who_opened_it_names_the_officer_and_never_the_persons_own_other_chat(joined: Town) -> None:
    number = str(joined.rows('select number from "case"')[0][0])
    await joined.presses("web", f"who-read:{number}")
    assert (await joined.presses("telegram", f"who-read:{number}"))["telegram"].phrases == ["cases/who-read-nobody"]
    await joined.presses("ratna", f"reveal:{number}:call")
    assert "ratna" in (await joined.presses("web", f"who-read:{number}"))["web"].text


async def test_an_officers_own_matter_stays_out_of_their_sight_from_whichever_chat_it_came(town: Town) -> None:
    number = await town.case("telegram")
    await town.join("telegram", "ratna")
    await town.office("ratna")
    shown = (await town.presses("ratna", f"case:{number}"))["ratna"]
    assert "desk/case" not in shown.phrases and "Gaji" not in shown.text
    assert number not in "".join((await town.writes("ratna", "antrean"))["ratna"].buttons)


async def test_whoever_sat_in_the_accused_village_is_barred_also_by_another_chat_of_theirs(town: Town) -> None:
    once = await town.office("web")
    async with town.database.transaction() as tx:
        await officers.revoke(tx, once.id, town.clock())
    await town.join("web", "ratna")
    officer = await town.office("ratna", "52.02")
    number = await town.case("broker", unit="52.02", barred="52.02.12.2001")
    assert await cases.in_scope(town.database, number, officer.scope) is None


async def test_other_persons_see_nothing_of_it_and_their_codes_are_their_own(joined: Town) -> None:
    number = str(joined.rows('select number from "case"')[0][0])
    assert not await joined.sees("broker", number)
    async with joined.database.transaction() as tx:
        assert await joining.offered(tx, "KKKKKKK7", joined.person("broker"), joined.clock()) is None
        assert await joining.beside(tx, joined.person("broker")) == ()
