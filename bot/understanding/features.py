"""What a question is made of, as far as finding goes: word stems, neighbours, and the letter pieces of its words.

A slip of the finger still leaves most pieces in place. A term for something named (`@taiwan`) stands for itself; one that
only means the same (`~paspor`, beside "passport") counts by its stem and has no neighbours: nobody said it there.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

NAMED, MEANT, ALWAYS = "@", "~", "!"
LONGEST = 120  # terms: who writes more has said it by then
_PIECES = (3, 4)
_PIECE, PAIR, _NAME = 0.5, 0.7, 2.0
CONSTANT = 20.0  # damped to 4: what length a question has counts less
_WORDS = 30_000  # all that the examples are made of: a stem takes longer to find than all else together
_stem: Callable[[str], str] = lru_cache(maxsize=_WORDS)(snowballstemmer.stemmer("indonesian").stemWord)

Bag = dict[str, float]
Part = tuple[str, float]


def features(terms: Sequence[str]) -> Bag:
    """How much of each feature a question holds: `=stem`, `@name`, `+stem_stem` and letter pieces such as `^pas`."""
    return _bag(terms[:LONGEST], pairs(terms))


def features_once(terms: Sequence[str]) -> Bag:
    """The same of words that count once however often they are said: forty times a name is still a name."""
    return _bag(dict.fromkeys(terms[:LONGEST]), dict.fromkeys(pairs(terms)))


def _bag(terms: Iterable[str], neighbours: Iterable[str]) -> Bag:
    bag: Bag = defaultdict(float)
    for term in terms:
        for name, weight in parts(term):
            bag[name] += weight
    for name in neighbours:
        bag[name] += PAIR
    bag[ALWAYS] = CONSTANT
    return {name: 1 + math.log(count) if count > 1 else count for name, count in bag.items()}


def stems(terms: Sequence[str]) -> frozenset[str]:
    """The word stems and names among terms, without pieces and neighbours."""
    return frozenset(parts(term)[0][0] for term in terms[:LONGEST])


def also_meant(terms: Sequence[str], glossary: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The terms, each followed by what it means elsewhere."""
    for term in terms:
        yield term
        yield from (f"{MEANT}{word}" for word in glossary.get(term, ()))


@lru_cache(maxsize=3_000)
def parts(term: str) -> tuple[Part, ...]:
    """The features of one term, each with its weight."""
    if term[0] == NAMED:
        return ((term, _NAME),)
    if term[0] == MEANT or term.isdecimal():
        return ((f"={_stem(term.removeprefix(MEANT))}", 1.0),)
    edged = f"^{term}$"
    pieces = (edged[at : at + size] for size in _PIECES for at in range(len(edged) - size + 1))
    return ((f"={_stem(term)}", 1.0), *((piece, _PIECE) for piece in pieces))


def pairs(terms: Sequence[str]) -> list[str]:
    """The features of words that stand beside each other, beginning and end included."""
    words = ["^", *(_word(term) for term in terms[:LONGEST] if term[0] != MEANT), "$"]
    return [f"+{one}_{other}" for one, other in pairwise(words)]


def _word(term: str) -> str:
    return term if term[0] == NAMED else _stem(term)
