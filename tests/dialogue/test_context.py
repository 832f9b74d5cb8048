"""A short question goes on with what was spoken of; a question of its own takes nothing from before."""

from dataclasses import replace
from datetime import date

import pytest
from cryptography.fernet import Fernet

from bot.model.conversation import Conversation, JustSaid, Subject
from bot.store.seal import Seal
from tests.dialogue.talk import PERSON, Talk


def about_korea(talk: Talk) -> Talk:
    """Somebody who has just read about pay in Korea."""
    talk.write("gaji di korea berapa")
    assert talk.conversation.subject == Subject("jobs/wages", "south-korea")
    return talk


@pytest.mark.parametrize(
    "text", ["syaratnya apa", "kalau cewek?", "umurnya berapa", "ujiannya apa aja", "terus kontraknya brp tahun"]
)
def test_an_ellipsis_is_asked_of_the_country_spoken_of(talk: Talk, text: str) -> None:
    about_korea(talk).write(text)
    assert talk.conversation.subject.country in ("south-korea", "") and talk.phrases in (["answer"], ["candidates"])
    assert talk.conversation.subject.country == "south-korea"


def test_what_it_asks_is_answered_where_its_words_tell(talk: Talk) -> None:
    about_korea(talk).write("bahasanya susah gak")
    assert talk.reply("answer").facts["topic"] == "jobs/language-skills"
    assert talk.write("gajinya?") == ["answer"]
    facts = talk.reply("answer").facts
    assert (facts["topic"], facts["country"]) == ("jobs/wages", "south-korea")


def test_words_that_tell_nothing_alone_lead_to_the_country(talk: Talk) -> None:
    about_korea(talk).write("kalau cewek?")
    assert talk.reply("answer").facts["topic"] == "jobs/south-korea"


def test_of_what_the_words_may_mean_the_topic_that_lies_near_wins(talk: Talk) -> None:
    talk.write("kerja di korea gimana")
    assert talk.write("kalau gak lulus ujian") == ["answer"]
    assert talk.reply("answer").facts["topic"] in ("jobs/language-skills", "jobs/south-korea")


@pytest.mark.parametrize("text", ["aku lapar", "asdf qwer"])
def test_a_few_words_that_ask_nothing_are_not_answered_with_what_was_spoken_of(talk: Talk, text: str) -> None:
    about_korea(talk)
    assert "answer" not in talk.write(text)


@pytest.mark.parametrize("text", ["uang", "surat", "anak", "majikan"])
def test_a_bare_word_begins_anew(talk: Talk, text: str) -> None:
    fresh = Talk(talk.release)
    fresh.write(text)
    about_korea(talk).write(text)
    assert (talk.phrases, talk.buttons) == (fresh.phrases, fresh.buttons)


@pytest.mark.parametrize("text", ["aman", "saya aman kok", "alhamdulillah aman bu", "sudah tenang"])
def test_how_somebody_is_asks_nothing_of_the_country(talk: Talk, text: str) -> None:
    fresh = Talk(talk.release)
    fresh.write(text)
    about_korea(talk).write(text)
    assert (talk.phrases, talk.buttons) == (fresh.phrases, fresh.buttons)


@pytest.mark.parametrize("text", ["aman?", "aman ga bu"])
def test_whether_it_is_safe_there_is_asked_of_the_country(talk: Talk, text: str) -> None:
    assert about_korea(talk).write(text) == ["answer"]
    assert talk.conversation.subject.country == "south-korea"


def test_a_pointer_to_what_we_know_nothing_of_is_offered_and_not_answered(talk: Talk) -> None:
    about_korea(talk)
    assert "answer" not in talk.write("cuacanya gimana")


def test_a_question_of_its_own_forgets_the_country(talk: Talk) -> None:
    about_korea(talk).write("gaji saya belum dibayar majikan sudah tiga bulan")
    assert talk.conversation.subject == Subject("protection/unpaid-wages", "", "")


def test_a_short_question_of_another_area_forgets_the_country(talk: Talk) -> None:
    about_korea(talk).write("cara daftar koperasi")
    assert talk.conversation.subject.topic.startswith("cooperative/")
    assert talk.conversation.subject.country == ""


def test_a_new_country_takes_the_place_of_the_old(talk: Talk) -> None:
    about_korea(talk).write("kalau jepang?")
    talk.write("gajinya?")
    assert talk.reply("answer").facts["country"] == "japan"


def test_whom_it_is_about_goes_on_until_it_is_the_person_or_another_matter(talk: Talk) -> None:
    talk.write("suami saya mau kerja di korea gajinya berapa")
    assert talk.conversation.subject.relation == "husband"
    talk.write("umurnya maksimal?")
    assert talk.conversation.subject.relation == "husband"
    talk.write("kalau saya?")
    talk.write("saya mau kerja di taiwan gajinya berapa")
    assert talk.conversation.subject.relation == ""


@pytest.mark.parametrize("text", ["terus?", "lalu?", "trus gimana?", "habis itu?", "then?", "banjur?", "teras?"])
def test_what_next_leads_on_from_the_answer(talk: Talk, text: str) -> None:
    talk.write("syarat kerja di korea")
    assert talk.write(text) == ["further"]
    topic = talk.release.content.topics["jobs/south-korea"]
    assert {f"topic:{one}" for one in topic.related} <= set(talk.buttons)
    assert f"form:{topic.form}" in talk.buttons and len(talk.buttons) <= 8
    assert talk.conversation.misses == 0


def test_what_next_after_nothing_is_the_menu(talk: Talk) -> None:
    assert talk.write("terus?") == ["menu"]


@pytest.mark.parametrize("text", ["maksudnya?", "gak paham", "kurang jelas", "jelasin lagi", "what do you mean"])
def test_who_does_not_understand_is_offered_a_person_and_fewer_words(talk: Talk, text: str) -> None:
    talk.write("syarat kerja di korea")
    assert talk.write(text) == ["unclear"]
    assert talk.buttons[0] == "form:ask-officer"
    assert talk.reply("unclear").facts["topic"] == "jobs/south-korea"


def test_who_does_not_understand_before_any_answer_gets_help(talk: Talk) -> None:
    assert "unclear" not in talk.write("gak paham")


def test_an_answer_whose_time_is_over_is_not_said_again_in_fewer_words(talk: Talk) -> None:
    content = talk.release.content
    ended = replace(content.topics["migration/costs"], valid_until=date(2026, 1, 1))
    talk.release = replace(talk.release, content=replace(content, topics={**content.topics, ended.id: ended}))
    talk.conversation = talk.conversation.but(subject=Subject(ended.id))
    assert talk.write("maksudnya?") == ["unclear"]
    assert talk.reply("unclear").facts["topic"] == ""


def test_to_the_officer_a_short_word_is_a_word(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(subject=Subject("jobs/south-korea"), talking="1000015")
    assert "further" not in talk.write("terus?")


def test_a_talk_kept_before_any_of_this_still_opens() -> None:
    seal = Seal([Fernet.generate_key().decode()])
    sealed = seal.close(dict[str, object], {"person": PERSON, "subject": {"topic": "jobs/wages", "country": "japan"}})
    talk = seal.open(Conversation, sealed)
    assert talk.subject == Subject("jobs/wages", "japan") and talk.just_said == JustSaid()
