"""What the dated list of placement companies says of a name somebody was given.

Many names are alike, and swindlers borrow them. So only the whole name is a find; what is merely near it is shown to be
asked about. Capitals, marks, spaces and the company's form (PT, CV) make no difference.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from bot.model.work import Agency

Says = Literal["licensed", "suspended", "revoked", "like-sanctioned", "similar", "unlisted", "unnamed"]
MOST_SIMILAR = 3
_LETTERS_A_SLIP = 8
_TOO_MANY = 5
_ASIDE = re.compile(r"\([^)]*\)|,.*", re.DOTALL)
_FORMS = re.compile(r"\b(?:p\W*t|c\W*v|u\W*d|tbk|persero|p3mi|pjtki|pptkis)\b")
_WORD = re.compile(r"[a-z0-9]+")
_BY_WEIGHT = ("licensed", "suspended", "revoked")


@dataclass(frozen=True, slots=True)
class Finding:
    """What the list, as of `as_of`, says of a name: the company, if it stands there so; else those spelt alike."""

    says: Says
    agency: Agency | None = None
    similar: tuple[Agency, ...] = ()
    as_of: str = ""


def look_up(name: str, agencies: Sequence[Agency]) -> Finding:
    """The company of this name by its newest row, of several of one day the gravest; else those alike, the sanctioned first."""
    words = _words(name)
    as_of = max((one.as_of for one in agencies), default="")
    if not words:
        return Finding("unnamed", as_of=as_of)
    listed = _newest(agencies)
    found = listed.get("".join(words))
    if found:
        return Finding(found.status, found, as_of=as_of)
    near = _similar(words, listed)
    says: Says = "unlisted" if not near else "similar" if near[0].status == "licensed" else "like-sanctioned"
    shown = sorted(near, key=lambda one: one.status == "licensed")[:MOST_SIMILAR]
    return Finding(says, similar=tuple(shown), as_of=as_of)


def _newest(agencies: Iterable[Agency]) -> Mapping[str, Agency]:
    by_age = sorted(agencies, key=lambda one: (one.as_of, _BY_WEIGHT.index(one.status)))
    return {"".join(_words(one.name)): one for one in by_age}


def _similar(words: Sequence[str], listed: Mapping[str, Agency]) -> list[Agency]:
    """Those a slip or two away, and those of which one name holds the other; the nearest first."""
    slips = {key: OSA.distance("".join(words), key) for key in listed}
    near = [key for key, count in slips.items() if count <= max(1, len(key) // _LETTERS_A_SLIP)]
    holding = [key for key, one in listed.items() if _holds(set(words), set(_words(one.name)))]
    keys = {*near, *(holding if len(holding) <= _TOO_MANY else ())}
    return [listed[key] for key in sorted(keys, key=lambda key: (slips[key], key))]


def _holds(one: set[str], other: set[str]) -> bool:
    return one <= other or other <= one


def _words(name: str) -> list[str]:
    """The words that make the name; what stands in brackets or after a comma is a remark."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(char))
    return _WORD.findall(_FORMS.sub(" ", _ASIDE.sub(" ", plain)))
