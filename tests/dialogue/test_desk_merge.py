"""Two cases become one by an officer's hand, never by themselves, and become two again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.casework.numbers import numbered
from bot.dialogue.wants import wants
from bot.model.case import Case, Event
from bot.model.effects.cases import Act, OpenCase
from bot.model.effects.telling import TellOfficers, TellPerson
from bot.model.messages import Address, Incoming
from bot.understanding.release import Release
from tests.dialogue.desk import ANI, BUDI, lay, nothing_happened, sit_down
from tests.dialogue.talk import MONDAY, NUMBER, PERSON, Talk, case_of

OTHER = numbered(100_002)


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def beside(desk: Talk, **changes: object) -> Case:
    """The other case, in sight too."""
    other = case_of(number=OTHER, **{"state": "working", "officer": ANI.id, "officer_name": ANI.name, **changes})
    desk.known = replace(desk.known, other=other, alike=(other,) if other.person == PERSON else ())
    return other


def test_a_case_of_the_same_person_is_offered_shown_covered_and_joined_only_when_sure(desk: Talk) -> None:
    lay(desk)
    beside(desk)
    assert desk.forge(f"merge:{NUMBER}") == ["desk/merge"]
    assert desk.press(f"merge:{NUMBER}:{OTHER}") == ["desk/merge-sure"]
    assert nothing_happened(desk)
    shown = repr(desk.reply("desk/merge-sure").facts)
    assert NUMBER in shown and OTHER in shown and "081234567890" not in shown
    assert desk.press(f"merge:{NUMBER}:{OTHER}:yes") == ["desk/merged"]
    joined, noted = desk.effects(Act)
    assert (joined.after.state, joined.after.merged_into, joined.event.kind) == ("closed", OTHER, "merged")
    assert (noted.case.number, noted.event.kind, noted.after.state) == (OTHER, "note", "working")


def test_the_person_hears_under_which_number_it_goes_on_and_writes_there(desk: Talk) -> None:
    lay(desk)
    beside(desk, person=8)
    desk.forge(f"merge:{NUMBER}:{OTHER}:yes")
    told = desk.effect(TellPerson)
    assert (told.person, told.reply.phrase, told.reply.facts["into"], told.talking) == (
        PERSON,
        "told/merged",
        OTHER,
        NUMBER,
    )


def test_the_colleague_who_has_the_other_hears_of_it(desk: Talk) -> None:
    lay(desk)
    beside(desk, officer=BUDI.id, officer_name=BUDI.name)
    desk.forge(f"merge:{NUMBER}:{OTHER}:yes")
    assert desk.effect(TellOfficers).holder == BUDI.id


@pytest.mark.parametrize(
    "changes",
    [{"state": "closed"}, {"state": "withdrawn"}, {"number": NUMBER}, {"barred": "52.02"}, {"practice_of": ANI.id}],
)
def test_what_does_not_fit_is_not_joined(desk: Talk, changes: dict[str, object]) -> None:
    lay(desk)
    other = replace(case_of(number=OTHER, state="working"), **changes)  # type: ignore[arg-type]
    desk.known = replace(desk.known, other=other, alike=(other,))
    for press in (f"merge:{NUMBER}", f"merge:{NUMBER}:{other.number}", f"merge:{NUMBER}:{other.number}:yes"):
        desk.forge(press)
        assert f"merge:{NUMBER}:{other.number}" not in desk.buttons
        assert nothing_happened(desk)


def test_a_case_out_of_sight_cannot_be_joined_with(desk: Talk) -> None:
    lay(desk)
    assert desk.forge(f"merge:{NUMBER}:{OTHER}:yes") == ["desk/no-merge"]
    beside(desk)
    assert desk.forge(f"merge:{NUMBER}:{numbered(100_003)}:yes") == ["desk/no-merge"], "nor one that was not read"
    assert nothing_happened(desk)


def test_a_colleagues_case_is_not_closed_into_another(desk: Talk) -> None:
    lay(desk, officer=BUDI.id, officer_name=BUDI.name)
    beside(desk)
    assert desk.forge(f"merge:{NUMBER}:{OTHER}:yes") == ["desk/not-now"]
    assert nothing_happened(desk)


def test_the_number_of_the_other_can_be_written(release: Release, desk: Talk) -> None:
    lay(desk)
    beside(desk)
    desk.forge(f"merge:{NUMBER}")
    typed = Incoming(Address("telegram", "bot", "x"), "m", "text", MONDAY, text="100 002-9")
    wanted = wants(desk.conversation.but(known=desk.known), replace(typed, text=OTHER), release)
    assert (wanted.officers_case, wanted.other, wanted.alike) == (NUMBER, OTHER, True)
    assert desk.write(OTHER) == ["desk/merge-sure"]
    desk.forge(f"merge:{NUMBER}")
    desk.known = replace(desk.known, other=None)
    assert desk.write("yang kemarin itu") == ["desk/no-merge"]


@pytest.mark.parametrize("state", ["new", "working", "waiting"])
def test_within_fourteen_days_it_is_as_it_was(desk: Talk, state: str) -> None:
    holder = 0 if state == "new" else BUDI.id
    lay(desk, state=state, officer=ANI.id if holder else 0, officer_name="")
    beside(desk)
    desk.forge(f"merge:{NUMBER}:{OTHER}:yes")
    kept = desk.effects(Act)[0].event
    closed = {"state": "closed", "merged_into": OTHER, "closed": MONDAY - timedelta(days=13)}
    before = lay(desk, Event(NUMBER, "merged", MONDAY, ANI.person, "", kept.text), officer=holder, **closed)
    beside(desk)
    assert desk.forge(f"unmerge:{NUMBER}") == ["desk/unmerged"]
    after = desk.effects(Act)[0].after
    assert (after.state, after.officer, after.merged_into, after.unit) == (state, holder, "", before.unit)
    assert desk.effect(TellPerson).reply.phrase == "told/unmerged"
    lay(desk, officer=holder, **{**closed, "closed": MONDAY - timedelta(days=15)})
    assert desk.forge(f"unmerge:{NUMBER}") == ["desk/not-now"]


def test_the_words_of_its_person_go_to_the_case_it_goes_on_in(talk: Talk) -> None:
    joined = case_of(state="closed", merged_into=OTHER, closed=MONDAY)
    other = case_of(number=OTHER, state="working", officer=BUDI.id, person=99)
    talk.known = replace(talk.known, case=joined, other=other)
    assert talk.forge(f"write:{NUMBER}") == ["cases/write"]
    assert talk.write("masih belum dibayar bu") == ["talk/relayed"]
    act = talk.effect(Act)
    assert (act.case.number, act.event.case, act.event.text) == (OTHER, OTHER, "masih belum dibayar bu")
    assert talk.effect(TellOfficers).holder == BUDI.id


def test_a_closed_case_that_was_joined_with_none_takes_no_words(talk: Talk) -> None:
    talk.known = replace(talk.known, case=case_of(state="closed", closed=MONDAY))
    assert talk.forge(f"write:{NUMBER}") == ["cases/one"]


def test_what_may_be_the_same_person_is_said_with_why_and_joined_only_by_hand(desk: Talk) -> None:
    case = lay(desk)
    same = case_of(number=OTHER, state="working", officer=ANI.id)
    phone = case_of(number=numbered(100_003), state="new", person=8)
    other_secrecy = case_of(number=numbered(100_004), state="new", person=8, barred="52.02.12")
    desk.known = replace(desk.known, alike=(same, phone, other_secrecy))
    assert desk.forge(f"case:{NUMBER}") == ["desk/case"]
    assert desk.reply("desk/case").facts["maybe"] == [(OTHER, True), (phone.number, False)]
    assert nothing_happened(desk) and case.merged_into == ""
    assert desk.forge(f"merge:{NUMBER}") == ["desk/merge"]
    offered = {button.phrase: button.id for reply in desk.last.replies for button in reply.buttons}
    assert offered["same-chat"] == f"merge:{NUMBER}:{OTHER}"
    assert offered["same-phone"] == f"merge:{NUMBER}:{phone.number}"
    desk.known = replace(desk.known, other=phone)
    assert desk.forge(f"merge:{NUMBER}:{phone.number}") == ["desk/merge-sure"]
    assert desk.reply("desk/merge-sure").facts["apart"] is True and nothing_happened(desk)


@pytest.mark.parametrize(("act", "read"), [("case", True), ("merge", True), ("claim", False)])
def test_those_alike_are_read_where_they_are_said(desk: Talk, release: Release, act: str, read: bool) -> None:
    press = Incoming(Address("telegram", "bot", "x"), "m", "button", MONDAY, button=f"{act}:{NUMBER}")
    assert wants(desk.conversation.but(known=desk.known), press, release).alike is read


def test_the_numbers_given_in_a_form_go_along_made_alike(release: Release) -> None:
    talk = Talk(release)
    talk.begin("ask-officer")
    for text in ("lantan batukliang utara", "kapan kantor buka", "0812-3456-7890"):
        talk.write(text)
    talk.press("send:ask-officer")
    assert talk.effect(OpenCase).phones == ("6281234567890",)
