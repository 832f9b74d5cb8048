"""What is different between two releases, in the words of the files: topics, facts and where they stand, forms, danger rules.

Two things matter more than all others. An answer whose edition has another code CHANGES ITS MEANING: whoever had the old
one is told. And a text may say something else although nobody marked it so (a number or a "not" has come or gone): then
nobody is told, and the editor is asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from bot.knowledge.editions import edition
from bot.knowledge.fields import Step, called, steps
from bot.knowledge.rewording import Rewording, rewordings
from bot.knowledge.standing import stands_in
from bot.model.content import Topic
from bot.model.editions import Edition
from bot.model.knowledge import Content
from bot.model.work import Job

Weights = Mapping[str, Sequence[str]]
_FACTS = {"figures": "figures", "contacts": "contacts", "wages": "jobs", "rates": "rates"}
"""The kinds of facts as the files call them, and as `Content` does."""
_RULES = {
    "forms": "forms",
    "checklists": "checklists",
    "danger": "dangers",
    "rules": "rules",
    "holidays": "holidays",
    "agencies": "agencies",
    "vacancies": "vacancies",
    "overlays": "overlays",
}
_TOLD_APART = ("version", "date", "digest", "topics", *_FACTS.values(), *_RULES.values())


@dataclass(frozen=True, slots=True)
class Had:
    """How many people had an answer that now says something else, for a country and a sector."""

    country: str
    sector: str
    people: int


@dataclass(frozen=True, slots=True)
class TopicChange:
    """A topic that is new, gone or changed.

    `editions` are those with another meaning now, by country and sector; `marked` the edits of meaning written into
    topic.yaml since; `suspicions` what looks like such an edit and is not marked.
    """

    id: str
    title: str
    kind: str
    meaning: bool = False
    editions: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    suspicions: tuple[str, ...] = ()
    fields: tuple[Step, ...] = ()
    texts: tuple[Rewording, ...] = ()
    had: tuple[Had, ...] = ()


@dataclass(frozen=True, slots=True)
class FactChange:
    """An entry of the data that is new, gone or changed, and the topics it stands in."""

    room: str
    id: str
    kind: str
    steps: tuple[Step, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """One of the two releases."""

    version: str
    date: date
    digest: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All that is different. `others` names what else has changed, without saying how."""

    old: End
    new: End
    topics: tuple[TopicChange, ...]
    facts: tuple[FactChange, ...]
    rules: tuple[FactChange, ...]
    others: tuple[str, ...]


def difference(old: Content, new: Content, weights: Weights, had: Iterable[tuple[Edition, int]] = ()) -> Difference:
    """Hold two releases against each other; `had` is how many people were given each edition."""
    told = list(had)
    return Difference(
        old=End(old.version, old.date, old.digest),
        new=End(new.version, new.date, new.digest),
        topics=tuple(_topics(old, new, weights, told)),
        facts=tuple(change for room in _FACTS for change in _room(old, new, room, _FACTS[room])),
        rules=tuple(change for room in _RULES for change in _room(old, new, room, _RULES[room])),
        others=tuple(
            one.name
            for one in fields(Content)
            if one.name not in _TOLD_APART and getattr(old, one.name) != getattr(new, one.name)
        ),
    )


def _topics(old: Content, new: Content, weights: Weights, had: Sequence[tuple[Edition, int]]) -> Iterator[TopicChange]:
    for id in sorted({*old.topics, *new.topics}):
        before, after = old.topics.get(id), new.topics.get(id)
        lost = tuple(_had(old, new, id, had))
        if before is None or after is None:
            known = after or before
            title = known.answers["id"].title if known and "id" in known.answers else id
            yield TopicChange(id, title, "new" if after else "gone", meaning=after is None, had=lost)
            continue
        turned = tuple(_turned(old, new, before, after))
        if turned or before != after:
            yield _changed(before, after, weights, turned, lost)


def _changed(old: Topic, new: Topic, weights: Weights, turned: tuple[str, ...], had: tuple[Had, ...]) -> TopicChange:
    marked = tuple(one.what.get("id", "") for one in new.changes[len(old.changes) :])
    texts = tuple(rewordings(old.answers, new.answers, weights))
    title = new.answers["id"].title if "id" in new.answers else new.id
    suspicions = () if marked else tuple(_suspicions(texts))
    own = tuple(steps(old, new, without=("id", "version", "answers", "changes")))
    return TopicChange(new.id, title, "changed", bool(turned), turned, marked, suspicions, own, texts, had)


def _suspicions(texts: Iterable[Rewording]) -> Iterator[str]:
    for text in texts:
        if text.states_changed:
            yield f"{text.language}: `states` changed"
        if text.weighty:
            yield f"{text.language}: {', '.join(text.weighty)}"


def _turned(old: Content, new: Content, before: Topic, after: Topic) -> Iterator[str]:
    """The countries and sectors for which the old answer is not what is said now."""
    for told in _editions(old, before):
        if edition(new, after, told.country, told.sector).code != told.code:
            yield " ".join(filter(None, (told.country, told.sector))) or "all"


def _editions(content: Content, topic: Topic) -> list[Edition]:
    """Every edition a topic has."""
    named = edition(content, topic, _any(content.countries), _any(content.sectors))
    countries = ["", *content.countries] if named.country else [""]
    sectors = ["", *content.sectors] if named.sector else [""]
    return list(dict.fromkeys(edition(content, topic, one, other) for one in countries for other in sectors))


def _any(known: Mapping[str, Any]) -> str:
    return next(iter(known), "")


def _had(old: Content, new: Content, id: str, had: Sequence[tuple[Edition, int]]) -> Iterator[Had]:
    """Those whose answer was the old release's and is not the new one's."""
    for told, people in had:
        if told.topic == id and _code(old, told) == told.code != _code(new, told):
            yield Had(told.country, told.sector, people)


def _code(content: Content, told: Edition) -> str:
    topic = content.topics.get(told.topic)
    return edition(content, topic, told.country, told.sector).code if topic else ""


def _room(old: Content, new: Content, room: str, entries: str) -> Iterator[FactChange]:
    """The entries of one kind: those of the lists by their id, a row of the wages by country and sector."""
    before, after = _by_name(getattr(old, entries)), _by_name(getattr(new, entries))
    for name in dict.fromkeys((*before, *after)):
        gone, came = before.get(name), after.get(name)
        if gone == came:
            continue
        kind = "new" if gone is None else "gone" if came is None else "changed"
        topics = {*stands_in(old, gone), *stands_in(new, came)}
        yield FactChange(room, name, kind, tuple(steps(gone, came)), tuple(sorted(topics)))


def _by_name(entries: Any) -> dict[str, Any]:
    if isinstance(entries, Mapping):
        return dict(entries)
    if not isinstance(entries, Sequence):
        return {"": entries}
    found: dict[str, Any] = {}
    for one in entries:
        name = _name(one)
        again = sum(known == name or known.startswith(f"{name} #") for known in found)
        found[f"{name} #{again + 1}" if again else name] = one
    return found


def _name(entry: Any) -> str:
    if isinstance(entry, Job):
        return f"{entry.country} {entry.sector}"
    for name in ("unit", "name", "date"):
        if not hasattr(entry, "id") and isinstance(getattr(entry, name, None), str | date):
            return str(getattr(entry, name))
    return called(entry)
