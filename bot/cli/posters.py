"""`poster`: a village's poster, to print or to pass on."""

from collections.abc import Coroutine
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot import app, clock, library, posters
from bot.channel import Never, NotNow, Uncertain
from bot.cli.running import quiet, run, settings
from bot.config import BadSetting
from bot.dialogue.arrivals import village_of
from bot.model.villages import Village
from bot.posters import KINDS, SIZES, Doors, Kind, Nowhere, Sheet, Size
from bot.understanding.release import Release
from bot.wording import Wording


@click.command()
@click.option("--village", "code", required=True, help="The village's official code.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file ending in .pdf or .png.")
@click.option("--size", type=click.Choice(SIZES), default="a4", show_default=True)
def poster(code: str, out: Path | None, size: Size) -> None:
    """Draw a village's poster: QR codes for the channels that are set up, its code, whom to call."""
    quiet()
    kind: Kind = _kind(out) if out else "pdf"
    config = settings()
    release = library.load(config.content)
    village = _village(release, code)
    file = out or Path(posters.file_name(village, kind))
    sheet = _sheet(release, village, _asked(app.open_doors(config)))
    try:
        file.write_bytes(posters.drawn(sheet, kind, size))
    except OSError as error:
        raise SystemExit(f"cannot write {file}: {error.strerror}") from None
    click.echo(f"{file}: {release.place(village.code)}")
    for way in sheet.ways:
        click.echo(f"{way.channel:9} {way.link}")


def _village(release: Release, code: str) -> Village:
    found = village_of(code, release)
    if found is None:
        raise SystemExit(f"{code} is no village's code of the official list: try desmigratif village find NAME")
    return found


def _kind(file: Path) -> Kind:
    kind = file.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise SystemExit(f"{file} must end in .pdf or .png")
    return kind


def _asked(doors: Coroutine[object, object, Doors]) -> Doors:
    try:
        return run(doors)
    except (NotNow, Never, Uncertain):
        raise SystemExit("Telegram does not tell the bot's name just now: try again in a moment") from None


def _sheet(release: Release, village: Village, doors: Doors) -> Sheet:
    try:
        today = clock.now().astimezone(ZoneInfo(village.zone)).date()
        return posters.sheet_of(Wording(release), village, doors, today)
    except Nowhere:
        raise BadSetting("no channel to print: set TELEGRAM_BOT_TOKEN, WHATSAPP_NUMBER or PUBLIC_URL") from None
