"""Who opened my case: told to its person alone, with the reason; and the level above hears of unusual reading."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.wants import wants
from bot.model.book import Leaf, Look, Opening
from bot.model.conversation import Conversation, Known
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellAbove
from bot.model.messages import Address, Incoming
from bot.model.rules import Reading
from bot.understanding.release import Release
from tests.dialogue.talk import LANTAN, MONDAY, NUMBER, PERSON, Talk, case_of, officer

ANI = officer()
ASKED = ("siapa yang membuka kasus saya?", "who opened my case", "sopo sing mbukak kasusku", "saha nu muka kasus abdi")


def opening(**changes: object) -> Opening:
    return replace(Opening(NUMBER, "revealed", MONDAY, "Bu Ani", LANTAN, "call"), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ASKED)
def test_a_person_asks_in_their_words_and_hears_who_when_and_why(talk: Talk, words: str) -> None:
    talk.known = Known(cases=(case_of(),), openings=(opening(), opening(reason="other: ibunya datang")))
    assert talk.write(words) == ["cases/who-read"]
    first, second = talk.reply("cases/who-read").facts["lines"]  # type: ignore[misc]
    assert (first["who"], first["reason"], first["zone"]) == ("Bu Ani", "call", "Asia/Makassar")
    assert "Lantan" in first["office"] and second["words"] == "ibunya datang"
    assert [one.event.kind for one in talk.effects(Act)] == ["asked-who-read"]


def test_the_button_on_a_case_asks_for_that_case_alone(talk: Talk) -> None:
    talk.known = Known(case=case_of(), openings=(opening(), opening(case="1000020")))
    assert talk.forge(f"who-read:{NUMBER}") == ["cases/who-read"]
    assert len(talk.reply("cases/who-read").facts["lines"]) == 1  # type: ignore[arg-type]


def test_somebody_elses_case_looks_like_none(talk: Talk) -> None:
    talk.known = Known(case=case_of(), openings=(opening(),))
    talk.known = replace(talk.known, case=replace(case_of(), person=PERSON + 1))
    for button in (f"who-read:{NUMBER}", "who-read:", "who-read:1000020"):
        assert talk.forge(button) == ["cases/unknown"]
        assert talk.last.effects == ()


def test_nobody_is_said_when_nobody_did_and_that_is_written_down_too(talk: Talk) -> None:
    talk.known = Known(cases=(case_of(),))
    assert talk.write(ASKED[0]) == ["cases/who-read-nobody"]
    assert talk.effect(Act).event.kind == "asked-who-read"


@pytest.fixture
def desk(release: Release) -> Talk:
    """Bu Ani, before a case she holds, where two of a day are many."""
    strict = replace(release, content=replace(release.content, reading=Reading(in_an_hour=2)))
    talk = Talk(strict, Conversation(ANI.person, greeted=True))
    talk.known = Known(officer=ANI, case=case_of(state="working", officer=ANI.id))
    return talk


def test_the_first_look_is_work_and_the_second_is_told_above_without_the_case(desk: Talk) -> None:
    desk.forge(f"reveal:{NUMBER}:call")
    assert desk.effects(TellAbove) == []
    desk.known = replace(desk.known, looks=(Look("1000020", 8, MONDAY - timedelta(minutes=5), True),))
    desk.forge(f"reveal:{NUMBER}:call")
    told = desk.effect(TellAbove)
    assert told.officer == ANI and told.reply.facts["count"] == 2
    assert NUMBER not in str(told.reply) and told.reply.buttons == ()


def test_what_opens_nothing_is_not_counted(desk: Talk) -> None:
    desk.known = replace(desk.known, looks=(Look("1000020", 8, MONDAY - timedelta(minutes=5), True),))
    for act in ("case", "note"):
        desk.forge(f"{act}:{NUMBER}", text="halo")
        assert desk.effects(TellAbove) == []


def test_the_receipt_bears_the_code_of_the_book_and_the_bot_knows_it_again(talk: Talk) -> None:
    talk.begin("ask-officer")
    for answer in ("Lantan, Batukliang Utara", "Kapan kantor buka?", "lewati"):
        talk.write(answer)
    incoming = Incoming(Address("telegram", "bot", "siti"), "m", "text", MONDAY, "kirim")
    assert wants(talk.conversation, incoming, talk.release).head
    talk.known = Known(head="BCDF-GHJK-MNPR", next_case=100_001)
    talk.write("kirim")
    assert talk.reply("form/receipt").facts["head"] == "BCDF-GHJK-MNPR"
    asked = replace(incoming, text="bcdf ghjk mnpr")
    assert wants(talk.conversation, asked, talk.release).leaf == "BCDF-GHJK-MNPR"
    talk.known = Known(leaf=Leaf(7, MONDAY))
    assert talk.write("bcdf ghjk mnpr") == ["receipt/book"]
    talk.known = Known()
    assert talk.write("BCDF-GHJK-MNPR") == ["receipt/book-not-ours"]
