"""What stands on a village's poster, in words: sentences from the phrases, numbers from the content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from bot.knowledge import editions, overlays
from bot.knowledge.regions import spoken_in
from bot.model.content import said
from bot.model.doors import Doors
from bot.model.escaping import escape
from bot.model.villages import Village
from bot.posters.doors import Way, ways
from bot.wording import Wording
from bot.wording.facts import Markdown, contact

Kind = Literal["pdf", "png"]
Size = Literal["a4", "a3", "a5"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SIZES: tuple[Size, ...] = ("a4", "a3")
"""Those a poster is printed in: an A5 is for what is carried in a pocket."""
_LANGUAGE = "id"
_CONTACTS, _WAYS = 3, 2
_OFFICE = "service/find-officer"
"""The topic that says where the officer sits; what a village adds to it is what people should read on its wall."""
_LONGEST_NOTE = 220


class Nowhere(Exception):
    """No channel is open, so there is nowhere to send people."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The poster's texts, in the house's Markdown; "" is left out."""

    name: str
    title: str
    promise: str
    regional: str
    village: str
    within: str
    scan: str
    ways: tuple[Way, ...]
    typed: str
    code: str
    alarm: str
    contacts: tuple[str, ...]
    office: str
    robot: str
    safe: str
    printed: str


def sheet_of(wording: Wording, village: Village, doors: Doors, today: date) -> Sheet:
    """The poster of a village. Raises `Nowhere`."""
    open_doors = tuple(ways(doors, village.code))
    if not open_doors:
        raise Nowhere

    def fill(name: str, /, **given: object) -> Markdown:
        return Markdown(wording.phrase(name, _LANGUAGE, **given))

    return Sheet(
        name=fill("poster/name"),
        title=fill("poster/title"),
        promise=fill("poster/promise"),
        regional=_regional(wording, village.code),
        village=escape(village.village),
        within=escape(f"Kec. {village.district}, {village.regency}, {village.province}"),
        scan=fill("poster/scan", count=len(open_doors)),
        ways=open_doors,
        typed=fill("poster/typed"),
        code=village.code,
        alarm=fill("poster/alarm"),
        contacts=tuple(contacts(wording, _LANGUAGE)),
        office=_office(wording, village.code),
        robot=fill("poster/robot"),
        safe=fill("poster/safe"),
        printed=fill("poster/printed", date=today),
    )


def file_name(village: Village, kind: Kind) -> str:
    """poster-jaten-35.05.01.2001.pdf"""
    name = "-".join(re.findall(r"[a-z0-9]+", village.village.lower()))
    return f"poster-{name}-{village.code}.{kind}"


def _regional(wording: Wording, village: str) -> str:
    """Title and promise once more, in what people speak there; "" when that is Indonesian, or has no words of ours."""
    language = spoken_in(wording.release.content, village)
    if not language or not wording.speaks(language):
        return ""
    here, there = (
        " ".join(wording.phrase(name, one) for name in ("poster/title", "poster/promise"))
        for one in (_LANGUAGE, language)
    )
    return there if there != here else ""


def contacts(wording: Wording, language: str) -> Iterator[str]:
    """Those that work from everywhere: on a village's wall the family of somebody abroad reads them too."""

    def fill(name: str, /, **given: object) -> Markdown:
        return Markdown(wording.phrase(name, language, **given))

    for one in editions.listed_contacts(wording.release.content, "")[:_CONTACTS]:
        yield contact(one, language, fill, _WAYS, "poster/contact")


def _office(wording: Wording, village: str) -> str:
    """When and where the officer sits, where the village has written it down shortly."""
    found = overlays.note_for(wording.release.content, _OFFICE, village)
    text = said(found[1].text, _LANGUAGE) if found else ""
    return text if len(text) <= _LONGEST_NOTE else ""
