"""Who writes without a pause is asked to slow down, once a minute; a call for help is heard all the same."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.flood import OFFICERS, OVER_AFTER, PERSONS
from bot.dialogue.step import step
from bot.dialogue.wants import Wants, wants
from bot.model.conversation import Conversation, Known
from bot.model.messages import Address, Incoming
from bot.understanding.release import Release
from tests.dialogue.talk import MONDAY, PERSON, Talk, case_of, officer

AID = ["danger/emergency", "danger/ask"]
BEATEN, LOCKED_IN = "tolong saya dipukul majikan", "saya disekap di rumah majikan tidak boleh keluar"


@pytest.fixture
def flooding(talk: Talk) -> Talk:
    """Somebody who has just been asked to slow down."""
    flood(talk)
    assert talk.phrases == ["slow-down"]
    return talk


def flood(talk: Talk, times: int = PERSONS.holds + 1) -> None:
    for _ in range(times):
        talk.write("halo")


def test_many_messages_at_once_are_answered_and_the_one_too_many_is_asked_to_slow_down(talk: Talk) -> None:
    for _ in range(PERSONS.holds):
        assert talk.write("menu") == ["menu"]
    assert talk.write("menu") == ["slow-down"]
    assert talk.buttons == ["do:emergency"]


def test_slow_down_is_said_once_a_minute_and_nothing_else(flooding: Talk) -> None:
    said = []
    for _ in range(3 * 60):
        flooding.wait(seconds=0.5)
        said.append(flooding.write("halo"))
        assert flooding.last.effects == ()
    assert [one for one in said if one] == [["slow-down"]]
    flooding.wait(seconds=0.5)
    flood(flooding, 60)
    assert flooding.phrases == []


def test_a_flood_that_begins_late_in_a_minute_is_asked_once_in_the_next(talk: Talk) -> None:
    flood(talk, 1)
    talk.wait(seconds=50)
    flood(talk)
    assert talk.phrases == ["slow-down"]
    assert talk.write(BEATEN) == AID
    for _ in range(59):
        talk.wait(seconds=1)
        flood(talk, 3)
        assert talk.phrases == []
    talk.wait(seconds=1)
    assert talk.write("halo") == ["slow-down"]


def test_a_flood_moves_nothing_in_the_talk(talk: Talk) -> None:
    talk.begin("complaint")
    flood(talk, PERSONS.holds)
    before = talk.conversation
    talk.write("saya mau ke taiwan")
    talk.forge("do:menu")
    talk.forge("delete:yes")
    assert talk.conversation.but(flood=before.flood) == before


@pytest.mark.parametrize("many", [PERSONS.holds + 1, 5_000])
def test_who_waits_is_heard_again(talk: Talk, many: int) -> None:
    flood(talk, many)
    talk.wait(seconds=OVER_AFTER + 1)
    assert talk.write("menu") == ["menu"]


def test_a_second_between_messages_is_no_flood(talk: Talk) -> None:
    for _ in range(3 * PERSONS.holds):
        talk.wait(seconds=1)
        assert talk.write("menu") == ["menu"]


def test_danger_is_heard_in_a_flood_each_once_a_minute(flooding: Talk) -> None:
    assert flooding.write(BEATEN) == AID
    assert flooding.write(BEATEN) == []
    assert flooding.write(LOCKED_IN)[0].startswith("danger/")
    assert flooding.write(LOCKED_IN) == []
    assert flooding.write("halo") == []
    for _ in range(61):
        flooding.wait(seconds=1)
        flood(flooding, 5)
    assert flooding.write(BEATEN) == AID


def test_danger_alone_does_not_stand_in_for_being_asked_to_slow_down(talk: Talk) -> None:
    flood(talk, PERSONS.holds)
    assert talk.write(BEATEN) == AID
    assert talk.write(BEATEN) == ["slow-down"]
    assert talk.write(BEATEN) == []


@pytest.mark.parametrize("word", ["darurat", "1", "SOS"])
def test_the_word_for_an_emergency_is_heard_in_a_flood(flooding: Talk, word: str) -> None:
    assert flooding.write(word) == ["emergency", "danger/ask"]


def test_the_way_to_help_is_open_by_buttons_in_a_flood_once_a_minute(flooding: Talk) -> None:
    assert flooding.press("do:emergency") == ["emergency", "danger/ask"]
    assert flooding.press("form:help") == ["form/consent"]
    assert flooding.forge("do:emergency") == [] and flooding.forge("form:help") == []


def test_words_of_danger_to_the_officer_reach_the_officer_in_a_flood_too(flooding: Talk) -> None:
    case = case_of(state="working", officer=1)
    flooding.conversation = flooding.conversation.but(talking=case.number)
    cry = Incoming(Address("telegram", "bot", "siti"), "m", "text", flooding.at, BEATEN)
    assert wants(flooding.conversation, cry, flooding.release) == Wants(own_case=case.number)
    flooding.known = Known(case=case)
    assert flooding.write(BEATEN) == [*AID, "talk/relayed"]


def test_nothing_is_read_beforehand_for_what_is_not_listened_to(flooding: Talk) -> None:
    asked = Incoming(Address("telegram", "bot", "siti"), "m", "text", flooding.at, "laporan saya")
    assert wants(flooding.conversation, asked, flooding.release) == Wants()
    assert wants(Conversation(PERSON), asked, flooding.release) != Wants()


def test_presses_count_and_officers_may_press_more(talk: Talk) -> None:
    for _ in range(PERSONS.holds):
        talk.forge("do:menu")
    assert talk.forge("do:menu") == ["slow-down"]
    talk.conversation, talk.known = Conversation(PERSON, greeted=True), Known(officer=officer())
    for _ in range(OFFICERS.holds):
        assert talk.forge("do:menu") == ["menu"]
    assert talk.forge("do:menu") == ["slow-down"]


@pytest.mark.parametrize(("channel", "account"), [("web", "officers"), ("terminal", "terminal")])
def test_the_officers_pages_and_the_terminal_are_never_held_up(flooding: Talk, channel: str, account: str) -> None:
    asked = Incoming(Address(channel, account, "1"), "m", "text", flooding.at, "menu")
    said = step(flooding.conversation, asked, flooding.release)
    assert [one.phrase for one in said.replies] == ["menu"]
    assert said.conversation.flood == flooding.conversation.flood


def test_what_the_clock_brings_counts_for_nobody_and_reaches_who_floods(flooding: Talk) -> None:
    before = flooding.conversation.flood
    flooding.take("vacancies", text="")
    assert flooding.conversation.flood == before


@given(jumps=st.lists(st.integers(-100_000, 100_000), max_size=30))
def test_a_clock_that_jumps_holds_nobody_up_for_longer_than_a_flood_lasts(release: Release, jumps: list[int]) -> None:
    talk = Talk(release)
    flood(talk)
    for jump in jumps:
        talk.at = MONDAY + timedelta(seconds=jump)
        talk.write("halo")
    talk.wait(seconds=OVER_AFTER + 1)
    assert talk.write("menu") == ["menu"]
