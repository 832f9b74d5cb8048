"""The paper of somebody without a phone, in words: two numbers, who answers by when, whom to call. Not who they are, nor why."""

from dataclasses import dataclass
from datetime import date

from bot.casework.numbers import sayable
from bot.dialogue.papers import office_of, spaced
from bot.model.doors import Doors
from bot.model.escaping import escape
from bot.model.paper import Standing
from bot.posters.doors import bare
from bot.posters.sheet import contacts
from bot.wording import Wording
from bot.wording.facts import Markdown


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper's texts, in the house's Markdown; "" is left out. `link` leads to the page that shows how it stands."""

    language: str
    title: str
    number: str
    pin: str
    number_said: str
    pin_said: str
    who: str
    when: str
    office: str
    link: str
    look: str
    alarm: str
    contacts: tuple[str, ...]
    keep: str
    safe: str
    printed: str


def paper_of(wording: Wording, standing: Standing, pin: str, doors: Doors, today: date, head: str) -> Paper:
    """The paper of a case, in its person's language; `head` is the code of the book as it stands today."""
    language, release = standing.language, wording.release

    def fill(name: str, /, **given: object) -> Markdown:
        return Markdown(wording.phrase(f"paper/{name}", language, **given))

    zone = release.zone(standing.village)
    link = f"{doors.web}/status?n={standing.number}" if doors.web else ""
    return Paper(
        language=language,
        title=fill("title"),
        number=escape(sayable(standing.number)),
        pin=spaced(pin),
        number_said=fill("number"),
        pin_said=fill("pin"),
        who=fill("who", place=release.place(standing.unit), officer=standing.officer_name[:60]),
        when=fill("when", due=standing.due, zone=zone) if standing.clock == "running" else "",
        office=office_of(release, standing.village, language),
        link=link,
        look=fill("look", web=bare(doors.web) if doors.web else "", bot=doors.telegram),
        alarm=Markdown(wording.phrase("poster/alarm", language)),
        contacts=tuple(contacts(wording, language)),
        keep=fill("keep"),
        safe=fill("safe"),
        printed=fill("printed", date=today, head=head),
    )
