"""People's spelling made regular: small letters, slang spelt out, doubled letters reduced, numbers apart from words."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"[a-z]+|[0-9]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DOUBLED_WORD = re.compile(r"\b([a-z]{3,})(?:-\1\b|2\b)")
_SENTENCE = re.compile(r"[.!?;\n…]+")
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Normaliser:
    """Spells words out by the editors' lists: short or slang -> words (nothing, when it is only a form of address)."""

    words: Mapping[str, tuple[str, ...]]

    def tokens(self, text: str) -> list[str]:
        """The words of a text, regular."""
        found: list[str] = []
        for token in _TOKEN.findall(_DOUBLED_WORD.sub(r"\1", plain(text))):
            found.extend(self._spelt(token))
        return found

    def sentences(self, text: str) -> list[list[str]]:
        """The words, sentence by sentence; empty ones left out."""
        return [tokens for part in _SENTENCE.split(text[:LONGEST]) if (tokens := self.tokens(part))]

    def _spelt(self, token: str) -> tuple[str, ...]:
        known = self.words.get(token)
        if known is None and _STRETCHED.search(token):
            token = unstretched(token)
            known = self.words.get(token)
        return (token,) if known is None else known


def unstretched(word: str) -> str:
    """A word without the letters held down: "gajiii" is "gaji"."""
    return _STRETCHED.sub(r"\1", word)


def plain(text: str) -> str:
    """Small Latin letters without marks; other scripts stay out of the tokens by themselves."""
    small = text[:LONGEST].lower()
    if not small.isascii():
        parts = unicodedata.normalize("NFKD", small)
        small = "".join(char for char in parts if not unicodedata.combining(char)).replace("’", "")
    return small.replace("'", "")


def read_words(pairs: Mapping[str, str]) -> Normaliser:
    """A normaliser from the editors' lists, whose right sides may be several words or none."""
    return Normaliser({short: tuple(_TOKEN.findall(plain(spelt))) for short, spelt in pairs.items()})
