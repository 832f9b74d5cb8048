"""`vacancy`: what is open abroad, from a file into the content; what the content holds; how such a file looks."""

from pathlib import Path

import click

from bot import clock, library
from bot.cli.running import settings
from bot.knowledge.vacancies import open_now
from bot.library.market import VACANCY_COLUMNS
from bot.library.vacancies_import import import_vacancies

TEMPLATE = f"""\
# One vacancy a line; lines that begin with # are not read. Dates as 2026-11-21, amounts without dots.
# Must be filled: id, country, sector, title, agency, posted, expires, apply, source_*. With a wage: currency, per, wage_kind.
# country, sector, education, languages: ids of data/countries.yaml, sectors.yaml, education.yaml, work-languages.yaml
# per: month, year, hour, day. wage_kind: minimum, agreed, offered, typical. source_status: verified, second-hand, unverified.
# Example:
# siskop2mi-0001,taiwan,factory-work,Operator produksi,PT Contoh,Taoyuan,20,29500,,TWD,month,offered,20,38,sma,,\
2026-11-01,2026-12-31,Lamar di SISKOP2MI nomor 0001,,SISKOP2MI,https://siskop2mi.bp2mi.go.id/lowongan/list,2026-11-01,verified
{",".join(VACANCY_COLUMNS)}"""


@click.group()
def vacancy() -> None:
    """The vacancies people are shown."""


@vacancy.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def import_file(file: Path) -> None:
    """Take a CSV file into the content; with a fault in any line nothing changes."""
    folder = settings().content
    merged = import_vacancies(file, folder, library.load(folder).content, clock.now().date())
    counts = (
        f"{merged.new} new, {merged.changed} changed, {merged.same} as before, {merged.dropped} expired and dropped"
    )
    click.echo(f"{counts}; {len(merged.vacancies)} vacancies in all")


@vacancy.command("list")
def list_open() -> None:
    """The vacancies open today, those that end first in front."""
    found = open_now(library.load(settings().content).content, clock.now().date())
    for one in found:
        click.echo(f"{one.id:20}  {one.expires}  {one.country:14}  {one.sector:18}  {one.title}")
    if not found:
        click.echo("no vacancy is open today")


@vacancy.command()
def template() -> None:
    """An empty file with an example, to be filled in."""
    click.echo(TEMPLATE)
