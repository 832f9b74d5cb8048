"""`publish`, `rollback`, `releases`: which body of knowledge is in use. A running service takes it up within seconds."""

import click

from bot import app, clock, library
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.library.check import faults
from bot.library.faults import counted
from bot.releases import load_published, publish, roll_back, warm
from bot.store import releases
from bot.store.database import Database
from bot.understanding.release import Release


@click.command("publish")
def publish_folder() -> None:
    """Check the content folder and put it into use; nothing changes when it has a fault."""
    quiet()
    config = settings()
    release = _faultless(config)
    ended = run(_publish(config, release))
    click.echo(f"{_name(release)} is in use; {ended} answers given before have changed with it")


@click.command()
@click.argument("name", required=False, default="")
def rollback(name: str) -> None:
    """Go back to the release before, or to the one NAMEd by its version or the beginning of its digest."""
    quiet()
    release, changed = run(_roll_back(settings(), name))
    click.echo(f"{_name(release)} is in use again; {changed} answers given before have changed with it")
    click.echo("The content folder was left as it is: it is taken up when something in it changes")


@click.command("releases")
def list_releases() -> None:
    """What has been in use, the newest first."""
    quiet()
    listed = run(_history(settings()))
    if not listed:
        click.echo("none yet: the first is published when the service starts")
    for number, one in enumerate(listed):
        mark = "*" if number == 0 else " "
        click.echo(f"{mark} {one.digest}  {one.version:12} since {one.since:%Y-%m-%d %H:%M} UTC  {one.because}")


def _faultless(config: Config) -> Release:
    release = library.load(config.content)
    warm(release, config.cache)
    found = faults(release, clock.now().date(), config.content)
    for fault in found:
        click.echo(str(fault), err=True)
    if found:
        raise SystemExit(f"{counted(found)}: nothing was published")
    return release


async def _publish(config: Config, release: Release) -> int:
    async with app.open_store(config) as database:
        return await publish(database, release, library.files_of(config.content), "published", clock.now())


async def _roll_back(config: Config, name: str) -> tuple[Release, int]:
    async with app.open_store(config) as database:
        release = await load_published(database, await _wanted(database, name))
        return release, await roll_back(database, release, clock.now())


async def _wanted(database: Database, name: str) -> str:
    found = await (releases.like(database, name) if name else releases.previous(database))
    if not found:
        raise SystemExit(
            f"there is no release {name}: see desmigratif releases" if name else "there is no release before"
        )
    return found


async def _history(config: Config) -> list[releases.Published]:
    async with app.open_store(config) as database:
        return await releases.history(database)


def _name(release: Release) -> str:
    return f"release {release.version} ({release.content.digest})"
