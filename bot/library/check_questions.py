"""Content cannot ship untested: the real matcher is asked every question of every topic.

A topic's own questions must lead to it, at once or among the three offered; the questions listed as `must_not` must not be
answered with it; and each language names facts its answer may never lose. All of it offline and in seconds.
"""

from collections.abc import Iterator

from bot.library.faults import Fault
from bot.model.content import Answer, Topic
from bot.understanding.release import Release

MUST = ("id", "en")
FEWEST = 8


def questions(release: Release) -> Iterator[Fault]:
    """Everything the matcher gets wrong of what editors promised."""
    for topic in release.content.topics.values():
        for language, answer in topic.answers.items():
            file = f"topics/{topic.id}/{language}.md"
            yield from _tested(file, answer)
            yield from _leads_here(release, topic, answer, file)
            yield from _stays_away(release, topic, answer, file)


def _tested(file: str, answer: Answer) -> Iterator[Fault]:
    if len(answer.questions) < FEWEST:
        yield Fault(
            file,
            1,
            f"only {len(answer.questions)} questions",
            f"Write at least {FEWEST}, as people ask",
            near="questions:",
        )
    if not answer.must_not:
        yield Fault(file, 1, "no must_not", "Name questions that sound alike and belong to another topic", near="---")
    if not answer.states:
        yield Fault(file, 1, "no states", "Name words of the answer that an edit may not lose", near="---")


def _leads_here(release: Release, topic: Topic, answer: Answer, file: str) -> Iterator[Fault]:
    for question in answer.questions:
        found = release.find(release.asks(question))
        offered = [one.topic for one in found.candidates]
        if found.topic != topic.id and (found.topic or topic.id not in offered):
            there = found.topic or ", ".join(offered) or "nothing"
            mend = "Say it as only this topic would be asked for, or move it there"
            yield Fault(file, 1, f"the question {question!r} leads to {there}", mend, near=f"questions: ... {question}")


def _stays_away(release: Release, topic: Topic, answer: Answer, file: str) -> Iterator[Fault]:
    for question in answer.must_not:
        if release.find(release.asks(question)).topic == topic.id:
            mend = "Write a question like it into the topic it belongs to"
            yield Fault(
                file, 1, f"must_not, but answered with this topic: {question!r}", mend, near=f"must_not: ... {question}"
            )
