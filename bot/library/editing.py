"""What only the editors' commands read: what is needed most, which words weigh, and on which line a fact stands."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.knowledge.coverage import Needed
from bot.knowledge.places import Key, Place
from bot.library.files import read_yaml, shape

_LISTS = (
    ("figure", "data/figures/*.yaml", "id"),
    ("contact", "data/contacts/*.yaml", "id"),
    ("rate", "data/rates.yaml", "currency"),
    ("wage", "data/wages.yaml", ""),
)


def read_needed(folder: Path) -> Needed:
    """What every language must answer first; nothing when there is no such file. Raises `Faulty`."""
    path = folder / "data/needed.yaml"
    found: Needed = shape(Needed, read_yaml(path, folder)) if path.is_file() else Needed()
    return found


def read_weighty(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The words that carry the meaning, by language; none when there is no such file. Raises `Faulty`."""
    path = folder / "data/weighty-words.yaml"
    if not path.is_file():
        return {}
    found: Mapping[str, tuple[str, ...]] = shape(Mapping[str, tuple[str, ...]], read_yaml(path, folder))
    return found


def places(folder: Path) -> dict[Key, Place]:
    """Where each fact of the lists stands. A row of the wages has no id: it goes by its number."""
    found = dict(place for kind, pattern, id in _LISTS for place in _listed(folder, kind, pattern, id))
    return found | dict(_overlays(folder))


def _listed(folder: Path, kind: str, pattern: str, id: str) -> Iterator[tuple[Key, Place]]:
    for path in sorted(folder.glob(pattern)):
        sheet = read_yaml(path, folder)
        for at, one in enumerate(sheet.value or []):
            yield (kind, str(one.get(id, "")) if id else str(at)), Place(sheet.file, sheet.line((at,)))


def _overlays(folder: Path) -> Iterator[tuple[Key, Place]]:
    for path in sorted((folder / "overlays").glob("*.yaml")):
        sheet = read_yaml(path, folder)
        yield ("overlay", str(sheet.value.get("unit", ""))), Place(sheet.file, 1)
