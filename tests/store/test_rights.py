"""Law 6, held against the statements themselves: nothing reads a case on behalf of an officer past the one place of visibility.

Whoever adds a statement that touches a case, its book, its consent or a referral says `{in_sight}` or `{shared_with}` in it,
or reads by the person whose case it is, or by the officer a pretend one was made for, or stands in the list below with the reason
why not.
"""

import ast
import re
from pathlib import Path

import pytest

from bot.store.queries import FOLDER

HOUSE = Path(__file__).parents[2] / "bot"
_TOUCHES = re.compile(r'\b(?:from|join|into|update)\s+("case"|event|consent|referral)(?![\w])')
_RIGHT = (
    "{in_sight}",
    "{shared_with}",
    "person_id = :person",
    "worker_id = :person",
    " person_id in {selves}",
    ".person_id in {selves}",
    "worker_id in {selves}",
    "practice_of = :officer",
)
_SEEN_BEFORE = "writes into a case that was read by right just before, named by its number"
_NUMBERS = "how far the numbering has come; nothing of any case"
_HOUSE = "a count for the operator of the whole house, by nobody's right"
_CLOCK = "the clock's own: what is due, warned or woken goes out as an act of nobody"
_RETENTION = "what has outlived its purpose is removed, whoever could see it"
EXCEPTIONS = {
    "last_case": _NUMBERS,
    "new_consents": _NUMBERS,
    "next_case": _NUMBERS,
    "last_event": _NUMBERS,
    "count_events": _HOUSE,
    "totals": _HOUSE,
    "trouble": _HOUSE,
    "book": "the whole chain, for verify at the machine; what it says stays sealed",
    "add_consent": "writes the proof with the case",
    "open_case": "a person hands it in",
    "add_event": _SEEN_BEFORE,
    "move_case": _SEEN_BEFORE,
    "erase_answers": _RETENTION,
    "erase_bodies": _RETENTION,
    "old_cases": _RETENTION,
    "give_back": "a revoked officer's cases go back into the queue; it returns numbers for the book",
    "passed": _CLOCK,
    "page_of_head": "whether our book ever stood so, for whoever brings its code; nothing of a case",
    "openings_by": "what an officer opened themselves, so that unusual reading is told above",
    "last_referral": _NUMBERS,
    "ask_referral": _SEEN_BEFORE,
    "change_referral": _SEEN_BEFORE,
    "worker_invited": "for whoever brings the code a worker was given, like the paper's",
    "paper": "for whoever brings both numbers of a paper: how it stands, never what it says",
    "right_pin": "counts tries at a paper",
    "wrong_pin": "counts tries at a paper",
    "give_paper": _SEEN_BEFORE,
    "erase_pretended_consent": "what was made for training goes with it",
    "left_behind": "whose cases wait again, so that each is told so by their own plan; numbers and people, nothing of a case",
    "newest_entered": "the number of what an officer has just written down themselves",
}


def statements() -> dict[str, str]:
    """Every statement as it stands in its file, the comment above it left out, the names of the parts not yet put in."""
    found: dict[str, str] = {}
    for file in sorted((FOLDER / "queries").glob("*.sql")):
        pieces = re.split(r"^-- (name|part): (\w+)$", file.read_text("utf-8"), flags=re.MULTILINE)
        for kind, name, body in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
            if kind == "name":
                found[name] = "\n".join(line for line in body.splitlines() if not line.startswith("--"))
    return found


def has_a_right(statement: str) -> bool:
    return not _TOUCHES.search(statement) or any(right in statement for right in _RIGHT)


@pytest.mark.parametrize("name", sorted(statements()))
def test_a_statement_about_cases_says_by_what_right(name: str) -> None:
    assert has_a_right(statements()[name]) or name in EXCEPTIONS, f"{name} reads cases by nobody's right"


def test_no_exception_is_left_over() -> None:
    """An exception is for a statement that exists and needs it."""
    found = statements()
    assert [name for name in EXCEPTIONS if name not in found or has_a_right(found[name])] == []


@pytest.mark.parametrize(
    "hidden",
    [
        'select * from "case" c where c.unit = :unit',
        "select count(*) from event e",
        "select 1 from x join referral r on 1",
    ],
)
def test_a_statement_without_a_right_would_be_noticed(hidden: str) -> None:
    assert not has_a_right(hidden)
    assert has_a_right(hidden + " and {in_sight}")


def test_what_an_officer_may_see_is_made_from_their_own_row_alone() -> None:
    """`Officer.scope` makes it, from what the table of officers says; who makes one otherwise is listed with the reason."""
    assert {file for file, made in scopes_made() if not made.endswith(").sees")} == set(MADE_ELSEWHERE)


MADE_ELSEWHERE = {
    "model/case.py": "the officer's own row",
    "cli/offices.py": "the operator at the machine",
    "readings.py": "the clock, for which there is no officer",
    "exporting.py": "a place within the officer's own, and the operator at the machine",
    "store/broadcasts.py": "the author's own unit, as it was written down with the broadcast",
    "store/absence.py": "whoever looks after the office of an officer who left, as the clock tells them",
    "casework/tables.py": "compares two codes; reads nothing",
}


def scopes_made() -> list[tuple[str, str]]:
    """Where a scope is put together, and what is done with it at once, if anything."""
    found = []
    for file in HOUSE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        at_once = {id(node.value): ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        found += [
            (str(file.relative_to(HOUSE)), at_once.get(id(node), ""))
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Scope"
        ]
    return found
