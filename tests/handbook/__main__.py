"""Writes the pictures and the talks of the officers' handbook anew: `python -m tests.handbook`.

With the name of a folder the pictures go there instead, to be looked at, and nothing else is written.
"""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.library import load
from bot.releases import warm
from bot.wording import Wording
from tests.cache import CACHE
from tests.conftest import CONTENT
from tests.handbook import book, pictures, talks
from tests.handbook.land import in_the_land


async def main(folder: Path | None) -> None:
    """All of it: a minute's work."""
    release = load(CONTENT)
    warm(release, CACHE)
    land = in_the_land(release)
    with TemporaryDirectory() as place:
        taken = await pictures.take(Path(place), land)
    for name, picture in taken.items():
        ((folder or pictures.FOLDER) / f"{name}.png").write_bytes(picture)
    if not folder:
        book.write_talks(await _drawn(Wording(land)))


async def _drawn(wording: Wording) -> dict[str, str]:
    drawn = {}
    for file in sorted(talks.FOLDER.glob("*.yaml")):
        with TemporaryDirectory() as place:
            drawn[file.stem] = await talks.drawn(file, Path(place), wording)
    return drawn


asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
