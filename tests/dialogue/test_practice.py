"""Training: begun and ended by a word; what is done meanwhile is marked, reaches nobody, and is answered at once."""

from dataclasses import replace

import pytest

from bot.casework.numbers import pretended, pretends
from bot.model.case import Case, Event
from bot.model.conversation import Known
from bot.model.day import Day, Digest, Part
from bot.model.effects.cases import Act, InviteWorker, Refer
from bot.model.effects.offices import BeginPractice, EndPractice
from bot.model.effects.telling import RefusedLook, TellAbove, TellOfficers, TellPerson, TellThese
from bot.model.practice import STORY, Practice
from bot.understanding.release import Release
from bot.wording import Wording
from tests.dialogue.desk import ANI, lay, sit_down
from tests.dialogue.talk import LANTAN, Talk, officer

PRETEND, THEIRS = 99, pretended(1, 2)
TOLD = TellPerson | TellOfficers | TellThese | TellAbove | InviteWorker | RefusedLook


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def pretend(desk: Talk, *events: Event, story: str = "unpaid-wage", practice_of: int = ANI.id) -> Case:
    """A pretend case before Bu Ani."""
    told = desk.release.content.practice.get(story)
    of = {"number": THEIRS, "form": "complaint", "kind": "complaint", "person": PRETEND, "practice_of": practice_of}
    case = replace(lay(desk, *events, **of), answers={**(told.answers if told else {}), STORY: story})
    desk.known = replace(desk.known, case=case)
    return case


def told(desk: Talk) -> list[object]:
    return [one for one in desk.last.effects if isinstance(one, TOLD)]


def written(desk: Talk) -> list[tuple[str, int, int]]:
    """What went beside the book: kind, by whom, upon which version of the case."""
    return [(one.event.kind, one.event.by, one.case.version) for one in desk.effects(Act)]


def marked(desk: Talk) -> list[str]:
    return [one.phrase for one in desk.last.replies if one.facts.get("practice") is True]


@pytest.mark.parametrize("word", ["latihan", "Mulai  Latihan", "practice", "gladhen"])
def test_it_begins_by_a_word_with_each_story_as_a_case_of_the_officers_place(desk: Talk, word: str) -> None:
    desk.known = replace(desk.known, practice=Practice(next=7))
    assert desk.write(word) == ["practice/begun"]
    begun = desk.effect(BeginPractice)
    assert (begun.officer, begun.round) == (ANI.id, 7)
    assert {one.answers[STORY] for one in begun.cases} == set(desk.release.content.practice)
    for case in begun.cases:
        assert pretends(case.number) and case.practice_of == ANI.id
        assert (case.unit, case.village, case.state, case.barred) == (LANTAN, LANTAN, "new", "")
        assert case.due > desk.at
    assert len(desk.buttons) <= 8
    assert {f"case:{one.number}" for one in begun.cases} < set(desk.buttons)


def test_a_coordinator_practises_too_and_their_cases_are_of_no_village(release: Release) -> None:
    made = replace(officer("52.02.12", 5, "Pak Made"), role="coordinator")
    talk = Talk(release, known=Known(officer=made))
    assert talk.write("latihan") == ["practice/begun"]
    assert {(one.unit, one.village) for one in talk.effect(BeginPractice).cases} == {("52.02.12", "")}


def test_to_anybody_else_it_is_a_word_like_any_other(talk: Talk) -> None:
    assert "practice/begun" not in talk.write("latihan") + talk.forge("practice:") + talk.forge("practice-end:")
    assert talk.effects(BeginPractice) == talk.effects(EndPractice) == []


def test_whoever_practises_begins_no_second_time(desk: Talk) -> None:
    case = pretend(desk)
    desk.known = Known(officer=ANI, practice=Practice(3, 4, ((case, ()),)))
    assert desk.write("latihan") == ["practice/running"]
    assert desk.last.effects == ()
    assert f"case:{case.number}" in desk.buttons


def test_at_the_end_it_is_erased_and_told_how_it_went(desk: Talk) -> None:
    case = pretend(desk)
    hasty = (Event(THEIRS, "claimed", desk.at, ANI.person), Event(THEIRS, "closed", desk.at, ANI.person, text="Beres"))
    desk.known = Known(officer=ANI, practice=Practice(3, 4, ((case, hasty),)))
    assert desk.write("selesai latihan") == ["practice/over", "practice/remember"]
    assert desk.effect(EndPractice) == EndPractice(ANI.id, 3)
    assert desk.reply("practice/over").facts["cases"] == 1
    assert len(desk.reply("practice/remember").facts["lessons"]) == 1  # type: ignore[arg-type]


def test_without_a_practice_there_is_nothing_to_end(desk: Talk) -> None:
    assert desk.write("selesai latihan") == ["practice/none"]
    assert desk.last.effects == ()


def test_what_is_done_is_written_down_marked_and_answered_in_the_same_step(desk: Talk) -> None:
    case = pretend(desk)
    assert desk.forge(f"reply:{case.number}", "Selamat siang, kami baca laporan Ibu.") == [
        "desk/sent",
        "notice/from-person",
    ]
    assert written(desk) == [("to-person", ANI.person, 1), ("from-person", PRETEND, 2)]
    assert told(desk) == []
    assert marked(desk) == desk.phrases
    assert f"case:{case.number}" in desk.buttons


def test_a_real_case_beside_it_is_as_ever(desk: Talk) -> None:
    case = lay(desk)
    assert desk.forge(f"reply:{case.number}", "Selamat siang.") == ["desk/sent"]
    assert [type(one) for one in told(desk)] == [TellPerson]
    assert marked(desk) == []


@pytest.mark.parametrize(
    ("button", "text"),
    [
        ("waiting:", ""),
        ("release:", ""),
        ("note:", "Sudah."),
        ("ask-help:", "Bagaimana?"),
        ("snooze:{}:2026-11-26", "Menunggu kantor"),
        ("outcome:{}:solved", "Selesai."),
        ("transfer:{}:52.02.12", "Perlu kecamatan"),
        ("refer:{}:52.02.12:4:ask", ""),
        ("invite:", ""),
    ],
)
def test_nothing_reaches_anybody_else(desk: Talk, button: str, text: str) -> None:
    case = pretend(desk)
    desk.known = replace(desk.known, next_referral=1, token="x" * 32)
    desk.forge(button.format(case.number) if "{}" in button else f"{button}{case.number}", text)
    assert told(desk) == []
    assert marked(desk) == desk.phrases


def test_in_an_hour_of_training_nobody_reads_too_much(desk: Talk) -> None:
    case = pretend(desk)
    for _ in range(30):
        desk.forge(f"reveal:{case.number}:call")
        assert desk.phrases[0] == "desk/case"
        assert told(desk) == []


def test_the_person_says_yes_to_sharing_where_their_story_says_so(desk: Talk) -> None:
    case = pretend(desk)
    desk.known = replace(desk.known, next_referral=4)
    assert desk.forge(f"refer:{case.number}:52.02.12:4:ask") == ["desk/refer-asked", "notice/share-answer"]
    assert [(one.before, one.referral.state) for one in desk.effects(Refer)] == [("", "asked"), ("asked", "shared")]


@pytest.mark.parametrize(("answered", "pressed", "lessons"), [(False, "reopened", 1), (True, "rated", 0)])
def test_closed_too_early_it_comes_back(desk: Talk, answered: bool, pressed: str, lessons: int) -> None:
    wrote = (Event(THEIRS, "to-person", desk.at, ANI.person, text="Kami urus."),) if answered else ()
    case = pretend(desk, *wrote)
    desk.forge(f"outcome:{case.number}:solved", "Selesai.")
    assert [kind for kind, _, _ in written(desk)] == ["closed", pressed]
    assert desk.phrases.count("practice/lesson") == lessons
    last = desk.effects(Act)[-1].after
    assert (last.state, last.clock) == (("closed", "stopped") if answered else ("working", "running"))


def test_a_story_that_is_no_more_is_answered_by_nobody(desk: Talk) -> None:
    case = pretend(desk, story="forgotten")
    assert desk.forge(f"reply:{case.number}", "Selamat siang.") == ["desk/sent"]
    assert told(desk) == []


def test_real_danger_is_heard_as_ever_and_bears_no_mark(desk: Talk) -> None:
    case = pretend(desk)
    desk.forge(f"reply:{case.number}")
    said = desk.write("tolong saya dipukul suami, saya takut dibunuh")
    assert said[:2] == ["danger/emergency", "danger/ask"]
    assert not {"danger/emergency", "danger/ask"} & set(marked(desk))
    assert "desk/sent" in marked(desk)
    assert told(desk) == []


def test_an_old_button_of_training_is_no_look_at_what_is_not_theirs(desk: Talk) -> None:
    for press in (f"claim:{THEIRS}", f"case:{THEIRS}", f"reveal:{THEIRS}:call"):
        assert desk.forge(press) == ["practice/gone"]
        assert desk.last.effects == ()


@pytest.mark.parametrize(("counts", "said"), [({"practice": 5}, []), ({"practice": 5, "new": 1}, ["desk/digest"])])
def test_no_morning_begins_with_training(desk: Talk, counts: dict[Part, int], said: list[str]) -> None:
    desk.known = replace(desk.known, day=Day(counts), digest=Digest())
    assert desk.take("digest") == said
    assert all("practice" not in one.facts["counts"] for one in desk.last.replies)  # type: ignore[operator]


def test_what_another_practises_on_is_left_alone(desk: Talk) -> None:
    """Even if it were before them by some fault of ours, it would be no training of theirs."""
    case = pretend(desk, practice_of=ANI.id + 1)
    desk.forge(f"note:{case.number}", "Sudah.")
    assert marked(desk) == []


@pytest.mark.parametrize("id", ["general-question", "unpaid-wage", "locked-in", "broker", "banana-chips"])
def test_every_line_of_the_shipped_stories_arrives_whatever_it_says(desk: Talk, id: str) -> None:
    story = desk.release.content.practice[id]
    events: tuple[Event, ...] = ()
    heard = []
    for _ in range(len(story.lines)):
        case = pretend(desk, *events, story=id)
        desk.forge(f"reply:{case.number}", "Baik.")
        acts = desk.effects(Act)
        heard += [one.event.text for one in acts if one.event.kind == "from-person"]
        events = (*events, *(one.event for one in acts))
    assert heard == [line.says for line in story.lines if line.after == "to-person"]


def test_the_summary_fits_one_message_however_much_there_is_to_learn(desk: Talk) -> None:
    words = "Pasti. Bayar dulu. OTP? 0812 0000 0000"
    hasty = [Event(THEIRS, kind, desk.at, ANI.person, text=words) for kind in ("closed", "waiting", "to-person")]  # type: ignore[arg-type]
    desk.known = Known(officer=ANI, practice=Practice(3, 4, ((pretend(desk), tuple(hasty)),)))
    desk.write("selesai latihan")
    wording = Wording(desk.release)
    for reply in desk.last.replies:
        for language in ("id", "en", "jv", "su"):
            assert all(len(one.text) <= 700 for one in wording.write(reply, language))


def test_whoever_did_nothing_is_not_praised(desk: Talk) -> None:
    desk.known = Known(officer=ANI, practice=Practice(3, 4, ((pretend(desk), ()),)))
    desk.write("selesai latihan")
    (said,) = Wording(desk.release).write(desk.reply("practice/remember"), "en")
    assert "Well done" not in said.text
