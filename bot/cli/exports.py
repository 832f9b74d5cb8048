"""`export`: cases or statistics as a file, for the operator; written down like an officer's."""

import os
import secrets
from pathlib import Path

import click

from bot import app, clock, exporting, library
from bot.casework.periods import spanning
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.exporting import MOST, MOST_PERSONAL, Asking, TooMany
from bot.model.export import WHATS, What, Wish
from bot.sheets import FORMATS, Format
from bot.understanding.release import Release
from bot.wording import Wording

SHORTEST = 10


@click.command()
@click.argument("what", type=click.Choice(WHATS))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--unit", default="", help="A village's, district's, regency's or province's code; the whole country without."
)
@click.option("--from", "first", required=True, help="The first month, as 2026-01.")
@click.option("--to", "last", required=True, help="The last month. Together a month, a quarter or a year.")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="xlsx", show_default=True)
@click.option("--reason", required=True, help="What for, in words; it is written down.")
@click.option("--personal", is_flag=True, help="Cases with names, numbers and stories. Each case's book says so.")
def export(
    what: What, file: Path, unit: str, first: str, last: str, kind: Format, reason: str, *, personal: bool
) -> None:
    """Write cases or statistics into FILE, which must not exist; names covered unless --personal."""
    quiet()
    period = spanning(first, last)
    if period is None:
        raise SystemExit(f"{first} to {last} is no month, quarter or year: try --from 2026-01 --to 2026-03")
    if len(reason.strip()) < SHORTEST:
        raise SystemExit(f"say what the file is for, in {SHORTEST} letters or more: --reason TEXT")
    if file.exists():
        raise SystemExit(f"{file} is there already: nothing was written")
    config = settings()
    release = library.load(config.content)
    if unit and not release.villages.name(unit):
        raise SystemExit(f"{unit} is no code of the official list: try desmigratif village find NAME")
    key = f"operator-{secrets.token_hex(16)}"
    wish = Wish(what, unit, period.name, kind, personal and what == "cases", "other", reason.strip(), key=key)
    _write(file, run(_made(config, release, Asking(wish, period, "id"))))
    click.echo(f"{file}: {what}, {period.name}, {release.place(unit)}")


async def _made(config: Config, release: Release, asking: Asking) -> bytes:
    async with app.open_store(config) as database:
        try:
            return await exporting.export(database, Wording(release), asking, clock.now(), keep=False)
        except TooMany:
            raise SystemExit(
                f"more than a file may hold ({MOST} cases, {MOST_PERSONAL} with names): choose a shorter time or a smaller unit"
            ) from None


def _write(file: Path, body: bytes) -> None:
    """For its owner alone, and never over another file."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(body)
    except OSError as error:
        raise SystemExit(f"cannot write {file}: {error.strerror}") from None
