"""The facts of the phrases for those whose phone others may look at: what their users pass, as far as these words need it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

NUMBER, ZONE = "1000019", "Asia/Makassar"
DUE, DAY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC), date(2026, 12, 3)
N = {"number": NUMBER}
WHO = {**N, "officer": "Bu Ani"}
BY = {"due": DUE, "zone": ZONE}
STATES = ("new", "working", "waiting", "closed", "withdrawn")
OWN = {
    **WHO,
    **BY,
    "state": "working",
    "open": True,
    "overdue": False,
    "merged_into": "",
    "reminds": False,
}

VEILED: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "veiled/lead": [{}],
    "veiled/telling": [{}],
    "veiled/state": [{"state": state} for state in STATES],
    "veiled/by": [BY],
    "veiled/form/receipt": [{**N, **BY, "head": head} for head in ("", "ABCD-EFGH-JKMN")],
    "veiled/form/receipt-urgent": [{**N, **BY, "head": head} for head in ("", "ABCD-EFGH-JKMN")],
    "veiled/form/receipt-kept": [
        {**N, "urgent": urgent, "head": head} for urgent, head in ((True, ""), (False, "ABCD-EFGH-JKMN"))
    ],
    "veiled/cases/one": [
        OWN,
        {**OWN, "overdue": True, "officer": ""},
        {**OWN, "open": False, "state": "closed", "merged_into": "1000028", "reminds": True},
    ],
    "veiled/cases/list": [{"lines": [{**N, "state": state} for state in STATES]}],
    **{
        f"veiled/{name}": [N]
        for name in (
            "cases/write",
            "cases/withdraw-ask",
            "cases/withdrawn",
            "talk/relayed",
            "talk/not-relayed",
            "told/released",
            "told/left",
            "told/reopened",
            "told/opened-again",
            "told/transferred",
            "worker/joined",
        )
    },
    "veiled/told/opened-again": [N],
    "veiled/told/claimed": [WHO],
    "veiled/told/waiting": [WHO],
    "veiled/told/working": [WHO],
    "veiled/told/said": [{**WHO, "text": "Kantor buka jam 8."}],
    "veiled/told/closed": [
        {**N, "outcome": outcome, "text": "Sudah dibantu"} for outcome in ("solved", "referred", "no-reply")
    ],
    "veiled/told/snoozed": [{**WHO, "day": DAY}],
    "veiled/told/raised": [{**N, **BY}],
    "veiled/worker/one": [{**N, "state": "working", "officer": officer} for officer in ("Bu Ani", "")],
}
