"""`check`: is the content right, all faults at once; `village`: the official list."""

from collections import Counter
from pathlib import Path

import click

from bot import clock, library
from bot.cli.running import settings
from bot.library.check import faults
from bot.library.check_sentences import sentences
from bot.library.faults import counted
from bot.releases import warm
from bot.villages_import import build


@click.command()
@click.option("--content-only", is_flag=True, help="Leave our own sentences out: an editor cannot mend them.")
def check(content_only: bool) -> None:
    """Check every file of the content, and our own sentences; exit 1 and say file, line, fault and mend for each fault."""
    config = settings()
    folder, release = config.content, library.load(config.content)
    warm(release, config.cache)
    found = [*faults(release, clock.now().date(), folder), *(() if content_only else sentences())]
    for fault in found:
        click.echo(str(fault), err=True)
    areas = Counter(topic.partition("/")[0] for topic in release.content.topics)
    languages = Counter(language for topic in release.content.topics.values() for language in topic.answers)
    click.echo(f"release {release.version} ({release.content.digest}): {len(release.content.topics)} topics")
    click.echo("areas:     " + ", ".join(f"{area} {count}" for area, count in sorted(areas.items())))
    click.echo("languages: " + ", ".join(f"{language} {count}" for language, count in sorted(languages.items())))
    if found:
        raise SystemExit(counted(found))


@click.group()
def village() -> None:
    """The official list of villages."""


@village.command("import")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--source", required=True, help="Where the data comes from, with version and licence.")
def import_villages(folder: Path, source: str) -> None:
    """Make content/villages.csv.xz from the CSV files of an open data set."""
    click.echo(f"{build(folder, settings().content / 'villages.csv.xz', source=source)} villages")


@village.command()
@click.argument("text", nargs=-1, required=True)
def find(text: tuple[str, ...]) -> None:
    """Find a village by name, with its district if you like."""
    villages = library.load(settings().content).villages
    found = villages.find(" ".join(text))
    for one in found.matches:
        click.echo(f"{one.code}  {villages.name(one.code)}")
    if not found.matches:
        raise SystemExit("no such village in the official list")
