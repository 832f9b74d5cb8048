"""What is said where a file cannot go: to whom it was meant for, in its place; and to the officer who sent it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.model.messages import Message
from bot.store import people, post
from bot.store.database import Row, Transaction
from bot.store.post import NOTICE, Letter
from bot.wording.beside import beside, choice

_STEP = 1_000_000
"""What is told of a letter stands behind all that was told of its cause, and once: by the letter's own step and place."""


def without(message: Message) -> Message:
    """The words alone, with what stands in the place of the file."""
    instead = message.instead
    if instead is None:
        return replace(message, attachment=None)
    text = "\n\n".join(filter(None, (message.text, instead.text)))
    return replace(message, text=text, choices=(*message.choices, *instead.choices), attachment=None, instead=None)


async def tell(tx: Transaction, letters: Sequence[int], at: datetime) -> None:
    """Tell whoever sent the files of these letters, in the chat they sent them from, that the words went without."""
    for letter in letters:
        row = await tx.row("sender_of_file", {"letter": letter, "behind": _STEP})
        if row:
            talk = (await people.talks(tx, [row["person_id"]]))[row["person_id"]]
            await post.send(tx, [_told(row, talk.language)], at)


def _told(row: Row, language: str) -> Letter:
    number = str(row["case_number"] or "")
    text = beside("file-lost", language, number=number)
    choices = (choice("open-case", f"case:{number}", language),) if number else ()
    message = Message(text, choices, language=language)
    return Letter(row["cause"], _STEP + row["step"], row["n"], row["address_id"], message, NOTICE, kind="work")
