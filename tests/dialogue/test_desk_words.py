"""What an officer writes goes to the person or stays at the desk, and never the one for the other."""

import pytest

from bot.model.effects.telling import TellPerson
from bot.model.messages import Reply
from bot.understanding.release import Release
from bot.wording import Wording
from tests.dialogue.desk import BUDI, kept, lay, nothing_happened, sit_down
from tests.dialogue.talk import NUMBER, PHOTO, Talk


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def test_a_note_never_reaches_the_person(desk: Talk) -> None:
    lay(desk)
    assert desk.forge(f"note:{NUMBER}") == ["desk/write-note"]
    assert desk.write("Ibu ini perlu didampingi") == ["desk/noted"]
    assert kept(desk) == ("note", "Ibu ini perlu didampingi")
    assert desk.effects(TellPerson) == []


@pytest.mark.parametrize("first", ["reply", "note"])
def test_the_last_prompt_decides_who_reads_it(desk: Talk, first: str) -> None:
    second = {"reply": "note", "note": "reply"}[first]
    lay(desk)
    desk.forge(f"{first}:{NUMBER}")
    desk.forge(f"{second}:{NUMBER}")
    desk.write("kata-kata")
    assert bool(desk.effects(TellPerson)) is (second == "reply")


@pytest.mark.parametrize(
    "press", ["do:menu", "do:queue", "topic:jobs/taiwan", f"case:{NUMBER}", "today::all:0", "won:der"]
)
def test_who_presses_something_else_has_left_the_prompt(desk: Talk, press: str) -> None:
    lay(desk)
    desk.forge(f"reply:{NUMBER}")
    desk.forge(press)
    desk.write("kerja di taiwan")
    assert desk.effects(TellPerson) == []


@pytest.mark.parametrize(("act", "whom"), [("reply", {}), ("reply-worker", {"worker": 77})])
def test_a_photo_goes_to_whom_the_officer_writes_and_is_spoken_of_where_it_cannot(
    desk: Talk, act: str, whom: dict[str, int]
) -> None:
    lay(desk, **whom)
    desk.forge(f"{act}:{NUMBER}")
    desk.send("photo")
    (told,) = desk.effects(TellPerson)
    assert told.person == whom.get("worker", told.person)
    assert told.reply.attachment == PHOTO
    assert told.reply.instead == Reply("told/file-elsewhere")


def test_words_alone_speak_of_no_file(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"reply:{NUMBER}")
    desk.write("Kantor buka jam delapan")
    (told,) = desk.effects(TellPerson)
    assert (told.reply.attachment, told.reply.instead) == (None, None)


def test_texts_written_beforehand_are_offered_for_the_kind_of_case(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"reply:{NUMBER}")
    offered = [one.split(":")[2] for one in desk.buttons if one.startswith("canned:")]
    replies = desk.release.content.replies
    assert offered and all(not replies[one].kinds or "ask-officer" in replies[one].kinds for one in offered)
    assert len(desk.buttons) <= 8


def test_all_that_fit_are_reached_page_by_page(desk: Talk) -> None:
    case = lay(desk)
    fitting = {one.id for one in desk.release.content.replies.values() if not one.kinds or case.kind in one.kinds}
    found: set[str] = set()
    desk.forge(f"reply:{NUMBER}")
    for _ in range(4):
        found |= {one.split(":")[2] for one in desk.buttons if one.startswith("canned:")}
        further = [one for one in desk.buttons if one.startswith("reply:")]
        if not further:
            break
        desk.press(further[0])
    assert found == fitting


def test_a_text_is_shown_in_the_persons_language_and_sent_only_then(desk: Talk) -> None:
    lay(desk, theirs="jv")
    desk.forge(f"reply:{NUMBER}")
    chosen = next(one for one in desk.buttons if one.startswith("canned:"))
    assert desk.press(chosen) == ["desk/preview"]
    assert nothing_happened(desk)
    seen = Wording(desk.release).write(desk.reply("desk/preview"), "id")[0].text
    id = chosen.split(":")[2]
    assert desk.press(f"canned-send:{NUMBER}:{id}") == ["desk/sent"]
    (received,) = Wording(desk.release).write(desk.effect(TellPerson).reply, "jv")
    assert received.text in seen
    kind, text = kept(desk)
    assert kind == "to-person" and id in text and desk.release.version in text


def test_a_text_that_is_gone_or_not_ones_own_case_sends_nothing(desk: Talk) -> None:
    lay(desk)
    for act in ("canned", "canned-send"):
        assert desk.forge(f"{act}:{NUMBER}:no-such-reply") == ["desk/not-now"]
        assert nothing_happened(desk)
    some = next(iter(desk.release.content.replies))
    lay(desk, officer=BUDI.id, officer_name=BUDI.name)
    assert desk.forge(f"canned-send:{NUMBER}:{some}") == ["desk/not-now"]
    assert nothing_happened(desk)


def test_every_text_can_be_said_in_every_language(desk: Talk) -> None:
    wording = Wording(desk.release)
    for id in desk.release.content.replies:
        said = {wording.canned(id, language, desk.at.date()) for language in ("id", "en", "jv", "su")}
        assert len(said) == 4 and all(0 < len(one) <= 350 for one in said), id


def test_words_that_come_an_hour_later_are_asked_for_again_and_go_nowhere(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"reply:{NUMBER}")
    desk.wait(minutes=61)
    assert desk.write("gaji di taiwan berapa") == ["desk/late"]
    assert nothing_happened(desk)
    assert desk.press(f"reply:{NUMBER}") == ["desk/write"]
    desk.wait(minutes=59)
    assert desk.write("Kantor buka jam 8.") == ["desk/sent"]


def test_after_an_hour_other_words_are_heard_as_what_they_are(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"note:{NUMBER}")
    desk.wait(hours=5)
    assert desk.write("menu") == ["menu"]
    assert desk.write("kerja di taiwan") == ["answer"], "and the prompt is gone"
