"""The facts of the phrases of the officers' desk, in each of their ways."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.model.day import PARTS
from bot.wording.facts import Markdown

NUMBER, OTHER, ZONE = "1000019", "1000028", "Asia/Makassar"
DUE, DAY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC), date(2026, 12, 3)
N = {"number": NUMBER}
WHO = {"officer": "Bu Ani", **N}
PLACE = {"place": "Kec. Batukliang Utara", **N}
SHARED = {**PLACE, "parts": "Nama, Cerita"}
_BOTH = [
    {"number": one, "title": "Pengaduan", "opened": DUE, "zone": ZONE, "values": ["S. A."]} for one in (NUMBER, OTHER)
]

DESK: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "desk/part": [{"part": part} for part in PARTS],
    "desk/full": [{**N, "held": 30, "most": 30}],
    "desk/preview": [{**N, "seen": Markdown("**Bu Ani** menulis: kantor buka jam 8.")}],
    "desk/no-day": [{"latest": DAY}],
    "desk/snooze-why": [{**N, "day": DAY}],
    "desk/snoozed": [{**N, "day": DAY}],
    "told/snoozed": [{**WHO, "day": DAY}],
    "told/opened-again": [WHO],
    "desk/transfer-why": [PLACE],
    "desk/transferred": [PLACE],
    "told/transferred": [PLACE],
    "notice/transferred": [{**N, "urgency": "emergency"}, {**N, "urgency": "general"}],
    "notice/help-asked": [WHO],
    "desk/not-now": [{**N, "officer": "Bu Ani"}, {**N, "officer": ""}],
    "desk/file-elsewhere": [{}],
    "desk/file": [{**N, "minutes": 10}],
    "desk/merge-sure": [{**N, "into": OTHER, "both": _BOTH, "apart": apart} for apart in (True, False)],
    "desk/maybe": [{"maybe": [(NUMBER, True), (OTHER, False)]}],
    "desk/shared": [
        {"lines": [{**PLACE, "title": "Pengaduan", "answered": answered}], "more": more}
        for answered, more in ((True, 0), (False, 3))
    ],
    "desk/refer-ended": [PLACE],
    "told/share-ended": [{**PLACE, "asked": asked} for asked in (True, False)],
    "desk/merged": [{**N, "into": OTHER}],
    "told/merged": [{**N, "into": OTHER}],
    "desk/refer-parts": [PLACE],
    "desk/refer-asked": [SHARED],
    "desk/referred": [SHARED],
    "desk/referral": [{**N, "title": "Pengaduan", "lines": [{"label": "Nama", "value": "Siti"}], "minutes": 10}],
    "notice/share-answer": [{**N, "agreed": agreed} for agreed in (True, False)],
    "told/share-ask": [{**WHO, **SHARED}],
    "told/share-answered": [{**PLACE, "agreed": agreed} for agreed in (True, False)],
    **{
        name: [N]
        for name in (
            "desk/more",
            "desk/why",
            "desk/why-words",
            "desk/snooze",
            "desk/reopen-why",
            "desk/reopened",
            "desk/help-what",
            "desk/help-asked",
            "desk/transfer",
            "desk/transfer-which",
            "desk/no-such-unit",
            "desk/merge",
            "desk/no-merge",
            "desk/unmerged",
            "notice/merged",
            "told/unmerged",
            "desk/refer",
            "desk/referral-what",
            "desk/referral-answered",
            "notice/referred",
            "notice/referral-answered",
            "notice/referral-ended",
            "told/share-over",
        )
    },
    "desk/late": [{}],
}
