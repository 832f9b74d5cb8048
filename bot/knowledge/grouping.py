"""Questions that ask the same, put together for the editors.

Each question is what it speaks of (its gist: stems and names), and two ask the same when they share at least half of it
by weight; what is in every question weighs little. The most frequent wording leads its group, and others are held against
the leader only, so that no chain of small steps ends somewhere else. The same questions give the same groups.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.feedback import HIDDEN, NUMBER, Asked

Gist = frozenset[str]
ALIKE, RARE, ENOUGH, EXAMPLES, OFFERED = 0.5, 3, 3, 3, 3


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same. `languages` and `offered` are most frequent first, `meant` says how often each was."""

    times: int
    first: datetime
    last: datetime
    languages: tuple[str, ...]
    examples: tuple[str, ...]
    offered: tuple[str, ...]
    meant: tuple[tuple[str, int], ...]


def group(asked: Iterable[Asked], gist: Callable[[str], Gist]) -> list[Group]:
    """The groups, most asked first."""
    led = _led([(one, gist(one.text)) for one in sorted(asked, key=_leads_first)])
    return sorted(map(_group, led), key=lambda one: (-one.times, -one.last.timestamp(), one.examples))


def shown(groups: Iterable[Group]) -> tuple[list[Group], int]:
    """The groups an editor may read, and how many questions the others hold.

    What was asked three times is shown; what was asked less often only if it has a wording of which nothing had to be
    hidden. So a rare sentence built around a name stays unread, though the name itself was never kept.
    """
    found, rest = [], 0
    for one in groups:
        if _readable(one):
            found.append(one)
        else:
            rest += one.times
    return found, rest


def _readable(one: Group) -> bool:
    said = [text for text in one.examples if text.strip(f"{HIDDEN}{NUMBER} ")]
    return bool(said) and (one.times >= ENOUGH or any(HIDDEN not in text for text in said))


def _leads_first(one: Asked) -> tuple[int, int, str, str, tuple[str, ...], str]:
    return -one.times, len(one.text), one.text, one.language, one.offered, one.meant


def _led(questions: Sequence[tuple[Asked, Gist]]) -> list[list[Asked]]:
    """Each question put to the leader most like it, else made one. Those that speak of nothing we know stay together."""
    scale = _Scale.of([gist for _, gist in questions])
    groups: list[list[Asked]] = []
    leaders: list[Gist] = []
    placed: dict[Gist, int] = {}
    led_with: dict[str, list[int]] = defaultdict(list)
    for one, gist in questions:
        if gist not in placed:
            telling = scale.telling(gist)
            near = {at for word in telling for at in led_with[word]}
            placed[gist] = scale.nearest(gist, [(at, leaders[at]) for at in near])
        if placed[gist] < 0:
            placed[gist] = len(groups)
            groups.append([])
            leaders.append(gist)
            for word in telling:
                led_with[word].append(placed[gist])
        groups[placed[gist]].append(one)
    return groups


@dataclass(frozen=True, slots=True)
class _Scale:
    """How heavy each word is, and each question as a whole: the rarer the heavier, and what is rare at all equally so."""

    words: Mapping[str, float]
    wholes: Mapping[Gist, float]

    @classmethod
    def of(cls, gists: Sequence[Gist]) -> "_Scale":
        seen = Counter(word for gist in gists for word in gist)
        words = {word: math.log(1 + len(gists) / max(many, RARE)) for word, many in seen.items()}
        return cls(words, {gist: sum(words[word] for word in gist) for gist in gists})

    def telling(self, gist: Gist) -> list[str]:
        """The heaviest words of a question, so many that two which share none of these cannot be alike enough."""
        left = self.wholes[gist]
        enough, found = ALIKE * left, []
        for word in sorted(gist, key=lambda word: (-self.words[word], word)):
            if left < enough:
                break
            found.append(word)
            left -= self.words[word]
        return found

    def nearest(self, gist: Gist, leaders: Iterable[tuple[int, Gist]]) -> int:
        """The leader most like it, the earliest of several; -1 when none is alike enough."""
        found = max(((self._alike(gist, leader), -at) for at, leader in leaders), default=(0.0, 0))
        return -found[1] if found[0] >= ALIKE else -1

    def _alike(self, one: Gist, other: Gist) -> float:
        """How much of what either says both say (Jaccard, by weight)."""
        both = sum(self.words[word] for word in one & other)
        return both / (self.wholes[one] + self.wholes[other] - both)


def _group(questions: Sequence[Asked]) -> Group:
    wordings = sorted({one.text for one in questions}, key=lambda text: (HIDDEN in text, len(text), text))
    return Group(
        times=sum(one.times for one in questions),
        first=min(one.first for one in questions),
        last=max(one.last for one in questions),
        languages=_most((one.language, one.times) for one in questions),
        examples=tuple(wordings[:EXAMPLES]),
        offered=_most((topic, one.times) for one in questions for topic in one.offered)[:OFFERED],
        meant=_counted((one.meant, one.times) for one in questions if one.meant),
    )


def _most(pairs: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(what for what, _ in _counted(pairs))


def _counted(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """How often each, most often first."""
    many: Counter[str] = Counter()
    for what, times in pairs:
        many[what] += times
    return tuple(sorted(many.items(), key=lambda pair: (-pair[1], pair[0])))
