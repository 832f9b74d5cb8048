"""How far a message has come, as its platform says; and what is to be done when it says that it did not."""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["sent", "failed", "delivered", "read"]
STAGES: tuple[Stage, ...] = ("sent", "failed", "delivered", "read")
"""In this order a later one is believed over an earlier one, whichever is said first: what was read has arrived, and what
failed once may still have arrived."""
Remedy = Literal["closed", "gone", "later", "fileless", "lost"]

_CLOSED = (131047,)
_GONE = (131026, 130497)
_FILELESS = (131052, 131053)
_LATER = (130429, 131056, 131000, 131016, 131048, 131057, 80007)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is said of one message: its id there, how far it came, why not, as what it is charged and whether it is."""

    id: str
    stage: Stage
    code: int = 0
    category: str = ""
    billing: str = ""


def read_arrival(id: str, said: str) -> Arrival:
    """As a channel brings it: `delivered`, `failed:131026`, `delivered utility regular`. Raises `ValueError`."""
    word, _, counted = said.partition(" ")
    stage, _, code = word.partition(":")
    category, _, billing = counted.partition(" ")
    found = next((one for one in STAGES if one == stage), None)
    if found is None:
        raise ValueError(f"no stage of a message: {stage!r}")
    return Arrival(id, found, int(code or 0), category, billing)


def remedy(code: int) -> Remedy:
    """What a failure asks for: that they write first, that nobody is there, that it is tried again, that the words go without
    their file, or nothing helps."""
    if code in _CLOSED:
        return "closed"
    if code in _GONE:
        return "gone"
    if code in _FILELESS:
        return "fileless"
    return "later" if code in _LATER else "lost"


def charged(category: str, billing: str) -> bool:
    """Whether a message costs something; while the platform has not said so, a template does and an answer does not.

    `billing` is "failed" for what did not arrive.
    """
    return billing == "regular" if billing else category != "service"
