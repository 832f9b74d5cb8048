"""Countries and sectors in a message, by any of the names people give them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model.content import Named
from bot.understanding.normalise import Normaliser


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named in a text: what, and which tokens named it."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that can be named, by its first word, longest names first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def in_text(self, tokens: Sequence[str]) -> list[Mention]:
        """What is named, in order; a longer name wins over a shorter one inside it."""
        if self.by_first.keys().isdisjoint(tokens):  # as most do: they name nothing
            return []
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention = self._at(tokens, at)
            at = mention.end if mention else at + 1
            found += [mention] if mention else []
        return found

    def _at(self, tokens: Sequence[str], at: int) -> Mention | None:
        for words, id in self.by_first.get(tokens[at], ()):
            if tuple(tokens[at : at + len(words)]) == words:
                return Mention(id, at, at + len(words))
        return None


def read_names(named: Iterable[Named], normaliser: Normaliser) -> Names:
    """The names ready to be found, spelt like the text will be."""
    spelt: dict[tuple[str, ...], str] = {}
    for one in named:
        for alias in (*one.aliases, *one.name.values()):
            words = tuple(normaliser.tokens(alias))
            if words:
                spelt.setdefault(words, one.id)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, id in sorted(spelt.items(), key=lambda pair: -len(pair[0])):
        by_first.setdefault(words[0], []).append((words, id))
    return Names({first: tuple(found) for first, found in by_first.items()})


def in_terms(tokens: Sequence[str], mentions: Sequence[Mention], kind: str) -> list[str]:
    """The tokens with each mention replaced by two terms: that something of this kind is named, and what.

    So "gaji di korea" and "gaji di taiwan" share a term, whatever each country is called there.
    """
    terms: list[str] = []
    at = 0
    for mention in mentions:
        terms += [*tokens[at : mention.start], f"@{kind}", f"@{mention.id}"]
        at = mention.end
    return [*terms, *tokens[at:]]
