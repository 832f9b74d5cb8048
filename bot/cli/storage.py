"""The database: `migrate`, `backup`, `restore`, `verify`, `retry`."""

from dataclasses import replace
from pathlib import Path

import click

from bot import app, clock
from bot.backups import back_up
from bot.casework.heads import read_head
from bot.channels import telegram_updates, whatsapp_updates
from bot.cli.running import quiet, run, settings
from bot.config import Config, read_store
from bot.durable import to_disk
from bot.model.book import Leaf
from bot.model.messages import Incoming
from bot.model.server import Server
from bot.second_chance import run_again
from bot.store import cases, copies, dumps, moving
from bot.store.contents import Contents
from bot.store.lock import alone, nobody_serving
from bot.store.migrations import bring_up_to_date
from bot.store.seal import Seal


@click.command()
@click.option("--from", "source", default="", help="A file to move to a server: sqlite:///var/desmigratif.db")
@click.option(
    "--to",
    "target",
    default="",
    help="The server's database, which must be empty: postgresql://user:password@host/name",
)
@click.option("--again", is_flag=True, help="Put what an earlier move brought there aside, in a schema before_move_N.")
def migrate(source: str, target: str, *, again: bool) -> None:
    """Bring the database up to this program's schema; with --from and --to, move one from a file to a server.

    A move is whole or nothing, and leaves the file as it is. Stop the service first; to rehearse it, stop it for as long as
    the move takes, and move --again when the day has come.
    """
    if source or target:
        _move(settings(), source, target, again=again)
        return
    applied = run(bring_up_to_date(settings().database))
    click.echo("\n".join(applied) if applied else "nothing to do")


def _move(config: Config, source: str, target: str, *, again: bool) -> None:
    file, server = _store("--from", source), _store("--to", target)
    if not isinstance(file, Path) or not isinstance(server, Server):
        raise SystemExit("a database moves from a file to a server: --from sqlite:///... --to postgresql://...")
    keyed = replace(config, key_file=file.parent / config.key_file.name)
    moved = run(moving.move(file, server, Seal(keyed.keys), _tell_of_table, again=again))
    click.echo(f"{server}: {sum(one.rows for one in moved)} rows in {len(moved)} tables, and the book of cases holds")
    click.echo("Set DATABASE_URL to it, and do not start the service on the file again.")
    if not config.named_keys and keyed.key_file != config.folder / keyed.key_file.name:
        click.echo(
            f"The key lies in {keyed.key_file}: the service on the server looks for it in var, or in SECRET_KEYS."
        )


def _store(option: str, url: str) -> Path | Server:
    try:
        return read_store(url, Path.cwd())
    except ValueError as error:
        raise SystemExit(f"{option}: {error}") from None


def _tell_of_table(table: moving.Table) -> None:
    click.echo(f"  {table.name}: {table.rows}")


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path, dir_okay=False))
def backup(target: Path | None) -> None:
    """Copy the living database and check the copy: to the new file TARGET, else into BACKUP_DIR for 30 days at most."""
    made, found = run(_backup(settings(), target))
    click.echo(f"{made}: {found.events} events, sound")


async def _backup(config: Config, target: Path | None) -> tuple[Path, Contents]:
    async with app.open_store(config) as database:
        if target:
            return target, await copies.copy(database, target)
        return await back_up(database, config.backup_folder, clock.now())


@click.command()
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(source: Path) -> None:
    """Put a backup in place of the database. The service must be stopped; what was there is kept beside it."""
    target = settings().database
    if isinstance(target, Server) or dumps.is_dump(source):
        _restore_on_server(source, target)
    else:
        _restore_file(source, target)


def _restore_file(source: Path, target: Path) -> None:
    if target.exists() and source.samefile(target):
        raise SystemExit(f"{source} is the database itself: name a backup")
    found = copies.look_through(source)
    fresh = target.with_name(f"{target.name}.restoring")
    with alone(target):
        doubtful = copies.restore(source, fresh, clock.now())
        kept = _put_aside(target)
        copies.take_its_place(fresh, target)
    click.echo(f"{target}: restored with {found.events} events" + (f"; what was there is {kept}" if kept else ""))
    _tell_of_doubt(doubtful)


def _restore_on_server(source: Path, target: Path | Server) -> None:
    if not isinstance(target, Server) or not dumps.is_dump(source):
        kind = (
            "a server's, which DATABASE_URL must name"
            if dumps.is_dump(source)
            else "a file's, and DATABASE_URL names a server"
        )
        raise SystemExit(f"{source} is a backup of {kind}: desmigratif migrate --from --to moves one to the other")
    found, doubtful, kept = run(_put_back(source, target))
    click.echo(f"{target}: restored with {found.events} events; what was there is in the schema {kept}")
    _tell_of_doubt(doubtful)


async def _put_back(source: Path, server: Server) -> tuple[Contents, int, str]:
    found = await dumps.look_through(source)
    async with nobody_serving(server):
        return found, *await dumps.restore(source, server, clock.now())


def _tell_of_doubt(doubtful: int) -> None:
    if doubtful:
        click.echo(f"{doubtful} messages waited when the backup was made: whether they were sent since is not known")
        click.echo("They are marked uncertain and are not sent by themselves: see desmigratif uncertain list")


def _put_aside(target: Path) -> Path | None:
    """The database with its log. A restore that was cut off may leave the log alone: a new file beside it would be given it."""
    parts = [one for one in ("", "-wal", "-shm") if target.with_name(target.name + one).exists()]
    if not parts:
        return None
    number = 1
    while (kept := target.with_name(f"{target.name}.before-restore-{number}")).exists():
        number += 1
    for ending in parts:
        target.with_name(target.name + ending).rename(kept.with_name(kept.name + ending))
    to_disk(target.parent)
    return kept


@click.command()
@click.option("--head", default="", help="The code of the book on a receipt or a digest: was it ever this book's?")
def verify(head: str) -> None:
    """Prove the book of cases: exit 1 when a page was changed, removed or put in between.

    What was cut off its end leaves no trace in it: only a code from paper (--head) shows that.
    """
    quiet()
    code = read_head(head)
    if head and not code:
        raise SystemExit(f"{head} is no code of a book: three times four letters, as in BCDF-GHJK-MNPR")
    broken, leaf = run(_verify(settings(), code))
    for page in broken:
        click.echo(f"event {page.event}: {page.why}", err=True)
    if broken:
        raise SystemExit("the book of cases does not hold")
    click.echo("the book of cases holds")
    if code and leaf is None:
        raise SystemExit(f"it has no page {code}: a page was cut off, or the paper is of another book")
    if leaf:
        click.echo(f"it stood at {code} after event {leaf.event}, {leaf.at:%Y-%m-%d %H:%M} UTC")


async def _verify(config: Config, code: str) -> tuple[list[cases.Broken], Leaf | None]:
    async with app.open_store(config) as database:
        return [page async for page in cases.verify(database)], await cases.leaf(database, code) if code else None


@click.command()
def retry() -> None:
    """Run again what was set aside; do it after the mend."""
    quiet()
    done, left = run(_retry(settings()))
    click.echo(f"{done} run again, {left} still set aside")


async def _retry(config: Config) -> tuple[int, int]:
    async with app.open_house(config) as house:
        return await run_again(house.database, house.reception.receive, _read_again)


def _read_again(incoming: Incoming) -> Incoming:
    """By whoever could not read it."""
    if incoming.address.channel == "whatsapp":
        return whatsapp_updates.read_again(incoming)
    return telegram_updates.read_again(incoming)
