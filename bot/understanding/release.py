"""One release of the content with what is derived from it: all that a step may know of the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model.content import (
    Answer,
    Command,
    Contact,
    Danger,
    Field,
    Figure,
    Form,
    Holiday,
    Job,
    Language,
    MenuEntry,
    Named,
    Rules,
    SmallWords,
    Topic,
    said,
)
from bot.understanding import danger, languages
from bot.understanding.danger import Alarm
from bot.understanding.entities import Mention, Names, in_terms, read_names
from bot.understanding.languages import Ear
from bot.understanding.normalise import Normaliser, read_words
from bot.understanding.search import Found, Index, build
from bot.understanding.villages import Villages

_USUAL_ZONE = "Asia/Jakarta"
_LONGEST_COMMAND, _LONGEST_GUESS = 60, 60


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the files of one release say."""

    version: str
    date: date
    digest: str
    topics: Mapping[str, Topic]
    menu: tuple[MenuEntry, ...]
    countries: Mapping[str, Named]
    sectors: Mapping[str, Named]
    figures: Mapping[str, Figure]
    contacts: Mapping[str, Contact]
    jobs: tuple[Job, ...]
    forms: Mapping[str, Form]
    commands: tuple[Command, ...]
    languages: tuple[Language, ...]
    dangers: tuple[Danger, ...]
    rules: Rules
    holidays: tuple[Holiday, ...]
    words: Mapping[str, str]
    small_words: SmallWords


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as understood: its tokens, what it names, which command it is, whether it tells of danger."""

    tokens: tuple[str, ...]
    terms: tuple[str, ...]
    language: str
    command: str = ""
    country: str = ""
    sector: str = ""
    danger: Danger | None = None
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """The content, and the ears made from it."""

    content: Content
    villages: Villages
    normaliser: Normaliser
    index: Index
    alarms: tuple[Alarm, ...]
    ears: tuple[Ear, ...]
    countries: Names
    sectors: Names
    commands: Mapping[tuple[str, ...], str]
    holidays: frozenset[date]
    openings: tuple[tuple[str, ...], ...]

    @property
    def version(self) -> str:
        """The release's id."""
        return self.content.version

    def hear(self, text: str) -> Heard:
        """Understand a message as far as it can be without knowing the talk."""
        sentences = self.normaliser.sentences(text)
        tokens = tuple(token for sentence in sentences for token in sentence)
        asked = self._without_opening(tokens)
        countries, sectors = self.countries.in_text(tokens), self.sectors.in_text(tokens)
        taken = {at for one in (*countries, *sectors) for at in range(one.start, one.end)}
        return Heard(
            tokens=tokens,
            terms=tuple(_terms(asked, self.countries, self.sectors)),
            language=languages.guess(text.lower().split()[:_LONGEST_GUESS], self.ears),
            command=self.command(text),
            country=_abroad(countries),
            sector=sectors[0].id if sectors else "",
            danger=danger.heard(self.alarms, sentences),
            rest=tuple(token for at, token in enumerate(tokens) if at not in taken),
        )

    def _without_opening(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """What is asked, without the polite words before it."""
        found = next(
            (words for words in self.openings if tokens[: len(words)] == words and len(tokens) > len(words)), ()
        )
        return self._without_opening(tokens[len(found) :]) if found else tokens

    def command(self, text: str) -> str:
        """The word that works everywhere that this message consists of, or ""."""
        if len(text) > _LONGEST_COMMAND:
            return ""
        typed, spelt = text.lower().split(), self.normaliser.tokens(text)
        small = self.content.small_words.fillers
        tries = (
            typed,
            spelt,
            [word for word in typed if word not in small],
            [word for word in spelt if word not in small],
        )
        return next((self.commands[tuple(words)] for words in tries if tuple(words) in self.commands), "")

    def counted(self, text: str) -> int:
        """The number a message consists of, in digits or as a word; 0 when it says anything more."""
        left = [
            word
            for word in text.lower().strip(" .)!").split()
            if word.strip(".") not in self.content.small_words.around
        ]
        if len(left) != 1:
            return 0
        return int(left[0]) if left[0].isascii() and left[0].isdigit() and len(left[0]) < 3 else self._word(left[0])

    def _word(self, word: str) -> int:
        return self.content.small_words.words.get(word, 0)

    def find(self, terms: Sequence[str]) -> Found:
        """The topic a question (its `Heard.terms`) is about, or candidates, or nothing.

        Who names a country is not led to another country's own topic.
        """
        named = {term[1:] for term in terms if term.startswith("@")} & self.content.countries.keys()
        others = {f"jobs/{country}" for country in self.content.countries.keys() - named} if named else set()
        return self.index.find(terms, others)

    def keep_months(self) -> dict[str, int]:
        """How long each form promised to keep what was filled in, after the case is closed."""
        return {form.id: form.keep_months for form in self.content.forms.values()}

    def topic(self, id: str) -> Topic | None:
        """A topic, or None: a button may come from an older release."""
        return self.content.topics.get(id)

    def form(self, id: str) -> Form | None:
        """A form, or None."""
        return self.content.forms.get(id)

    def answer(self, topic: Topic, language: str) -> tuple[Answer, str]:
        """The answer in this language, else the Indonesian one, and the language it is in."""
        spoken = language if language in topic.answers else "id"
        return topic.answers[spoken], spoken

    def title(self, topic: str, language: str) -> str:
        """A topic's name for a button."""
        return self.answer(self.content.topics[topic], language)[0].short

    def title_of_form(self, id: str, language: str) -> str:
        """A form's name; its id when a newer release has dropped it."""
        form = self.form(id)
        return said(form.title, language) if form else id

    def say(self, field: Field, value: str, language: str = "id") -> str:
        """An answer of a form as people read it: an option's label, a village's name, else as typed."""
        option = next((one for one in field.options if one.id == value), None)
        if option:
            return said(option.label, language)
        if field.kind == "village":
            return self.place(value)
        return value

    def zone(self, village: str) -> str:
        """A village's time zone; western Indonesia's, where most people live, when we know no village."""
        found = self.villages.get(village) if village else None
        return found.zone if found else _USUAL_ZONE

    def place(self, unit: str) -> str:
        """The name of a village, district, regency or province by its code."""
        return self.villages.name(unit) if unit else "Indonesia"


def assemble(content: Content, villages: Villages) -> Release:
    """Make the ears of a release. Deterministic: the same files give the same release."""
    normaliser = read_words(content.words)
    countries = read_names(content.countries.values(), normaliser)
    sectors = read_names(content.sectors.values(), normaliser)
    return Release(
        content=content,
        villages=villages,
        normaliser=normaliser,
        index=build((topic, _terms(tokens, countries, sectors)) for topic, tokens in _phrases(content, normaliser)),
        alarms=danger.listen_for(content.dangers, normaliser),
        ears=languages.tune(content.languages),
        countries=countries,
        sectors=sectors,
        commands=_commands(content.commands, normaliser),
        holidays=frozenset(one.date for one in content.holidays),
        openings=tuple(words for one in content.small_words.openings if (words := tuple(normaliser.tokens(one)))),
    )


def _phrases(content: Content, normaliser: Normaliser) -> list[tuple[str, list[str]]]:
    return [
        (topic.id, normaliser.tokens(phrase))
        for topic in content.topics.values()
        for answer in topic.answers.values()
        for phrase in (answer.title, *answer.keywords, *answer.questions)
    ]


def _terms(tokens: Sequence[str], countries: Names, sectors: Names) -> list[str]:
    by_country = in_terms(tokens, countries.in_text(tokens), "country")
    return in_terms(by_country, sectors.in_text(by_country), "sector")


def _abroad(mentions: Sequence[Mention]) -> str:
    """The country meant: the first abroad ("orang indonesia di taiwan" is about Taiwan)."""
    ids = [one.id for one in mentions]
    return next((id for id in ids if id != "indonesia"), ids[0] if ids else "")


def _commands(commands: Sequence[Command], normaliser: Normaliser) -> dict[tuple[str, ...], str]:
    """Both as typed and as spelt out; what is typed wins over what another spells out to."""
    typed = {tuple(word.lower().split()): one.id for one in commands for words in one.words.values() for word in words}
    spelt = {tuple(normaliser.tokens(" ".join(words))): id for words, id in typed.items()}
    return {words: id for words, id in {**spelt, **typed}.items() if words}
