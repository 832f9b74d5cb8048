"""The paper of somebody who has no phone: its number and its secret number show how the case stands, and nothing it says."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Clock, State


@dataclass(frozen=True, slots=True)
class Standing:
    """What a paper shows. Not what the case is about, nor whose it is: papers are found in pockets.

    `id` is the paper's own: a new one for the same case has another. `free`: no chat belongs to the case yet, so whoever
    holds the paper may have its messages come to theirs. `language` is the person's.
    """

    id: str
    number: str
    state: State
    unit: str
    village: str
    opened: datetime
    due: datetime
    clock: Clock
    officer: int
    officer_name: str
    language: str
    free: bool
