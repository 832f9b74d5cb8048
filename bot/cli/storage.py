"""The database: `migrate`, `backup`, `restore`, `verify`, `retry`."""

import sqlite3
from pathlib import Path

import click

from bot import app
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.store import cases, post
from bot.store.database import Unusable
from bot.store.migrations import migrate as apply


@click.command()
def migrate() -> None:
    """Bring the database up to this program's schema."""
    applied = apply(settings().database)
    click.echo("\n".join(applied) if applied else "nothing to do")


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def backup(target: Path) -> None:
    """Copy the living database to a new file, and check the copy."""
    if target.exists():
        raise SystemExit(f"{target} exists: a backup never overwrites")
    run(_backup(settings(), target))
    click.echo(f"{target}: {_sound(target)} events, sound")


async def _backup(config: Config, target: Path) -> None:
    async with app.open_store(config) as database:
        await database.copy_to(target)


@click.command()
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(source: Path) -> None:
    """Put a backup in place of the database. The service must be stopped; what was there is kept beside it."""
    target = settings().database
    if target.exists() and source.samefile(target):
        raise SystemExit(f"{source} is the database itself: name a backup")
    events = _sound(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = _put_aside(target)
    with sqlite3.connect(source) as there, sqlite3.connect(target) as here:
        there.backup(here)
    click.echo(f"{target}: restored with {events} events" + (f"; what was there is {kept}" if kept else ""))


def _put_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    number = 1
    while (kept := target.with_name(f"{target.name}.before-restore-{number}")).exists():
        number += 1
    for ending in ("", "-wal", "-shm"):
        part = target.with_name(target.name + ending)
        if part.exists():
            part.rename(kept.with_name(kept.name + ending))
    return kept


def _sound(file: Path) -> int:
    """How many events a database file holds. Raises `Unusable` when it is damaged or none of ours."""
    try:
        connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            if connection.execute("pragma integrity_check").fetchone()[0] != "ok":
                raise Unusable(f"{file} is damaged")
            return int(connection.execute("select count(*) from event").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise Unusable(f"{file} is no backup of ours: {error}") from None


@click.command()
def verify() -> None:
    """Prove the book of cases: exit 1 when a page was changed, removed or put in between."""
    quiet()
    broken = run(_verify(settings()))
    for page in broken:
        click.echo(f"event {page.event}: {page.why}", err=True)
    if broken:
        raise SystemExit("the book of cases does not hold")
    click.echo("the book of cases holds")


async def _verify(config: Config) -> list[cases.Broken]:
    async with app.open_store(config) as database:
        return [page async for page in cases.verify(database)]


@click.command()
def retry() -> None:
    """Run again what was set aside; do it after the mend."""
    quiet()
    done, left = run(_retry(settings()))
    click.echo(f"{done} run again, {left} still set aside")


async def _retry(config: Config) -> tuple[int, int]:
    async with app.open_house(config) as house:
        aside = await post.all_set_aside(house.database)
        for one in aside:
            async with house.database.transaction() as tx:
                await post.take_back(tx, one)
            await house.reception.receive([one.incoming])
        return len(aside), len(await post.all_set_aside(house.database))
