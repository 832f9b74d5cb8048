"""What rests on a source nobody has read at first hand: the editors' list of things to make sure of.

Put together by file and source, since whoever reads the source settles all that rests on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.knowledge.places import Places, place_of
from bot.model.content import Source, Status
from bot.model.knowledge import Content

Resting = tuple[str, str, Source]
"""A file, what in it, and the source that rests on."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A source in a file that is not verified, and what rests on it there; without a url, what is unsure in itself."""

    file: str
    status: Status
    title: str
    url: str
    ids: tuple[str, ...]


def doubts(content: Content, places: Places) -> list[Doubt]:
    """Everything second-hand or unverified, by file and source."""
    found: dict[tuple[str, Source], list[str]] = {}
    rooms = (_topics, _figures, _contacts, _wages, _market, _forms, _holidays)
    for file, id, source in chain.from_iterable(room(content, places) for room in rooms):
        if source.status != "verified":
            found.setdefault((file, source), []).append(id)
    listed = [
        Doubt(file, source.status, source.title, source.url, tuple(dict.fromkeys(ids)))
        for (file, source), ids in found.items()
    ]
    return sorted(listed, key=lambda one: (one.file, one.status, one.title))


def _topics(content: Content, _: Places) -> Iterator[Resting]:
    for topic in content.topics.values():
        yield from ((f"topics/{topic.id}/topic.yaml", topic.id, source) for source in topic.sources)


def _figures(content: Content, places: Places) -> Iterator[Resting]:
    for one in content.figures.values():
        yield place_of(places, "figure", one.id, "data/figures").file, one.id, one.source


def _contacts(content: Content, places: Places) -> Iterator[Resting]:
    for one in content.contacts.values():
        file = place_of(places, "contact", one.id, "data/contacts").file
        yield from ((file, f"{one.id} {way.kind} {way.value}", way.source) for way in one.ways)


def _wages(content: Content, _: Places) -> Iterator[Resting]:
    """A row may rest on a good source and still have fields its source does not say."""
    for job in content.jobs:
        id = f"{job.country} {job.sector}"
        yield "data/wages.yaml", id, job.source
        if job.unsure:
            yield "data/wages.yaml", id, Source(f"unsure: {', '.join(job.unsure)}", "", "", "unverified")


def _market(content: Content, _: Places) -> Iterator[Resting]:
    yield from (("data/rates.yaml", one.currency, one.source) for one in content.rates.values())
    yield from (("data/agencies.csv", one.name, one.source) for one in content.agencies)
    yield from (("data/vacancies.csv", one.id, one.source) for one in content.vacancies)


def _forms(content: Content, _: Places) -> Iterator[Resting]:
    for form in content.forms.values():
        yield from ((f"forms/{form.id}.yaml", sign.id, sign.source) for sign in form.signs)


def _holidays(content: Content, _: Places) -> Iterator[Resting]:
    yield from (("calendars/holidays.yaml", str(day.date), day.source) for day in content.holidays)
