"""A release of a few topics and one district, made of the shipped one: learnt in a moment, and all that happens is real."""

from dataclasses import replace
from functools import cache

from bot.config import ROOT
from bot.library.load import read, read_villages
from bot.model.knowledge import Content
from bot.understanding.lore import learnt
from bot.understanding.release import Release, assemble
from bot.understanding.villages import HEADER, Villages

_CONTENT = ROOT / "content"
_DISTRICT = "52.02.12"
_TOPICS = ("migration/costs", "protection/withheld-documents", "service/find-officer", "finance/remittance")
_DANGERS = ("arrest", "missing")


@cache
def small_release() -> Release:
    """The release, ready to be asked."""
    release = assemble(_few(read(_CONTENT)), _one_district())
    learnt(release)
    return release


def _few(content: Content) -> Content:
    menu = (replace(one, topics=tuple(id for id in one.topics if id in _TOPICS)) for one in content.menu)
    return replace(
        content,
        topics={id: content.topics[id] for id in _TOPICS},
        menu=tuple(one for one in menu if one.topics),
        dangers=tuple(one for one in content.dangers if one.id in _DANGERS),
        vacancies=(),
        out_of_scope={},
    )


def _one_district() -> Villages:
    """As the official list would be if this were the whole country."""
    found = read_villages(_CONTENT).under(_DISTRICT)
    rows = (f"{one.code},{one.province},{one.regency},{one.district},{one.village},{one.timezone}" for one in found)
    return Villages.read("\n".join((HEADER, *rows)))
