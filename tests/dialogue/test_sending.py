"""What follows from *send*: a numbered case with its consent, a receipt, and a word to the officers in charge."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.casework.numbers import read_number, sayable
from bot.model.case import Scope
from bot.model.effects.cases import OpenCase
from bot.model.effects.telling import TellOfficers
from tests.dialogue.talk import LANTAN, LANTAN_TYPED, MONDAY, PERSON, PHOTO, VOICE, Talk

DISTRICT = "52.02.12"
STORY = "Gaji tidak dibayar sejak Agustus"


def ask_officer(talk: Talk) -> Talk:
    talk.begin("ask-officer")
    for text in (LANTAN_TYPED, "Kapan kantor buka?", "0812 3456 7890"):
        talk.write(text)
    talk.press("send:ask-officer")
    return talk


def complain(talk: Talk, about: str) -> Talk:
    talk.begin("complaint")
    talk.write(LANTAN_TYPED)
    talk.write("Siti Aminah")
    talk.press(f"field:about:{about}")
    talk.press("skip:country")
    talk.write(STORY)
    talk.send("photo")
    talk.write("0812 3456 7890")
    talk.press("send:complaint")
    return talk


def test_the_case_is_as_it_was_filled_in(talk: Talk) -> None:
    case = ask_officer(talk).sent()
    assert (case.form, case.person, case.village, case.unit, case.state) == (
        "ask-officer",
        PERSON,
        LANTAN,
        LANTAN,
        "new",
    )
    assert case.answers == {"village": LANTAN, "question": "Kapan kantor buka?", "phone": "081234567890"}
    assert case.opened == MONDAY


def test_the_number_can_be_said_and_read_back_with_its_check_digit(talk: Talk) -> None:
    talk.known = replace(talk.known, next_case=123_456)
    number = ask_officer(talk).sent().number
    assert number.startswith("123456")
    assert read_number(f"nomor saya {sayable(number)} ya") == number


def test_the_receipt_says_number_place_and_by_when(talk: Talk) -> None:
    case = ask_officer(talk).sent()
    facts = talk.reply("form/receipt").facts
    assert (facts["number"], facts["due"], facts["zone"]) == (case.number, case.due, "Asia/Makassar")
    assert facts["place"] == talk.release.place(LANTAN)


def test_it_is_due_a_working_day_later_in_the_villages_own_hours(talk: Talk) -> None:
    assert ask_officer(talk).sent().due == datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_sent_on_friday_evening_it_is_due_on_tuesday_when_the_office_opens(talk: Talk) -> None:
    talk.at = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    assert ask_officer(talk).sent().due == datetime(2026, 12, 1, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("about", ["officer", "village-head", "agency"])
def test_a_complaint_about_the_village_waits_one_level_up_and_its_village_does_not_see_it(
    talk: Talk, about: str
) -> None:
    case = complain(talk, about).sent()
    assert case.unit == DISTRICT
    assert not Scope(LANTAN).sees(case.unit) and Scope(DISTRICT).sees(case.unit)
    assert talk.effect(TellOfficers).unit == DISTRICT


@pytest.mark.parametrize("about", ["employer", "broker", "other"])
def test_any_other_complaint_waits_in_the_village(talk: Talk, about: str) -> None:
    assert complain(talk, about).sent().unit == LANTAN


def test_a_complaint_is_sensitive_and_due_within_hours_even_at_night(talk: Talk) -> None:
    talk.at = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)
    case = complain(talk, "employer").sent()
    assert case.urgency == "sensitive"
    assert case.due == datetime(2026, 11, 29, 0, 0, tzinfo=UTC)


def test_pictures_go_with_the_case_by_their_reference(talk: Talk) -> None:
    assert complain(talk, "employer").sent().media == {"proof": PHOTO}


def test_a_voice_note_put_in_place_of_the_picture_is_the_one_that_goes(talk: Talk) -> None:
    talk.begin("complaint")
    talk.write(LANTAN_TYPED)
    for field in ("name",):
        talk.press(f"skip:{field}")
    talk.press("field:about:other")
    talk.press("skip:country")
    talk.press("skip:what")
    talk.send("photo")
    talk.write("kembali")
    talk.send("voice")
    talk.press("skip:phone")
    talk.press("send:complaint")
    assert talk.sent().media == {"proof": VOICE}


def test_a_picture_taken_back_does_not_go_with_the_case(talk: Talk) -> None:
    talk.begin("complaint")
    talk.write(LANTAN_TYPED)
    talk.press("skip:name")
    talk.press("field:about:other")
    talk.press("skip:country")
    talk.press("skip:what")
    talk.send("photo")
    talk.write("kembali")
    talk.press("skip:proof")
    talk.press("skip:phone")
    talk.press("send:complaint")
    assert talk.sent().media == {}


def test_consent_is_proved_by_form_moment_language_and_the_words_shown(talk: Talk) -> None:
    talk.write("bahasa")
    talk.press("language:en")
    talk.wait(minutes=10)
    agreed = talk.at
    talk.begin("ask-officer")
    talk.wait(minutes=10)
    for text in (LANTAN_TYPED, "When is the office open", "0812 3456 7890"):
        talk.write(text)
    talk.press("send:ask-officer")
    consent = talk.effect(OpenCase).consent
    assert (consent.form, consent.language, consent.given) == ("ask-officer", "en", agreed)
    form = talk.release.content.forms["ask-officer"]
    words = json.loads(consent.words)
    assert form.purpose["en"] in words and form.keep_months in words and talk.release.version in words


def test_officers_are_told_number_and_kind_and_nothing_of_what_it_says(talk: Talk) -> None:
    case = complain(talk, "employer").sent()
    notice = talk.effect(TellOfficers).reply
    assert notice.facts["number"] == case.number
    said = repr(notice)
    for secret in (STORY, "Siti", "0812", "Lantan", "employer"):
        assert secret not in said
    assert [button.id for button in notice.buttons] == [f"case:{case.number}", f"claim:{case.number}"]


def test_a_call_for_help_has_its_own_receipt_and_is_due_in_minutes(talk: Talk) -> None:
    talk.begin("help")
    talk.press("field:who:me")
    talk.press("skip:minor")
    talk.press("skip:country")
    talk.press("field:what:locked-in")
    talk.press("field:safe:no")
    talk.write(LANTAN_TYPED)
    talk.press("skip:phone")
    assert talk.press("send:help") == ["form/receipt-kept", "contact/more"]
    case = talk.sent()
    assert (case.urgency, case.due - case.opened) == ("emergency", talk.at - talk.at + (case.due - case.opened))
    assert (case.due - case.opened).total_seconds() == 15 * 60
