"""What a fault left behind, and what that proves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

CONFIDENT = 3.0  # no failure in N trials: with 95 % confidence the rate is below 3/N


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often a fault was made (`trials`), how often that broke a promise, and the figures in one line.

    `stock` are the figures of the stock python-telegram-bot echo bot under the same fault, where it was put to it.
    """

    trials: int
    failures: int
    figures: str
    stock: str = ""

    @property
    def bound(self) -> str:
        """The rate of failures that is not exceeded, with 95 % confidence."""
        if self.failures:
            return f"{self.failures} of {self.trials}"
        return f"< {CONFIDENT / self.trials:.2g}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the requirements: its number, what is done in one line, how to make it so many times.

    `short` is what `make test` does, `long` what `make chaos` does, in about so many `minutes`. One that measures how long
    people wait is made `alone`.
    """

    id: str
    what: str
    run: Callable[[int], Awaitable[Outcome]]
    short: int
    long: int
    minutes: int
    alone: bool = False
