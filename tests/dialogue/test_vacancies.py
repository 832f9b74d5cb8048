"""Vacancies in the talk: found by what somebody says, page by page, and told of when there are new ones."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from bot.dialogue.step import step
from bot.model.conversation import Conversation, Filling, Known, Sought
from bot.model.effects.people import Answered, Subscribe, Unsubscribe
from bot.model.messages import Address, Incoming
from bot.model.step import Step
from bot.model.work import Range, Vacancy
from bot.understanding.release import Release
from tests.dialogue.talk import MONDAY, PERSON, Talk
from tests.market import vacancy, with_vacancies

KAIGO = vacancy(
    "jp", country="japan", sector="caregiver-nurse", age=Range(None, 45), education="", languages=("japanese",)
)
KOREA = vacancy("kr", country="south-korea", age=Range(18, 39), education="smp", languages=("korean",))
FIVE = tuple(vacancy(f"tw-{n}") for n in range(5))


@pytest.fixture
def seeking(release: Release) -> Talk:
    """A talk while five vacancies in Taiwan, one in Japan and one in Korea are open."""
    return Talk(with_vacancies(release, *FIVE, KAIGO, KOREA))


def listed(talk: Talk) -> tuple[str, ...]:
    found: tuple[str, ...] = talk.reply("vacancies/some").facts["vacancies"]  # type: ignore[assignment]
    return found


def test_the_answer_comes_first_and_then_what_is_open(seeking: Talk) -> None:
    assert seeking.write("lowongan") == ["answer", "vacancies/some"]
    assert listed(seeking) == ("jp", "kr", "tw-0", "tw-1")
    assert seeking.reply("vacancies/some").facts["count"] == 7


def test_what_is_open_is_no_part_of_the_answers_code(release: Release, seeking: Talk) -> None:
    empty = Talk(with_vacancies(release))
    for talk in (seeking, empty):
        talk.write("ada lowongan taiwan?")
    assert seeking.effect(Answered).edition == empty.effect(Answered).edition


def test_everything_said_narrows_the_list(seeking: Talk) -> None:
    seeking.write("ada lowongan korea umur 30 lulusan smp bisa bahasa korea?")
    assert listed(seeking) == ("kr",)
    assert seeking.conversation.sought == Sought("south-korea", "", 30, "smp", ("korean",))


def test_nothing_fitting_is_said_honestly_with_a_way_on(seeking: Talk) -> None:
    assert seeking.write("ada lowongan korea umur 40 lulusan smp bisa bahasa jepang?") == ["answer", "vacancies/none"]
    assert {"vacancies:wider", "subscribe:south-korea:"} <= set(seeking.buttons)
    assert seeking.press("vacancies:wider") == ["vacancies/some"]
    assert listed(seeking) == ("kr",)


def test_another_country_is_the_same_search_there(seeking: Talk) -> None:
    seeking.write("ada lowongan korea umur 40 lulusan smp bisa bahasa jepang?")
    assert seeking.write("kalau jepang?") == ["vacancies/some"]
    assert listed(seeking) == ("jp",)
    assert seeking.conversation.sought == Sought("japan", "", 40, "smp", ("japanese",))


@pytest.mark.parametrize("text", ["umur 50", "saya lulusan sd umur 50", "kalau umur 50 gimana"])
def test_what_somebody_says_of_themselves_goes_on_with_the_search(seeking: Talk, text: str) -> None:
    seeking.write("ada lowongan jepang?")
    assert seeking.write(text) == ["vacancies/none"]
    assert seeking.conversation.sought.age == 50


def test_an_age_after_another_topic_is_no_search(seeking: Talk) -> None:
    seeking.write("kerja di taiwan")
    assert "vacancies/some" not in seeking.write("umur 30")


def test_a_list_is_four_long_and_goes_on(seeking: Talk) -> None:
    seeking.write("lowongan")
    assert seeking.press("vacancies:4") == ["vacancies/some"]
    assert listed(seeking) == ("tw-2", "tw-3", "tw-4")
    assert not [button for button in seeking.buttons if button.startswith("vacancies:4")]


@pytest.mark.parametrize(
    "button", ["vacancies:999", "vacancies:²", "vacancies:-4", "vacancies:x", "vacancies:99999999"]
)
def test_a_page_that_is_not_there_is_the_first(seeking: Talk, button: str) -> None:
    seeking.write("lowongan")
    seeking.forge(button)
    assert listed(seeking)[0] == "jp"


def test_it_is_narrowed_by_buttons(seeking: Talk) -> None:
    seeking.write("lowongan")
    assert seeking.press("narrow:country") == ["vacancies/by-country"]
    assert {"seek-country:taiwan", "seek-country:japan", "vacancies:all"} <= set(seeking.buttons)
    seeking.press("seek-country:japan")
    assert listed(seeking) == ("jp",)
    seeking.press("vacancies:all")
    assert len(listed(seeking)) == 4


@pytest.mark.parametrize("button", ["narrow:nonsense", "seek-country:atlantis", "seek-sector:mining", "narrow:sector"])
def test_a_button_of_another_release_does_no_harm(seeking: Talk, button: str) -> None:
    assert seeking.forge(button)


def test_every_list_leads_to_the_check_of_the_company(seeking: Talk) -> None:
    for text in ("lowongan", "lowongan jepang", "kalau korea?"):
        seeking.write(text)
        assert "topic:migration/check-agency" in seeking.buttons


def test_a_screen_has_eight_buttons_at_most(seeking: Talk) -> None:
    for text in ("lowongan", "lowongan taiwan", "lowongan pabrik umur 30"):
        seeking.write(text)
        assert len(seeking.buttons) <= 8, seeking.buttons


def test_deleting_forgets_what_was_sought(seeking: Talk) -> None:
    seeking.write("ada lowongan korea umur 30?")
    seeking.forge("delete:yes")
    assert seeking.conversation.sought == Sought()


def test_a_wish_is_noted_and_quiet_ends_with_it(seeking: Talk) -> None:
    seeking.conversation = seeking.conversation.but(quiet=True)
    seeking.write("lowongan pabrik taiwan")
    assert seeking.press("subscribe:taiwan:factory-work") == ["subscriptions/begun"]
    assert seeking.effect(Subscribe) == Subscribe("taiwan", "factory-work")
    assert not seeking.conversation.quiet


def test_a_wish_names_what_exists_and_one_country_or_any(seeking: Talk) -> None:
    for what, wish in (
        ("atlantis:mining", Subscribe("", "")),
        ("taiwan,japan:", Subscribe("", "")),
        (":", Subscribe("", "")),
        ("taiwan", Subscribe("taiwan", "")),
    ):
        seeking.forge(f"subscribe:{what}")
        assert seeking.effect(Subscribe) == wish


def test_five_wishes_are_enough_but_one_of_them_again_is_fine(seeking: Talk) -> None:
    seeking.known = Known(wishes=tuple(Sought(one) for one in ("taiwan", "japan", "brunei", "malaysia", "")))
    assert seeking.forge("subscribe:singapore:") == ["subscriptions/full"]
    assert seeking.effects(Subscribe) == []
    assert seeking.forge("subscribe:taiwan:") == ["subscriptions/begun"]


def test_one_word_lists_the_wishes_and_one_ends_them(seeking: Talk) -> None:
    assert seeking.write("langganan") == ["subscriptions/none"]
    seeking.known = Known(wishes=(Sought("taiwan"),))
    assert seeking.write("langganan") == ["subscriptions/list"]
    assert seeking.press("unsubscribe:yes") == ["subscriptions/ended"]
    assert seeking.effect(Unsubscribe) == Unsubscribe()
    assert not seeking.conversation.quiet
    assert seeking.write("berhenti") == ["stop"]
    assert seeking.effect(Unsubscribe) == Unsubscribe()


def test_where_we_may_not_write_first_nothing_is_promised(release: Release) -> None:
    talk = Talk(with_vacancies(release, KAIGO))
    for channel in ("web", "whatsapp"):
        talk.last = _from(channel, talk, "text", text="lowongan jepang")
        assert "vacancies/some" in talk.phrases
        assert not [one for one in talk.buttons if one.startswith("subscribe")]
        talk.last = _from(channel, talk, "button", button="subscribe:japan:")
        assert talk.phrases == ["subscriptions/not-here"] and talk.effects(Subscribe) == []


def _from(channel: str, talk: Talk, kind: str, **what: str) -> Step:
    return step(talk.conversation, Incoming(Address(channel, "bot", "siti"), "m", kind, MONDAY, **what), talk.release)  # type: ignore[arg-type]


def brought(talk: Talk, *vacancies: Vacancy) -> list[str]:
    """The clock brings news of these."""
    return talk.take("vacancies", text=" ".join(one.id for one in vacancies))


def test_news_names_what_is_new_and_leads_to_the_check(seeking: Talk) -> None:
    assert brought(seeking, KAIGO, KOREA) == ["vacancies/new"]
    facts = seeking.reply("vacancies/new").facts
    assert (facts["vacancies"], facts["count"]) == (("jp", "kr"), 2)
    assert "topic:migration/check-agency" in seeking.buttons and "unsubscribe:yes" in seeking.buttons


def test_of_much_news_four_are_named_and_the_rest_counted(seeking: Talk) -> None:
    brought(seeking, *FIVE)
    facts = seeking.reply("vacancies/new").facts
    assert (len(facts["vacancies"]), facts["count"]) == (4, 5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "gone", [vacancy("gone"), replace(KAIGO, expires=MONDAY.date()), replace(KAIGO, country="atlantis")]
)
def test_news_of_what_is_gone_says_nothing(release: Release, gone: Vacancy) -> None:
    talk = Talk(with_vacancies(release, *([] if gone.id == "gone" else [gone])))
    assert brought(talk, gone) == []


def test_who_wants_quiet_is_told_nothing(seeking: Talk) -> None:
    seeking.conversation = seeking.conversation.but(quiet=True)
    assert brought(seeking, KAIGO) == []


def states() -> Iterator[Conversation]:
    plain = Conversation(PERSON)
    yield plain
    yield plain.but(greeted=True, shown=("form:help", "danger:no"), misses=1, sought=Sought("taiwan"))
    yield plain.but(filling=Filling("ask-officer", "field", "question", touched=MONDAY))
    yield plain.but(talking="1000019", desk="code:")


@pytest.mark.parametrize("state", list(states()), ids=map(str, count()))
def test_news_moves_nothing_in_the_talk(seeking: Talk, state: Conversation) -> None:
    seeking.conversation = state
    assert brought(seeking, KAIGO) == ["vacancies/new"]
    assert seeking.conversation.but(known=Known()) == state


def test_news_is_no_word_of_the_person(seeking: Talk) -> None:
    seeking.take("vacancies", text="tolong saya dipukul majikan")
    assert seeking.phrases == []
