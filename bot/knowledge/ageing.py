"""What grows old: everything that is due for another look, with the day, the place and what to do about it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from bot.knowledge.overlays import outgrown
from bot.knowledge.places import Place, Places, place_of
from bot.model.content import Figure, Topic
from bot.model.knowledge import Content
from bot.model.work import Job

NUMBER_HOLDS, LIST_HOLDS = timedelta(days=365), timedelta(days=183)
_HOLIDAYS_KNOWN = 11
_REVIEW = "Hold it against its source again, then set {}"
_EXPIRY = "It is not stated after that day: find what holds then, and set valid_until anew or take it out"


@dataclass(frozen=True, slots=True)
class Due:
    """One thing due on a day: where it stands, what it is, and what an editor does then."""

    on: date
    place: Place
    id: str
    what: str
    mend: str


def due(content: Content, places: Places, today: date, days: int) -> list[Due]:
    """What is past its day or comes to it within so many days, the soonest first."""
    kinds: tuple[Callable[[Content, Places, date], Iterator[Due]], ...] = (
        _topics,
        _figures,
        _contacts,
        _wages,
        _rates,
        _overlays,
        _vacancies,
        _agencies,
        _holidays,
    )
    last = today + timedelta(days=days)
    found = chain.from_iterable(kind(content, places, today) for kind in kinds)
    return sorted((one for one in found if one.on <= last), key=_soonest)


def _soonest(one: Due) -> tuple[date, str, str, Place, str]:
    return one.on, one.place.file, one.what, one.place, one.id


def began(text: str) -> date | None:
    """The first day a date may mean, for "2025" and "2025-10" too; None when it says nothing."""
    parts = text.split("-")
    try:
        return date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return None


def _topics(content: Content, _: Places, __: date) -> Iterator[Due]:
    for topic in content.topics.values():
        yield from _looks(topic, Place(f"topics/{topic.id}/topic.yaml"), topic.id, "checked and review_by")


def _figures(content: Content, places: Places, _: date) -> Iterator[Due]:
    for figure in content.figures.values():
        place = place_of(places, "figure", figure.id, "data/figures")
        yield from _looks(figure, place, figure.id, "as_of and review_by")


def _wages(content: Content, places: Places, _: date) -> Iterator[Due]:
    for at, job in enumerate(content.jobs):
        place = place_of(places, "wage", str(at), "data/wages.yaml")
        yield from _looks(job, place, f"{job.country} {job.sector}", "as_of and review_by")


def _looks(fact: Topic | Figure | Job, place: Place, id: str, fields: str) -> Iterator[Due]:
    yield Due(fact.review_by, place, id, "review_by", _REVIEW.format(fields))
    if fact.valid_until:
        yield Due(fact.valid_until, place, id, "valid_until", _EXPIRY)


def _contacts(content: Content, places: Places, today: date) -> Iterator[Due]:
    """A number nobody has looked at for a year may be somebody else's by now."""
    mend = "Look whether it still holds (the public page, or call it), then set as_of"
    for contact in content.contacts.values():
        place = place_of(places, "contact", contact.id, "data/contacts")
        for way in contact.ways:
            seen = began(way.as_of)
            what = f"{way.kind} as of {way.as_of}" if seen else f"{way.kind} without a date"
            yield Due(seen + NUMBER_HOLDS if seen else today, place, f"{contact.id} {way.value}", what, mend)


def _rates(content: Content, places: Places, _: date) -> Iterator[Due]:
    for rate in content.rates.values():
        place = place_of(places, "rate", rate.currency, "data/rates.yaml")
        mend = "Take the newest rate, then set as_of and review_by"
        yield Due(rate.review_by, place, rate.currency, "review_by", mend)


def _overlays(content: Content, places: Places, today: date) -> Iterator[Due]:
    for one in content.overlays:
        place = place_of(places, "overlay", one.unit, "overlays")
        yield Due(one.review_by, place, one.unit, "review_by", "Ask the village whether it still holds, then set as_of")
    for overlay, note in outgrown(content):
        place = place_of(places, "overlay", overlay.unit, "overlays")
        now = content.topics[note.topic].version
        mend = f"Read the note beside the new answer (desmigratif preview {note.topic}), then write national: {now}"
        yield Due(today, place, f"{overlay.unit} {note.topic}", "the national answer has changed", mend)


def _vacancies(content: Content, _: Places, __: date) -> Iterator[Due]:
    for one in content.vacancies:
        yield Due(
            one.expires, Place("data/vacancies.csv"), one.id, "expires", "Import the next list, or take the row out"
        )


def _agencies(content: Content, _: Places, __: date) -> Iterator[Due]:
    """The list as a whole is as old as its newest row of a licensed company; a licence once lost stays news."""
    days = [seen for one in content.agencies if one.status == "licensed" and (seen := began(one.as_of))]
    if days:
        newest, mend = max(days), "Take the newest public list of licensed companies"
        yield Due(newest + LIST_HOLDS, Place("data/agencies.csv"), "the list", f"as of {newest}", mend)


def _holidays(content: Content, _: Places, today: date) -> Iterator[Due]:
    """From November on next year's should be there; less than half of what the fullest year has are not all of them."""
    days = Counter(day.date.year for day in content.holidays)
    most = max(days.values(), default=1)
    mend = "Add the days of the ministers' joint decree: deadlines count working days by this file"
    for year in (today.year, today.year + 1):
        if 2 * days[year] < most:
            place, what = Place("calendars/holidays.yaml"), f"{days[year]} days; a whole year has about {most}"
            yield Due(date(year - 1, _HOLIDAYS_KNOWN, 1), place, str(year), what, mend)
