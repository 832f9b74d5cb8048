"""How much of what we know is there in each language, and what is missing most."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, ClassVar

from bot.knowledge.ease import Ease
from bot.model.knowledge import Content

WORST = 10


@dataclass(frozen=True, slots=True)
class Needed:
    """The languages we mean to answer in, and the topics each must have first."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    done: int
    of: int

    @property
    def percent(self) -> float:
        """In percent, one digit after the point, never rounded up to a hundred that is not there."""
        return int(1000 * self.done / self.of) / 10 if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Hard:
    """An answer among those hardest to read in its language."""

    topic: str
    ease: Ease


@dataclass(frozen=True, slots=True)
class Coverage:
    """One language: what is answered, how it can be asked for, what is missing of the most needed, how it reads."""

    language: str
    answered: Share
    areas: Mapping[str, Share]
    fewest_questions: int
    median_questions: float
    needed: Share
    missing: tuple[str, ...]
    phrases: Share
    median_ease: float
    hardest: tuple[Hard, ...]


def languages(content: Content, needed: Needed, translated: Mapping[str, Share]) -> list[str]:
    """Every language there is anything in, or should be, Indonesian first."""
    answered = {language for topic in content.topics.values() for language in topic.answers}
    rest = sorted({*answered, *needed.languages, *translated} - {"id"})
    return ["id", *rest]


def coverage(content: Content, needed: Needed, language: str, phrases: Share, read: Mapping[str, Ease]) -> Coverage:
    """How far one language has come; `phrases` are our own sentences, `read` how each of its answers reads."""
    answers = {id: topic.answers[language] for id, topic in content.topics.items() if language in topic.answers}
    questions = [len(answer.questions) for answer in answers.values()]
    missing = tuple(topic for topic in needed.topics if topic not in answers)
    return Coverage(
        language=language,
        answered=Share(len(answers), len(content.topics)),
        areas=_areas(content, set(answers)),
        fewest_questions=min(questions, default=0),
        median_questions=median(questions) if questions else 0,
        needed=Share(len(needed.topics) - len(missing), len(needed.topics)),
        missing=missing,
        phrases=phrases,
        median_ease=round(median(one.score for one in read.values()), 1) if read else 0.0,
        hardest=_hardest(read),
    )


def _areas(content: Content, answered: set[str]) -> dict[str, Share]:
    areas: dict[str, list[bool]] = {}
    for topic in content.topics:
        areas.setdefault(topic.partition("/")[0], []).append(topic in answered)
    return {area: Share(sum(found), len(found)) for area, found in sorted(areas.items())}


def _hardest(read: Mapping[str, Ease]) -> tuple[Hard, ...]:
    worst_first = sorted(read.items(), key=lambda one: (-one[1].score, one[0]))
    return tuple(Hard(topic, ease) for topic, ease in worst_first[:WORST])
