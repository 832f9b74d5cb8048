"""Why a form asks, and what is kept of somebody: with its end, and the way to have it gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.kept_of_you import DRAFT_DAYS
from bot.model.conversation import Filling, Known
from bot.store.retention import DRAFTS
from tests.dialogue.talk import MONDAY, NUMBER, Talk, case_of


@pytest.mark.parametrize("words", ["kenapa ditanya?", "why do you ask", "naha ditaros", "kenapa takon"])
def test_whoever_asks_why_hears_the_purpose_and_is_asked_again(talk: Talk, words: str) -> None:
    talk.begin("ask-officer")
    before = talk.filling
    assert talk.write(words) == ["form/why", "form/ask"]
    facts = talk.reply("form/why").facts
    field = talk.release.content.forms["ask-officer"].fields[0]
    assert facts["purpose"] == field.purpose["id"] and facts["months"]
    assert replace(talk.filling, touched=None) == replace(before, touched=None)


def test_the_button_says_the_same_and_is_no_answer(talk: Talk) -> None:
    talk.begin("ask-officer")
    (button,) = [one for one in talk.buttons if one.startswith("why:")]
    assert talk.press(button) == ["form/why", "form/ask"]
    assert talk.filling.answers == {}
    assert talk.forge("why:something-else") == ["form/why", "form/ask"]


def test_before_the_consent_the_purpose_of_the_whole_is_said(talk: Talk) -> None:
    talk.forge("form:ask-officer")
    assert talk.write("kenapa ditanya") == ["form/why", "form/consent"]
    assert talk.reply("form/why").facts["purpose"] == talk.release.content.forms["ask-officer"].purpose["id"]


def test_outside_a_form_there_is_nothing_to_explain(talk: Talk) -> None:
    talk.forge("why:phone")
    assert "form/why" not in talk.phrases


def test_my_data_lists_each_case_and_draft_with_its_end_and_the_way_out(talk: Talk) -> None:
    closed = case_of(number="1000020", state="closed", closed=MONDAY)
    gone = replace(case_of(number="1000038", state="withdrawn"), answers={})
    talk.known = Known(cases=(case_of(), closed, gone))
    draft = Filling("complaint", touched=MONDAY - timedelta(days=2))
    talk.conversation = talk.conversation.but(paused=(draft,), remembered={"village": "52.02.12.2001"})
    talk.write("privasi")
    reply = talk.reply("privacy/kept")
    first, second, third = reply.facts["cases"]  # type: ignore[misc]
    months = talk.release.content.forms["ask-officer"].keep_months
    assert (first["until"], first["months"], first["gone"]) == (None, months, False)
    assert second["until"] == (MONDAY + timedelta(days=30.44 * months)).date()
    assert third["gone"]
    (kept,) = reply.facts["drafts"]  # type: ignore[misc]
    assert kept["until"] == (MONDAY + timedelta(days=5)).date()
    assert reply.facts["remembered"]
    assert [button.id for button in reply.buttons] == [f"withdraw:{NUMBER}", "do:join"]
    assert talk.phrases[-1] == "delete/ask"


def test_the_days_said_are_the_days_kept() -> None:
    assert timedelta(days=DRAFT_DAYS) == DRAFTS
