"""What somebody may have meant by an id that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches

_MOST = 4


def nearest(text: str, ids: Iterable[str]) -> list[str]:
    """The ids most like it; a part of an id counts like the whole ("costs" for "migration/costs")."""
    by_name: dict[str, list[str]] = {}
    for id in ids:
        for name in {id, *id.split("/")[1:]}:
            by_name.setdefault(name, []).append(id)
    names = get_close_matches(text.lower(), by_name, n=_MOST, cutoff=0.5)
    return list(dict.fromkeys(id for name in names for id in by_name[name]))[:_MOST]
