"""What every approach is given: the same examples to learn from, the same questions, as the same terms."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot import library
from bot.understanding.release import Release
from bot.understanding.search import Example

HOUSE = Path(__file__).parents[1]
DEVELOPMENT = HOUSE / "tests/questions/development.jsonl"
EVALUATION = HOUSE / "tests/questions/evaluation.jsonl"


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question; `gold` is empty when it is out of scope, `never` are other countries' topics."""

    text: str
    terms: tuple[str, ...]
    never: frozenset[str]
    gold: frozenset[str]


def load_release() -> Release:
    """The shipped content."""
    return library.load(HOUSE / "content")


def learnable(release: Release) -> list[Example]:
    """All that leads somewhere; what must not lead to a topic is of use to our own approach only."""
    return [one for one in release.finder.examples() if one.kind != "away" and one.terms]


def questions(release: Release, file: Path) -> list[Question]:
    """The questions of a file but the urgent ones, which are heard before anything is looked for."""
    return list(_questions(release, file))


def _questions(release: Release, file: Path) -> Iterator[Question]:
    for line in file.read_text("utf-8").splitlines():
        given = json.loads(line)
        if given["kind"] != "urgent":
            terms = release.hear(given["text"]).terms
            gold = frozenset(given["gold"])
            yield Question(given["text"], terms, frozenset(release.elsewhere(terms)), gold)
