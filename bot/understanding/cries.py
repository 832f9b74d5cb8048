"""How danger sounds, learnt from what people in danger say, from what only sounds alike, and from what is asked in peace.

A message is weighed as a whole and stretch by stretch, so that one cry in a long story is heard. What an editor gave as an
example is known word for word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.features import features_once
from bot.understanding.learning import Learnt, Lesson, chances, learn
from bot.understanding.search import Example

RING = (
    0.55  # set on tests/questions/development.jsonl and danger.jsonl: a cry that is missed is worse than a false alarm
)
ENOUGH = 300  # examples: from fewer one would only guess
CALM = 0


@dataclass(frozen=True, slots=True, eq=False)
class Cries:
    """The dangers' ids, "" for none first; what was learnt of them; the messages known word for word."""

    dangers: tuple[str, ...]
    learnt: Learnt
    known: Mapping[tuple[str, ...], str]

    def told(self, terms: tuple[str, ...]) -> str | None:
        """The danger an editor says these words tell of, "" if they say none; None when no editor wrote them."""
        return self.known.get(terms)

    def heard(self, stretches: Iterable[Sequence[str]]) -> str:
        """The likeliest danger where some stretch (its terms) sounds of danger, else ""."""
        found = [chances(self.learnt.logits(features_once(terms))) for terms in stretches if terms]
        worst = min(found, key=lambda one: one[CALM], default=None)
        if worst is None or 1 - worst[CALM] < RING:
            return ""
        return self.dangers[int(worst[CALM + 1 :].argmax()) + 1]


def learn_cries(examples: Iterable[Example]) -> Cries | None:
    """What examples of danger (`topic` is its id, "" for none) teach; None when they are too few."""
    listed = sorted(one for one in set(examples) if one.terms)
    dangers = ("", *sorted({one.topic for one in listed} - {""}))
    if len(listed) < ENOUGH:
        return None
    lessons = [Lesson(one.terms, dangers.index(one.topic)) for one in listed]
    known = {one.terms: one.topic for one in listed if one.kind != "keyword"}
    return Cries(dangers, learn(lessons, len(dangers)), known)
