"""What messages cost in a time: as many as the platform charges for, at the price it publishes; no price, no sum."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from bot.casework.arrivals import charged
from bot.model.report import Messages
from bot.model.templates import Price


@dataclass(frozen=True, slots=True)
class Spent:
    """The messages of one category: how many, how many of them are charged, and what they cost, if every price is known."""

    category: str
    many: int
    charged: int
    cost: Decimal | None = None
    currency: str = ""


def spent(counted: Iterable[Messages], prices: Sequence[Price]) -> list[Spent]:
    """By category, in the order of the alphabet."""
    listed = sorted(counted, key=lambda one: one.category)
    return [_of(category, list(some), prices) for category, some in groupby(listed, key=lambda one: one.category)]


def _of(category: str, some: Sequence[Messages], prices: Sequence[Price]) -> Spent:
    paid = [one for one in some if charged(one.category, one.billing)]
    many = sum(one.many for one in some)
    found = [_price(one, prices) for one in paid]
    known = [one for one in found if one]
    if not paid or len(known) < len(paid) or len({one.currency for one in known}) > 1:
        return Spent(category, many, sum(one.many for one in paid))
    cost = sum((price.price * one.many for price, one in zip(known, paid, strict=True)), Decimal(0))
    return Spent(category, many, sum(one.many for one in paid), cost, known[0].currency)


def _price(one: Messages, prices: Sequence[Price]) -> Price | None:
    """The price that held when the month began."""
    began = date.fromisoformat(f"{one.month}-01")
    fitting = [price for price in prices if price.category == one.category and price.since <= began]
    return max(fitting, key=lambda price: price.since, default=None)
