"""The words a release itself uses, and what is left of somebody's question when only these are kept.

A name typed in small letters looks like any other word, so no list of names would ever be long enough. The other way
round it is safe: what editors read of a question is made of words that editors wrote.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.model.content import Named, Topic
from bot.model.feedback import HIDDEN, NUMBER
from bot.model.knowledge import Content
from bot.understanding.normalise import plain, unstretched

MOST_KEPT = 200
_SEVERAL = 3
_WORD = re.compile(r"\S*@\S+|[^\W\d_]+(?:['’\d]+[^\W\d_]+)*\d*|\d+")
_SAID = re.compile(r"[a-z]+(?:\d+[a-z]+)*")
_FILLED_IN = re.compile(r"\{[{%].*?[%}]\}|https?://\S+", re.DOTALL)
_ENDS_A_SENTENCE = re.compile(r"[.!?:\n][\s\"'(]*$")
_OWN = re.compile(r"(\w{4,})(?:nya|ku|mu)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words we know, in small letters; `names` are those of countries and of kinds of work."""

    words: frozenset[str]
    names: frozenset[str]

    def without_names(self, text: str) -> str:
        """What may be kept of a question: our words in small letters, … for all others, # for a number.

        A word with a capital inside a sentence is taken for a name even if we know it (Putri, Mawar), unless everything
        is written so.
        """
        found = list(_WORD.finditer(text))
        capitals_tell = any(one.group().islower() for one in found)
        kept: list[str] = []
        for one in found:
            word = self._kept(one.group(), named=capitals_tell and _named(one, text))
            if not (kept and word == kept[-1] and word in (HIDDEN, NUMBER)):
                kept.append(word)
        return _cut(" ".join(kept))

    def _kept(self, word: str, *, named: bool) -> str:
        if word.isdecimal():
            return NUMBER
        small = plain(word)
        known = small in self.names if named else self._knows(small)
        return small if known else HIDDEN

    def _knows(self, word: str) -> bool:
        """As it stands, with letters held down, twice ("surat2"), or with "of mine, yours, its" behind it."""
        once = unstretched(word.removesuffix("2"))
        own = _OWN.fullmatch(once)
        return word in self.words or once in self.words or (own is not None and own[1] in self.words)


def read_vocabulary(content: Content) -> Vocabulary:
    """Every word of the answers and the editors' lists, and those common in questions."""
    names = frozenset(_words(_names((*content.countries.values(), *content.sectors.values()))))
    own = (_words(_answers(content)), _common(content), _words(_lists(content)))
    return Vocabulary(names.union(*own), names)


def _named(word: re.Match[str], text: str) -> bool:
    """Whether it is written as a name: with a capital first, and not because a sentence begins."""
    spelt = word.group()
    inside = word.start() > 0 and not _ENDS_A_SENTENCE.search(text[: word.start()][-8:])
    return inside and spelt[:1].isupper() and not spelt.isupper()


def _cut(text: str) -> str:
    """At most so much as editors need, at the end of a word."""
    return text if len(text) <= MOST_KEPT else text[: MOST_KEPT + 1].rpartition(" ")[0]


def _words(texts: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(map(_SAID.findall, map(plain, texts)))


def _names(named: Iterable[Named]) -> Iterator[str]:
    for one in named:
        yield from (*one.aliases, *one.name.values())


def _answers(content: Content) -> Iterator[str]:
    for topic in content.topics.values():
        for one in topic.answers.values():
            yield from (one.title, one.short, *one.keywords)
            yield from (_FILLED_IN.sub(" ", part) for part in one.parts)


def _common(content: Content) -> Iterator[str]:
    """Words in what people ask of several topics: one that stands in a single story may be a name."""
    told = Counter(chain.from_iterable(set(_words(_questions(topic))) for topic in content.topics.values()))
    return (word for word, topics in told.items() if topics >= _SEVERAL)


def _questions(topic: Topic) -> Iterator[str]:
    for one in topic.answers.values():
        yield from (*one.questions, *one.must_not)
    for questions in topic.questions.values():
        yield from questions


def _lists(content: Content) -> Iterator[str]:
    small = content.small_words
    yield from (*small.words, *small.around, *small.follow, *small.fillers, *small.openings, *small.asking)
    for short, spelt in content.words.items():
        yield f"{short} {spelt}"
    for language in content.languages:
        yield from language.words
    for command in content.commands:
        for words in command.words.values():
            yield from words
    for danger in content.dangers:
        yield from danger.phrases
