"""`dead` and `uncertain`: what was given up is seen and sent once more."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.command import Command
from tests.test_cli import one_line

STATES = ("dead", "uncertain")


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A house where somebody was answered, so that there are letters."""
    command = Command(tmp_path_factory.mktemp("talked"))
    command.talk("menu")
    return command


@pytest.fixture
def house(talked: Command) -> Command:
    """The same, with every letter delivered."""
    put(talked, "sent")
    return talked


def put(command: Command, state: str, row: int | None = None) -> None:
    """Letters into a state, as delivery would have left them there."""
    with closing(sqlite3.connect(command.database)) as file, file:
        where = "" if row is None else f" where id = {row}"
        file.execute(f"update outgoing set state = ?, attempts = 3, error = 'never'{where}", (state,))


def stands(command: Command) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(command.database)) as file:
        return file.execute("select state, attempts, error from outgoing order by id").fetchall()


@pytest.mark.parametrize("state", STATES)
def test_a_letter_given_up_is_listed_without_its_words_and_goes_out_again(house: Command, state: str) -> None:
    assert (house(state, "list").out, house(state, "list", "--json").out) == ("none\n", "")
    put(house, state, 1)
    (listed,) = house(state, "list", "--json").lines
    assert (listed["row"], listed["channel"], listed["kind"]) == (1, "terminal", "reply")
    assert (listed["error"], listed["tries"], "text" in listed) == ("never", 3, False)
    plain = house(state, "list").out
    assert plain.split("\t")[:3] == ["1", "terminal", "reply"] and len(plain.splitlines()) == 1
    (shown,) = house(state, "list", "--json", "--show").lines
    assert shown["text"] and shown["text"] in house(state, "list", "--show").out
    assert house(state, "revive", "1").out == "1 will be sent again\n"
    assert stands(house)[0] == ("waiting", 0, None)


def test_a_row_that_is_not_there_is_said_and_nothing_is_changed(house: Command) -> None:
    put(house, "dead", 1)
    one_line(house("dead", "revive", "1", "999"), "999", "nothing was changed")
    one_line(house("uncertain", "revive", "1"), "no uncertain letter", "1")
    assert stands(house)[0] == ("dead", 3, "never")


def test_all_of_them_go_out_again_at_a_word(house: Command) -> None:
    put(house, "dead")
    many = len(stands(house))
    assert house("dead", "revive", "--all").out == f"{many} will be sent again\n"
    assert set(stands(house)) == {("waiting", 0, None)}


def test_revive_wants_to_know_which(house: Command) -> None:
    for words in ((), ("1", "--all")):
        ended = house("dead", "revive", *words)
        assert ended.code == 2 and "name the rows, or give --all" in ended.err


def test_a_folder_without_a_database_has_nothing_to_list(tmp_path: Path) -> None:
    assert Command(tmp_path)("dead", "list").out == "none\n"
