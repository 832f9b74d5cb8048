"""What only shows when the files are held together: references, sizes, numbers written by hand, danger rules that do not ring."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from bot.library.check_checklists import checklists
from bot.library.check_market import market
from bot.library.check_offers import offers
from bot.library.check_overlays import overlays
from bot.library.check_questions import questions
from bot.library.faults import Fault
from bot.markdown import plain
from bot.model.content import Answer, Text, Topic
from bot.model.forms import Form
from bot.understanding.release import Release
from bot.wording import Wording

MUST = ("id", "en")
_LEAST_RUPIAH = 1_000
_NAMED = ("taiwan", "domestic-work")  # what stands in {% if country %} must hold too
MOST_LETTERS, MOST_PARTS, MOST_LABEL, MOST_ENTRIES, MOST_BUTTONS = 700, 3, 24, 8, 24
_AMOUNT = re.compile(
    r"(?:Rp|NT\$|HK\$|S\$|US\$|A\$|RM|KRW|BND|SAR|€|¥|\$)\s?\d"
    r"|\d[\d.,]*\s?(?:rupiah|juta|jt|ribu|rb|ringgit|won|yen|riyal|million|thousand|euro)\b"
)
_PHONE = re.compile(r"(?<![\w/.-])(?:\+\d[\d -]{7,}\d|0\d{2,3}[ -]?\d{3,4}[ -]?\d{3,4})(?![\w/])")


def faults(release: Release, today: date) -> list[Fault]:
    """Everything wrong with a release that could be loaded."""
    checks: tuple[Callable[[Release], Iterator[Fault]], ...] = (
        _menu,
        _commands,
        _forms,
        _dangers,
        _questions,
        _references,
        checklists,
        offers,
        overlays,
        questions,
        _figures,
        market,
    )
    by_topic = chain.from_iterable(_topic(release, topic, today) for topic in release.content.topics.values())
    return sorted({*by_topic, *chain.from_iterable(check(release) for check in checks)})


def _topic(release: Release, topic: Topic, today: date) -> Iterator[Fault]:
    file = f"topics/{topic.id}/topic.yaml"
    if not topic.sources:
        yield Fault(file, 1, "no source", "Name what the answer rests on")
    if topic.review_by < today:
        yield Fault(
            file, 1, f"review_by {topic.review_by} is past", "Hold it against its sources and set checked and review_by"
        )
    for language in MUST:
        if language not in topic.answers:
            yield Fault(f"topics/{topic.id}/{language}.md", 0, "the language is missing", "Write it")
    for other in topic.related:
        if other not in release.content.topics:
            yield Fault(file, 1, f"related: there is no topic {other}", "Correct the id")
    if topic.form and release.form(topic.form) is None:
        yield Fault(file, 1, f"form: there is no form {topic.form}", "Correct the id")
    if topic.ask == "country" and not release.edition(topic, "taiwan", "").country:
        yield Fault(file, 1, "ask: country, but the answer is the same for all", "Use the country in it, or do not ask")
    for language, answer in topic.answers.items():
        yield from _answer(release, topic, language, answer, today)


def _answer(release: Release, topic: Topic, language: str, answer: Answer, today: date) -> Iterator[Fault]:
    file = f"topics/{topic.id}/{language}.md"
    if len(answer.short) > MOST_LABEL:
        yield Fault(file, 1, f"short is longer than {MOST_LABEL} letters", "It stands on a button: shorten it")
    if len(answer.parts) > MOST_PARTS:
        yield Fault(
            file, 1, f"{len(answer.parts)} messages", f"At most {MOST_PARTS}: leave out or move to another topic"
        )
    for part in answer.parts:
        found = _AMOUNT.search(part) or _PHONE.search(part)
        if found:
            mend = "Put it into data/ and write {{ figure(...) }} or {{ contact(...) }}"
            yield Fault(file, 1, f"a number by hand: {found.group()!r}", mend)
    yield from _rendered(release, topic, language, answer, today)


def _rendered(release: Release, topic: Topic, language: str, answer: Answer, today: date) -> Iterator[Fault]:
    file = f"topics/{topic.id}/{language}.md"
    try:
        Wording(release).answer(topic, language, today, *_NAMED)
        parts = [plain(part) for part in Wording(release).answer(topic, language, today)]
    except Exception as error:  # a template of an editor can fail in any way; the fault is the file's
        why = f"nothing in data/ is named {error}" if isinstance(error, KeyError) else error
        yield Fault(file, 1, f"the text cannot be filled in: {why}", "Correct what stands in {{ }} or {% %}")
        return
    for part, source in zip(parts, answer.parts, strict=True):
        if len(part) > MOST_LETTERS and "_table" not in source:
            yield Fault(
                file, 1, f"a message has {len(part)} letters", f"At most {MOST_LETTERS}; split it with a line ---"
            )
    whole = " ".join(" ".join(parts).split()).casefold()
    for fact in answer.states:
        if " ".join(plain(fact).split()).casefold() not in whole:
            yield Fault(
                file, 1, f"the answer does not state {fact!r}", "Put the fact back, or change `states` knowingly"
            )


def _menu(release: Release) -> Iterator[Fault]:
    listed = [topic for entry in release.content.menu for topic in entry.topics]
    if len(release.content.menu) > MOST_ENTRIES:
        yield Fault("data/menu.yaml", 1, f"{len(release.content.menu)} entries", f"At most {MOST_ENTRIES}")
    for entry in release.content.menu:
        yield from _label("data/menu.yaml", entry.title)
        if len(entry.topics) > MOST_BUTTONS:
            yield Fault("data/menu.yaml", 1, f"{entry.id}: {len(entry.topics)} topics", f"At most {MOST_BUTTONS}")
    for topic in sorted(set(release.content.topics) ^ set(listed)):
        what = "is under no entry" if topic in release.content.topics else "does not exist"
        yield Fault("data/menu.yaml", 1, f"topic {topic} {what}", "Every topic stands under one entry")


def _commands(release: Release) -> Iterator[Fault]:
    for command in release.content.commands:
        for word in chain.from_iterable(command.words.values()):
            if release.command(word) != command.id:
                what = f"{word!r} of {command.id} also stands under {release.command(word)}"
                yield Fault("data/commands.yaml", 1, what, "Keep it where it belongs")


def _label(file: str, text: Text) -> Iterator[Fault]:
    for words in text.values():
        if len(words) > MOST_LABEL:
            yield Fault(file, 1, f"{words!r} is longer than {MOST_LABEL} letters", "It stands on a button: shorten it")


def _forms(release: Release) -> Iterator[Fault]:
    for form in release.content.forms.values():
        file = f"forms/{form.id}.yaml"
        yield from _label(file, form.title)
        yield from _texts(file, form)
        for field, options in form.up_when.items():
            known = {one.id for one in found.options} if (found := form.field(field)) else set()
            for option in sorted(set(options) - known):
                yield Fault(file, 1, f"up_when: {field} has no answer {option}", "Correct the id")


def _texts(file: str, form: Form) -> Iterator[Fault]:
    for field in form.fields:
        for name, text in (("ask", field.ask), ("purpose", field.purpose), ("label", field.label)):
            missing = [language for language in MUST if not text.get(language)]
            if missing:
                yield Fault(file, 1, f"{field.id}: {name} is missing in {', '.join(missing)}", "Write it")
        if field.kind == "choice" and not field.options:
            yield Fault(file, 1, f"{field.id}: a choice without options", "List them")
        for option in field.options:
            yield from _label(file, option.label)


def _dangers(release: Release) -> Iterator[Fault]:
    for rule in release.content.dangers:
        file = f"danger/{rule.id}.yaml"
        if rule.topic not in release.content.topics:
            yield Fault(file, 1, f"there is no topic {rule.topic}", "Correct the id")
        for id in rule.call:
            if id not in release.content.contacts:
                yield Fault(file, 1, f"call: there is no contact {id}", "Correct the id")
        for text in rule.examples:
            if release.hear(text).danger is None:
                yield Fault(file, 1, f"not caught: {text!r}", "Add a phrase that catches it")
        for text in rule.near_misses:
            if release.hear(text).danger is not None:
                yield Fault(file, 1, f"caught, but no danger: {text!r}", "Narrow the phrase or add to unless")


def _questions(release: Release) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], str] = {}
    for topic in release.content.topics.values():
        for language, answer in topic.answers.items():
            for question in answer.questions:
                words = tuple(release.normaliser.tokens(question))
                other = seen.setdefault(words, topic.id)
                if other != topic.id:
                    what = f"the question {question!r} also stands under {other}"
                    yield Fault(f"topics/{topic.id}/{language}.md", 1, what, "Keep it where it belongs")


def _figures(release: Release) -> Iterator[Fault]:
    """500.000 is read as five hundred: nothing of ours costs so little."""
    for one in release.content.figures.values():
        if one.unit == "IDR" and any(0 < (value or 0) < _LEAST_RUPIAH for value in (one.value, one.low, one.high)):
            yield Fault("data/figures", 1, f"{one.id}: less than Rp{_LEAST_RUPIAH}", "Write 500000, without points")


def _references(release: Release) -> Iterator[Fault]:
    content = release.content
    for job in content.jobs:
        for known, id in ((content.countries, job.country), (content.sectors, job.sector)):
            if id not in known:
                yield Fault("data/wages.yaml", 1, f"unknown id {id}", "Correct it, or add it to countries or sectors")
    for contact in content.contacts.values():
        if contact.country and contact.country not in content.countries:
            yield Fault("data/contacts", 1, f"{contact.id}: unknown country {contact.country}", "Correct the id")
    for named in (*content.countries.values(), *content.sectors.values()):
        if named.topic and named.topic not in content.topics:
            yield Fault("data", 1, f"{named.id}: there is no topic {named.topic}", "Correct the id")
