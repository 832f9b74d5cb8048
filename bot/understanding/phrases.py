"""Patterns of words, as editors write them: words in order, `a|b` for either, `...` for up to four words between.

`a_b` is two words that stand together as one of the `|`, `dipukul*` is every word with this beginning, and a word with
the passive di- is also heard apart or clipped, as it is often typed: dibunuh, di bunuh, dbunuh.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.normalise import Normaliser

GAP = 4
SHORTEST = 3  # letters before a *
_PASSIVE = re.compile(r"di([b-df-hj-np-tv-z][a-z]{3,}\*?)")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern: a word, a word's beginning, or several words, with at most `gap` others before it."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    sequences: tuple[tuple[str, ...], ...]
    gap: int

    def ends(self, tokens: Sequence[str], at: int) -> Iterator[int]:
        """Where it may end if it begins here."""
        if tokens[at] in self.words or tokens[at].startswith(self.beginnings):
            yield at + 1
        for words in self.sequences:
            if _stand_at(words, tokens, at):
                yield at + len(words)

    def keys(self) -> Iterator[str]:
        """The words or beginnings to find it by."""
        yield from self.words
        yield from (f"{beginning[:SHORTEST]}*" for beginning in self.beginnings)
        yield from (words[0] for words in self.sequences)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to match; `source` is what the editor wrote."""

    source: str
    slots: tuple[Slot, ...]


def read_pattern(source: str, normaliser: Normaliser) -> Pattern:
    """A pattern from an editor's line. Spelt like the text will be. Raises ValueError when it is empty."""
    slots: list[Slot] = []
    gap = 0
    for part in source.split():
        if part == "...":
            gap += GAP
            continue
        either = dict.fromkeys(words for word in part.split("|") for words in _spellings(word, normaliser))
        if either:
            slots.append(_slot(either, gap if slots else 0))
            gap = 0
    if not slots:
        raise ValueError(f"nothing is left of the pattern {source!r}")
    return Pattern(source, tuple(slots))


def _slot(either: Iterable[tuple[str, ...]], gap: int) -> Slot:
    single = [words[0] for words in either if len(words) == 1]
    return Slot(
        frozenset(word for word in single if not word.endswith("*")),
        tuple(word[:-1] for word in single if word.endswith("*")),
        tuple(words for words in either if len(words) > 1),
        gap,
    )


def _spellings(word: str, normaliser: Normaliser) -> Iterator[tuple[str, ...]]:
    begins = word.endswith("*")
    words = (word[:-1],) if begins and "_" not in word else normaliser.tokens(word)
    if not words:
        return
    if begins and len(words[-1]) < SHORTEST:
        raise ValueError(f"fewer than {SHORTEST} letters before the * of {word!r}")
    *before, last = words
    last += "*" if begins else ""
    yield (*before, last)
    if not before and (passive := _PASSIVE.fullmatch(last)):
        yield ("di", passive[1])
        yield (f"d{passive[1]}",)


def _same(word: str, token: str) -> bool:
    return token.startswith(word[:-1]) if word.endswith("*") else token == word


def _stand_at(words: Sequence[str], tokens: Sequence[str], at: int) -> bool:
    return at + len(words) <= len(tokens) and all(map(_same, words, tokens[at : at + len(words)]))


def _matches(slots: Sequence[Slot], tokens: Sequence[str], at: int) -> bool:
    if not slots:
        return True
    first, rest = slots[0], slots[1:]
    return any(
        _matches(rest, tokens, end)
        for start in range(at, min(at + first.gap, len(tokens) - 1) + 1)
        for end in first.ends(tokens, start)
    )


@dataclass(frozen=True, slots=True)
class PatternBook:
    """Many patterns, found by their first words or the first letters of these, so that a long text is read once."""

    by_first: dict[str, tuple[Pattern, ...]]

    def first_in(self, tokens: Sequence[str]) -> Pattern | None:
        """The first pattern that stands in the tokens."""
        for at, token in enumerate(tokens):
            for key in (token, f"{token[:SHORTEST]}*"):
                for pattern in self.by_first.get(key, ()):
                    if _matches(pattern.slots, tokens, at):
                        return pattern
        return None


def bind(patterns: Iterable[Pattern]) -> PatternBook:
    """A book of patterns."""
    by_first: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for key in dict.fromkeys(pattern.slots[0].keys()):
            by_first.setdefault(key, []).append(pattern)
    return PatternBook({key: tuple(found) for key, found in by_first.items()})
