"""Who guesses at two workers guesses no oftener than at one; and nothing of who it was stands in the database, or stays."""

from datetime import timedelta

from bot.store import attempts, retention
from tests.fakes import FakeClock
from tests.fleet.conftest import Worker
from tests.intake.house import column, outside

MOST, WITHIN = 3, timedelta(minutes=1)
GUESSER, OTHER = "203.0.113.7", "203.0.113.8"
Workers = tuple[Worker, Worker]


async def tries(workers: Workers, many: int, what: str = "login", who: str = GUESSER) -> list[bool]:
    """At each worker in turn."""
    return [await attempts.allow(workers[n % 2].database, what, who, MOST, WITHIN) for n in range(many)]


def earlier(workers: Workers) -> None:
    """All that was tried was tried an hour ago."""
    with outside(workers[0].database) as hand:
        hand.execute("update attempt set since = to_char(cast(since as timestamptz) - interval '1 hour', 'YYYY-MM-DD')")


async def test_tries_are_counted_for_all_workers_for_each_who_tries_and_each_thing(workers: Workers) -> None:
    assert await tries(workers, 5) == [True, True, True, False, False]
    assert await tries(workers, 1, who=OTHER) == [True]
    assert await tries(workers, 1, what="status") == [True]


async def test_after_a_while_they_may_try_again(workers: Workers) -> None:
    assert not all(await tries(workers, 4))
    earlier(workers)
    assert await tries(workers, 4) == [True, True, True, False]


async def test_who_tried_is_a_mark_and_goes_with_the_next_sweep(workers: Workers, clock: FakeClock) -> None:
    await tries(workers, 1)
    [kept] = column(workers[0].database, "select who from attempt")
    assert GUESSER not in str(kept) and len(str(kept)) == 64
    earlier(workers)
    await retention.tidy(workers[0].database, clock(), {})
    assert column(workers[0].database, "select count(*) from attempt") == [0]
