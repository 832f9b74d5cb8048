"""A part of a case is shown to another office when its person has said yes, and nothing else of it ever."""

from dataclasses import replace

import pytest

from bot.dialogue.wants import wants
from bot.model.conversation import Known
from bot.model.day import Day, SharedPart
from bot.model.effects.cases import Act, Refer
from bot.model.effects.telling import TellOfficers, TellPerson
from bot.model.messages import Address, Incoming
from bot.model.referral import Referral, Shared
from bot.understanding.release import Release
from tests.dialogue.desk import ANI, BUDI, kept, lay, nothing_happened, sit_down
from tests.dialogue.talk import LANTAN, MONDAY, NUMBER, PERSON, Talk, case_of

DISTRICT = "52.02.12"
ASKED = Referral(5, NUMBER, DISTRICT, ("question",))
SHARED = Shared(
    replace(ASKED, state="shared", consent="chat"), "ask-officer", LANTAN, LANTAN, ANI.id, {"question": "Kapan?"}
)


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def bit(release: Release, field: str) -> int:
    """The number that stands for a field of the form in a button."""
    form = release.form("ask-officer")
    assert form
    return 1 << [one.id for one in form.fields].index(field)


def test_the_parts_are_chosen_one_by_one_and_the_person_is_asked(desk: Talk, release: Release) -> None:
    case, part = lay(desk), bit(release, "question")
    desk.known = replace(desk.known, next_referral=5)
    assert desk.forge(f"refer:{NUMBER}") == ["desk/refer"]
    assert desk.press(f"refer:{NUMBER}:{DISTRICT}:0") == ["desk/refer-parts"]
    assert not any(one.endswith(":ask") for one in desk.buttons), "nothing is chosen yet"
    assert desk.press(f"refer:{NUMBER}:{DISTRICT}:{part:x}") == ["desk/refer-parts"]
    assert nothing_happened(desk)
    assert desk.press(f"refer:{NUMBER}:{DISTRICT}:{part:x}:ask") == ["desk/refer-asked"]
    asked = desk.effect(Refer)
    assert (asked.referral, asked.before) == (ASKED, "")
    question = desk.effect(TellPerson)
    assert (question.person, question.reply.phrase) == (PERSON, "told/share-ask")
    assert [one.id for one in question.reply.buttons] == ["share-yes:5", "share-no:5"]
    assert kept(desk)[0] == "referred" and desk.effect(Act).after.officer == case.officer
    assert desk.effects(TellOfficers) == [], "before the yes nobody hears of it"


@pytest.mark.parametrize("rest", ["zz:ask", "0:ask", "fffffffff:ask", "1:now", "80:ask"])
def test_a_forged_choice_of_parts_shares_nothing(desk: Talk, rest: str) -> None:
    lay(desk)
    assert desk.forge(f"refer:{NUMBER}:{DISTRICT}:{rest}") == ["desk/refer-parts"]
    assert nothing_happened(desk)


@pytest.mark.parametrize("to", ["99.99", LANTAN, "52.02.12.2001"])
def test_it_goes_to_no_unit_that_cannot_have_it(desk: Talk, to: str) -> None:
    lay(desk, unit="52", barred=DISTRICT)
    assert desk.forge(f"refer:{NUMBER}:{to}:1:ask") == ["desk/no-such-unit"]
    assert nothing_happened(desk)


def test_only_who_holds_the_case_refers_it(desk: Talk) -> None:
    lay(desk, officer=BUDI.id, officer_name=BUDI.name)
    assert desk.forge(f"refer:{NUMBER}:{DISTRICT}:1:ask") == ["desk/not-now"]
    assert nothing_happened(desk)


def test_on_paper_agrees_only_who_was_written_down_by_an_officer(desk: Talk, release: Release) -> None:
    part = bit(release, "question")
    lay(desk)
    assert desk.forge(f"refer:{NUMBER}:{DISTRICT}:{part:x}:paper") == ["desk/refer-parts"]
    assert nothing_happened(desk)
    lay(desk, entered_by=ANI.id, reachable=False)
    assert desk.forge(f"refer:{NUMBER}:{DISTRICT}:{part:x}:paper") == ["desk/referred"]
    shared = desk.effect(Refer).referral
    assert (shared.state, shared.consent) == ("shared", "paper")
    assert desk.effect(TellOfficers).unit == DISTRICT


@pytest.mark.parametrize(("press", "state", "consent"), [("share-yes", "shared", "chat"), ("share-no", "refused", "")])
def test_the_persons_answer_decides_and_the_officer_hears_it(talk: Talk, press: str, state: str, consent: str) -> None:
    talk.known = Known(case=case_of(state="working", officer=ANI.id), referral=ASKED)
    assert talk.forge(f"{press}:5") == ["told/share-answered"]
    doing = talk.effect(Refer)
    assert (doing.referral.state, doing.referral.consent, doing.before) == (state, consent, "asked")
    assert doing.event is not None and doing.event.by == PERSON
    heard = talk.effects(TellOfficers)
    assert heard[0].holder == ANI.id
    assert [one.unit for one in heard[1:]] == ([DISTRICT] if state == "shared" else [])


@pytest.mark.parametrize("state", ["shared", "answered"])
def test_a_yes_can_be_taken_back(talk: Talk, state: str) -> None:
    given = replace(ASKED, state=state, consent="chat")  # type: ignore[arg-type]
    talk.known = Known(case=case_of(state="working", officer=ANI.id), referral=given)
    assert talk.forge("share-no:5") == ["told/share-answered"]
    assert (talk.effect(Refer).referral.state, talk.effect(Refer).before) == ("ended", state)
    assert [(one.unit, one.holder) for one in talk.effects(TellOfficers)] == [(DISTRICT, 0), (LANTAN, ANI.id)]
    assert talk.last.effects[0] in talk.effects(TellOfficers), (
        "the other office is told while it may still hear of the case"
    )


@pytest.mark.parametrize("state", ["asked", "shared", "answered"])
def test_whoever_asked_can_end_it_and_both_are_told(desk: Talk, state: str) -> None:
    lay(desk)
    given = replace(ASKED, state=state, consent="" if state == "asked" else "chat")  # type: ignore[arg-type]
    desk.known = replace(desk.known, referrals=(given,))
    assert desk.forge(f"more:{NUMBER}") == ["desk/more"]
    assert desk.press(f"refer-end:{NUMBER}:5") == ["desk/refer-ended"]
    ended = desk.effect(Refer)
    assert (ended.referral.state, ended.before) == ("ended", state)
    assert ended.event is not None and (ended.event.kind, ended.event.by) == ("referred", ANI.person)
    assert desk.effect(TellPerson).person == PERSON
    assert [one.unit for one in desk.effects(TellOfficers)] == ([] if state == "asked" else [DISTRICT])


@pytest.mark.parametrize("press", [f"refer-end:{NUMBER}:6", f"refer-end:{NUMBER}:", f"refer-end:{NUMBER}:²"])
def test_what_is_over_or_forged_or_anothers_is_not_ended(desk: Talk, press: str) -> None:
    lay(desk)
    desk.known = replace(desk.known, referrals=(replace(ASKED, state="shared", consent="chat"),))
    assert desk.forge(press) == ["desk/not-now"] and nothing_happened(desk)
    desk.known = replace(desk.known, case=case_of(state="working", officer=BUDI.id))
    assert desk.forge(f"refer-end:{NUMBER}:5") == ["desk/not-now"] and nothing_happened(desk)


def test_what_others_share_is_listed_with_what_waits_first(desk: Talk) -> None:
    parts = (
        SharedPart(5, NUMBER, "ask-officer", LANTAN, MONDAY),
        SharedPart(6, NUMBER, "complaint", LANTAN, MONDAY, True),
    )
    desk.known = Known(officer=BUDI, day=Day(shared=parts))
    assert desk.write("antrean") == ["desk/empty"]
    assert desk.press("shared:") == ["desk/shared"]
    assert [one for one in desk.buttons if one.startswith("referral:")] == ["referral:5", "referral:6"]
    desk.known = Known(officer=BUDI)
    assert desk.forge("shared:") == ["desk/none-shared"]
    desk.write("antrean")
    assert "shared:" not in desk.buttons


@pytest.mark.parametrize(
    ("state", "press"),
    [(state, press) for state in ("refused", "ended") for press in ("share-yes:5", "share-no:5")]
    + [("shared", "share-yes:5"), ("answered", "share-yes:5")],
)
def test_an_answer_counts_once(talk: Talk, state: str, press: str) -> None:
    talk.known = Known(case=case_of(state="working"), referral=replace(ASKED, state=state))  # type: ignore[arg-type]
    assert talk.forge(press) == ["told/share-over"]
    assert talk.last.effects == ()


def test_another_persons_question_or_a_forged_one_is_unknown(talk: Talk) -> None:
    assert talk.forge("share-yes:5") == ["cases/unknown"]
    talk.known = Known(case=case_of(state="working"), referral=ASKED)
    assert talk.forge("share-yes:6") == ["cases/unknown"]
    assert talk.last.effects == ()


def test_those_it_was_shared_with_see_these_parts_and_no_more(desk: Talk) -> None:
    desk.known = Known(officer=ANI, shared=SHARED)
    assert desk.forge("referral:5") == ["desk/referral"]
    facts = desk.reply("desk/referral").facts
    assert [line["value"] for line in facts["lines"]] == ["Kapan?"]
    assert desk.reply("desk/referral").passing == 10
    looked = desk.effect(Refer)
    assert looked.event is not None
    assert (looked.referral, looked.event.kind, looked.event.by) == (SHARED.referral, "revealed", ANI.person)


def test_their_answer_goes_into_the_book_and_to_who_asked(desk: Talk) -> None:
    desk.known = Known(officer=BUDI, shared=SHARED)
    assert desk.forge("referral-answer:5") == ["desk/referral-what"]
    assert nothing_happened(desk)
    assert desk.write("Jadwalnya bulan depan") == ["desk/referral-answered"]
    doing = desk.effect(Refer)
    assert doing.event is not None
    assert (doing.event.kind, doing.event.text, doing.referral.state) == (
        "referral-answered",
        "Jadwalnya bulan depan",
        "answered",
    )
    heard = desk.effect(TellOfficers)
    assert (heard.unit, heard.holder) == (LANTAN, ANI.id)
    assert "bulan" not in repr(heard.reply)


def test_out_of_sight_there_is_none_and_for_people_the_button_is_an_ordinary_one(desk: Talk, talk: Talk) -> None:
    for press in ("referral:5", "referral-answer:5"):
        assert desk.forge(press) == ["desk/unknown"] and nothing_happened(desk)
        assert talk.forge(press) == ["old-button", "menu"]
    assert talk.forge("shared:") == ["old-button", "menu"]


@pytest.mark.parametrize("id", ["5", "²", "-1", "9" * 30, "x"])
def test_what_is_read_is_asked_for_by_a_number(desk: Talk, release: Release, id: str) -> None:
    press = Incoming(Address("telegram", "bot", "x"), "m", "button", MONDAY, button=f"referral:{id}")
    assert wants(desk.conversation.but(known=desk.known), press, release).shared == (5 if id == "5" else 0)
