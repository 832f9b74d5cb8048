"""Which language a message is in, by its function words and word endings; Indonesian when nothing speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.content import Language

_WORD, _AFFIX, _LONG, _FEW = 1.0, 0.3, 6, 2


@dataclass(frozen=True, slots=True)
class Ear:
    """A language ready to be heard."""

    id: str
    words: frozenset[str]
    ends: tuple[str, ...]
    starts: tuple[str, ...]


def tune(languages: Sequence[Language]) -> tuple[Ear, ...]:
    """Ears for these languages."""
    return tuple(Ear(one.id, frozenset(one.words), one.ends, one.starts) for one in languages)


def guess(tokens: Sequence[str], ears: Sequence[Ear]) -> str:
    """The likeliest language's id. `tokens` are as typed (lower case), not yet spelt out."""
    scores = {one.id: _score(tokens, one) for one in ears}
    best = max(scores.values(), default=0.0)
    if best <= scores.get("id", 0.0) or best < _WORD:
        return "id"
    return next(id for id, score in scores.items() if score == best)


def apart(tokens: Sequence[str], heard: str, spoken: str, ears: Sequence[Ear]) -> bool:
    """Whether a message is in one language and not in another: most of its words belong to the first alone.

    Who speaks a regional language mixes it with Indonesian; a word or two say nothing about what they would rather read.
    """
    words = {ear.id: ear.words for ear in ears}
    own = words.get(heard, frozenset()) - words.get(spoken, frozenset())
    found = [token for token in tokens if token in own]
    return len(set(found)) >= _FEW and 2 * len(found) > len(tokens)


def _score(tokens: Sequence[str], ear: Ear) -> float:
    return sum(_WORD if token in ear.words else _AFFIX * _affixed(token, ear) for token in tokens)


def _affixed(token: str, ear: Ear) -> bool:
    """str.endswith takes a tuple; an empty one fits nothing."""
    return len(token) >= _LONG and (token.endswith(ear.ends) or token.startswith(ear.starts))
