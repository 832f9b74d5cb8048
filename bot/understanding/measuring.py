"""How well questions are understood: rates, in all and by group, what is taken for what, and whether chances keep their word."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding.search import Scored

BINS = 10
IN, OUT, URGENT = "in-scope", "out-of-scope", "urgent"


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question. `gold` are the topics that answer it; none when it must be refused."""

    text: str
    kind: str
    gold: tuple[str, ...] = ()
    language: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: the topic answered with ("" is none), what was offered, whether it was heard as danger."""

    asked: Asked
    topic: str
    candidates: tuple[Scored, ...]
    urgent: bool = False

    @property
    def right(self) -> bool:
        """Answered at once with a topic that answers it."""
        return self.topic in self.asked.gold

    @property
    def offered(self) -> bool:
        """Right at once, or among what was offered instead."""
        return self.right or (not self.topic and any(one.topic in self.asked.gold for one in self.candidates))

    @property
    def wrong(self) -> bool:
        """Answered with another topic as if it were the right one."""
        return bool(self.topic) and not self.right


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Everything there is to say of these outcomes, as JSON holds it."""
    return {
        **rates(outcomes),
        "by language": _by(outcomes, lambda asked: asked.language),
        "by kind": _by(outcomes, lambda asked: asked.kind),
        "by style": _by(outcomes, lambda asked: asked.style),
        "calibration": calibration(outcomes),
        "confusions": confusions(outcomes),
    }


def rates(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The shares the house aims at; None where nothing of the kind was asked."""
    ours, others, urgent = ([one for one in outcomes if one.asked.kind == kind] for kind in (IN, OUT, URGENT))
    return {
        "questions": len(outcomes),
        "right at once": _share(one.right for one in ours),
        "right or offered": _share(one.offered for one in ours),
        "wrong as if right": _share(one.wrong for one in ours),
        "out of scope answered": _share(bool(one.topic) for one in others),
        "danger caught": _share(one.urgent for one in urgent),
        "false alarms in scope": _share(one.urgent for one in ours),
        "false alarms out of scope": _share(one.urgent for one in others),
    }


def confusions(outcomes: Iterable[Outcome]) -> list[list[Any]]:
    """What was asked for, what came instead, how often; most often first."""
    found = Counter(
        (one.asked.gold[0], one.topic or ("offered" if one.candidates else "refused"))
        for one in outcomes
        if one.asked.kind == IN and not one.right
    )
    return [[gold, said, times] for (gold, said), times in found.most_common()]


def calibration(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Whether of ten questions with a chance of 0.8 eight are right: by tenths of the best candidate's chance.

    A bin is [from, to, questions, mean chance, share right]. `error` is the expected calibration error: the mean distance
    of the last two, weighted by questions (Naeini et al. 2015).
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for one in outcomes:
        if one.candidates and one.asked.kind in (IN, OUT):
            best = one.candidates[0]
            bins[min(BINS - 1, int(best.score * BINS))].append((best.score, best.topic in one.asked.gold))
    rows = [_bin(number, held) for number, held in enumerate(bins) if held]
    asked = sum(row[2] for row in rows)
    error = sum(row[2] * abs(row[3] - row[4]) for row in rows) / max(1, asked)
    return {"error": round(error, 4), "bins": rows}


def _bin(number: int, held: Sequence[tuple[float, bool]]) -> list[Any]:
    chance = sum(score for score, _ in held) / len(held)
    right = sum(right for _, right in held) / len(held)
    return [number / BINS, (number + 1) / BINS, len(held), round(chance, 4), round(right, 4)]


def _by(outcomes: Sequence[Outcome], group: Callable[[Asked], str]) -> dict[str, dict[str, Any]]:
    """The rates of each group that has a name, without what was not asked there."""
    names = sorted({name for one in outcomes if (name := group(one.asked))})
    found = {name: rates([one for one in outcomes if group(one.asked) == name]) for name in names}
    return {name: {key: value for key, value in rate.items() if value is not None} for name, rate in found.items()}


def _share(held: Iterable[bool]) -> float | None:
    told = list(held)
    return round(sum(told) / len(told), 4) if told else None
