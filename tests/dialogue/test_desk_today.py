"""The officer's day in one screen: counts, the list, its pages and parts."""

from dataclasses import replace

import pytest

from bot.casework.numbers import numbered
from bot.dialogue.desk.today import button_of, view_of
from bot.dialogue.wants import wants
from bot.model.conversation import Known
from bot.model.day import PARTS, Day, Part, View
from bot.model.messages import Address, Incoming
from bot.understanding.release import Release
from tests.dialogue.desk import ANI, lay, sit_down
from tests.dialogue.talk import MONDAY, NUMBER, Talk, case_of


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


def with_day(desk: Talk, *parts: Part, more: bool = False, **counts: int) -> None:
    """A page of cases in these parts."""
    listed = tuple((part, case_of(number=numbered(100_001 + at))) for at, part in enumerate(parts))
    desk.known = Known(officer=ANI, day=Day(counts or {part: parts.count(part) for part in parts}, listed, more))  # type: ignore[arg-type]


def test_one_screen_says_how_much_stands_where_and_lists_it_in_order(desk: Talk) -> None:
    with_day(desk, "emergency", "overdue", "waiting")
    assert desk.write("antrean") == ["desk/queue"]
    facts = desk.reply("desk/queue").facts
    assert facts["count"] == 3
    assert [(one["part"], one["count"]) for one in facts["counts"]] == [
        ("emergency", 1),
        ("overdue", 1),
        ("waiting", 1),
    ]
    assert [line["part"] for line in facts["lines"]] == ["emergency", "overdue", "waiting"]
    assert desk.buttons[:3] == [f"case:{numbered(100_001 + at)}" for at in range(3)]


def test_a_short_list_needs_no_ways_but_to_ones_own_cases_and_into_training(desk: Talk) -> None:
    with_day(desk, "new")
    desk.write("antrean")
    assert desk.buttons == [f"case:{NUMBER}", "today::mine:0", "practice:"]


def test_a_long_list_has_pages_and_a_button_for_each_part_that_holds_something(desk: Talk) -> None:
    with_day(desk, *["overdue"] * 8, more=True, overdue=9, new=3)
    desk.write("antrean")
    assert {"today::all:1", "today:overdue:all:0", "today:new:all:0"} <= set(desk.buttons)
    assert not any("emergency" in one for one in desk.buttons)


def test_a_part_of_the_list_leads_back_to_the_whole(desk: Talk) -> None:
    with_day(desk, "overdue", overdue=1, new=20)
    assert desk.forge("today:overdue:mine:0") == ["desk/queue"]
    assert {"today::mine:0", "today::all:0"} <= set(desk.buttons)
    assert "today:overdue:mine:0" not in desk.buttons


def test_an_empty_list_says_so_and_what_it_is_empty_of(desk: Talk) -> None:
    assert desk.write("antrean") == ["desk/empty"]
    assert desk.forge("today:new:mine:0") == ["desk/empty"]
    assert (desk.reply("desk/empty").facts["part"], desk.reply("desk/empty").facts["mine"]) == ("new", True)


@pytest.mark.parametrize("part", [None, *PARTS])
@pytest.mark.parametrize("mine", [True, False])
def test_a_button_asks_for_the_view_it_was_made_of(part: Part | None, mine: bool) -> None:
    view = View(mine, part, 3)
    assert view_of(button_of(view).removeprefix("today:")) == view


@pytest.mark.parametrize("what", ["", "::", "won:his:-1", "new" * 99, "overdue:mine:²", ":::::", "a:b:99999999"])
def test_a_forged_button_of_the_list_shows_some_list(desk: Talk, what: str) -> None:
    with_day(desk, "new")
    assert desk.forge(f"today:{what}") == ["desk/queue"]
    assert view_of(what).page < 100_000


@pytest.mark.parametrize("words", ["hari ini", "Hari  ini", "antrean", "tugas hari ini"])
def test_short_words_open_the_list(desk: Talk, words: str) -> None:
    with_day(desk, "new")
    assert desk.write(words) == ["desk/queue"]


def test_the_list_is_read_for_the_officer_who_asks_and_for_nobody_else(release: Release, desk: Talk) -> None:
    press = Incoming(Address("telegram", "bot", "x"), "m", "button", MONDAY, button="today:new:mine:1")
    talk = desk.conversation.but(known=desk.known)
    assert wants(talk, press, release).day == View(True, "new", 1)
    assert wants(talk.but(known=Known()), press, release).day is None
    typed = replace(press, kind="text", button="", text="tugas saya")
    assert wants(talk, typed, release).day == View(mine=True)
    assert not wants(talk.but(known=Known()), typed, release).day


def test_for_everybody_else_the_words_and_buttons_are_ordinary_ones(talk: Talk) -> None:
    for word in ("hari ini", "tugas saya", "tangani 1000012"):
        assert not any(phrase.startswith("desk/") for phrase in talk.write(word))
    assert talk.forge("today:new:all:0") == ["old-button", "menu"]


def test_the_word_for_an_emergency_stays_everybodys(desk: Talk) -> None:
    lay(desk)
    assert desk.write("darurat")[0] == "emergency"
