"""`dead` and `uncertain`: letters given up, and letters that may or may not have arrived; seen, and sent once more."""

import json
from typing import Any

import click

from bot import app, clock
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.store import trouble
from bot.store.database import Unusable
from bot.store.trouble import Undeliverable, Undelivered


def _group(state: Undeliverable, means: str) -> click.Group:
    """The commands for the letters of one state."""

    @click.group(name=state, help=f"Letters {means}.")
    def group() -> None:
        pass

    @group.command(name="list")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
    @click.option("--show", is_flag=True, help="Show the texts too: they may hold what a person told us.")
    def show_list(as_json: bool, show: bool) -> None:
        """Each with its row, channel, kind, since when, the error and the number of tries; oldest first."""
        quiet()
        found = run(_found(settings(), state))
        for one in found:
            click.echo(json.dumps(_row(one, show), ensure_ascii=False) if as_json else _line(one, show))
        if not found and not as_json:
            click.echo("none")

    @group.command(name="revive")
    @click.argument("rows", type=click.IntRange(min=1), nargs=-1)
    @click.option("--all", "everything", is_flag=True, help="All that are listed.")
    def revive(rows: tuple[int, ...], everything: bool) -> None:
        """Send these ROWS once more, as if they had never been tried."""
        if bool(rows) == everything:
            raise click.UsageError("name the rows, or give --all")
        quiet()
        many = run(_revive(settings(), state, rows))
        click.echo(f"{many} will be sent again")

    return group


async def _found(config: Config, state: Undeliverable) -> list[Undelivered]:
    async with app.open_store(config) as database:
        return await trouble.undelivered(database, state)


async def _revive(config: Config, state: Undeliverable, rows: tuple[int, ...]) -> int:
    """All of them or none; without `rows` everything that is listed."""
    async with app.open_store(config) as database, database.transaction() as tx:
        wanted = dict.fromkeys(rows or [one.row for one in await trouble.undelivered(tx, state)])
        unknown = await trouble.revive(tx, state, wanted, clock.now())
        if unknown:
            raise Unusable(f"no {state} letter has the row {', '.join(map(str, unknown))}; nothing was changed")
        return len(wanted)


def _row(one: Undelivered, show: bool) -> dict[str, Any]:
    told = {"row": one.row, "channel": one.channel, "kind": one.kind, "since": one.since.isoformat(timespec="seconds")}
    return {**told, "error": one.error, "tries": one.tries, **({"text": one.message.text} if show else {})}


def _line(one: Undelivered, show: bool) -> str:
    head = f"{one.row}\t{one.channel}\t{one.kind}\t{one.since:%Y-%m-%d %H:%M} UTC\t{one.error}\t{one.tries} tries"
    return f"{head}\n{one.message.text}\n" if show else head


dead = _group("dead", "given up: refused for what they are, or tried too often")
uncertain = _group("uncertain", "that may or may not have arrived: the platform's answer did not")
