"""Joining chats as a step sees it: the words, what a code looks like, what is asked for and what is said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue import joining, together
from bot.model.conversation import Conversation, Filling, Known
from bot.model.effects.joining import Join, OfferJoining, Part, TriedJoining
from bot.model.effects.telling import TellBeside
from bot.model.joining import MOST_CHATS, Chat
from bot.model.messages import Address, Incoming
from tests.dialogue.talk import MONDAY, NUMBER, Talk, officer

OTHER = Chat(8, "whatsapp")


def typed(text: str) -> str:
    return joining.code_in(Incoming(Address("web", "chat", "siti"), "m", "text", MONDAY, text))


def test_a_code_is_given_for_ten_minutes_with_a_word_of_warning(talk: Talk) -> None:
    talk.known = Known(token="fresh chance")
    assert talk.write("sambungkan") == ["join/code"]
    given, reply = talk.effect(OfferJoining), talk.reply("join/code")
    assert given.expires == MONDAY + timedelta(minutes=reply.facts["minutes"])  # type: ignore[arg-type]
    assert typed(str(reply.facts["code"])) == given.code
    assert reply.passing


@pytest.mark.parametrize("token", [f"chance {n}" for n in range(60)])
def test_every_code_is_read_again_and_holds_letters_and_a_digit(talk: Talk, token: str) -> None:
    talk.known = Known(token=token)
    talk.write("sambungkan")
    code = talk.effect(OfferJoining).code
    assert typed(f"s-{code[:4]}-{code[4:]}") == typed(f"S {code.lower()}") == code


@pytest.mark.parametrize(
    "text",
    ["sampe nabe", "s-2345-6789", "s2345678D", "sudahbisa", "s-KKKK-KKKK", "w-ABCDEFGHJK", "s-AB2D", "s" * 9_000],
)
def test_what_people_write_otherwise_is_no_code(text: str) -> None:
    assert typed(text) == ""


def test_who_agrees_joins_and_the_other_chat_is_told(talk: Talk) -> None:
    talk.known = Known(offer=OTHER)
    assert talk.write("s-KKKK-KKK7") == ["join/ask"]
    assert not talk.last.effects
    assert talk.press("join-yes:KKKKKKK7") == ["join/done"]
    assert talk.effect(Join) == Join(OTHER.person, "KKKKKKK7")
    assert talk.effect(TellBeside).reply.phrase == "join/told"


def test_a_code_that_does_not_stand_counts_against_guessing(talk: Talk) -> None:
    assert talk.write("s-KKKK-KKK7") == ["join/no"]
    assert talk.effect(TriedJoining)
    assert talk.forge("join-yes:KKKKKKK7") == ["join/no"]


def test_a_code_is_heard_in_the_middle_of_a_form_and_the_form_stays(talk: Talk) -> None:
    talk.begin("ask-officer")
    filling = talk.filling
    talk.known = Known(offer=OTHER)
    assert talk.write("s-KKKK-KKK7")[0] == "join/ask"
    assert talk.filling == filling


def test_danger_is_heard_before_everything(talk: Talk) -> None:
    talk.known = Known(token="fresh chance")
    talk.write("sambungkan")
    assert talk.write("saya dipukul majikan, tolong")[0].startswith(("danger/", "emergency"))


def test_whoever_has_joined_parts_by_a_word_and_whoever_has_not_hears_so(talk: Talk) -> None:
    assert talk.write("pisahkan") == ["part/none"]
    talk.known = Known(beside=(OTHER,))
    assert talk.write("pisahkan") == ["part/done"]
    assert [type(one) for one in talk.last.effects] == [TellBeside, Part]


def test_no_more_chats_than_a_person_may_have(talk: Talk) -> None:
    talk.known = Known(token="x", beside=tuple(Chat(8 + n, "web") for n in range(MOST_CHATS - 1)))
    assert talk.write("sambungkan") == ["join/with"]
    assert not talk.effects(OfferJoining)


def test_an_officer_gets_no_code_and_joins_by_none(talk: Talk) -> None:
    talk.known = Known(officer=officer(), token="x", offer=OTHER)
    assert talk.write("sambungkan") == ["join/officer"]
    assert talk.write("s-KKKK-KKK7") == ["join/no"]
    assert talk.forge("join-yes:KKKKKKK7") == ["join/no"]
    assert not talk.effects(Join) and not talk.effects(OfferJoining)


def test_of_each_wish_the_stricter_holds_and_both_words_that_guard_cases() -> None:
    here = Conversation(1, "jv", quiet=True, hush={"1": "arisan"}, coded=("1",))
    there = Conversation(2, "id", discreet=True, hush={"2": "panen"}, coded=("2",), helped=NUMBER)
    whole = together.joined(here, there)
    assert (whole.language, whole.quiet, whole.discreet, whole.helped) == ("jv", True, True, NUMBER)
    assert (set(whole.hush), whole.coded) == ({"1", "2"}, ("1", "2"))
    followed = together.follow(there, whole)
    assert (followed.person, followed.language, followed.quiet, followed.coded) == (2, "jv", True, ("1", "2"))


def test_a_form_and_what_was_offered_stay_each_chats_own() -> None:
    here = Conversation(1, shown=("a",), filling=Filling("complaint"), talking="1", language="en")
    there = Conversation(2, shown=("b",))
    assert together.follow(there, here) == replace(there, language="en")


def test_alone_again_nothing_of_the_others_cases_is_left() -> None:
    talk = Conversation(
        1,
        hush={"1": "arisan", "2": "panen"},
        coded=("1", "2"),
        talking="2",
        helped="2",
        filling=Filling("plan", case="2"),
    )
    left = together.alone(talk, {"1"})
    assert left == Conversation(1, hush={"1": "arisan"}, coded=("1",))
