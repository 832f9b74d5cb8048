"""The first words, the top list, and the words that work everywhere."""

import pytest

from bot.model.conversation import Conversation, Filling, Known, Subject
from bot.model.effects.people import Forget
from bot.understanding.release import Release
from tests.dialogue.talk import PERSON, Talk, case_of

DOES = {
    "menu": "menu",
    "back": "nothing-to-go-back",
    "cancel": "nothing-to-go-back",
    "help": "help",
    "officer": "officer/where",
    "language": "language/ask",
    "stop": "stop",
    "delete": "delete/ask",
    "emergency": "emergency",
    "register": "menu/forms",
    "cases": "cases/none",
    "status": "cases/none",
    "withdraw": "cases/none",
    "greeting": "welcome",
    "privacy": "answer",
}


def test_a_stranger_hears_who_we_are_and_gets_choices_without_being_asked_anything(release: Release) -> None:
    talk = Talk(release, Conversation(PERSON))
    assert talk.take("start") == ["welcome", "menu"]
    assert 5 <= len(talk.reply("menu").buttons) <= 8
    assert talk.reply("welcome").anchors


def test_a_stranger_who_asks_at_once_hears_who_we_are_and_the_answer(release: Release) -> None:
    talk = Talk(release, Conversation(PERSON))
    talk.write("kerja di taiwan")
    assert talk.phrases == ["welcome", "answer"]
    assert talk.write("kerja di korea") == ["answer"]


def test_every_topic_is_two_taps_away(talk: Talk) -> None:
    reached = set()
    for entry in talk.release.content.menu:
        talk.write("menu")
        talk.press(f"menu:{entry.id}")
        reached |= {button.removeprefix("topic:") for button in talk.buttons}
    assert reached == set(talk.release.content.topics)


def test_no_menu_message_has_more_than_eight_buttons(talk: Talk) -> None:
    for entry in talk.release.content.menu:
        talk.forge(f"menu:{entry.id}")
        assert all(1 <= len(reply.buttons) <= 8 for reply in talk.last.replies)
    talk.write("daftar")
    offered = [button.id.removeprefix("form:") for reply in talk.last.replies for button in reply.buttons]
    plans = {form.id for form in talk.release.content.forms.values() if form.opens == "plan"}  # for who has a case
    assert sorted(offered) == sorted(set(talk.release.content.forms) - plans)
    assert all(len(reply.buttons) <= 8 for reply in talk.last.replies)


def test_every_word_that_works_everywhere_works_in_every_language(talk: Talk) -> None:
    did = {
        (command.id, word): talk.release.command(word)
        for command in talk.release.content.commands
        for words in command.words.values()
        for word in words
    }
    assert [asked for asked, found in did.items() if asked[0] != found] == []


@pytest.mark.parametrize(("command", "phrase"), DOES.items())
@pytest.mark.parametrize("language", ["id", "en", "jv", "su"])
def test_a_word_that_works_everywhere_does_what_it_says(talk: Talk, command: str, phrase: str, language: str) -> None:
    words = next(one.words for one in talk.release.content.commands if one.id == command)
    for word in words.get(language, ()):
        talk.conversation = Conversation(PERSON, greeted=True)
        assert talk.write(word.upper())[0] in (phrase, f"danger/{phrase}"), word
        assert talk.forge(f"do:{command}")[0] == phrase or command in ("greeting",)


def test_a_language_once_chosen_is_kept_and_said_to_be_partial_where_it_is(talk: Talk) -> None:
    talk.write("bahasa")
    assert "language:en" in talk.buttons
    assert talk.press("language:en") == ["language/changed", "menu"]
    talk.write("kerja di taiwan")
    assert talk.conversation.language == "en"
    talk.forge("language:jv")
    assert talk.phrases == ["language/changed", "language/partly", "menu"]


def test_only_languages_with_answers_are_offered(talk: Talk) -> None:
    talk.write("bahasa")
    answered = {language for topic in talk.release.content.topics.values() for language in topic.answers}
    assert {button.removeprefix("language:") for button in talk.buttons} == answered & {
        one.id for one in talk.release.content.languages
    }


def test_stop_is_obeyed_at_once_and_asking_stays_possible(talk: Talk) -> None:
    assert talk.write("berhenti") == ["stop"]
    assert talk.conversation.quiet
    assert talk.write("kerja di taiwan") == ["answer"]


def test_deleting_asks_first_and_then_forgets_everything(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(
        remembered={"name": "Siti"},
        subject=Subject("jobs/taiwan"),
        paused=(Filling("help", answers={"country": "Oman"}),),
    )
    assert talk.write("hapus data saya") == ["delete/ask"]
    assert talk.effects(Forget) == []
    assert talk.press("delete:yes") == ["delete/done"]
    assert talk.effect(Forget) == Forget(PERSON)
    left = talk.conversation
    assert (left.remembered, left.subject, left.paused, left.filling) == ({}, Subject(), (), None)


def test_not_deleting_keeps_everything(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(remembered={"name": "Siti"})
    talk.write("hapus data saya")
    assert talk.press("delete:no") == ["delete/kept", "menu"]
    assert talk.conversation.remembered == {"name": "Siti"}


def test_the_officer_is_a_button_away_and_closed_hours_are_said(talk: Talk) -> None:
    talk.write("petugas")
    assert talk.reply("officer/where").facts["open"] is True
    assert "form:ask-officer" in talk.buttons
    talk.wait(hours=14)
    talk.write("petugas")
    assert talk.reply("officer/where").facts["open"] is False


def test_office_hours_are_those_of_the_persons_own_village(talk: Talk) -> None:
    """At 08:30 in Jakarta it is 10:30 in Papua; at 15:30 there, offices in Papua have closed."""
    talk.wait(hours=5, minutes=30)
    talk.write("petugas")
    assert talk.reply("officer/where").facts["open"] is True
    papua = talk.release.villages.under("91")[0]
    assert papua.timezone == "WIT"
    talk.conversation = talk.conversation.but(remembered={"village": papua.code})
    talk.write("petugas")
    assert talk.reply("officer/where").facts["open"] is False


@pytest.mark.parametrize("kind", ["voice", "photo", "file", "sticker", "location", "contact"])
def test_whatever_is_sent_gets_a_fitting_word_and_a_way_to_the_officer(talk: Talk, kind) -> None:
    assert talk.send(kind) == [f"media/{kind}"]
    assert "form:ask-officer" in talk.buttons


@pytest.mark.parametrize(
    "button", ["menu:gone", "topic:jobs/atlantis", "country:atlantis", "nonsense", ":", "helped:gone"]
)
def test_a_button_from_long_ago_gets_a_kind_word_and_the_menu(talk: Talk, button: str) -> None:
    assert talk.forge(button) == ["old-button", "menu"]


def test_a_greeting_to_the_officer_one_writes_with_goes_to_the_officer(talk: Talk) -> None:
    case = case_of(state="working", officer=1)
    talk.conversation, talk.known = talk.conversation.but(talking=case.number), Known(case=case)
    assert talk.write("selamat pagi") == ["talk/relayed"]
