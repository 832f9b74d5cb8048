"""The facts each phrase is given by those who use it, in each of its ways."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.wording.facts import Markdown

NUMBER, ZONE = "1000019", "Asia/Makassar"
DUE = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
N = {"number": NUMBER}
WHO = {"officer": "Bu Ani", "number": NUMBER}
LINES = [Markdown("**Hotline**: 123")]
QUEUED = {
    "urgency": "emergency",
    "number": NUMBER,
    "title": "Minta tolong",
    "due": DUE,
    "overdue": False,
    "zone": ZONE,
    "officer": "",
}
EVENTS = (
    "opened",
    "claimed",
    "released",
    "to-person",
    "from-person",
    "note",
    "waiting",
    "closed",
    "reopened",
    "withdrawn",
    "rated",
    "revealed",
)
OUTCOMES = ("solved", "referred", "not-possible", "no-reply")
STATES = ("new", "working", "waiting", "closed", "withdrawn")
CASE = {
    **QUEUED,
    "place": "Lantan",
    "state": "working",
    "officer": "Bu Ani",
    "lines": [{"label": "Nama", "value": "S."}],
    "events": [{"at": DUE, "zone": ZONE, "kind": kind, "who": "Bu Ani", "text": "isi"} for kind in EVENTS],
}
OWN = {
    "number": NUMBER,
    "title": "Pengaduan",
    "state": "working",
    "officer": "Bu Ani",
    "place": "Lantan",
    "open": True,
    "due": DUE,
    "overdue": True,
    "zone": ZONE,
    "outcome": "",
}
WAGE = {
    "country": "Taiwan",
    "sector": "Pabrik",
    "open": True,
    "amount": "NT$29.500",
    "kind": "minimum",
    "note": "catatan",
    "as_of": DAY,
    "source": "MOL",
    "sure": False,
}
STEP = {"title": "Pengaduan", "number": 2, "count": 7}
RECEIPT = {"title": "Pengaduan", "number": NUMBER, "place": "Lantan", "due": DUE, "zone": ZONE}
UNITS = ("years", "months", "days", "hours", "people", "percent", "IDR", "KRW")
Ways = Sequence[Mapping[str, Any]]

FACTS: dict[str, Ways] = {
    "answer/source": [{"source": "BP2MI", "more": 0, "checked": DAY}, {"source": "BP2MI", "more": 2, "checked": DAY}],
    "answer/only-indonesian": [{}],
    "answer/expired": [{"until": DAY}],
    "contact": [
        {"name": "Hotline", "ways": [{"value": "123", "note": ""}, {"value": "124", "note": "malam"}], "as_of": DAY}
    ],
    "contact/way": [{"kind": "phone", "value": "123"}, {"kind": "whatsapp", "value": "123"}],
    "wage": [
        WAGE,
        {**WAGE, "open": False},
        {**WAGE, "amount": "", "note": "", "sure": True},
        *({**WAGE, "kind": kind} for kind in ("agreed", "offered", "typical")),
    ],
    "unit": [
        {"n": "1", "count": 1, "unit": unit, "per": per, "sign": "Rp"}
        for unit in UNITS
        for per in ("", "month", "year", "day", "hour")
    ],
    "unit/sign": [{"unit": unit} for unit in ("IDR", "TWD", "HKD", "SGD", "MYR", "USD", "AUD", "EUR", "JPY", "KRW")],
    "range": [{"low": "21", "high": "45"}],
    "emergency": [{"country": "", "contacts": LINES}, {"country": "Taiwan", "contacts": LINES}],
    "danger/emergency": [{"contacts": LINES}],
    "danger/sensitive": [{"contacts": LINES}],
    "cases/list": [{"lines": [{"number": NUMBER, "title": "Pengaduan", "state": state} for state in STATES]}],
    "cases/one": [OWN, {**OWN, "open": False, "officer": "", "outcome": "solved", "state": "closed"}],
    "cases/state": [{"state": state} for state in STATES],
    "cases/outcome": [{"outcome": outcome} for outcome in OUTCOMES],
    "cases/withdraw-ask": [N],
    "cases/withdrawn": [N],
    "cases/write": [N],
    "talk/relayed": [N],
    "talk/not-relayed": [N],
    "told/claimed": [WHO],
    "told/released": [N],
    "told/waiting": [WHO],
    "told/working": [WHO],
    "told/reopened": [N],
    "told/said": [{**WHO, "text": "Kantor buka jam 8."}],
    "told/closed": [{**N, "outcome": outcome, "text": "Sudah dibantu"} for outcome in OUTCOMES],
    "desk/welcome": [{"name": "Bu Ani", "place": "Lantan"}],
    "desk/queue": [
        {
            "place": "Lantan",
            "count": 3,
            "lines": [QUEUED, {**QUEUED, "overdue": True, "urgency": "sensitive"}, {**QUEUED, "officer": "Bu Ani"}],
        }
    ],
    "desk/mark": [{"urgency": urgency} for urgency in ("emergency", "sensitive", "general")],
    "desk/empty": [{"place": "Lantan"}],
    "desk/case": [CASE, {**CASE, "overdue": True, "officer": "", "events": []}],
    "desk/state": [{"state": state} for state in STATES],
    "desk/event": [{"kind": kind} for kind in EVENTS],
    "desk/taken": [WHO],
    **{
        f"desk/{name}": [N]
        for name in (
            "claimed",
            "not-now",
            "released",
            "write",
            "write-note",
            "sent",
            "unreachable",
            "noted",
            "waiting",
            "working",
            "outcome",
            "closed",
            "file",
        )
    },
    "desk/login": [{"link": "https://desa.test/officers/login/x"}],
    "notice/new": [
        {**N, "title": "Pengaduan", "due": DUE, "zone": ZONE, "urgency": urgency}
        for urgency in ("emergency", "general")
    ],
    "notice/from-person": [N],
    "notice/withdrawn": [N],
    "notice/reopened": [N],
    "form/consent": [
        {"title": "Pengaduan", "purpose": "Supaya ...", "months": months, "count": count}
        for months, count in ((24, 7), (1, 1))
    ],
    "form/ask": [{"number": 1, "count": 7, "ask": "Di mana?", "example": example} for example in ("Lantan", "")],
    "form/error": [{"error": "Tulis lagi", "default": ""}, {"error": "", "default": "Tulis angka"}],
    "form/error-default": [{"kind": kind} for kind in ("number", "date", "phone", "media", "choice", "text")],
    "form/too-long": [{"most": 1000}],
    "form/back-to-it": [STEP],
    "form/resume": [STEP],
    "form/summary": [
        {
            "title": "Pengaduan",
            "lines": [
                {"label": "Nama", "value": "Siti", "media": ""},
                {"label": "Telepon", "value": "", "media": ""},
                *({"label": "Bukti", "value": "", "media": kind} for kind in ("photo", "voice", "file")),
            ],
        }
    ],
    "form/receipt": [RECEIPT],
    "form/receipt-urgent": [{name: RECEIPT[name] for name in ("number", "place", "due", "zone")}],
    "form/media": [{"kind": kind} for kind in ("voice", "photo", "file")],
    "menu/entry": [{"title": "Uang"}],
    "language/changed": [{"language": "Inggris"}],
    "language/offer": [{"language": "Inggris"}],
    "officer/where": [{"open": True}, {"open": False}],
}
PLAIN = (
    "helped",
    "not-helped",
    "candidates",
    "not-understood",
    "not-understood-again",
    "wages/none",
    "danger/ask",
    "danger/not-now",
    "cases/none",
    "cases/unknown",
    "cases/kept",
    "told/thanks",
    "desk/code",
    "desk/wrong-code",
    "desk/waits",
    "desk/unknown",
    "desk/outcome-note",
    "desk/no-web",
    "form/declined",
    "form/villages",
    "form/village-unknown",
    "form/edit-which",
    "form/cancelled",
    "form/gone",
    "welcome",
    "menu",
    "menu/entry-more",
    "menu/forms",
    "help",
    "language/ask",
    "language/partly",
    "stop",
    "thanks",
    "delete/ask",
    "delete/done",
    "delete/kept",
    "nothing-to-go-back",
    "repeat/nothing",
    "old-button",
    "sorry",
    "media/voice",
    "media/photo",
    "media/file",
    "media/sticker",
    "media/location",
    "media/contact",
)
FACTS |= {name: [{}] for name in PLAIN}
