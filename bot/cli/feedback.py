"""`unanswered`: what people asked in vain; `corrections`: how far the news of changed answers has come."""

import json
from datetime import datetime, timedelta
from typing import Any

import click

from bot import app, clock, library
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.editorial import LATELY, Editorial, gather, stands
from bot.knowledge.codes import sayable
from bot.knowledge.grouping import Group
from bot.model.feedback import Missed, Rating
from bot.store import editions
from bot.store.editions import Correction
from bot.understanding.release import Release

_CHANGED_LATELY = timedelta(days=90)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command()
@click.option("--days", type=click.IntRange(1, 400), default=LATELY.days, show_default=True, help="How far back.")
@_as_json
def unanswered(days: int, as_json: bool) -> None:
    """What people asked and we could not answer, which answers did not help, which are out of date; nobody is named."""
    quiet()
    config = settings()
    release = library.load(config.content)
    found = run(_gather(config, release, timedelta(days=days)))
    click.echo(json.dumps(_whole(found, release), ensure_ascii=False) if as_json else "\n".join(_lines(found, release)))


async def _gather(config: Config, release: Release, lately: timedelta) -> Editorial:
    async with app.open_store(config) as database:
        return await gather(database, release, clock.now(), lately)


def _whole(found: Editorial, release: Release) -> dict[str, Any]:
    return {
        "unanswered": [_group(one) for one in found.groups],
        "not_shown": found.unread,
        "not_helpful": [_rating(one, release) for one in found.not_helpful],
        "out_of_date": [_missed(one, release) for one in found.withheld],
    }


def _group(one: Group) -> dict[str, Any]:
    return {
        "times": one.times,
        "first": _day(one.first),
        "last": _day(one.last),
        "languages": one.languages,
        "examples": one.examples,
        "offered": one.offered,
        "meant": dict(one.meant),
    }


def _rating(one: Rating, release: Release) -> dict[str, Any]:
    return {
        "topic": one.topic,
        "language": one.language,
        "version": one.version,
        "current": stands(release, one),
        "not_helped": one.not_helped,
        "helped": one.helped,
        "last": _day(one.last),
    }


def _missed(one: Missed, release: Release) -> dict[str, Any]:
    until = release.content.topics[one.topic].valid_until
    return {"topic": one.topic, "asked": one.asked, "since": _day(one.first), "valid_until": str(until)}


def _lines(found: Editorial, release: Release) -> list[str]:
    lines = [f"not understood: {len(found.groups)} groups, and {found.unread} questions not shown"]
    for one in found.groups:
        lines.append(f"{one.times:6}  {_day(one.first)} to {_day(one.last)}  {','.join(one.languages)}")
        lines += [f"        {text}" for text in one.examples]
        lines += [f"        offered: {', '.join(one.offered)}"] if one.offered else []
        lines += [f"        meant:   {topic} ({times})" for topic, times in one.meant]
    lines.append(f"did not help: {len(found.not_helpful)}")
    for rating in found.not_helpful:
        text = "" if stands(release, rating) else "  (an older text)"
        said = f"{rating.not_helped} of {rating.not_helped + rating.helped}"
        lines.append(f"{said:>12}  {rating.topic}  {rating.language}  {rating.version}{text}")
    lines.append(f"out of date: {len(found.withheld)}")
    lines += [f"{one.asked:6}  {one.topic}  asked for since {_day(one.first)}" for one in found.withheld]
    return lines


@click.command()
@_as_json
def corrections(as_json: bool) -> None:
    """Answers that changed in the last 90 days: how many people had each, and what became of telling them."""
    quiet()
    found = run(_corrections(settings()))
    if as_json:
        click.echo(json.dumps({"corrections": [_correction(one) for one in found]}, ensure_ascii=False))
        return
    for one in found:
        where = " ".join(part for part in (one.edition.topic, one.edition.country, one.edition.sector) if part)
        told = f"told {one.told}, owed {one.owed}, unreachable {one.unreachable}, waiting for the service {one.waiting}"
        click.echo(f"{_day(one.ended)}  {sayable(one.edition.code)}  {where}: had {one.had}, {told}")
    if not found:
        click.echo("no answer given before has changed")


async def _corrections(config: Config) -> list[Correction]:
    async with app.open_store(config) as database:
        return await editions.corrections(database, clock.now() - _CHANGED_LATELY)


def _correction(one: Correction) -> dict[str, Any]:
    return {
        "code": one.edition.code,
        "topic": one.edition.topic,
        "country": one.edition.country,
        "sector": one.edition.sector,
        "ended": one.ended.isoformat(),
        "had": one.had,
        "told": one.told,
        "owed": one.owed,
        "unreachable": one.unreachable,
        "waiting": one.waiting,
    }


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
