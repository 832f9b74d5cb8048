"""What messages cost: by the price that held, and by none that is not known."""

from datetime import date
from decimal import Decimal

from bot.casework.spending import Spent, spent
from bot.model.content import Source
from bot.model.report import Messages
from bot.model.templates import Price

SOURCE = Source("Tarif", "https://example.test/tarif", "2026", "verified")
OLD = Price("utility", Decimal("0.02"), "USD", date(2026, 1, 1), SOURCE)
NEW = Price("utility", Decimal("0.03"), "USD", date(2026, 10, 1), SOURCE)
COUNTED = [
    Messages("2026-09", "utility", "regular", 100),
    Messages("2026-10", "utility", "regular", 10),
    Messages("2026-10", "utility", "failed", 7),
    Messages("2026-10", "service", "free_customer_service", 900),
]


def test_each_month_at_its_price_and_what_is_free_at_none() -> None:
    service, utility = spent(COUNTED, [OLD, NEW])
    assert service == Spent("service", 900, 0)
    assert utility == Spent("utility", 117, 110, Decimal("2.30"), "USD")


def test_without_a_price_for_all_of_it_there_is_no_sum() -> None:
    _, utility = spent(COUNTED, [NEW])
    assert (utility.charged, utility.cost) == (110, None)
    assert spent([], [NEW]) == []


def test_two_currencies_are_not_added() -> None:
    other = Price("utility", Decimal(300), "IDR", date(2026, 10, 1), SOURCE)
    assert spent(COUNTED, [OLD, other])[1].cost is None
