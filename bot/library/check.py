"""What only shows when the files are held together: references, sizes, numbers written by hand, danger rules that do not ring."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from bot.library.by_hand import by_hand
from bot.library.check_checklists import checklists
from bot.library.check_deadlines import deadlines
from bot.library.check_desk import desk
from bot.library.check_market import market
from bot.library.check_offers import offers
from bot.library.check_overlays import overlays
from bot.library.check_particulars import particulars
from bot.library.check_practice import practice
from bot.library.check_questions import questions
from bot.library.check_screens import screens
from bot.library.check_templates import templates
from bot.library.check_topics import stray, topics, unfilled
from bot.library.faults import Fault, located
from bot.library.files import duplicates
from bot.markdown import plain
from bot.model.content import Answer, Text, Topic
from bot.model.forms import Form
from bot.understanding.release import Release
from bot.wording import Wording

MUST = ("id", "en")
_LEAST_RUPIAH = 1_000
_NAMED = ("taiwan", "domestic-work")  # what stands in {% if country %} must hold too
MOST_LETTERS, MOST_PARTS, MOST_LABEL, MOST_ENTRIES, MOST_BUTTONS = 700, 3, 24, 8, 24


def faults(release: Release, today: date, folder: Path | None = None) -> list[Fault]:
    """Everything wrong with a release that could be loaded; with the lines, if the folder it was read from is named."""
    checks: tuple[Callable[[Release], Iterator[Fault]], ...] = (
        _menu,
        _commands,
        _forms,
        _dangers,
        _questions,
        _references,
        checklists,
        deadlines,
        desk,
        practice,
        offers,
        overlays,
        particulars,
        questions,
        _figures,
        market,
        templates,
        screens,
    )
    by_topic = chain.from_iterable(_topic(release, topic, today) for topic in release.content.topics.values())
    found = {*by_topic, *topics(release, today), *chain.from_iterable(check(release) for check in checks)}
    return sorted({*stray(folder), *(located(one, folder) for one in found)} if folder else found)


def _topic(release: Release, topic: Topic, today: date) -> Iterator[Fault]:
    file = f"topics/{topic.id}/topic.yaml"
    if not topic.sources:
        yield Fault(file, 1, "no source", "Name what the answer rests on", near="sources:")
    if topic.review_by < today:
        mend = "Hold it against its sources and set checked and review_by"
        yield Fault(file, 1, f"review_by {topic.review_by} is past", mend, near="review_by:")
    for language in MUST:
        if language not in topic.answers:
            yield Fault(f"topics/{topic.id}/{language}.md", 0, f"the language {language} is missing", "Write it")
    for other in topic.related:
        if other not in release.content.topics:
            yield Fault(file, 1, f"related: there is no topic {other}", "Correct the id", near=f"related: ... {other}")
    if topic.form and release.form(topic.form) is None:
        yield Fault(file, 1, f"form: there is no form {topic.form}", "Correct the id", near=f"form: {topic.form}")
    if topic.ask == "country" and not release.edition(topic, "taiwan", "").country:
        mend = "Use the country in it, or do not ask"
        yield Fault(file, 1, "ask: country, but the answer is the same for all", mend, near="ask: country")
    for language, answer in topic.answers.items():
        yield from _answer(release, topic, language, answer, today)


def _answer(release: Release, topic: Topic, language: str, answer: Answer, today: date) -> Iterator[Fault]:
    file = f"topics/{topic.id}/{language}.md"
    if len(answer.short) > MOST_LABEL:
        mend = "It stands on a button: shorten it"
        yield Fault(file, 1, f"short is longer than {MOST_LABEL} letters", mend, near="short:")
    if len(answer.parts) > MOST_PARTS:
        mend = f"At most {MOST_PARTS}: leave out or move to another topic"
        yield Fault(file, 1, f"{len(answer.parts)} messages", mend, near=_first_line(answer.parts[MOST_PARTS]))
    for part in answer.parts:
        found = by_hand(part)
        if found:
            mend = "Put it into data/ and write {{ figure(...) }} or {{ contact(...) }}"
            near = part[: found.start()].rpartition("\n")[2] + part[found.start() :].partition("\n")[0]
            yield Fault(file, 1, f"a number by hand: {found.group()!r}", mend, near)
    yield from _rendered(release, topic, language, answer, today)


def _rendered(release: Release, topic: Topic, language: str, answer: Answer, today: date) -> Iterator[Fault]:
    file = f"topics/{topic.id}/{language}.md"
    try:
        Wording(release).answer(topic, language, today, *_NAMED)
        parts = [plain(part) for part in Wording(release).answer(topic, language, today)]
    except Exception as error:  # a template of an editor can fail in any way; the fault is the file's
        why, near = unfilled(error)
        yield Fault(file, 1, f"the text cannot be filled in: {why}", "Correct what stands in {{ }} or {% %}", near)
        return
    for part, source in zip(parts, answer.parts, strict=True):
        if len(part) > MOST_LETTERS and "_table" not in source:
            mend = f"At most {MOST_LETTERS}; split it with a line ---"
            yield Fault(file, 1, f"a message has {len(part)} letters", mend, near=_first_line(source))
    whole = " ".join(" ".join(parts).split()).casefold()
    for fact in answer.states:
        if " ".join(plain(fact).split()).casefold() not in whole:
            mend = "Put the fact back, or change `states` knowingly"
            yield Fault(file, 1, f"the answer does not state {fact!r}", mend, near=f"states: ... {fact}")


def _first_line(part: str) -> str:
    return part.partition("\n")[0]


def _menu(release: Release) -> Iterator[Fault]:
    listed = [topic for entry in release.content.menu for topic in entry.topics]
    if len(release.content.menu) > MOST_ENTRIES:
        near = f"id: {release.content.menu[MOST_ENTRIES].id}"
        yield Fault("data/menu.yaml", 1, f"{len(release.content.menu)} entries", f"At most {MOST_ENTRIES}", near)
    for entry in release.content.menu:
        yield from _label("data/menu.yaml", entry.title)
        if len(entry.topics) > MOST_BUTTONS:
            what, near = f"{entry.id}: {len(entry.topics)} topics", f"id: {entry.id}"
            yield Fault("data/menu.yaml", 1, what, f"At most {MOST_BUTTONS}", near)
    for topic in sorted(set(release.content.topics) ^ set(listed)):
        what = "is under no entry" if topic in release.content.topics else "does not exist"
        yield Fault("data/menu.yaml", 1, f"topic {topic} {what}", "Every topic stands under one entry", near=topic)
    for topic in sorted(set(duplicates(listed))):
        yield Fault("data/menu.yaml", 1, f"topic {topic} stands twice", "Keep it once", near=f"{topic} ... {topic}")


def _commands(release: Release) -> Iterator[Fault]:
    for command in release.content.commands:
        for word in chain.from_iterable(command.words.values()):
            if release.command(word) != command.id:
                what = f"{word!r} of {command.id} also stands under {release.command(word)}"
                near = f"id: {command.id} ... {word}"
                yield Fault("data/commands.yaml", 1, what, "Keep it where it belongs", near)


def _label(file: str, text: Text) -> Iterator[Fault]:
    for words in text.values():
        if len(words) > MOST_LABEL:
            mend = "It stands on a button: shorten it"
            yield Fault(file, 1, f"{words!r} is longer than {MOST_LABEL} letters", mend, near=words)


def _forms(release: Release) -> Iterator[Fault]:
    for form in release.content.forms.values():
        file = f"forms/{form.id}.yaml"
        yield from _label(file, form.title)
        yield from _texts(file, form)
        for field, options in form.up_when.items():
            known = {one.id for one in found.options} if (found := form.field(field)) else set()
            for option in sorted(set(options) - known):
                what, near = f"up_when: {field} has no answer {option}", f"up_when: ... {option}"
                yield Fault(file, 1, what, "Correct the id", near)


def _texts(file: str, form: Form) -> Iterator[Fault]:
    for field in form.fields:
        for name, text in (("ask", field.ask), ("purpose", field.purpose), ("label", field.label)):
            missing = [language for language in MUST if not text.get(language)]
            if missing:
                what, near = f"{field.id}: {name} is missing in {', '.join(missing)}", f"id: {field.id} ... {name}:"
                yield Fault(file, 1, what, "Write it", near)
        if field.kind == "choice" and not field.options:
            yield Fault(file, 1, f"{field.id}: a choice without options", "List them", near=f"id: {field.id}")
        for option in field.options:
            yield from _label(file, option.label)


def _dangers(release: Release) -> Iterator[Fault]:
    for rule in release.content.dangers:
        file = f"danger/{rule.id}.yaml"
        if rule.topic not in release.content.topics:
            yield Fault(file, 1, f"there is no topic {rule.topic}", "Correct the id", near=f"topic: {rule.topic}")
        for id in rule.call:
            if id not in release.content.contacts:
                yield Fault(file, 1, f"call: there is no contact {id}", "Correct the id", near=f"call: ... {id}")
        for text in rule.examples:
            if release.hear(text).danger is None:
                mend = "Say it in words, and not as a near miss too"
                yield Fault(file, 1, f"not caught: {text!r}", mend, near=f"examples: ... {text}")
        for text in rule.near_misses:
            if release.hear(text).danger is not None:
                mend = "The same words are an example: keep one of them"
                yield Fault(file, 1, f"caught, but no danger: {text!r}", mend, near=f"near_misses: ... {text}")


def _questions(release: Release) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], str] = {}
    for topic in release.content.topics.values():
        for language, answer in topic.answers.items():
            for question in answer.questions:
                words = tuple(release.normaliser.tokens(question))
                other = seen.setdefault(words, topic.id)
                if other != topic.id:
                    what = f"the question {question!r} also stands under {other}"
                    file = f"topics/{topic.id}/{language}.md"
                    yield Fault(file, 1, what, "Keep it where it belongs", near=f"questions: ... {question}")


def _figures(release: Release) -> Iterator[Fault]:
    """500.000 is read as five hundred: nothing of ours costs so little."""
    for one in release.content.figures.values():
        if one.unit == "IDR" and any(0 < (value or 0) < _LEAST_RUPIAH for value in (one.value, one.low, one.high)):
            what, near = f"{one.id}: less than Rp{_LEAST_RUPIAH}", f"id: {one.id}"
            yield Fault("data/figures", 1, what, "Write 500000, without points", near)


def _references(release: Release) -> Iterator[Fault]:
    content = release.content
    for job in content.jobs:
        for name, known, id in (("country", content.countries, job.country), ("sector", content.sectors, job.sector)):
            if id not in known:
                mend = "Correct it, or add it to countries or sectors"
                yield Fault("data/wages.yaml", 1, f"unknown id {id}", mend, near=f"{name}: {id}")
    for contact in content.contacts.values():
        if contact.country and contact.country not in content.countries:
            what = f"{contact.id}: unknown country {contact.country}"
            yield Fault("data/contacts", 1, what, "Correct the id", near=f"id: {contact.id}")
        for way in contact.ways:
            if way.kind in ("phone", "whatsapp") and not any(map(str.isdigit, way.value)):
                what, near = (
                    f"{contact.id}: {way.value!r} is no number",
                    f"id: {contact.id} ... value: ... {way.value}",
                )
                yield Fault("data/contacts", 1, what, "Write the digits, or correct the kind", near)
    for file, listed in (("data/countries.yaml", content.countries), ("data/sectors.yaml", content.sectors)):
        for named in listed.values():
            if named.topic and named.topic not in content.topics:
                what, near = f"{named.id}: there is no topic {named.topic}", f"id: {named.id} ... {named.topic}"
                yield Fault(file, 1, what, "Correct the id", near)
