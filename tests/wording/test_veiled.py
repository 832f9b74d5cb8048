"""What a glance at somebody's phone shows: no phrase that can reach them begins with a word that tells something."""

import pytest

from bot.dialogue.choices import label
from bot.model.messages import Reply
from bot.understanding.release import Release
from bot.wording import Wording
from bot.wording.phrases import phrases
from bot.wording.veiled import GLANCE, seen, tells
from tests.wording.facts import FACTS

LANGUAGES = ("id", "en", "jv", "su")
REACH_PEOPLE = (
    "form/",
    "cases/",
    "told/",
    "talk/",
    "contact/",
    "worker/",
    "discreet/",
    "danger/",
    "privacy/",
    "delete/",
    "paper/",
)
NAME_A_MATTER = (
    "kasus",
    "aduan",
    "lapor",
    "petugas",
    "darurat",
    "bahaya",
    "korban",
    "majikan",
    "ditahan",
    "cabut",
    "kata kunci",
)
"""Said here once more, so that a list with a hole in it does not pass its own test."""
ON_A_CASE = (
    "write",
    "withdraw",
    "withdraw-one",
    "keep",
    "who-read",
    "invite",
    "past-village",
    "emergency",
    "register",
    "ask-officer",
    "call-for-help",
    "contact",
    "not-solved",
    "solved",
    "yes",
    "no",
    "menu",
    "case",
)
"""Buttons below what is said about somebody's own case."""
WITHIN_OTHERS = ("form/media", "cases/outcome", "cases/state", "cases/why-read")
_N = {"number": "1000019"}


def reaching() -> list[str]:
    """Phrases by themselves, not those that only stand within others."""
    return [name for name in FACTS if name.startswith(REACH_PEOPLE) and name not in WITHIN_OTHERS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", reaching())
def test_a_glance_tells_nothing(wording: Wording, name: str, language: str) -> None:
    telling = wording.phrase("veiled/telling", language)
    for given in FACTS[name]:
        for message in wording.write(Reply(name, given, veiled=True), language):
            glance = seen(message.text).lower()
            assert not tells(message.text, telling), glance
            assert language != "id" or not [word for word in NAME_A_MATTER if word in glance], glance


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ON_A_CASE)
def test_a_button_about_a_case_names_nothing(wording: Wording, name: str, language: str) -> None:
    reply = Reply("menu", buttons=(label(name, "x:", **_N),), veiled=True)
    (choice,) = wording.write(reply, language)[-1].choices
    assert not tells(choice.label, wording.phrase("veiled/telling", language)), choice.label


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_always_stand_below_name_nothing_and_are_understood(
    wording: Wording, release: Release, language: str
) -> None:
    for choice in wording.anchors(language, veiled=True):
        assert not tells(choice.label, wording.phrase("veiled/telling", language))
        assert f"do:{release.command(choice.label)}" == choice.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_before_all_else_fills_the_glance_and_says_nothing(wording: Wording, language: str) -> None:
    lead = wording.phrase("veiled/lead", language)
    assert len(lead) >= GLANCE
    assert not tells(lead, wording.phrase("veiled/telling", language))


def test_nothing_is_lost_behind_it(wording: Wording) -> None:
    given = {"number": "1000019", "place": "Lantan", "parts": "Nama", "officer": "Bu Ani"}
    openly = wording.write(Reply("told/share-ask", given), "id")[0].text
    covered = wording.write(Reply("told/share-ask", given, veiled=True), "id")[0].text
    assert covered.endswith(openly)


def test_the_number_of_a_case_its_time_and_its_code_are_still_on_the_receipt(wording: Wording) -> None:
    for name in ("form/receipt", "form/receipt-urgent", "form/receipt-kept"):
        for given in FACTS[f"veiled/{name}"]:
            text = wording.write(Reply(name, given, veiled=True), "id")[0].text
            assert "100 001-9" in text and (not given.get("head") or str(given["head"]) in text)
            assert "24 Nov" in text or name == "form/receipt-kept"


def test_other_words_are_there_only_for_phrases_that_exist() -> None:
    found = phrases()
    for name in found:
        plain = name.removeprefix("veiled/") if name.startswith("veiled/") else name.replace("label/veiled-", "label/")
        assert plain in found or name in ("veiled/lead", "veiled/telling", "veiled/state", "veiled/by")
