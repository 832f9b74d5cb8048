"""The code under an answer, sent back: genuine, changed, withdrawn, or not ours; and the news that an answer has changed."""

from datetime import date, timedelta

import pytest

from bot.dialogue.step import step
from bot.knowledge.codes import sayable
from bot.model.content import Change
from bot.model.conversation import Filling, Known
from bot.model.editions import Told
from bot.model.effects.people import Answered, Corrected, Withheld
from bot.model.messages import Address, Incoming
from bot.model.step import Step
from bot.understanding.release import Release
from tests.changed import with_topic, with_wage, without_topic
from tests.dialogue.talk import MONDAY, Talk

WAGES = "jobs/wages"


@pytest.fixture
def told(release: Release) -> Told:
    """What somebody was told about the wages of carers in Taiwan, a month ago."""
    edition = release.edition(release.content.topics[WAGES], "taiwan", "caregiver-nurse")
    return Told(edition, MONDAY - timedelta(days=30))


def asked(release: Release, told: Told, text: str = "", **state: object) -> Talk:
    talk = Talk(release, known=Known(told=told))
    talk.conversation = talk.conversation.but(**state)
    talk.write(text or sayable(told.edition.code).lower())
    return talk


def news(release: Release, told: Told | None, channel: str = "telegram", **state: object) -> Step:
    talk = Talk(release)
    incoming = Incoming(
        Address(channel, "bot", "siti"), "c", "correction", MONDAY, text=told.edition.code if told else "x"
    )
    return step(talk.conversation.but(known=Known(told=told), **state), incoming, release)


def test_a_genuine_code_gives_what_we_say_today_with_it(release: Release, told: Told) -> None:
    talk = asked(release, told)
    assert talk.phrases == ["receipt/current", "answer"]
    assert talk.reply("answer").facts["code"] == told.edition.code
    assert talk.reply("answer").facts["country"] == "taiwan"


def test_a_code_is_found_in_a_whole_forwarded_answer(release: Release, told: Told) -> None:
    forwarded = f"Gaji Taiwan NT$99.000!! Sumber: MOL. Dicek 21 Nov 2026. Kode {sayable(told.edition.code)}."
    assert asked(release, told, forwarded).phrases == ["receipt/current", "answer"]


def test_an_outdated_code_says_so_and_gives_todays_answer(release: Release, told: Told) -> None:
    talk = asked(with_wage(release, "taiwan", "caregiver-nurse", 99_000), told)
    assert talk.phrases == ["receipt/outdated", "answer"]
    assert not talk.reply("receipt/outdated").facts["wrong"]
    assert talk.effect(Answered).edition.code != told.edition.code


def test_what_was_wrong_is_called_wrong_and_what_changed_is_said(release: Release, told: Told) -> None:
    mended = Change(date(2026, 11, 22), {"id": "Gaji itu sudah termasuk makan"}, was="wrong")
    facts = asked(with_topic(release, WAGES, changes=(mended,)), told).reply("receipt/outdated").facts
    assert facts["wrong"] and facts["what"] == ["Gaji itu sudah termasuk makan"]


def test_a_code_of_a_topic_that_is_gone_is_withdrawn(release: Release, told: Told) -> None:
    assert asked(without_topic(release, WAGES), told).phrases == ["receipt/withdrawn"]


def test_a_code_we_never_gave_is_not_ours(release: Release, told: Told) -> None:
    talk = Talk(release)
    assert talk.write(sayable(told.edition.code)) == ["receipt/not-ours"]
    assert "form:ask-officer" in talk.buttons


def test_a_slip_is_told_from_a_code_that_is_not_ours(release: Release, told: Told) -> None:
    code = told.edition.code
    other = "Z" if code[-1] != "Z" else "Y"
    assert Talk(release).write(code[:-1] + other) == ["receipt/slip"]


def test_past_its_end_a_fact_is_not_stated_and_the_editors_hear_of_it(release: Release) -> None:
    yesterday = MONDAY.date() - timedelta(days=1)
    talk = Talk(with_topic(release, "jobs/taiwan", valid_until=yesterday))
    talk.forge("topic:jobs/taiwan")
    assert talk.phrases == ["answer/expired"]
    assert talk.effect(Withheld).topic == "jobs/taiwan" and not talk.effects(Answered)
    assert "form:ask-officer" in talk.buttons


def test_in_the_middle_of_a_form_only_a_code_alone_is_one(release: Release, told: Told) -> None:
    story = Filling("ask-officer", "field", "question", touched=MONDAY)
    longer = f"teman kirim begini, apa benar? katanya dari desa. kode {sayable(told.edition.code)} gaji naik"
    assert "receipt/current" not in asked(release, told, longer, filling=story).phrases
    assert asked(release, told, filling=story).phrases[:2] == ["receipt/current", "answer"]


def test_news_is_told_at_once_where_we_may_write_first(release: Release, told: Told) -> None:
    dearer = with_wage(release, "taiwan", "caregiver-nurse", 99_000)
    said = news(dearer, told)
    assert [one.phrase for one in said.replies] == ["correction", "answer"]
    assert Corrected(told.edition.code, "told") in said.effects
    assert any(isinstance(one, Answered) and one.edition.code != told.edition.code for one in said.effects)


def test_news_moves_nothing_in_the_talk(release: Release, told: Told) -> None:
    dearer, story = (
        with_wage(release, "taiwan", "caregiver-nurse", 99_000),
        Filling("ask-officer", "consent", touched=MONDAY),
    )
    said = news(dearer, told, filling=story, shown=("agree:ask-officer",), misses=1)
    kept = said.conversation
    assert (kept.filling, kept.shown, kept.misses) == (story, ("agree:ask-officer",), 1)
    assert [one.phrase for one in said.replies] == ["correction", "answer"]


@pytest.mark.parametrize(("channel", "quiet"), [("web", False), ("whatsapp", False), ("telegram", True)])
def test_where_we_may_not_write_first_it_is_owed_and_said_at_the_next_contact(
    release: Release, told: Told, channel: str, *, quiet: bool
) -> None:
    dearer = with_wage(release, "taiwan", "caregiver-nurse", 99_000)
    said = news(dearer, told, channel, quiet=quiet)
    assert said.replies == () and said.effects == (Corrected(told.edition.code, "owed"),)
    talk = Talk(dearer, conversation=said.conversation)
    assert talk.write("menu") == ["correction", "answer", "menu"]
    assert talk.effect(Corrected) == Corrected(told.edition.code, "told")
    assert talk.write("menu") == ["menu"]


def test_what_is_owed_waits_while_somebody_is_in_danger(release: Release, told: Told) -> None:
    owing = news(with_wage(release, "taiwan", "caregiver-nurse", 99_000), told, "web").conversation
    talk = Talk(release, conversation=owing)
    assert "correction" not in talk.write("saya dipukul majikan tiap hari")
    assert talk.conversation.owed == (told.edition,)


def test_a_discreet_matter_is_not_named(release: Release, told: Told) -> None:
    discreet = with_topic(with_wage(release, "taiwan", "caregiver-nurse", 99_000), WAGES, discreet=True)
    said = news(discreet, told)
    assert [one.phrase for one in said.replies] == ["correction/discreet"] and not said.replies[0].facts
    talk = Talk(discreet, known=Known(told=told))
    assert talk.forge(said.replies[0].buttons[0].id) == ["receipt/outdated", "answer"]


def test_news_that_is_none_any_more_is_not_told(release: Release, told: Told) -> None:
    said = news(release, told)
    assert said.replies == () and said.effects == (Corrected(told.edition.code, "told"),)
    assert news(release, None).replies == ()


def test_a_note_of_the_village_goes_with_the_answer(release: Release) -> None:
    talk = Talk(release)
    talk.conversation = talk.conversation.but(remembered={"village": "52.02.12.2001"})
    talk.forge("topic:service/find-officer")
    assert talk.reply("answer").facts["village"] == "52.02.12.2001"
