"""Releases in which something was changed, as an editor would."""

from dataclasses import replace

from bot.model.work import Wage
from bot.understanding.release import Release


def with_topic(release: Release, id: str, **changes: object) -> Release:
    """One topic says something else of itself."""
    topic = replace(release.content.topics[id], **changes)  # type: ignore[arg-type]
    return _with(release, topics={**release.content.topics, id: topic})


def without_topic(release: Release, id: str) -> Release:
    """A topic is gone."""
    return _with(release, topics={name: one for name, one in release.content.topics.items() if name != id})


def with_figure(release: Release, id: str, value: float) -> Release:
    """One figure has another value."""
    figure = replace(release.content.figures[id], value=value, low=None, high=None)
    return _with(release, figures={**release.content.figures, id: figure})


def with_wage(release: Release, country: str, sector: str, amount: float) -> Release:
    """The first row of a country and sector pays something else."""
    jobs = list(release.content.jobs)
    at = next(n for n, job in enumerate(jobs) if (job.country, job.sector) == (country, sector))
    wage = jobs[at].wage or Wage(0, "TWD", "month", "offered")
    jobs[at] = replace(jobs[at], wage=replace(wage, amount=amount))
    return _with(release, jobs=tuple(jobs))


def _with(release: Release, **changes: object) -> Release:
    content = replace(release.content, digest="changed", **changes)  # type: ignore[arg-type]
    return replace(release, content=content)
