"""Two chats become one person by the person's own act alone: a code from one, typed in the other, and a yes."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot.model.messages import Incoming
from bot.store import joining
from tests.chats.town import CHATS, Town


async def test_the_cases_of_both_are_seen_in_both_and_the_other_chat_is_told(town: Town) -> None:
    here, there = await town.case("telegram"), await town.case("web", 100_002)
    screens = await town.join("telegram", "web")
    assert (screens["web"].phrases, screens["telegram"].phrases) == (["join/done"], ["join/told"])
    assert "do:part" in screens["telegram"].buttons
    for who in ("telegram", "web"):
        assert await town.sees(who, here) and await town.sees(who, there)
        assert len([one for one in (await town.writes(who, "kasus saya"))[who].buttons if "mine:" in one]) == 2


async def test_nothing_is_joined_before_the_yes_nor_by_a_no(town: Town) -> None:
    number = await town.case("telegram")
    code = await town.code("telegram")
    asked = (await town.writes("web", f"s-{code}"))["web"]
    assert number not in asked.text.replace(" ", "").replace("-", "") and not await town.sees("web", number)
    assert (await town.presses("web", f"join-no:{code}"))["web"].phrases == ["join/kept"]
    assert not await town.sees("web", number)


@pytest.mark.parametrize("typed", ["s-{0}", "S {0}", " s{1}-{2} ", "s-{1} {2}", "s{0}."])
async def test_a_code_is_read_as_people_type_it(town: Town, typed: str) -> None:
    code = await town.code("telegram")
    text = typed.format(code.lower(), code[:4], code[4:])
    expected = [] if text.endswith(".") else ["join/ask"]
    assert [one for one in (await town.writes("web", text))["web"].phrases if one == "join/ask"] == expected


@pytest.mark.parametrize("yes", ["ya", "1"])
async def test_a_written_yes_or_a_number_agrees(town: Town, yes: str) -> None:
    number = await town.case("telegram")
    await town.writes("web", f"s-{await town.code('telegram')}")
    assert (await town.writes("web", yes))["web"].phrases == ["join/done"]
    assert await town.sees("web", number)


async def faults(town: Town) -> dict[str, tuple[str, str]]:
    """Codes that must not join, each with who types it."""
    used = await town.code("old phone")
    await town.writes("fifth", f"s-{used}")
    await town.presses("fifth", f"join-yes:{used}")
    replaced = await town.code("telegram")
    own = await town.code("telegram")
    officers = await town.code("ratna")
    await town.office("ratna")
    late = await town.code("whatsapp")
    town.clock.pass_by(minutes=10, seconds=1)
    return {
        "used": ("web", used),
        "replaced": ("web", replaced),
        "own": ("telegram", own),
        "an officer's": ("web", officers),
        "too late": ("web", late),
        "guessed": ("web", "KKKKKKK7"),
    }


async def test_every_fault_has_one_and_the_same_answer(town: Town) -> None:
    said = {fault: (await town.writes(who, f"s-{code}"))[who] for fault, (who, code) in (await faults(town)).items()}
    assert {fault: screen.phrases for fault, screen in said.items()} == {fault: ["join/no"] for fault in said}
    assert len({screen.text for screen in said.values()}) == 1


async def test_a_forged_yes_to_any_of_them_joins_nothing(town: Town) -> None:
    number = await town.case("telegram")
    for who, code in (await faults(town)).values():
        assert (await town.presses(who, f"join-yes:{code}"))[who].phrases == ["join/no"]
    assert (await town.presses("web", "join-yes:"))["web"].phrases == ["join/no"]
    assert not await town.sees("web", number)


async def test_pressing_twice_joins_once(town: Town) -> None:
    await town.case("telegram")
    code = await town.code("telegram")
    await town.writes("web", f"s-{code}")
    both = [Incoming(CHATS["web"], f"p{n}", "button", town.clock(), button=f"join-yes:{code}") for n in range(2)]
    screens = await town.take(*both)
    assert screens["web"].phrases == ["join/done", "join/with"] and screens["telegram"].phrases == ["join/told"]
    assert town.rows("select count(*) from event where kind = 'joined'") == [(1,)]


async def test_joining_in_both_directions_at_once_is_one_joining(town: Town) -> None:
    await town.case("telegram")
    here, there = await town.code("telegram"), await town.code("web")
    await asyncio.gather(
        town.reception.receive([Incoming(CHATS["web"], "a", "button", town.clock(), button=f"join-yes:{here}")]),
        town.reception.receive([Incoming(CHATS["telegram"], "b", "button", town.clock(), button=f"join-yes:{there}")]),
    )
    assert town.rows("select count(*) from event where kind = 'joined'") == [(1,)]
    assert len(set(town.rows("select whole from person where whole is not null"))) == 1


async def test_guessing_is_stopped_for_the_chat_and_then_also_the_right_code_is_refused(town: Town) -> None:
    for _ in range(joining.MOST_WRONG):
        await town.writes("broker", "s-KKKK-KKK7")
    code = await town.code("telegram")
    assert (await town.writes("broker", f"s-{code}"))["broker"].phrases == ["join/no"]
    assert (await town.presses("broker", f"join-yes:{code}"))["broker"].phrases == ["join/no"]
    assert (await town.writes("web", f"s-{code}"))["web"].phrases == ["join/ask"]
    town.clock.pass_by(hours=1)
    assert (await town.writes("broker", f"s-{await town.code('telegram')}"))["broker"].phrases == ["join/ask"]


async def test_a_third_and_a_fourth_chat_may_join_a_fifth_may_not(town: Town) -> None:
    number = await town.case("telegram")
    for asks, types in (("telegram", "web"), ("web", "whatsapp"), ("old phone", "telegram")):
        await town.join(asks, types)
    for who in ("telegram", "web", "whatsapp", "old phone"):
        assert await town.sees(who, number)
    assert (await town.writes("web", "sambungkan"))["web"].phrases == ["join/with"]
    fifth = await town.code("fifth")
    assert (await town.writes("web", f"s-{fifth}"))["web"].phrases == ["join/no"]


async def test_an_officers_chat_is_not_joined_and_what_the_desk_says_stays_in_it(town: Town) -> None:
    await town.join("telegram", "ratna")
    await town.office("ratna")
    await town.writes("telegram", "menu")
    number = await town.case("broker")
    assert (await town.presses("telegram", f"case:{number}"))["telegram"].phrases != ["desk/case"]
    assert "desk" not in "".join((await town.writes("telegram", "antrean"))["telegram"].phrases)
    screens = await town.presses("broker", f"withdraw-yes:{number}")
    assert screens["ratna"].phrases == ["notice/withdrawn"] and not screens["telegram"].phrases
    assert (await town.writes("ratna", "sambungkan"))["ratna"].phrases == ["join/officer"]
    assert (await town.writes("web", f"s-{await town.code('telegram')}"))["web"].phrases == ["join/no"]


async def test_both_sides_of_one_case_are_never_one_person(town: Town) -> None:
    number = await town.case("telegram")
    worker = town.person("web")
    with closing(sqlite3.connect(town.database.path, isolation_level=None)) as file:
        file.execute('update "case" set worker_id = ? where number = ?', (worker, number))
    assert (await town.writes("web", f"s-{await town.code('telegram')}"))["web"].phrases == ["join/no"]
    assert (await town.writes("telegram", f"s-{await town.code('web')}"))["telegram"].phrases == ["join/no"]


async def test_a_form_under_way_stays_in_its_chat_and_is_sent_from_there(town: Town) -> None:
    await town.presses("telegram", "form:ask-officer")
    await town.presses("telegram", "agree:ask-officer")
    before = (await town.writes("telegram", "terus"))["telegram"].phrases
    code = await town.code("web")
    asked = (await town.writes("telegram", f"s-{code}"))["telegram"].phrases
    assert asked[0] == "join/ask"
    await town.presses("telegram", f"join-yes:{code}")
    assert (await town.writes("telegram", "terus"))["telegram"].phrases == before
    assert "form/continue" not in "".join((await town.writes("web", "terus"))["web"].phrases)


async def test_a_number_means_in_the_other_chat_what_was_offered_there(town: Town) -> None:
    code = await town.code("telegram")
    await town.writes("web", f"s-{code}")
    offered = (await town.writes("telegram", "menu"))["telegram"].buttons
    await town.presses("web", f"join-yes:{code}")
    by_number = (await town.writes("telegram", "1"))["telegram"].phrases
    assert by_number == (await town.presses("telegram", offered[0]))["telegram"].phrases != ["part/done"]


async def test_that_they_were_joined_stands_in_the_book_of_each_case_of_both(town: Town) -> None:
    here, there = await town.case("telegram"), await town.case("web", 100_002)
    await town.case("broker", 100_003)
    await town.join("telegram", "web")
    assert town.rows("select case_number from event where kind = 'joined' order by id") == [(here,), (there,)]
