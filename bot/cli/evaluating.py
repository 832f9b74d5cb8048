"""`evaluate`: how well the service understands a labelled file, and which of the editors' questions collide."""

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from bot import library
from bot.cli.asking import answer
from bot.cli.running import quiet, settings
from bot.releases import warm
from bot.understanding.measuring import Asked, Outcome, report
from bot.understanding.release import Release
from bot.understanding.search import Scored
from bot.wording import Wording

_MOST_SHOWN = 20


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--collisions", is_flag=True, help="Which of our own questions, held out, another topic would answer.")
def evaluate(file: Path | None, as_json: bool, collisions: bool) -> None:
    """Hold the service against a labelled file: lines with text, lang, gold (empty: must refuse), kind; style at will."""
    quiet()
    config = settings()
    wording = Wording(library.load(config.content))
    if collisions:
        for line in _collisions(wording.release, as_json):
            click.echo(line)
        return
    if file is None:
        raise click.UsageError("name a labelled file, or use --collisions")
    warm(wording.release, config.cache)  # so that learning is not counted with the first question
    found = measure(wording, read(file))
    for line in [json.dumps(found, ensure_ascii=False)] if as_json else _shown(found):
        click.echo(line)


def read(file: Path) -> list[Asked]:
    """The labelled questions of a file, one a line."""
    with file.open(encoding="utf-8") as lines:
        return [_asked(line, f"{file}: line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _asked(line: str, where: str) -> Asked:
    try:
        given = json.loads(line)
        gold = tuple(given["gold"])
        return Asked(given["text"], given["kind"], gold, given.get("lang", ""), given.get("style", ""))
    except (ValueError, KeyError, TypeError):
        raise click.ClickException(f'{where}: not a line like {{"text": "...", "gold": [], "kind": "..."}}') from None


def measure(wording: Wording, questions: Iterable[Asked]) -> dict[str, Any]:
    """What the service makes of them, and how long it takes."""
    began = time.perf_counter()
    outcomes = [_outcome(wording, asked) for asked in questions]
    seconds = time.perf_counter() - began
    return {**report(outcomes), "milliseconds a question": round(1000 * seconds / max(1, len(outcomes)), 2)}


def _outcome(wording: Wording, asked: Asked) -> Outcome:
    found = answer(wording, asked.text)
    candidates = tuple(Scored(one["topic"], one["score"]) for one in found["candidates"])
    return Outcome(asked, found["topic"] or "", candidates, found["urgent"])


def _shown(found: dict[str, Any]) -> Iterator[str]:
    for name, value in found.items():
        if not isinstance(value, dict | list):
            yield f"{name:28} {value}"
    for group in ("by language", "by kind", "by style"):
        for name, rates in found[group].items():
            yield f"{group:12} {name:15} " + ", ".join(f"{key} {value}" for key, value in rates.items())
    yield f"calibration error            {found['calibration']['error']}"
    for low, high, asked, chance, right in found["calibration"]["bins"]:
        yield f"chance {low}-{high}: {asked:4} questions, mean chance {chance:.2f}, right {right:.2f}"
    for gold, said, times in found["confusions"][:_MOST_SHOWN]:
        yield f"{times:4}  {gold} -> {said}"


def _collisions(release: Release, as_json: bool) -> Iterator[str]:
    from bot.understanding.collisions import collisions  # noqa: PLC0415  brings numpy

    for one in collisions(release.finder.examples(), release.elsewhere):
        if as_json:
            told = {"question": one.example.text, "of": one.example.topic, "leads to": one.topic}
            yield json.dumps({**told, "chance": round(one.chance, 4), "like": one.alike.text}, ensure_ascii=False)
        else:
            yield f"{one.example.topic}: {one.example.text!r} -> {one.topic} ({one.chance:.2f}), like {one.alike.text!r}"
