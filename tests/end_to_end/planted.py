"""The command `desmigratif` with a bug planted in it: `python -m tests.end_to_end.planted WORD serve`.

The step raises for every message that holds the word, as a bug of ours would.
"""

import sys

from bot import handling
from bot.cli import main as desmigratif
from bot.model.conversation import Conversation
from bot.model.messages import Incoming
from bot.model.step import Step
from bot.understanding.release import Release


def plant(word: str) -> None:
    """From now on."""
    real = handling.step

    def step(conversation: Conversation, incoming: Incoming, release: Release) -> Step:
        if word in incoming.text:
            raise ZeroDivisionError
        return real(conversation, incoming, release)

    handling.step = step  # type: ignore[attr-defined]


if __name__ == "__main__":
    plant(sys.argv[1])
    desmigratif(sys.argv[2:], prog_name="desmigratif")
