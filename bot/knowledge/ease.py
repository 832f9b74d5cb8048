"""How easy an answer is to read: a score that needs no word list, so that it serves every language alike.

The measure is LIX (Carl-Hugo Björnsson, Läsbarhet, Stockholm 1968): words in a sentence on average, plus the share of words
longer than six letters in percent. Lower is easier; by his scale for Swedish under 30 is a children's book and over 50 an
official paper. Words are longer in some languages (Indonesian builds them with endings), so hold a score against others of
the same language, never against another language's.

Here a sentence also ends with a line, a colon or a semicolon, where the eye rests on a small screen.
A bare number or an address is no word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.model.content import Answer

LONG = 6
_WORD = re.compile(r"\b[^\W\d_]\w*(?:['’-]\w+)*")
_END = re.compile(r"(?<=[.!?:;…])[\"')\]]*\s+|\n+")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
_FROM_DATA = re.compile(r"\{\{\s*(?:wage_table|contact_table|contact\([^)]*\))\s*\}\}")


@dataclass(frozen=True, slots=True)
class Ease:
    """How a text reads: its score, how many words, its longest sentence and how many words that has."""

    score: float
    words: int
    longest: str
    longest_words: int


def ease(text: str) -> Ease:
    """The score of a plain text as it stands on the screen."""
    spoken = _ADDRESS.sub("", text)
    told = [(sentence, words) for sentence in sentences(spoken) if (words := _WORD.findall(sentence))]
    if not told:
        return Ease(0.0, 0, "", 0)
    words = [word for _, found in told for word in found]
    share = sum(len(word) > LONG for word in words) / len(words)
    longest, most = max(told, key=lambda one: len(one[1]))
    return Ease(round(len(words) / len(told) + 100 * share, 1), len(words), longest, len(most))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, with the sign each ends with."""
    yield from (sentence.strip() for sentence in _END.split(text) if sentence.strip())


def own_words(answer: Answer) -> Answer:
    """An answer without the tables and telephone lines that come out of the data: what its editor can make easier."""
    return replace(answer, parts=tuple(_FROM_DATA.sub("", part) for part in answer.parts))
