"""Questions: an answer, candidates, or an honest "I did not understand" that leads to a person, never in a circle."""

import pytest

from bot.model.conversation import Subject
from bot.model.effects.people import Answered, Rated, Unanswered
from tests.dialogue.talk import Talk

NONSENSE = ("xqzwvkj", "blorp zzgh wkwkx", "qqq vvv")


def test_a_question_is_answered_and_the_answer_logged_by_topic_language_and_version(talk: Talk) -> None:
    talk.write("kerja di taiwan")
    topic = talk.release.content.topics["jobs/taiwan"]
    assert talk.effect(Answered) == Answered("jobs/taiwan", "id", topic.version, talk.release.edition(topic, "", ""))
    assert talk.reply("answer").facts["today"] == talk.at.date()


def test_an_answer_asks_whether_it_helped_and_leads_on(talk: Talk) -> None:
    talk.write("kerja di taiwan")
    topic = talk.release.content.topics["jobs/taiwan"]
    assert talk.buttons[:2] == ["helped:jobs/taiwan", "not-helped:jobs/taiwan"]
    assert f"form:{topic.form}" in talk.buttons or not topic.form
    assert {f"topic:{one}" for one in topic.related[:3]} <= set(talk.buttons)


def test_what_does_not_exist_in_the_language_is_logged_as_indonesian(talk: Talk) -> None:
    talk.forge("language:mad")
    talk.write("kerja di taiwan")
    assert talk.effect(Answered).language == "id"


def test_an_unsure_question_offers_topics_that_exist(talk: Talk) -> None:
    for text in ("majikan", "anak", "surat", "uang", "kontrak"):
        if talk.write(text) == ["candidates"]:
            offered = [button for button in talk.buttons if button.startswith("topic:")]
            assert 1 <= len(offered) <= 3
            talk.press(offered[0])
            assert talk.effect(Answered).topic == offered[0].removeprefix("topic:")
            return
    pytest.fail("none of these is unsure any more: choose others")


def test_twice_not_understood_offers_the_officer(talk: Talk) -> None:
    assert talk.write(NONSENSE[0]) == ["not-understood"]
    assert talk.write(NONSENSE[1]) == ["not-understood-again"]
    assert "form:ask-officer" in talk.buttons
    assert talk.write(NONSENSE[2]) == ["not-understood-again"]


def test_a_question_understood_in_between_starts_the_count_anew(talk: Talk) -> None:
    talk.write(NONSENSE[0])
    talk.write("kerja di taiwan")
    assert talk.write(NONSENSE[1]) == ["not-understood"]


@pytest.mark.parametrize("text", ["", "   ", "???", "😀😀", "你好", "مرحبا", "-"])
def test_signs_without_words_are_not_understood_and_nothing_is_noted_for_the_editors(talk: Talk, text: str) -> None:
    assert talk.write(text) == ["not-understood"]
    assert talk.effects(Unanswered) == []


def test_what_was_not_understood_goes_to_the_editors_without_names_and_numbers(talk: Talk) -> None:
    talk.write("xqzwvkj wkwkx Siti Aminah 081234567890")
    kept = talk.effect(Unanswered).text
    assert "Siti" not in kept and "Aminah" not in kept and "0812" not in kept


@pytest.mark.parametrize("text", ["kalau jepang?", "di jepang gimana", "jepang", "terus ke jepang?"])
def test_a_country_alone_asks_the_same_about_that_country(talk: Talk, text: str) -> None:
    talk.conversation = talk.conversation.but(subject=Subject("jobs/wages", "south-korea"))
    assert talk.write(text) == ["answer"]
    facts = talk.reply("answer").facts
    assert (facts["topic"], facts["country"]) == ("jobs/wages", "japan")


def test_after_a_countrys_own_topic_another_country_leads_to_its_own(talk: Talk) -> None:
    talk.write("kerja di taiwan")
    assert talk.write("kalau jepang?") == ["answer"]
    assert talk.reply("answer").facts["topic"] == "jobs/japan"


def test_a_country_with_more_words_is_a_new_question(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(subject=Subject("jobs/wages", "south-korea"))
    talk.write("kerja di taiwan")
    assert talk.reply("answer").facts["topic"] == "jobs/taiwan"


def test_a_topic_that_depends_on_the_country_offers_countries(talk: Talk) -> None:
    topic = next(one for one in talk.release.content.topics.values() if one.ask == "country")
    talk.forge(f"topic:{topic.id}")
    offered = [button for button in talk.buttons if button.startswith("country:")]
    assert offered
    talk.press(offered[0])
    assert talk.reply("answer").facts["country"] == offered[0].removeprefix("country:")


def test_rating_is_noted_and_no_leads_to_the_officer(talk: Talk) -> None:
    talk.write("kerja di taiwan")
    version = talk.release.content.topics["jobs/taiwan"].version
    assert talk.press("helped:jobs/taiwan") == ["helped"]
    assert talk.effect(Rated) == Rated("jobs/taiwan", True, "id", version)
    talk.forge("language:mad")
    talk.forge("not-helped:jobs/taiwan")
    assert talk.effect(Rated) == Rated("jobs/taiwan", False, "id", version)
    assert "form:ask-officer" in talk.buttons


def test_a_written_no_to_did_this_help_is_heard(talk: Talk) -> None:
    talk.write("kerja di taiwan")
    assert talk.write("tidak") == ["not-helped"]


def test_repeat_gives_the_last_answer_again(talk: Talk) -> None:
    talk.write("kerja di taiwan")
    assert talk.write("ulangi") == ["answer"]
    assert talk.reply("answer").facts["topic"] == "jobs/taiwan"


def test_repeat_with_nothing_said_is_not_counted_as_a_miss(talk: Talk) -> None:
    assert talk.write("ulangi") == ["repeat/nothing", "menu"]
    assert talk.conversation.misses == 0


def test_another_language_we_answer_in_is_offered_once_and_not_pressed_on_anybody(talk: Talk) -> None:
    assert talk.write("how much is the salary in hong kong")[-1] == "language/offer"
    assert "language/offer" not in talk.write("how much is the salary in taiwan")
    talk.forge("language:en")
    assert talk.conversation.language == "en"


def test_who_mixes_a_regional_language_with_indonesian_is_not_asked(talk: Talk) -> None:
    talk.forge("language:jv")
    for text in ("piye carane kerja nang taiwan", "terus ke korea gimana", "dasar robot bodoh"):
        assert "language/offer" not in talk.write(text)


def test_who_names_a_country_is_not_led_to_another_countrys_topic(talk: Talk) -> None:
    countries = talk.release.content.countries
    for text in (
        "mau berangkat ke hongkong katanya bayar 30jt itu bener ga",
        "syarat ke taiwan",
        "kerja di jepang gimana",
    ):
        heard = talk.release.hear(text)
        others = {f"jobs/{one}" for one in countries if one != heard.country}
        assert others.isdisjoint(one.topic for one in talk.release.find(heard.terms).candidates), text
