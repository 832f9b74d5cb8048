"""The edition of an answer: its facts, apart from words and language, under one code.

Two answers have the same code when they say the same: the same edits of meaning, the same figures, telephone numbers and
wages. Better words or another translation make no new edition. What an answer does not depend on is left out: who asked
about Korea has the same edition of a text that names no country as everybody else.
"""

import re
from collections.abc import Iterable, Iterator

from bot.knowledge import codes, market
from bot.model.content import Contact, Topic
from bot.model.editions import Edition
from bot.model.knowledge import Content

_CALL = re.compile(r"""(figure|contact)\(\s*["']([\w-]+)["']\s*\)""")
_BY_COUNTRY = ("wage_table", "contact_table", "country")
_BY_SECTOR = ("wage_table", "sector")
_SPOKEN = ("phone", "whatsapp")


def edition(content: Content, topic: Topic, country: str, sector: str) -> Edition:
    """What a topic says for a country (or several, with commas between) and a sector."""
    text = " ".join(part for answer in topic.answers.values() for part in answer.parts)
    country = place_of(content, topic, country) if _names(text, _BY_COUNTRY) or topic.shows == "wages" else ""
    sector = trade_of(content, topic, sector) if _names(text, _BY_SECTOR) or topic.shows == "wages" else ""
    facts = [topic.id, country, sector, str(len(topic.changes)), *_facts(content, text, country, sector)]
    return Edition(codes.code_of("\n".join(facts)), topic.id, country, sector, len(topic.changes))


def place_of(content: Content, topic: Topic, country: str) -> str:
    """A country's own topic speaks of that country, whoever named whichever; any other of the one named."""
    return _own((one.id for one in content.countries.values() if one.topic == topic.id), country)


def trade_of(content: Content, topic: Topic, sector: str) -> str:
    """A sector's own topic speaks of that sector."""
    return _own((one.id for one in content.sectors.values() if one.topic == topic.id), sector)


def listed_contacts(content: Content, country: str) -> list[Contact]:
    """A country's emergency contacts and those that work from everywhere, of which the first stands among the first three."""
    listed = [one for one in content.contacts.values() if one.emergency]
    there = [one for one in listed if one.country and one.country in market.named(country)]
    everywhere = [one for one in listed if not one.country]
    return [*there[:2], *everywhere[:1], *there[2:], *everywhere[1:]]


def _own(owners: Iterable[str], named: str) -> str:
    own = list(owners)
    return named if named in own or not own else own[0]


def _names(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"\{{[{{%][^}}]*\b{name}\b", text) for name in names)


def _facts(content: Content, text: str, country: str, sector: str) -> Iterator[str]:
    for kind, id in sorted(set(_CALL.findall(text))):
        yield from _figure(content, id) if kind == "figure" else _contact(content.contacts.get(id))
    if _names(text, ["wage_table"]):
        for job in market.rows(content.jobs, country, sector):
            yield f"{job.country} {job.sector} {job.open} {job.wage}"
    if _names(text, ["contact_table"]):
        for contact in listed_contacts(content, country):
            yield from _contact(contact)


def _figure(content: Content, id: str) -> Iterator[str]:
    one = content.figures.get(id)
    if one:
        yield f"{id} {one.value} {one.low} {one.high} {one.unit} {one.per}"


def _contact(one: Contact | None) -> Iterator[str]:
    if one:
        yield f"{one.id} " + " ".join(sorted(way.value for way in one.ways if way.kind in _SPOKEN))
