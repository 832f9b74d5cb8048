"""A reply becomes messages: a phrase filled with its facts, or a topic's answer from the content."""

import gettext
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.knowledge import codes, comparison, overlays
from bot.knowledge.market import named
from bot.model.content import Topic, said
from bot.model.escaping import escape
from bot.model.forms import Field
from bot.model.messages import Button, Choice, Instead, Message, Reply
from bot.understanding.release import Release
from bot.wording import facts, market, phrases, vacancies, veiled
from bot.wording.beside import ANCHORS, anchors
from bot.wording.facts import Markdown

_BLANKS = re.compile(r"\n{3,}")
_WITH_CONTACTS = ("emergency", "answer/expired", "verdict/then", "form/unsafe")
_ANSWERS = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for one release. What follows from the content alone is made once and `kept`: answers, and whom to call."""

    release: Release
    kept: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def write(self, reply: Reply, language: str) -> tuple[Message, ...]:
        """The messages of a reply. Raises when a phrase is unknown or a fact is missing: that is our bug."""
        shown = veiled.reply(reply) if reply.veiled else reply
        texts = [self._led(text, language) if reply.veiled else text for text in self._marked(shown, language)]
        choices = tuple(self._choice(button, language) for button in shown.buttons)
        plain = [Message(text, passing=reply.passing, language=language, veiled=reply.veiled) for text in texts]
        below = anchors(language, veiled=reply.veiled) if reply.anchors else ()
        held = {"attachment": reply.attachment, "instead": self._instead(reply.instead, language)}
        last = replace(plain[-1], choices=choices, anchors=below, **held)  # type: ignore[arg-type]
        return (*plain[:-1], last)

    def phrase(self, name: str, language: str, /, **given: object) -> str:
        """One phrase in the house's Markdown."""
        return _filled(name, language, given) if given else _plain(name, language)

    def label(self, name: str, language: str, /, **given: object) -> str:
        """The words on a button: plain text."""
        name = f"label/{name}"
        if not given:
            return _plain(name, language)
        return phrases.environment(language).get_template(name).render(given).strip()

    def speaks(self, language: str) -> bool:
        """Whether our own sentences exist in a language."""
        return language in phrases.spoken() or language == phrases.SOURCE_LANGUAGE

    def translations(self, language: str) -> gettext.NullTranslations:
        """The catalogue, for pages that have their own templates."""
        return phrases.translations(language)

    def anchors(self, language: str, *, veiled: bool = False) -> tuple[Choice, ...]:
        """The words that always stand below: four, or three that anybody may see."""
        return anchors(language, veiled=veiled)

    def commands(self) -> dict[str, list[tuple[str, str]]]:
        """The commands a platform may list, by language: (word, what it does)."""
        return {
            language: [(name, self.label(name, language)) for name in (*ANCHORS, "register", "language")]
            for language in phrases.spoken()
        }

    def answer(self, topic: Topic, language: str, today: date, country: str = "", sector: str = "") -> list[str]:
        """A topic's answer, message by message, in the house's Markdown, before source and date.

        Who names several countries is not shown the table of wages: they are held against each other in its place.
        """
        if self.release.topic(topic.id) is not topic:
            return self._parts(topic, language, today, country, sector)
        key = ("answer", topic.id, language, today, country, sector)
        return list(self._once(key, lambda: self._parts(topic, language, today, country, sector)))

    def _parts(self, topic: Topic, language: str, today: date, country: str, sector: str) -> list[str]:
        spoken = self.release.answer(topic, language)[1]
        edition = self.release.edition(topic, country, sector)
        given = self._given(spoken, edition.country, edition.sector, today)
        voice = market.Voice(self.release, spoken, self._fill(spoken), today)
        compares = topic.shows == "wages" and comparison.asked(edition.country)
        return [
            market.compared(voice, edition.country, edition.sector)
            if compares and "wage_table" in part
            else _template(part).render(given).strip()
            for part in topic.answers[spoken].parts
        ]

    def lines(self, form: str, answers: Mapping[str, str], language: str) -> list[dict[str, str]]:
        """What was filled in, line by line: label and value."""
        found = self.release.form(form)
        fields: Sequence[Field] = found.fields if found else ()
        return [
            {
                "label": said(field.label or field.ask, language),
                "value": self.release.say(field, answers[field.id], language),
            }
            for field in fields
            if field.id in answers
        ]

    def _marked(self, reply: Reply, language: str) -> list[str]:
        """In training each message says so before all else."""
        texts = self._texts(reply, language)
        if reply.facts.get("practice") is not True:
            return texts
        mark = self.phrase("practice/mark", language)
        return [f"{mark}\n\n{text}" for text in texts]

    def _led(self, text: str, language: str) -> str:
        """With words of no meaning before it, where a glance at its beginning would tell something."""
        telling = self.phrase("veiled/telling", language)
        return f"{self.phrase('veiled/lead', language)}\n\n{text}" if veiled.tells(text, telling) else text

    def _texts(self, reply: Reply, language: str) -> list[str]:
        if reply.phrase == "answer":
            return self._answer(reply.facts, language)
        if reply.phrase == "unclear":
            return [self.phrase("unclear", language, first=self._first_line(reply.facts, language))]
        if reply.phrase == "named-pay":
            return [self._named_pay(reply.facts, language)]
        if reply.phrase.startswith("danger/") or reply.phrase in _WITH_CONTACTS:
            return [self._with_contacts(reply, language)]
        if reply.phrase.startswith(("vacancies/", "subscriptions/")):
            return vacancies.texts(self.release, reply, language, self._fill(language))
        written = self._canned if "canned" in reply.facts else self._plainly
        return [written(reply, language)]

    def _plainly(self, reply: Reply, language: str) -> str:
        return self.phrase(reply.phrase, language, **reply.facts)

    def _answer(self, given: Mapping[str, Any], language: str) -> list[str]:
        topic, today = self.release.content.topics[given["topic"]], given["today"]
        parts = self.answer(topic, language, today, given["country"], given["sector"])
        if self.release.answer(topic, language)[1] != language:
            parts[0] = f"{self.phrase('answer/only-indonesian', language)}\n\n{parts[0]}"
        parts += self._village_note(topic, str(given["village"]), language)
        source = self.phrase(
            "answer/source",
            language,
            source=topic.sources[0].title,
            more=len(topic.sources) - 1,
            checked=topic.checked,
            since=topic.valid_from if topic.valid_from and topic.valid_from > today else "",
            lapsed=topic.review_by < today,
            code=codes.sayable(str(given["code"])),
        )
        return [*parts[:-1], f"{parts[-1]}\n\n{source}"]

    def _first_line(self, given: Mapping[str, Any], language: str) -> Markdown | str:
        """The sentence an answer begins with, if it is one and no heading of what follows."""
        topic = self.release.topic(given["topic"])
        if topic is None:
            return ""
        first = self.answer(topic, language, given["today"], given["country"], given["sector"])[0].partition("\n")[0]
        return "" if first.endswith((":", ":**")) else Markdown(first)

    def _named_pay(self, given: Mapping[str, Any], language: str) -> str:
        return market.named_pay(market.Voice(self.release, language, self._fill(language), given["today"]), given)

    def canned(self, id: str, language: str, today: date) -> str:
        """A reply an officer need not write, in the house's Markdown."""
        text = said(self.release.content.replies[id].text, language)
        return _template(text).render(self._given(language, "", "", today)).strip()

    def _canned(self, reply: Reply, language: str) -> str:
        """As the person reads it; with a `language` of theirs it is shown to the officer before."""
        theirs = str(reply.facts.get("language", language))
        text = Markdown(self.canned(str(reply.facts["canned"]), theirs, reply.facts["today"]))  # type: ignore[arg-type]
        seen = self.phrase("told/said", theirs, **{**reply.facts, "text": text})
        if "language" not in reply.facts:
            return seen
        return self.phrase(reply.phrase, language, **{**reply.facts, "seen": Markdown(seen)})

    def _village_note(self, topic: Topic, village: str, language: str) -> list[str]:
        """What the person's village, or a unit above it, adds to an answer."""
        found = overlays.note_for(self.release.content, topic.id, village)
        if found is None:
            return []
        overlay, note = found
        place, text = self.release.place(overlay.unit), said(note.text, language)
        return [self.phrase("answer/village", language, place=place, text=Markdown(text), as_of=overlay.as_of)]

    def _with_contacts(self, reply: Reply, language: str) -> str:
        country = str(reply.facts.get("country", ""))
        named = self.release.content.countries.get(country)
        given = {
            **reply.facts,
            "contacts": [Markdown(line) for line in self._contacts(country, language, reply.facts.get("call", ()))],
            "country": said(named.name, language) if named else "",
        }
        return self.phrase(reply.phrase, language, **given)

    def _contacts(self, country: str, language: str, first: Any) -> list[str]:
        make = partial(facts.contact_lines, self.release, country, language, self._fill(language), first)
        return list(self._once(("contacts", country, language, tuple(first)), make))

    def _once(self, key: tuple[object, ...], make: Callable[[], Sequence[str]]) -> tuple[str, ...]:
        """What is made by this, made once; when too much is kept, all of it is forgotten."""
        if key not in self.kept:
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            self.kept[key] = tuple(make())
        return self.kept[key]

    def _fill(self, language: str) -> Callable[..., str]:
        def fill(name: str, /, **given: object) -> Markdown:
            return Markdown(self.phrase(name, language, **given))

        return fill

    def _given(self, language: str, country: str, sector: str, today: date) -> dict[str, object]:
        """What a content template may use."""
        release, fill = self.release, self._fill(language)
        countries, sectors = release.content.countries, release.content.sectors
        voice = market.Voice(release, language, fill, today)
        numbers = partial(facts.contact_lines, release, country, language, fill)
        return {
            "figure": lambda id: facts.figure(release.content.figures[id], language, fill, today),
            "contact": lambda id: facts.contact(release.content.contacts[id], language, fill),
            "wage_table": _Late(lambda: market.table(voice, country, sector)),
            "contact_table": _Late(lambda: _listed(numbers())),
            "country": voice.countries(one for one in named(country) if one in countries),
            "sector": said(sectors[sector].name, language) if sector in sectors else "",
        }

    def _instead(self, meant: Reply | None, language: str) -> Instead | None:
        if meant is None:
            return None
        choices = tuple(self._choice(button, language) for button in meant.buttons)
        return Instead(self.phrase(meant.phrase, language, **meant.facts), choices)

    def _choice(self, button: Button, language: str) -> Choice:
        url = str(button.facts.get("url", ""))
        label = button.label or self.label(button.phrase, language, **button.facts)
        return Choice(button.id, label, url)


@lru_cache(maxsize=4_096)
def _plain(name: str, language: str) -> str:
    return _filled(name, language, {})


def _filled(name: str, language: str, given: Mapping[str, object]) -> str:
    filled = phrases.environment(language).get_template(name).render(_escaped(given))
    return _BLANKS.sub("\n\n", filled).strip()


@lru_cache(maxsize=4_096)
def _template(part: str) -> Template:
    return _ANSWERS.from_string(part)


class _Late:
    """A table made only when the template asks for it."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make

    def __str__(self) -> str:
        return self._make()


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _escaped(value: Any) -> Any:
    """Facts as they may stand in Markdown: what people typed, or a plain text of the content, is text and no markup."""
    if isinstance(value, Markdown | bool | int | float | date | datetime) or value is None:
        return value
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Mapping):
        return {name: _escaped(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_escaped(one) for one in value]
    raise TypeError(f"a phrase cannot hold {type(value).__name__}")
