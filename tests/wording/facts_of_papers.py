"""The facts of the phrases about papers, people without a phone, who opened a case, and what is kept of somebody."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

NUMBER, ZONE, PLACE = "1000019", "Asia/Makassar", "Kec. Batukliang Utara"
DUE, DAY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC), date(2026, 12, 3)
N = {"number": NUMBER}
PIN = {**N, "pin": "123 456"}
HEAD = "ABCD-EFGH-JKMN"
STATES = ("new", "working", "waiting", "closed", "withdrawn")
STANDING = {**N, "state": "working", "officer": "Bu Ani", "place": PLACE, "due": DUE, "zone": ZONE, "office": "Senin"}
READ = {"at": DUE, "zone": ZONE, "number": NUMBER, "who": "Bu Ani", "office": "Lantan", "kind": "", "words": ""}
REASONS = ("call", "papers", "refer", "supervise", "file", "")
LOOKS = [
    *({**READ, "reason": reason} for reason in REASONS),
    *({**READ, "reason": "", "kind": kind} for kind in ("exported", "merged", "referred")),
    {**READ, "reason": "", "words": "untuk rapat"},
]
KEPT = {**N, "title": "Pengaduan", "gone": False, "until": None, "months": 24}

PAPERS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    **{
        name: [{}]
        for name in (
            "paper/title",
            "paper/number",
            "paper/pin",
            "paper/keep",
            "paper/safe",
            "paper/wrong",
            "desk/enter",
            "desk/enter-elsewhere",
            "desk/enter-not-agreed",
            "cases/who-read-nobody",
        )
    },
    **{
        name: [N]
        for name in (
            "paper/ask",
            "paper/linked",
            "notice/linked",
            "desk/no-phone",
            "desk/withdraw-for",
            "desk/said-what",
            "desk/said",
        )
    },
    "desk/paper": [PIN],
    "desk/entered": [{**PIN, "place": PLACE, "due": DUE, "zone": ZONE, "seen": seen} for seen in (True, False)],
    "paper/who": [{"officer": officer, "place": PLACE} for officer in ("Bu Ani", "")],
    "paper/when": [{"due": DUE, "zone": ZONE}],
    "paper/look": [{"web": "https://desa.test", "bot": "desa_bot"}, {"web": "", "bot": ""}],
    "paper/printed": [{"date": DAY, "head": head} for head in (HEAD, "")],
    "paper/standing": [
        *({**STANDING, "state": state} for state in STATES),
        {**STANDING, "officer": "", "due": None, "office": ""},
    ],
    "cases/who-read": [
        {"lines": LOOKS[:2], "several": several, "more": more} for several, more in ((True, 3), (False, 0))
    ],
    "cases/why-read": [{"line": line} for line in LOOKS],
    "form/consent-aloud": [
        {"title": "Pengaduan", "purpose": "Supaya ...", "months": months, "count": count}
        for months, count in ((24, 7), (1, 1))
    ],
    "form/why": [
        {"purpose": "Supaya ...", "months": months, "kept": kept, "skip": skip}
        for months, kept, skip in ((24, True, True), (1, True, False), (0, False, False))
    ],
    "notice/unusual-reading": [
        {"officer": "Bu Ani", "place": "Lantan", "count": count, "rule": rule}
        for count, rule in ((16, "in-an-hour"), (11, "not-held"), (6, "outside-hours"), (1, "one-person"))
    ],
    "privacy/kept": [
        {
            "cases": [KEPT, {**KEPT, "until": DAY}, {**KEPT, "gone": True}],
            "drafts": [{"title": "Pengaduan", "until": DAY}],
            "remembered": True,
            "channels": ["telegram", "whatsapp", "web"],
        },
        {"cases": [], "drafts": [], "remembered": False, "channels": []},
    ],
    "receipt/book": [{"code": HEAD, "at": DUE, "zone": ZONE}],
    "receipt/book-not-ours": [{"code": HEAD}],
}
