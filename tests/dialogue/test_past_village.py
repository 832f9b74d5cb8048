"""Not to my village, please: while a form is filled in, and afterwards; who sees it instead is said, and by when."""

import pytest

from bot.model.case import Case, Scope
from bot.model.conversation import Known
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellOfficers
from tests.dialogue.talk import LANTAN, LANTAN_TYPED, MONDAY, NUMBER, Talk, case_of

DISTRICT = "52.02.12"
OPEN_FORMS = ("ask-officer", "complaint", "help")


def village_asked(talk: Talk, form: str = "ask-officer") -> Talk:
    """A form at the question which village."""
    talk.begin(form)
    while talk.filling.field != "village":
        talk.forge(next(one for one in talk.buttons if one.startswith(("field:", "skip:"))))
    return talk


def to_summary(talk: Talk) -> Talk:
    village_asked(talk)
    for text in (LANTAN_TYPED, "Kapan kantor buka?", "0812 3456 7890"):
        talk.write(text)
    assert talk.phrases == ["form/summary"]
    return talk


def complaint(talk: Talk, about: str) -> Talk:
    """A complaint about somebody, up to its summary."""
    typed = {"village": LANTAN_TYPED, "name": "Siti"}
    talk.begin("complaint")
    while talk.phrases[-1] != "form/summary":
        field = talk.filling.field
        wanted = (
            f"field:{field}:{about}"
            if field == "about"
            else next((one for one in talk.buttons if one.startswith((f"skip:{field}", f"field:{field}:"))), "")
        )
        talk.write(typed[field]) if field in typed else talk.press(wanted)
    return talk


def owning(talk: Talk, **changes: object) -> Case:
    case = case_of(**changes)
    talk.known = Known(case=case, cases=(case,))
    return case


def test_every_registration_that_asks_for_a_village_offers_to_go_past_it(talk: Talk) -> None:
    asking = [form.id for form in talk.release.content.forms.values() if form.opens == "case"]
    for form in asking:
        talk.conversation = talk.conversation.but(filling=None, paused=(), remembered={})
        assert f"past-village:{form}:yes" in village_asked(talk, form).buttons
        assert talk.press(f"past-village:{form}:yes") == ["form/past-village", "form/ask"]
        assert talk.filling.past_village and f"past-village:{form}:no" in talk.buttons
    assert len(asking) >= len(OPEN_FORMS)


def test_said_at_the_village_question_the_case_begins_at_the_district_and_never_comes_back(talk: Talk) -> None:
    village_asked(talk).press("past-village:ask-officer:yes")
    assert talk.reply("form/past-village").facts["known"] is False
    for text in (LANTAN_TYPED, "Kapan kantor buka?", "0812 3456 7890"):
        talk.write(text)
    assert talk.reply("form/summary").facts["place"] == talk.release.place(DISTRICT)
    assert talk.reply("form/summary").facts["hidden"] == talk.release.place(LANTAN)
    talk.press("send:ask-officer")
    case = talk.sent()
    assert (case.unit, case.barred, case.village) == (DISTRICT, LANTAN, LANTAN)
    assert not Scope(LANTAN).sees(case.unit)
    assert talk.effect(TellOfficers).unit == DISTRICT
    assert talk.reply("form/receipt").facts["place"] == talk.release.place(DISTRICT)


def test_said_at_the_summary_it_is_told_who_sees_it_instead_and_by_when(talk: Talk) -> None:
    assert to_summary(talk).reply("form/summary").facts["place"] == talk.release.place(LANTAN)
    assert talk.press("past-village:ask-officer:yes") == ["form/past-village", "form/summary"]
    facts = talk.reply("form/past-village").facts
    assert (facts["place"], facts["known"]) == (talk.release.place(DISTRICT), True)
    talk.press("send:ask-officer")
    assert (talk.sent().unit, talk.sent().due) == (DISTRICT, facts["due"])


@pytest.mark.parametrize("word", ["jangan ke desa saya", "not to my village", "ampun teng desa kula", "ulah ka desa"])
def test_the_word_does_as_the_button(talk: Talk, word: str) -> None:
    village_asked(talk)
    assert talk.write(word) == ["form/past-village", "form/ask"]
    assert talk.filling.past_village and talk.filling.answers == {}


def test_it_can_be_taken_back(talk: Talk) -> None:
    to_summary(talk).press("past-village:ask-officer:yes")
    assert talk.press("past-village:ask-officer:no") == ["form/to-village", "form/summary"]
    talk.press("send:ask-officer")
    assert (talk.sent().unit, talk.sent().barred) == (LANTAN, "")


@pytest.mark.parametrize(
    "forged", ["past-village:complaint:yes", "past-village:ask-officer:", "past-village:", "past-village:x:yes"]
)
def test_the_button_of_another_form_changes_nothing(talk: Talk, forged: str) -> None:
    village_asked(talk).forge(forged)
    assert not talk.filling.past_village and talk.last.effects == ()


def test_who_accuses_the_village_is_past_it_already(talk: Talk) -> None:
    complaint(talk, "officer")
    assert not any(one.startswith("past-village") for one in talk.buttons)
    assert talk.reply("form/summary").facts["hidden"] == talk.release.place(LANTAN)


def test_a_complaint_about_the_district_or_the_regency_starts_at_the_province(talk: Talk) -> None:
    complaint(talk, "office-above").press("send:complaint")
    assert (talk.sent().unit, talk.sent().barred) == ("52", "52.02")


def test_afterwards_it_is_asked_once_and_says_who_sees_it_and_by_when(talk: Talk) -> None:
    owning(talk)
    talk.write("status")
    assert talk.press(f"move-up:{NUMBER}") == ["cases/move-up"]
    facts = talk.reply("cases/move-up").facts
    assert facts["place"] == talk.release.place(DISTRICT) and facts["due"] > MONDAY
    assert talk.last.effects == ()
    assert talk.press(f"move-up-no:{NUMBER}") == ["cases/kept", "cases/one"]
    assert talk.last.effects == ()


def test_moved_up_it_is_nobodys_waits_at_the_district_and_the_village_is_barred_and_not_told(talk: Talk) -> None:
    owning(talk, state="working", officer=1, officer_name="Bu Ani", snoozed=MONDAY)
    talk.forge(f"move-up:{NUMBER}")
    promised = talk.reply("cases/move-up").facts["due"]
    assert talk.press(f"move-up-yes:{NUMBER}") == ["cases/moved-up"]
    after = talk.effect(Act).after
    assert (after.unit, after.barred, after.officer, after.state, after.snoozed) == (DISTRICT, LANTAN, 0, "new", None)
    assert after.due == promised > MONDAY and after.clock == "running"
    assert talk.effect(TellOfficers).unit == DISTRICT and talk.effect(TellOfficers).holder == 0


def test_what_was_joined_with_it_does_not_stay_behind_to_be_read(talk: Talk) -> None:
    case = owning(talk)
    joined, other = case_of(number="1000020", state="closed", merged_into=NUMBER), case_of(number="1000039")
    talk.known = Known(case=case, cases=(case, joined, other))
    talk.forge(f"move-up-yes:{NUMBER}")
    assert {one.case.number: (one.after.unit, one.after.barred, one.after.state) for one in talk.effects(Act)} == {
        NUMBER: (DISTRICT, LANTAN, "new"),
        "1000020": (DISTRICT, LANTAN, "closed"),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "closed"},
        {"state": "withdrawn"},
        {"unit": DISTRICT, "barred": LANTAN},
        {"unit": DISTRICT},
        {"practice_of": 3},
        {"village": "", "unit": ""},
    ],
)
def test_what_does_not_wait_in_the_village_is_not_moved(talk: Talk, changes: dict[str, object]) -> None:
    owning(talk, **changes)
    talk.write("status")
    assert not any(one.startswith("move-up") for one in talk.buttons)
    for press in ("move-up", "move-up-yes"):
        assert talk.forge(f"{press}:{NUMBER}") == ["cases/one"]
        assert talk.last.effects == ()


def test_nobody_moves_the_case_of_another(talk: Talk) -> None:
    case = case_of(person=99)
    talk.known = Known(case=case)
    for press in ("move-up", "move-up-yes"):
        assert "cases/unknown" in talk.forge(f"{press}:{case.number}")
        assert talk.last.effects == ()


def test_the_word_alone_means_the_only_case_that_waits_in_the_village(talk: Talk) -> None:
    waiting, closed = case_of(), case_of(number="1000020", state="closed")
    talk.known = Known(cases=(waiting, closed))
    assert talk.write("jangan ke desa saya") == ["cases/move-up"]
    talk.known = Known(case=waiting)
    assert talk.write("ya") == ["cases/moved-up"]
    talk.known = Known(cases=(waiting, case_of(number="1000020")))
    assert talk.write("jangan ke desa saya") == ["cases/list"]
    talk.known = Known()
    assert talk.write("jangan ke desa saya")[0] == "cases/none"
