"""In which topics a fact of the data stands."""

import re
from collections.abc import Iterator
from typing import Any

from bot.knowledge import editions
from bot.model.content import Contact, Figure, Topic
from bot.model.knowledge import Content
from bot.model.work import Job


def stands_in(content: Content, fact: Any) -> Iterator[str]:
    """The topics whose answer brings in a figure, a contact or a row of the wages, by name or in a table."""
    for topic in content.topics.values():
        text = " ".join(part for answer in topic.answers.values() for part in answer.parts)
        if _brings(content, topic, text, fact):
            yield topic.id


def _brings(content: Content, topic: Topic, text: str, fact: Any) -> bool:
    match fact:
        case Figure():
            return _called("figure", fact.id, text)
        case Contact():
            return _called("contact", fact.id, text) or (fact.emergency and "contact_table" in text)
        case Job():
            return ("wage_table" in text or bool(topic.shows)) and _fits(content, topic, fact)
        case _:
            return False


def _called(kind: str, id: str, text: str) -> bool:
    return re.search(rf"""{kind}\(\s*["']{re.escape(id)}["']\s*\)""", text) is not None


def _fits(content: Content, topic: Topic, job: Job) -> bool:
    """A country's or a sector's own topic shows the rows of its own."""
    place, trade = editions.place_of(content, topic, ""), editions.trade_of(content, topic, "")
    return place in ("", job.country) and trade in ("", job.sector)
