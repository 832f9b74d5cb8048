"""The facts of the phrases for those who oversee others: their team, messages to many, the heads of tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.wording.phrases import phrases

_DAY = date(2026, 12, 1)
_LINE = {"name": "Bu Ratna", "place": "Lantan", "open": 3, "overdue": 1, "until": _DAY}
_TEAM = {"place": "Kec. Batukliang Utara", "lines": [_LINE], "more": 2, "waiting": 4, "asked": 1}
OVERSIGHT: Mapping[str, Sequence[Mapping[str, Any]]] = {
    **{name: [{}] for name in phrases() if name.startswith("sheet/")},
    "broadcast/said": [{"text": "Pelatihan dibuka.", "officer": "Pak Camat", "place": "Kec. Batukliang Utara"}],
    "notice/broadcast-waiting": [{"officer": "Pak Camat", "place": "Kec. Batukliang Utara"}],
    "notice/broadcast": [
        {"stand": stand, "second": "Bu Bupati", "sent": 12, "others": others}
        for stand in ("running", "refused", "stopped", "done")
        for others in (0, 3)
    ],
    "desk/team": [_TEAM, {**_TEAM, "lines": [{**_LINE, "overdue": 0, "until": None}], "more": 0, "asked": 0}],
    "desk/no-officer": [{}],
    "desk/team-away": [{"name": "Bu Ratna", "day": _DAY}],
    "desk/team-no-day": [{}],
    "desk/team-back": [{"name": "Bu Ratna"}],
    "desk/team-cap": [{"name": "Bu Ratna", "cap": 20}],
    "desk/team-no-cap": [{}],
    "desk/team-release": [{"name": "Bu Ratna", "many": 3}],
    "notice/back-in-queue": [{"number": "1000019"}],
}
