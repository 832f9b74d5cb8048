"""Checklists in a talk: ticking, coming back, numbers that mean the line they stand before, lists that change."""

from dataclasses import replace

import pytest

from bot.dialogue.step import step
from bot.dialogue.wants import wants
from bot.knowledge.checklists import in_order, parts
from bot.model.conversation import Known
from bot.model.effects.people import Forget
from bot.model.forms import Checklist, Item
from bot.model.messages import Address, Button, Incoming
from bot.wording import Wording
from tests.dialogue.talk import MONDAY, PERSON, Talk

PAPERS, PAGES = "departure-documents", "https://desa.test"


def of(*ids: str, topic: str = "") -> Checklist:
    """A list of these lines."""
    return Checklist("trial", {"id": "Ceklis coba"}, tuple(Item(id, {"id": f"Surat {id}"}, topic) for id in ids))


def with_list(talk: Talk, checklist: Checklist) -> Talk:
    """The same person under a release that has this list."""
    lists = {**talk.release.content.checklists, checklist.id: checklist}
    talk.release = replace(talk.release, content=replace(talk.release.content, checklists=lists))
    return talk


def lines(talk: Talk) -> dict[str, bool]:
    """What the list on the screen says of each line."""
    return {line["text"]: line["done"] for line in talk.reply("checklists/part").facts["lines"]}  # type: ignore[attr-defined]


def progress(talk: Talk) -> tuple[object, object]:
    facts = talk.reply("checklists/part").facts
    return facts["done"], facts["count"]


def test_the_word_shows_every_list_and_how_far_it_is(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(ticked={PAPERS: ("passport", "visa")})
    assert talk.write("ceklis") == ["checklists/all"]
    listed = in_order(talk.release.content.checklists.values())
    assert talk.buttons == [f"checklist:{one.id}" for one in listed]
    assert [line["done"] for line in talk.reply("checklists/all").facts["lines"]] == [2, 0, 0, 0, 0]  # type: ignore[attr-defined]


def test_every_line_of_every_list_can_be_ticked_by_the_number_it_stands_under(talk: Talk) -> None:
    for checklist in talk.release.content.checklists.values():
        for at, part in enumerate(parts(checklist)):
            for number, item in enumerate(part, 1):
                talk.wait(seconds=2)
                talk.conversation = talk.conversation.but(ticked={})
                talk.forge(f"checklist:{checklist.id}:{at}")
                assert list(lines(talk))[number - 1] == item.text["id"]
                talk.write(str(number))
                assert talk.conversation.ticked[checklist.id] == (item.id,)


def test_no_message_of_a_list_has_more_than_eight_buttons_or_seven_hundred_letters(
    talk: Talk, wording: Wording
) -> None:
    talk.known = Known(pages=PAGES)
    for language in ("id", "en", "jv", "su"):
        talk.conversation = talk.conversation.but(language=language, ticked={})
        for checklist in talk.release.content.checklists.values():
            talk.forge(f"checklist:{checklist.id}")
            for item in checklist.items:
                talk.forge(f"tick:{checklist.id}:{item.id}")
                said = [message for reply in talk.last.replies for message in wording.write(reply, language)]
                assert all(len(message.choices) <= 8 and len(message.text) <= 700 for message in said)
                assert all(1 <= len(choice.label) <= 24 for message in said for choice in message.choices)


def test_pressing_a_line_turns_it_over_and_a_press_sent_twice_counts_once(talk: Talk) -> None:
    talk.forge(f"checklist:{PAPERS}")
    for _ in range(2):
        assert talk.forge(f"tick:{PAPERS}:id-card") == ["checklists/part"]
    assert lines(talk)["KTP dan KK"] and progress(talk) == (1, 12)
    assert talk.press(f"untick:{PAPERS}:id-card") == ["checklists/part"]
    assert not lines(talk)["KTP dan KK"] and progress(talk) == (0, 12)


def test_whoever_comes_back_goes_on_where_the_next_line_is_open(talk: Talk) -> None:
    first, second = parts(talk.release.content.checklists[PAPERS])
    talk.conversation = talk.conversation.but(ticked={PAPERS: tuple(one.id for one in first)})
    assert talk.forge(f"checklist:{PAPERS}") == ["checklists/part", "checklists/kept"]
    assert list(lines(talk)) == [one.text["id"] for one in second]
    assert progress(talk) == (6, 12)


def test_the_next_open_line_is_explained_and_the_answer_leads_back_to_the_list(talk: Talk) -> None:
    talk.forge("checklist:coming-home")
    for item in ("report", "passport", "contract-end"):
        talk.forge(f"tick:coming-home:{item}")
    (explain,) = (one for one in talk.reply("checklists/part").buttons if one.phrase == "explain")
    assert explain.id == "topic:protection/unpaid-wages" and explain.facts == {"number": 4}
    assert talk.press(explain.id) == ["answer"]
    assert talk.press("checklist:coming-home") == ["checklists/part", "checklists/kept"]


def test_an_answer_about_papers_offers_its_list_and_never_more_than_eight_buttons(talk: Talk) -> None:
    for topic in talk.release.content.topics.values():
        talk.wait(seconds=1)
        talk.forge(f"topic:{topic.id}")
        assert (f"checklist:{topic.checklist}" in talk.buttons) == bool(topic.checklist)
        assert len(talk.buttons) <= 8 or topic.ask == "country"
    talk.write("dokumen apa saja untuk kerja di luar negeri")
    assert f"checklist:{PAPERS}" in talk.buttons


def test_when_all_is_done_a_kind_word_says_what_comes_next(talk: Talk) -> None:
    with_list(talk, of("a", "b"))
    talk.forge("tick:trial:a")
    assert talk.forge("tick:trial:b") == ["checklists/complete"]
    assert talk.reply("checklists/complete").facts == {"title": "Ceklis coba", "count": 2}
    assert {"form:ask-officer", "do:checklists", "do:menu"} <= set(talk.buttons)
    talk.press("checklist:trial:0")
    assert lines(talk) == {"Surat a": True, "Surat b": True}


def test_a_list_that_changed_keeps_the_ticks_of_the_lines_that_are_still_there(talk: Talk) -> None:
    with_list(talk, of("a", "b", "c"))
    talk.forge("tick:trial:a")
    talk.forge("tick:trial:b")
    with_list(talk, of("new", "b", "c"))
    talk.forge("checklist:trial")
    assert lines(talk) == {"Surat new": False, "Surat b": True, "Surat c": False}
    assert progress(talk) == (1, 3)


@pytest.mark.parametrize("button", ["tick:trial:gone", "untick:trial:", "tick:trial"])
def test_a_line_that_is_gone_is_said_kindly_and_the_list_shown(talk: Talk, button: str) -> None:
    with_list(talk, of("a"))
    assert talk.forge(button)[:2] == ["checklists/gone", "checklists/part"]
    assert not talk.conversation.ticked.get("trial")


@pytest.mark.parametrize("button", ["checklist:gone", "checklist:", "tick:gone:a", "tick:", "untick:::"])
def test_a_list_that_is_gone_is_said_kindly_and_the_others_offered(talk: Talk, button: str) -> None:
    assert talk.forge(button) == ["checklists/gone", "checklists/all"]
    assert talk.conversation.ticked == {}


@pytest.mark.parametrize("part", ["99", "7", "x", "-1", "٣", ""])
def test_a_part_that_is_not_there_shows_one_that_is(talk: Talk, part: str) -> None:
    assert talk.forge(f"checklist:{PAPERS}:{part}")[0] == "checklists/part"
    assert len(lines(talk)) == 6


def test_deleting_forgets_what_was_ticked(talk: Talk) -> None:
    talk.forge(f"tick:{PAPERS}:passport")
    talk.write("hapus data saya")
    talk.press("delete:yes")
    assert talk.effect(Forget) == Forget(PERSON)
    assert talk.conversation.ticked == {}


def test_inside_a_form_the_lists_lay_it_aside_and_say_how_to_go_on(talk: Talk) -> None:
    talk.begin("productive-business")
    assert talk.write("ceklis") == ["checklists/all", "form/back-to-it"]
    assert talk.press("continue:productive-business") == ["form/ask"]
    assert talk.filling.form == "productive-business"


def printing(talk: Talk, channel: str = "telegram") -> list[Button]:
    """The print buttons of a list just opened, as somebody on this channel gets it."""
    incoming = Incoming(Address(channel, "bot", "siti"), "m", "button", MONDAY, button=f"checklist:{PAPERS}")
    assert wants(talk.conversation, incoming, talk.release).pages
    said = step(talk.conversation.but(known=talk.known), incoming, talk.release)
    return [button for reply in said.replies for button in reply.buttons if button.phrase == "print"]


def test_the_list_is_printed_as_far_as_it_is_done_in_the_persons_language(talk: Talk) -> None:
    talk.known = Known(pages=PAGES)
    talk.conversation = talk.conversation.but(ticked={PAPERS: ("visa", "passport")}, language="jv")
    (button,) = printing(talk)
    assert button.facts["url"] == f"{PAGES}/checklist/{PAPERS}?done=passport,visa&lang=jv"


def test_an_address_nobody_outside_can_open_is_not_offered_but_in_the_web_chat_the_page_is_near(talk: Talk) -> None:
    talk.known = Known(pages="http://127.0.0.1:8080")
    assert printing(talk) == []
    (button,) = printing(talk, "web")
    assert str(button.facts["url"]).startswith(f"/checklist/{PAPERS}?")
