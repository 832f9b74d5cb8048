"""`ask` and `talk`: the service in a terminal."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import click

from bot import app, clock, library
from bot.channels import terminal
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.dialogue.step import step
from bot.markdown import plain
from bot.model.conversation import Conversation
from bot.model.messages import Incoming, Kind, Message
from bot.releases import warm
from bot.serving import House
from bot.store import cases, inbox, people, spoken
from bot.wording import Wording


@click.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", is_flag=True, help='Read lines {"id", "text", "lang"} from stdin, write one line for each.')
@click.option("--lang", default="", help="Answer in this language.")
def ask(text: str | None, as_json: bool, jsonl: bool, lang: str) -> None:
    """Ask one question, without a talk around it and without keeping anything."""
    quiet()
    config = settings()
    wording = Wording(library.load(config.content))
    warm(wording.release, config.cache)
    if jsonl:
        for number, line in enumerate(sys.stdin, 1):
            if line.strip():
                click.echo(json.dumps(_line(wording, line, number), ensure_ascii=False))
        return
    if not text:
        raise click.UsageError("write the question, or use --jsonl")
    found = answer(wording, text, lang)
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else found["reply"])


def answer(wording: Wording, text: str, language: str = "") -> dict[str, Any]:
    """What the service would say: topic or null, candidates, whether it is urgent, the language heard, the reply."""
    release = wording.release
    heard = release.hear(text)
    found = release.find(heard.terms)
    spoken = language or (heard.language if wording.speaks(heard.language) else "id")
    asked = Incoming(terminal.person("ask"), "ask", "text", datetime.now(UTC), text=text)
    said = step(Conversation(1, spoken, greeted=True), asked, release)
    messages = [message for reply in said.replies for message in wording.write(reply, spoken)]
    topic = next((reply.facts["topic"] for reply in said.replies if reply.phrase == "answer"), None)
    return {
        "topic": topic,
        "candidates": [{"topic": one.topic, "score": round(one.score, 4)} for one in found.candidates],
        "urgent": heard.danger is not None,
        "lang": heard.language,
        "reply": "\n\n".join(plain(message.text) for message in messages),
    }


def _line(wording: Wording, line: str, number: int) -> dict[str, Any]:
    try:
        given = json.loads(line)
        return {"id": given.get("id"), **answer(wording, str(given["text"]), str(given.get("lang") or ""))}
    except (ValueError, KeyError, AttributeError):
        raise click.ClickException(f'stdin line {number}: not a line like {{"id": 1, "text": "..."}}') from None


@click.command()
@click.option(
    "--script",
    type=click.Path(path_type=Path, dir_okay=False, exists=True, allow_dash=True),
    help="Play the lines of this file; - is stdin.",
)
@click.option(
    "--database",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Go on with this file, else with DATABASE_URL, else afresh.",
)
@click.option("--person", "name", default="somebody", help="Who talks.")
def talk(script: Path | None, database: Path | None, name: str) -> None:
    """Talk with the service in this terminal."""
    quiet()
    with _database(settings(), database) as config:
        run(_play(config, script, name) if script else _talk(config, name))


@contextmanager
def _database(config: Config, given: Path | None) -> Iterator[Config]:
    """The file given, else the one DATABASE_URL names, else a fresh one that goes when the talk is over."""
    if given or "DATABASE_URL" in os.environ:
        yield replace(config, database=given or config.database)
        return
    with TemporaryDirectory() as folder:
        yield replace(config, database=Path(folder) / "talk.db")


async def _talk(config: Config, name: str) -> None:
    config = replace(config, telegram_token="")
    async with app.open_house(config, terminal.Terminal(click.echo), trial=True) as house:
        for line in _typed_lines():
            await _bring(house, name, "text", line)
            while await house.delivery.once():
                pass


def _typed_lines() -> Iterator[str]:
    while True:
        try:
            yield input("> ")
        except (EOFError, KeyboardInterrupt):
            return


async def _play(config: Config, script: Path, name: str) -> None:
    lines = (sys.stdin if str(script) == "-" else script.open(encoding="utf-8")).read().splitlines()
    try:
        played = list(terminal.read_script(lines))
    except terminal.BadLine as error:
        raise SystemExit(f"{script}: {error}") from None
    async with app.open_house(replace(config, telegram_token=""), trial=True) as house:
        for kind, user in played:
            incoming = await _bring(house, name, kind, user)
            click.echo(json.dumps(await _turn(house, name, incoming), ensure_ascii=False))


async def _bring(house: House, name: str, kind: Kind, user: str) -> Incoming:
    who = terminal.person(name)
    shown = await spoken.last_shown(house.database, who, limit=8)
    incoming = terminal.played(kind, user, shown, clock.now(), who, uuid4().hex)
    await house.reception.receive([incoming])
    return incoming


async def _turn(house: House, name: str, incoming: Incoming) -> dict[str, Any]:
    async with house.database.transaction() as tx:
        met = await people.meet(tx, [incoming])
        talk = met.talks[met.places[incoming.address].person]
        own = await cases.all_of_person(tx, talk.person)
    replies: list[Message] = await spoken.replies_to(house.database, inbox.key(incoming))
    filling = talk.filling
    state = (
        f"form:{filling.form}:{filling.asking}:{filling.field}"
        if filling
        else f"talking:{talk.talking}"
        if talk.talking
        else "free"
    )
    return {
        "replies": terminal.as_json(replies),
        "state": state,
        "cases": [{"number": one.number, "kind": one.kind, "state": one.state, "village": one.village} for one in own],
    }
