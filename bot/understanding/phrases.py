"""Patterns of words, as editors write them: words in order, `a|b` for either, `...` for up to four words between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.understanding.normalise import Normaliser

GAP = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern: any of these word sequences; `after_gap` when others may stand before it."""

    either: tuple[tuple[str, ...], ...]
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to match; `source` is what the editor wrote."""

    source: str
    slots: tuple[Slot, ...]

    def found_in(self, tokens: Sequence[str]) -> bool:
        """Whether the pattern stands somewhere in these tokens."""
        return any(_matches(self.slots, tokens, at) for at in range(len(tokens)))


def read_pattern(source: str, normaliser: Normaliser) -> Pattern:
    """A pattern from an editor's line. Its words are spelt like the text will be. Raises ValueError when it is empty."""
    slots: list[Slot] = []
    gap = False
    for part in source.split():
        if part == "...":
            gap = True
            continue
        either = tuple(dict.fromkeys(tuple(normaliser.tokens(word)) for word in part.split("|")))
        kept = tuple(sequence for sequence in either if sequence)
        if kept:
            slots.append(Slot(kept, gap and bool(slots)))
            gap = False
    if not slots:
        raise ValueError(f"nothing is left of the pattern {source!r}")
    return Pattern(source, tuple(slots))


def _matches(slots: Sequence[Slot], tokens: Sequence[str], at: int) -> bool:
    if not slots:
        return True
    first, rest = slots[0], slots[1:]
    starts = range(at, min(at + GAP, len(tokens) - 1) + 1) if first.after_gap else range(at, at + 1)
    return any(
        tuple(tokens[start : start + len(words)]) == words and _matches(rest, tokens, start + len(words))
        for start in starts
        for words in first.either
    )


@dataclass(frozen=True, slots=True)
class PatternBook:
    """Many patterns, found by their first words, so that a long text is read once."""

    by_first: dict[str, tuple[Pattern, ...]]

    def first_in(self, tokens: Sequence[str]) -> Pattern | None:
        """The first pattern that stands in the tokens."""
        for at, token in enumerate(tokens):
            for pattern in self.by_first.get(token, ()):
                if _matches(pattern.slots, tokens, at):
                    return pattern
        return None


def bind(patterns: Iterable[Pattern]) -> PatternBook:
    """A book of patterns."""
    by_first: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        for word in dict.fromkeys(words[0] for words in pattern.slots[0].either):
            by_first.setdefault(word, []).append(pattern)
    return PatternBook({word: tuple(found) for word, found in by_first.items()})
