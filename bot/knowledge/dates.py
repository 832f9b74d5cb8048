"""How long what we know holds: what is over, and what is due for another look."""

from datetime import date

from bot.model.content import Figure, Topic
from bot.model.work import Job


def over(fact: Topic | Figure | Job, today: date) -> bool:
    """Whether a fact's time is over: then it is not stated any more."""
    return fact.valid_until is not None and fact.valid_until < today


def day(text: str) -> date | str:
    """A date as such when it is whole; a bare year or month stays as it was written."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
