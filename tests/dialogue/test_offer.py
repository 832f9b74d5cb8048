"""The check of an offer: no consent, eight questions, a verdict that never says good, and from there a report."""

import random
import re
from collections.abc import Iterator

import pytest

from bot.dialogue.verdict import MOST_STORY
from bot.markdown import plain
from bot.model.conversation import Conversation, Filling
from bot.model.effects.cases import OpenCase
from bot.wording import Wording
from tests.dialogue.talk import LANTAN, LANTAN_TYPED, PERSON, Talk

GOOD = ("who:company", "country:east-asia", "visa:work", "money:no", "contract:readable", "demands:none")
BAD = ("who:social", "country:not-placed", "visa:visit", "money:private", "contract:none", "demands:lie")
VERDICTS = {"verdict/stop", "verdict/warn", "verdict/ask"}
LANGUAGES = ("id", "en", "jv", "su")


def answered(talk: Talk, choices: tuple[str, ...], age: str = "25", agency: str = "PT Sama Sekali Lain") -> list[str]:
    """The eight questions from the first to the verdict."""
    talk.forge("form:offer-check")
    for choice in choices:
        talk.press(f"field:{choice}")
    talk.write(age)
    return talk.write(agency)


def told(talk: Talk, wording: Wording) -> list[str]:
    return [plain(one.text) for reply in talk.last.replies for one in wording.write(reply, talk.conversation.language)]


def test_it_begins_without_consent_and_says_first_that_nothing_is_kept(talk: Talk) -> None:
    assert talk.forge("form:offer-check") == ["verdict/begin", "form/ask"]
    assert talk.reply("verdict/begin").facts["count"] == 8
    assert talk.filling.field == "who" and talk.filling.consented is None


def test_the_verdict_comes_instead_of_a_summary_and_the_form_is_done(talk: Talk) -> None:
    assert answered(talk, BAD) == ["verdict/stop", "verdict/more", "verdict/then"]
    assert talk.conversation.filling is None
    assert talk.last.effects == ()


def test_an_offer_without_a_sign_leaves_nothing_behind_and_nothing_to_report(talk: Talk) -> None:
    assert answered(talk, GOOD) == ["verdict/ask", "verdict/then"]
    assert (talk.conversation.filling, talk.conversation.paused, talk.conversation.remembered) == (None, (), {})
    assert not any(button.startswith("report:") for button in talk.buttons)


def test_after_a_bad_verdict_only_what_a_report_needs_is_kept_and_only_till_drafts_end(talk: Talk) -> None:
    answered(talk, BAD)
    (kept,) = talk.conversation.paused
    assert (kept.form, kept.touched, kept.consented) == ("offer-check", talk.at, None)


def test_every_question_can_be_answered_by_writing_the_words_on_its_buttons(talk: Talk) -> None:
    for field in talk.release.content.forms["offer-check"].fields:
        for option in field.options:
            for language in LANGUAGES:
                talk.conversation = Conversation(
                    PERSON, greeted=True, filling=Filling("offer-check", "field", field.id, touched=talk.at)
                )
                talk.write(option.label[language])
                assert talk.filling.answers.get(field.id) == option.id, option.label[language]


@pytest.mark.parametrize("words", ["lewati", "Tidak tahu namanya", "tidak"])
def test_who_does_not_know_the_company_gets_a_verdict_all_the_same(talk: Talk, words: str) -> None:
    answered(talk, GOOD, agency=words)
    assert talk.phrases[0] == "verdict/ask"
    assert talk.reply("verdict/then").facts["says"] == "unnamed"


def test_back_from_the_first_question_asks_it_again_and_never_for_consent(talk: Talk) -> None:
    talk.forge("form:offer-check")
    talk.press("field:who:friend")
    assert talk.write("kembali") == ["form/ask"] and talk.filling.field == "who"
    assert talk.write("kembali") == ["form/ask"] and talk.filling.field == "who"
    talk.press("field:who:person")
    assert talk.filling.answers["who"] == "person"


def test_a_question_in_between_and_days_away_cost_no_answer(talk: Talk) -> None:
    talk.forge("form:offer-check")
    talk.press("field:who:friend")
    assert talk.write("berapa gaji di taiwan?")[-1] == "form/ask"
    talk.write("menu")
    assert talk.phrases == ["menu", "form/back-to-it"]
    talk.wait(days=2)
    assert talk.forge("form:offer-check") == ["form/resume"]
    assert talk.press("continue:offer-check") == ["form/ask"]
    assert (talk.filling.field, talk.filling.answers) == ("country", {"who": "friend"})


def test_danger_comes_before_the_questions(talk: Talk) -> None:
    talk.forge("form:offer-check")
    assert talk.write("tolong saya disekap majikan")[0].startswith("danger/")
    assert talk.filling.answers == {}


@pytest.mark.parametrize("state", ["consent", "summary", "edit"])
def test_no_way_leads_from_a_verdict_to_a_case(talk: Talk, state: str) -> None:
    """Such a draft should not be; a press on an old button must not make a case without consent of it."""
    answers = {"who": "company"} | dict.fromkeys(("country", "visa", "money", "contract", "demands"), "x")
    whole = {**answers, "age": "25", "agency": ""}
    for button in ("agree:offer-check", "send:offer-check", "edit:", "do:send"):
        filling = Filling("offer-check", state, answers=whole, touched=talk.at)  # type: ignore[arg-type]
        talk.conversation = Conversation(PERSON, greeted=True, filling=filling)
        assert talk.forge(button)[0] in VERDICTS
        assert talk.effects(OpenCase) == []


def test_a_new_check_begins_anew_and_the_one_before_is_forgotten(talk: Talk) -> None:
    answered(talk, BAD)
    assert talk.press("form:offer-check") == ["verdict/begin", "form/ask"]
    assert (talk.filling.answers, talk.conversation.paused) == ({}, ())


def test_the_result_becomes_a_report_with_its_story_and_consent_is_asked(talk: Talk) -> None:
    answered(talk, BAD, agency="PT Tipu Daya")
    assert talk.press("report:offer-check") == ["form/consent"]
    talk.press("agree:complaint")
    talk.press("field:now:yes")
    talk.write(LANTAN_TYPED)
    talk.press("skip:name")
    talk.press("field:about:broker")
    for field in ("country", "proof", "phone"):
        talk.press(f"skip:{field}")
    (line,) = [one for one in talk.reply("form/summary").facts["lines"] if "PT Tipu Daya" in one["value"]]
    assert "Turis atau kunjungan" in line["value"]
    talk.press("edit:")
    assert talk.press("edit-line:what") == ["form/ask"]
    talk.write("Saya ditawari kerja oleh orang ini")
    talk.press("send:complaint")
    assert talk.sent().answers["what"] == "Saya ditawari kerja oleh orang ini"
    assert talk.sent().village == LANTAN
    assert talk.conversation.paused == ()


def test_the_story_is_in_the_persons_language(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(language="en")
    answered(talk, BAD)
    talk.press("report:offer-check")
    story = talk.filling.answers["what"]
    assert "Visa: Tourist or visit" in story and "Turis" not in story
    assert "Work needs a work visa" in story


def test_a_report_does_not_throw_away_a_complaint_begun_before(talk: Talk) -> None:
    talk.begin("complaint")
    talk.write(LANTAN_TYPED)
    answered(talk, BAD)
    assert talk.press("report:offer-check") == ["form/resume"]
    assert [one.answers.get("village") for one in talk.conversation.paused if one.form == "complaint"] == [LANTAN]
    assert "report:offer-check:again" in talk.buttons
    assert talk.press("report:offer-check:again") == ["form/consent"]
    assert "what" in talk.filling.answers and "village" not in talk.filling.answers


def test_a_report_pressed_again_goes_on_with_the_one_begun(talk: Talk) -> None:
    answered(talk, BAD)
    talk.press("report:offer-check")
    assert talk.forge("report:offer-check") == ["form/resume"]
    assert "what" in talk.filling.answers


def test_a_report_amid_another_form_lays_that_one_aside(talk: Talk) -> None:
    answered(talk, BAD)
    talk.begin("ask-officer")
    talk.forge("report:offer-check")
    assert talk.filling.form == "complaint"
    assert "ask-officer" in [one.form for one in talk.conversation.paused]


@pytest.mark.parametrize("button", ["report:gone", "report:complaint", "report:", "report:offer-check"])
def test_a_report_of_no_check_is_no_accident(talk: Talk, button: str) -> None:
    assert talk.forge(button) in (["form/gone"], ["form/consent"])
    assert talk.effects(OpenCase) == []


@pytest.mark.parametrize("words", ["cek loker", "CEK TAWARAN", "check offer", "priksa tawaran", "pariksa tawaran"])
def test_a_word_leads_to_the_first_question(talk: Talk, words: str) -> None:
    assert talk.write(words) == ["verdict/begin", "form/ask"]


def test_a_link_leads_a_stranger_to_the_first_question_past_who_we_are(talk: Talk) -> None:
    talk.conversation = Conversation(PERSON)
    assert talk.take("start", text="offer") == ["welcome", "verdict/begin", "form/ask"]


@pytest.mark.parametrize(
    "topic", ["migration/brokers", "migration/check-agency", "migration/irregular-risks", "jobs/vacancies"]
)
def test_the_topics_about_offers_lead_to_the_check_and_keep_their_registration(talk: Talk, topic: str) -> None:
    talk.forge(f"topic:{topic}")
    assert {"form:offer-check", f"form:{talk.release.content.topics[topic].form}"} <= set(talk.buttons)
    assert all(len(reply.buttons) <= 8 for reply in talk.last.replies)


def samples(talk: Talk) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """All sorts of answers, the worst and the vaguest among them."""
    gone = next(one.name for one in talk.release.content.agencies if one.status == "revoked")
    fields = talk.release.content.forms["offer-check"].fields[:6]
    vague = ("who:friend", "country:gulf-other", "visa:unknown", "money:deducted", "contract:later", "demands:receipt")
    yield vague, "25", "lewati"
    yield (vague[0], "country:malaysia-singapore", *vague[2:]), "20", "lewati"
    yield from ((BAD, "16", name) for name in (gone, gone[:-1], "X" * 80, "PT Karya"))
    dice = random.Random(7)
    for _ in range(25):
        choices = tuple(f"{field.id}:{dice.choice(field.options).id}" for field in fields)
        yield choices, dice.choice(("15", "20", "30")), dice.choice((gone, "PT Bina Karya", "lewati"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_is_at_most_three_messages_one_can_read_and_never_says_safe(
    talk: Talk, wording: Wording, language: str
) -> None:
    for choices, age, agency in samples(talk):
        talk.conversation = Conversation(PERSON, language, greeted=True)
        assert answered(talk, choices, age, agency)[0] in VERDICTS
        texts = told(talk, wording)
        assert len(texts) <= 3 and max(map(len, texts)) <= 700, texts
        assert not re.search(r"\b(aman|safe|aman pisan|slamet)\b", " ".join(texts), re.IGNORECASE)
        assert 1 <= len(talk.buttons) <= 8


def test_whom_to_call_stands_in_every_verdict(talk: Talk, wording: Wording) -> None:
    number = talk.release.content.contacts["kp2mi"].ways[0].value
    for choices in (GOOD, BAD):
        answered(talk, choices)
        assert number in told(talk, wording)[-1]


def test_every_reason_is_said_with_its_source(talk: Talk, wording: Wording) -> None:
    answered(talk, BAD)
    signs = {one.id: one for one in talk.release.content.forms["offer-check"].signs}
    texts = " ".join(told(talk, wording))
    for id in ("lie", "visit-visa", "no-placement-country", "private-account", "no-contract", "social-media"):
        assert f"{signs[id].reason['id']} ({signs[id].source.title})" in texts


def test_a_story_is_no_longer_than_a_summary_can_show(talk: Talk) -> None:
    for choices, age, agency in samples(talk):
        talk.conversation = Conversation(PERSON, "jv", greeted=True)
        answered(talk, choices, age, agency)
        if "report:offer-check" in talk.buttons:
            talk.press("report:offer-check")
            assert len(talk.filling.answers["what"]) <= MOST_STORY + 50
