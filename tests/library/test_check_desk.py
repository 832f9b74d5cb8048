"""What may be wrong with the officers' desk is said with its file: short words, and replies written beforehand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.library.check_desk import desk
from bot.model.desk import CannedReply, DeskRules
from bot.understanding.release import Release

GOOD = CannedReply("trial", {"id": "Coba", "en": "Trial"}, {"id": "Silakan datang.", "en": "Please come."})


def faults(release: Release, *replies: CannedReply, orders: Mapping[str, tuple[str, ...]] | None = None) -> list[str]:
    """What is said of these replies and short words."""
    rules = DeskRules(orders={act: {"id": words} for act, words in (orders or {}).items()})
    content = replace(release.content, replies={one.id: one for one in replies}, desk=rules)
    return [f"{one.file}: {one.what}" for one in desk(replace(release, content=content))]


def test_the_shipped_desk_has_no_fault(release: Release) -> None:
    assert list(desk(release)) == []
    assert 8 <= len(release.content.replies) <= 24
    assert {"today", "mine", "claim", "note", "reply"} <= release.content.desk.orders.keys()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": {"id": "Coba"}}, "title is missing in en"),
        ({"text": {"en": "Come."}}, "text is missing in id"),
        ({"title": {"id": "Judul yang terlalu panjang sekali", "en": "T"}}, "longer than 24"),
        ({"kinds": ("won",)}, "no kind of case won"),
        ({"id": "x" * 60}, "too long for a button"),
        ({"text": {"id": "Telepon 0812 3456 7890.", "en": "Come."}}, "number by hand"),
        ({"text": {"id": "Bayar Rp50.000.", "en": "Come."}}, "number by hand"),
        ({"text": {"id": '{{ contact("nobody") }}', "en": "Come."}}, "nothing in data/ is named"),
        ({"text": {"id": "{{ loop", "en": "Come."}}, "cannot be filled in"),
        ({"text": {"id": "Datang. " * 120, "en": "Come."}}, "letters"),
    ],
)
def test_a_fault_of_a_reply_is_said(release: Release, changes: dict[str, object], why: str) -> None:
    assert faults(release, GOOD) == []
    found = faults(release, replace(GOOD, **changes))  # type: ignore[arg-type]
    assert any(why in one and one.startswith("replies/") for one in found), found


@pytest.mark.parametrize(
    ("orders", "wrong"),
    [
        ({"claim": ("tangani",)}, False),
        ({"today": ("antrean", "hari ini")}, False),
        ({"claim": ("darurat",)}, True),
        ({"note": ("tolong",)}, True),
        ({"today": ("menu",)}, True),
        ({"today": ("bantu",), "mine": ("bantu",)}, True),
    ],
)
def test_words_of_danger_and_everybodys_words_are_no_orders(
    release: Release, orders: dict[str, tuple[str, ...]], wrong: bool
) -> None:
    assert bool(faults(release, orders=orders)) is wrong
