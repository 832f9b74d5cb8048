"""The rows of every table of a made-up land, in an order in which nothing speaks of what is not there yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.land import casework, people, talk
from benchmarks.land.ground import Ground
from bot.store.seal import Seal

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for one table, made as they are asked for; `many` is about how many there will be."""

    name: str
    columns: tuple[str, ...]
    many: int
    rows: Iterable[Row]


def tables(ground: Ground, seal: Seal, at_work: int = 0) -> Iterator[Table]:
    """All of them; the last `at_work` letters were being sent when the making ended."""
    every, twice, cases = ground.people, ground.messages, ground.cases
    units = people.units(ground)
    yield Table("person", people.PERSON, every, people.persons(ground, seal))
    yield Table("address", people.ADDRESS, every, people.addresses(ground))
    yield Table("officer", people.OFFICER, len(units), people.officers(ground, units))
    yield Table("consent", casework.CONSENT, cases, casework.consents(ground))
    yield Table("case", casework.CASE, cases, casework.cases(ground, seal, units))
    yield Table("event", casework.EVENT, 5 * cases, casework.book(ground, seal, units))
    yield Table("inbox", talk.INBOX, twice, talk.received(ground))
    yield Table("said", talk.SAID, 0, talk.said(ground, seal))
    yield Table("outgoing", talk.OUTGOING, every + twice, talk.letters(ground, seal, at_work))
    yield Table("piece", talk.PIECE, 0, talk.pieces(ground))
    yield Table("arrival", talk.ARRIVAL, 0, talk.arrivals(ground))
    yield Table("edition", talk.EDITION, len(talk.TOPICS), talk.editions(ground))
    yield Table("answered", talk.ANSWERED, int(twice * talk.ANSWERED_OF), talk.answered(ground))
    yield Table("rating", talk.RATING, int(twice * talk.RATED_OF), talk.rated(ground))
    yield Table("unanswered", talk.UNANSWERED, int(twice * talk.UNANSWERED_OF), talk.unanswered(ground))
