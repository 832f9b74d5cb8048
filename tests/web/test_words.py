"""Whatever can happen to a case has words of its own, in the pages and in the chat."""

from typing import get_args

import pytest

from bot.model.case import EventKind, Urgency
from bot.model.day import PARTS
from bot.web.pages import open_pages
from bot.wording.phrases import environment, phrases, translations

KINDS = get_args(EventKind)
NONE = "no such thing"


@pytest.fixture(scope="module")
def macros():
    given = {"language": "id", "translations": translations("id")}
    return open_pages().environment.get_template("words.html").make_module(given)


def in_chat(kind):
    return environment("id").from_string(phrases()["desk/event"]).render(kind=kind).strip()


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_has_its_line_in_the_book_of_a_case(macros, kind):
    assert macros.event(kind).strip() not in ("", kind)


def test_no_two_events_are_called_the_same_in_the_pages_and_none_by_chance_in_the_chat(macros):
    assert len({macros.event(kind).strip() for kind in KINDS}) == len(KINDS)
    by_chance = [kind for kind in KINDS if in_chat(kind) == in_chat(NONE)]
    assert by_chance == ["revealed"]


def test_every_part_of_the_day_and_every_urgency_but_the_usual_one_has_words(macros):
    assert len({macros.part(part).strip() for part in PARTS}) == len(PARTS)
    assert [bool(macros.urgency(one).strip()) for one in get_args(Urgency)] == [True, True, False]
