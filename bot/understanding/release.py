"""One release of the content with what is derived from it: all that a step may know of the world."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial
from itertools import chain

from bot.knowledge import editions
from bot.model.content import (
    Answer,
    Command,
    Danger,
    Topic,
    said,
)
from bot.model.editions import Edition
from bot.model.forms import Field, Form
from bot.model.knowledge import Content
from bot.model.work import Job
from bot.understanding import languages, lessons
from bot.understanding.danger import DangerEar
from bot.understanding.entities import Mention, Names, in_terms, read_names
from bot.understanding.features import NAMED, also_meant, stems
from bot.understanding.follow_words import Follow, FollowEar, listen_for_follow_ups
from bot.understanding.languages import Ear
from bot.understanding.normalise import Normaliser, read_words
from bot.understanding.particulars import NOTHING_TOLD, Particulars, ParticularsEar, listen_for_particulars
from bot.understanding.search import Finder, Found
from bot.understanding.seekers import NOTHING, Said, SeekersEar, apart
from bot.understanding.signs import read_signs
from bot.understanding.villages import Villages
from bot.understanding.vocabulary import Vocabulary, read_vocabulary

_HOME, _USUAL_ZONE = "indonesia", "Asia/Jakarta"
_HELP = "emergency"  # a command's id
_LONGEST_COMMAND, _LONGEST_GUESS = 60, 60
_LATELY = 64  # messages: of those that come in a flood many are alike


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as understood: its tokens, what it names, which command it is, whether it tells of danger.

    `country` is the one meant, `countries` all that are named, in order; `seeker` is what somebody who seeks work says
    of themselves; `told` about whom it is, how much money, since when, which papers; `follow` that it asks what comes next.
    """

    tokens: tuple[str, ...]
    terms: tuple[str, ...]
    language: str
    command: str = ""
    country: str = ""
    sector: str = ""
    danger: Danger | None = None
    rest: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    seeker: Said = NOTHING
    told: Particulars = NOTHING_TOLD
    follow: Follow = ""


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """The content, and the ears made from it.

    `alarm` hears nothing of a message but a call for help: the id of the danger, "emergency" for that word, or "". `vocabulary`
    is made for the first who asks in vain: a start need not wait for it.
    """

    content: Content
    villages: Villages
    normaliser: Normaliser
    terms: Callable[[Sequence[str]], tuple[str, ...]]
    finder: Finder
    danger: DangerEar
    ears: tuple[Ear, ...]
    countries: Names
    sectors: Names
    commands: Mapping[tuple[str, ...], str]
    holidays: frozenset[date]
    openings: tuple[tuple[str, ...], ...]
    seekers: SeekersEar
    vocabulary: Callable[[], Vocabulary]
    particulars: ParticularsEar
    follow_ups: FollowEar
    alarm: Callable[[str], str]

    @property
    def version(self) -> str:
        """The release's id."""
        return self.content.version

    def hear(self, text: str) -> Heard:
        """Understand a message as far as it can be without knowing the talk."""
        sentences = self.normaliser.sentences(text)
        tokens = tuple(token for sentence in sentences for token in sentence)
        asked = without_opening(tokens, self.openings)
        countries, sectors = self.countries.in_text(tokens), self.sectors.in_text(tokens)
        seeker = self.seekers.hear(tokens)
        at_work = {at for one in sectors for at in range(one.start, one.end)}
        taken = {at for one in countries for at in range(one.start, one.end)} | at_work | seeker.taken
        lands = self.particulars.wanted(apart(countries, seeker.spoken) or countries, tokens)
        country = _abroad(lands)
        return Heard(
            tokens=tokens,
            terms=self.terms(asked),
            language=languages.guess(text.lower().split()[:_LONGEST_GUESS], self.ears),
            command=self.command(text),
            country=country,
            sector=sectors[0].id if sectors else "",
            danger=self.danger.hear(asked, sentences),
            rest=tuple(token for at, token in enumerate(tokens) if at not in taken),
            countries=tuple(dict.fromkeys(one.id for one in lands if one.id != _HOME)),
            seeker=seeker,
            told=self.particulars.hear(text, asked, {at - len(tokens) + len(asked) for at in at_work}, country),
            follow=self.follow_ups.hear(tokens),
        )

    def speaks_apart(self, text: str, heard: str, spoken: str) -> bool:
        """Whether a message is clearly in the language heard and not in the one spoken so far."""
        return languages.apart(text.lower().split()[:_LONGEST_GUESS], heard, spoken, self.ears)

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

    def asks(self, text: str) -> tuple[str, ...]:
        """The terms of a question, as `find` takes them: `hear` without all else."""
        return self.terms(without_opening(tuple(self.normaliser.tokens(text)), self.openings))

    def find(self, terms: Sequence[str]) -> Found:
        """The topic a question (its `Heard.terms`) is about, or candidates, or nothing.

        Who names a country is not led to another country's own topic.
        """
        return self.finder.find(terms, self.elsewhere(terms))

    def elsewhere(self, terms: Sequence[str]) -> set[str]:
        """The topics of the countries a question does not name, if it names any abroad."""
        countries = self.content.countries
        named = {term[1:] for term in terms if term.startswith(NAMED)} & countries.keys() - {_HOME}
        others = {f"jobs/{country}" for country in countries.keys() - named} if named else set()
        return others - {countries[country].topic for country in named}

    def gist(self, text: str) -> frozenset[str]:
        """What a question speaks of, as stems and names, without the small words: to lay questions side by side."""
        asked = without_opening(tuple(self.normaliser.tokens(text)), self.openings)
        small = {*self.content.small_words.follow, *self.content.small_words.fillers}
        return stems(_terms([token for token in asked if token not in small], self.countries, self.sectors))

    def keep_months(self) -> dict[str, int]:
        """How long each form promised to keep what was filled in, after the case is closed."""
        return {form.id: form.keep_months for form in self.content.forms.values()}

    def topic(self, id: str) -> Topic | None:
        """A topic, or None: a button may come from an older release."""
        return self.content.topics.get(id)

    def edition(self, topic: Topic, country: str, sector: str) -> Edition:
        """What a topic says now for a country and a sector, under its code."""
        return editions.edition(self.content, topic, country, sector)

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
    terms = partial(_searched, countries=countries, sectors=sectors, glossary=_glossary(content, normaliser))
    openings = tuple(words for one in content.small_words.openings if (words := tuple(normaliser.tokens(one))))

    def said(text: str) -> tuple[str, ...]:
        return terms(without_opening(tuple(normaliser.tokens(text)), openings))

    commands = _commands(content.commands, normaliser)
    danger = DangerEar(
        {one.id: one for one in content.dangers},
        read_signs(content.dangers, normaliser),
        terms,
        partial(lessons.of_danger, content, said),
    )

    def alarm(text: str) -> str:
        sentences = normaliser.sentences(text)
        tokens = tuple(chain.from_iterable(sentences))
        heard = danger.hear(without_opening(tokens, openings), sentences)
        return heard.id if heard else _HELP if commands.get(tokens) == _HELP else ""

    return Release(
        content=content,
        villages=villages,
        normaliser=normaliser,
        terms=terms,
        finder=Finder(partial(lessons.of_topics, content, said)),
        danger=danger,
        ears=languages.tune(content.languages),
        countries=countries,
        sectors=sectors,
        commands=commands,
        holidays=frozenset(one.date for one in content.holidays),
        openings=openings,
        vocabulary=cache(partial(read_vocabulary, content)),
        seekers=SeekersEar(
            read_names(content.education.values(), normaliser),
            read_names(content.work_languages.values(), normaliser),
            content.seeker_words,
        ),
        particulars=listen_for_particulars(
            content.particulars, content.small_words.words, _currencies(content.jobs), normaliser
        ),
        follow_ups=listen_for_follow_ups(content.follow_words, content.small_words, normaliser),
        alarm=lru_cache(maxsize=_LATELY)(alarm),
    )


def _currencies(jobs: Sequence[Job]) -> dict[str, str]:
    """What work is paid in, by country."""
    return {job.country: job.wage.currency for job in reversed(jobs) if job.wage}


def without_opening(tokens: tuple[str, ...], openings: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What is asked, without the polite words before it."""
    found = next((words for words in openings if tokens[: len(words)] == words and len(tokens) > len(words)), ())
    return without_opening(tokens[len(found) :], openings) if found else tokens


def _glossary(content: Content, normaliser: Normaliser) -> dict[str, tuple[str, ...]]:
    return {word: tuple(normaliser.tokens(meant)) for word, meant in content.glossary.items()}


def _searched(
    tokens: Sequence[str], countries: Names, sectors: Names, glossary: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    """What is searched for: the tokens with names as names, each word followed by what it means in Indonesian."""
    return tuple(also_meant(_terms(tokens, countries, sectors), glossary))


def _terms(tokens: Sequence[str], countries: Names, sectors: Names) -> list[str]:
    by_country = in_terms(tokens, countries.in_text(tokens), "country")
    return in_terms(by_country, sectors.in_text(by_country), "sector")


def _abroad(mentions: Sequence[Mention]) -> str:
    """The country meant: the first abroad ("orang indonesia di taiwan" is about Taiwan)."""
    ids = [one.id for one in mentions]
    return next((id for id in ids if id != _HOME), ids[0] if ids else "")


def _commands(commands: Sequence[Command], normaliser: Normaliser) -> dict[tuple[str, ...], str]:
    """Both as typed and as spelt out; what is typed wins over what another spells out to."""
    typed = {tuple(word.lower().split()): one.id for one in commands for words in one.words.values() for word in words}
    spelt = {tuple(normaliser.tokens(" ".join(words))): id for words, id in typed.items()}
    return {words: id for words, id in {**spelt, **typed}.items() if words}
