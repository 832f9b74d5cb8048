"""What editors ask beside `check`: `coverage`, `stale`, `preview`, `diff`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

import click
from jinja2 import TemplateError

from bot import app, clock, library
from bot.cli import editing_reports as reports
from bot.cli import previewing
from bot.cli.previewing import Asking
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.knowledge.ageing import due
from bot.knowledge.coverage import Coverage, Share, coverage, languages
from bot.knowledge.difference import Difference, difference
from bot.knowledge.doubts import doubts
from bot.knowledge.ease import Ease, ease, own_words
from bot.knowledge.nearest import nearest
from bot.library import Fault, Faulty
from bot.library.editing import places, read_needed, read_weighty
from bot.markdown import plain
from bot.model.content import Topic
from bot.model.knowledge import Content
from bot.releases import load_published
from bot.store import editions, releases
from bot.store.database import Database
from bot.understanding.release import Release
from bot.web.pages import open_pages
from bot.wording import Wording
from bot.wording.catalogues import translated
from bot.wording.phrases import spoken


@click.command("coverage")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def show_coverage(as_json: bool) -> None:
    """How much there is in each language, what is missing most, and which answers are hard to read."""
    quiet()
    folder = settings().content
    wording, needed = Wording(library.load(folder)), read_needed(folder)
    content = wording.release.content
    _hold_against("data/needed.yaml", needed.topics, content.topics)
    phrases = {language: Share(*translated(language)) for language in {*spoken(), *needed.languages}}
    found = [
        coverage(content, needed, one, phrases.get(one) or Share(*translated(one)), _eases(wording, one))
        for one in languages(content, needed, phrases)
    ]
    _say(as_json, [_as_json(one) for one in found], reports.coverage(found))


def _hold_against(file: str, named: Iterable[str], known: Mapping[str, Topic]) -> None:
    unknown = [one for one in named if one not in known]
    if unknown:
        raise Faulty([Fault(file, 1, f"there is no topic {one}", "Correct the id") for one in unknown])


def _as_json(one: Coverage) -> dict[str, Any]:
    def share(found: Share) -> dict[str, float]:
        return {**asdict(found), "percent": found.percent}

    whole = {name: share(getattr(one, name)) for name in ("answered", "needed", "phrases")}
    return {**asdict(one), **whole, "areas": {name: share(found) for name, found in one.areas.items()}}


def _eases(wording: Wording, language: str) -> dict[str, Ease]:
    """How each answer in a language reads, as it stands on the screen, without what the data brings in."""
    found: dict[str, Ease] = {}
    for topic in wording.release.content.topics.values():
        if language in topic.answers:
            bare = {**topic.answers, language: own_words(topic.answers[language])}
            found[topic.id] = ease("\n".join(_filled(wording, replace(topic, answers=bare), language)))
    return found


def _filled(wording: Wording, topic: Topic, language: str) -> list[str]:
    """An answer's messages as plain text. Raises `Faulty` when an editor's template cannot be filled in."""
    try:
        return [plain(part) for part in wording.answer(topic, language, clock.now().date())]
    except (TemplateError, LookupError, TypeError, ValueError) as error:
        what = f"the text cannot be filled in: {type(error).__name__}: {error}"
        fault = Fault(f"topics/{topic.id}/{language}.md", 1, what, "Correct the name in {{ }}")
        raise Faulty([fault]) from None


@click.command()
@click.option("--days", default=60, show_default=True, help="Look so many days ahead.")
@click.option("--unverified", is_flag=True, help="What rests on a second-hand or unverified source, instead.")
def stale(days: int, unverified: bool) -> None:
    """What is past its day or soon will be, the soonest first, and what to do about it."""
    quiet()
    folder, today = settings().content, clock.now().date()
    content, where = library.read(folder), places(folder)
    found = (
        reports.doubts(doubts(content, where)) if unverified else reports.due(due(content, where, today, days), today)
    )
    click.echo("\n".join(found))


@click.command()
@click.argument("topic")
@click.option("--language", default="", help="id when left out; for a question, the one it is in.")
@click.option("--country", default="", help="An id of data/countries.yaml, or two with a comma between.")
@click.option("--sector", default="", help="An id of data/sectors.yaml.")
@click.option("--village", default="", help="The official code of the village the person is from.")
def preview(topic: str, language: str, country: str, sector: str, village: str) -> None:
    """Show an answer as each channel will; TOPIC is a topic's id, or a question in quotes."""
    quiet()
    wording, at = Wording(library.load(settings().content)), clock.now()
    release = wording.release
    _known_asking(release, language, country, sector, village)
    if not topic.strip():
        raise click.UsageError("name a topic, or write a question in quotes")
    if " " in topic.strip():
        heard = release.hear(topic).language
        asking = Asking(language or (heard if wording.speaks(heard) else "id"), country, sector, village)
        replies = previewing.to_question(release, topic, asking, at)
        click.echo(previewing.heard(release, topic))
    else:
        found = release.content.topics[_known("topic", topic, release.content.topics)]
        asking = Asking(language or "id", country, sector, village)
        _filled(wording, found, release.answer(found, asking.language)[1])
        replies = previewing.to_topic(release, found, asking, at)
    for line in previewing.preview(wording, open_pages(), replies, asking, at):
        click.echo(line)


def _known_asking(release: Release, language: str, country: str, sector: str, village: str) -> None:
    content = release.content
    answered = {one for topic in content.topics.values() for one in topic.answers}
    _known("language", language, {*answered, *spoken(), *(one.id for one in content.languages)})
    for one in country.split(","):
        _known("country", one, content.countries)
    _known("sector", sector, content.sectors)
    if village and not release.place(village):
        raise SystemExit(f"{village} is no code of the official list: try desmigratif village find NAME")


def _known(what: str, id: str, ids: Iterable[str]) -> str:
    """The id, if there is such a one or none was given; else one line that names the nearest."""
    listed = list(ids)
    if id and id not in listed:
        near = ", ".join(nearest(id, listed))
        raise SystemExit(f"there is no {what} {id!r}, {f'but there is {near}' if near else 'nor anything like it'}")
    return id


@click.command()
@click.argument("old", default="")
@click.argument("new", default="")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def diff(old: str, new: str, as_json: bool) -> None:
    """What is different between two releases: folders, or versions or digests of releases kept in the database.

    Left out, OLD is the release in use and NEW the content folder.
    """
    quiet()
    found = run(_difference(settings(), old, new))
    _say(as_json, asdict(found), reports.difference(found))


async def _difference(config: Config, old: str, new: str) -> Difference:
    weights, named = read_weighty(config.content), (old, new or str(config.content))
    if isinstance(config.database, Path) and not config.database.exists():
        before, after = (_folder(one) for one in named)
        return difference(before or _none(named[0], []), after or _none(named[1], []), weights)
    async with app.open_store(config) as database:
        before, after = [_folder(one) or await _published(database, one) for one in named]
        had = await editions.had(database, json.dumps(sorted({*before.topics, *after.topics})))
    return difference(before, after, weights, had)


def _folder(named: str) -> Content | None:
    return library.read(Path(named)) if named and Path(named).is_dir() else None


async def _published(database: Database, named: str) -> Content:
    """A release out of the database: by its version or the beginning of its digest, else the one in use."""
    current = await releases.current(database)
    digest = await releases.like(database, named) if named else current.digest if current else ""
    if not digest:
        _none(named, [one.version for one in await releases.history(database)])
    try:
        return (await load_published(database, digest)).content
    except Faulty as error:
        raise SystemExit(f"this program cannot read the release {digest} any more: {error}") from None


def _none(named: str, kept: list[str]) -> NoReturn:
    listed = f"the database keeps {', '.join(dict.fromkeys(kept)) or 'none yet'}"
    what = f"{named!r} is no folder and no release" if named else "no release is in use"
    raise SystemExit(f"{what}; {listed}: name a folder with a release in it")


def _say(as_json: bool, value: Any, lines: Iterable[str]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=str) if as_json else "\n".join(lines))
