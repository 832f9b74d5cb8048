"""The facts each phrase is given by those who use it, in each of its ways."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, get_args

from bot.model.case import Delivery
from bot.wording.facts import Markdown
from tests.wording.facts_of_desk import DESK
from tests.wording.facts_of_oversight import OVERSIGHT
from tests.wording.facts_of_papers import PAPERS
from tests.wording.facts_of_practice import PRACTICE
from tests.wording.facts_veiled import VEILED

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
    "aside": None,
    "part": "new",
}
PASSED = {**N, "title": "Minta tolong", "urgency": "emergency", "due": DUE, "zone": ZONE}
RISEN = {**PASSED, "place": "Kec. Batukliang Utara"}
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
    "warned",
    "raised",
    "snoozed",
    "woken",
    "transferred",
    "referred",
    "referral-answered",
    "merged",
    "unmerged",
    "asked-help",
    "asked-who-read",
    "entered",
    "from-worker",
    "to-worker",
    "exported",
    "joined",
    "parted",
    "number-changed",
)
OUTCOMES = ("solved", "referred", "not-possible", "no-reply")
STATES = ("new", "working", "waiting", "closed", "withdrawn")
CASE = {
    **{name: fact for name, fact in QUEUED.items() if name != "part"},
    "place": "Lantan",
    "state": "working",
    "merged_into": "",
    "minutes": 0,
    "reachable": True,
    "officer": "Bu Ani",
    "lines": [{"label": "Nama", "value": "S."}],
    "events": [{"at": DUE, "zone": ZONE, "kind": kind, "who": "Bu Ani", "text": "isi", "went": ""} for kind in EVENTS],
    "maybe": [("1000028", True), ("1000037", False)],
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
    "merged_into": "",
    "reminds": False,
}
WAGE = {
    "name": "Taiwan, pabrik",
    "open": True,
    "amount": "NT$29.500",
    "worth": "kira-kira Rp16,2 juta",
    "rate_of": DAY,
    "over": False,
    "kind": "minimum",
    "note": "catatan",
    "as_of": DAY,
    "source": "MOL",
    "sure": False,
}
STEP = {"title": "Pengaduan", "number": 2, "count": 7}
MOVED = {"number": NUMBER, "place": "Lantan", "due": DUE, "zone": ZONE}
RECEIPT = {"title": "Pengaduan", **MOVED}
TICKS = {
    "title": "Ceklis pulang",
    "done": 3,
    "count": 12,
    "part": 1,
    "parts": 2,
    "lines": [{"text": "Paspor", "done": True}, {"text": "Visa kerja", "done": False}],
}
UNITS = ("years", "months", "days", "hours", "people", "percent", "IDR", "KRW")
SIGNS = [{"reason": "Surat asli ditahan.", "source": "KP2MI"}]
COMPANY = {"says": "unlisted", "name": "PT Contoh", "source": "SISKOP2MI", "as_of": DAY, "similar": []}
ALIKE = [{"name": f"PT Contoh {status}", "status": status} for status in ("licensed", "suspended", "revoked")]
COMPANIES = [
    *({**COMPANY, "says": says} for says in ("licensed", "suspended", "revoked", "unlisted")),
    {**COMPANY, "says": "similar", "similar": ALIKE},
]
Ways = Sequence[Mapping[str, Any]]

FACTS: dict[str, Ways] = {
    "answer/source": [
        {"source": "BP2MI", "more": 0, "checked": DAY, "since": "", "lapsed": False, "code": "K4M7-P2XR"},
        {"source": "BP2MI", "more": 2, "checked": DAY, "since": DAY, "lapsed": True, "code": "K4M7-P2XR"},
    ],
    "answer/village": [{"place": "Lantan", "text": "Senin sampai Kamis", "as_of": DAY}],
    "answer/only-indonesian": [{}],
    "answer/expired": [{"title": "Biaya", "until": DAY, "contacts": LINES}],
    "figure/over": [{"until": DAY}],
    "receipt/current": [{"title": "Biaya"}],
    "receipt/outdated": [
        {"title": "Biaya", "first": DAY, "what": ["Batas baru"], "wrong": False},
        {"title": "Biaya", "first": DAY, "what": [], "wrong": True},
    ],
    "receipt/withdrawn": [{"code": "K4M7-P2XR", "first": DAY}],
    "receipt/not-ours": [{"code": "K4M7-P2XR"}],
    "receipt/slip": [{}],
    "correction": [
        {"title": "Biaya", "what": ["Batas baru"], "wrong": False},
        {"title": "Biaya", "what": [], "wrong": True},
    ],
    "correction/discreet": [{}],
    "contact": [
        {"name": "Hotline", "ways": [{"value": "123", "note": ""}, {"value": "124", "note": "malam"}], "as_of": DAY}
    ],
    "contact/way": [{"kind": "phone", "value": "123"}, {"kind": "whatsapp", "value": "123"}],
    "wage": [
        WAGE,
        {**WAGE, "open": False},
        {**WAGE, "amount": "", "worth": "", "note": "", "sure": True},
        {**WAGE, "worth": "", "source": ""},
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
    "cases/one": [OWN, {**OWN, "reminds": True, "open": False, "officer": "", "outcome": "solved", "state": "closed"}],
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
    "told/file-elsewhere": [{}],
    "told/said": [{**WHO, "text": "Kantor buka jam 8."}],
    "told/closed": [{**N, "outcome": outcome, "text": "Sudah dibantu"} for outcome in OUTCOMES],
    **DESK,
    "desk/welcome": [{"name": "Bu Ani", "place": "Lantan"}],
    "desk/queue": [
        {
            "place": "Lantan",
            "count": 3,
            "mine": True,
            "begin": 1,
            "counts": [{"part": "new", "count": 2}, {"part": "waiting", "count": 1}],
            "lines": [
                QUEUED,
                {**QUEUED, "overdue": True, "urgency": "sensitive"},
                {**QUEUED, "officer": "Bu Ani", "part": "waiting"},
                {**QUEUED, "part": "waiting", "aside": DUE},
            ],
        }
    ],
    "desk/mark": [{"urgency": urgency} for urgency in ("emergency", "sensitive", "general")],
    "desk/empty": [{"place": "Lantan", "mine": mine, "part": ""} for mine in (True, False)],
    "desk/case": [
        CASE,
        {**CASE, "overdue": True, "reachable": False, "officer": "", "events": [], "minutes": 10},
        {**CASE, "aside": DUE},
        {**CASE, "state": "closed", "merged_into": "1000028"},
    ],
    "desk/state": [{"state": state} for state in STATES],
    "desk/event": [{"kind": kind} for kind in EVENTS],
    "desk/taken": [WHO],
    **{
        f"desk/{name}": [N]
        for name in (
            "claimed",
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
        )
    },
    "desk/login": [{"link": "https://desa.test/officers/login/x"}],
    "notice/new": [
        {**N, "title": "Pengaduan", "due": DUE, "zone": ZONE, "urgency": urgency}
        for urgency in ("emergency", "general")
    ],
    "notice/from-person": [{**N, "urgency": "general"}],
    "notice/silent": [{**N, "urgency": "general"}],
    "notice/withdrawn": [N],
    "notice/warned": [PASSED],
    "notice/raised": [RISEN, {**RISEN, "place": ""}],
    "notice/woken": [PASSED],
    "notice/taken-over": [WHO],
    "notice/left": [{"name": "Bu Ani", "count": 2, "until": DAY}, {"name": "Bu Ani", "count": 1, "until": None}],
    "clock/level": [{"place": "Kec. Batukliang Utara"}, {"place": ""}],
    "told/left": [N],
    "told/raised": [
        {**N, "urgency": urgency, "place": "Kec. Batukliang Utara", "due": DUE, "zone": ZONE}
        for urgency in ("emergency", "general")
    ],
    "desk/digest": [
        {
            "counts": {"emergency": 1, "overdue": 2},
            "oldest": (NUMBER,),
            "villages": [("Lantan", 3, 1)],
            "head": "A1B2",
            "many": many,
        }
        for many in (False, True)
    ],
    "desk/away": [{}],
    "desk/away-no-day": [{}],
    "desk/is-away": [{"day": DAY}],
    "desk/is-back": [{}],
    "notice/reopened": [{**N, "urgency": "general"}],
    "form/consent": [
        {"title": "Pengaduan", "purpose": "Supaya ...", "months": months, "count": count, "known": known}
        for months, count, known in ((24, 7, ""), (1, 1, "Negara"))
    ],
    "form/ask": [{"number": 1, "count": 7, "ask": "Di mana?", "example": example} for example in ("Lantan", "")],
    "form/error": [{"error": "Tulis lagi", "default": ""}, {"error": "", "default": "Tulis angka"}],
    "form/error-default": [{"kind": kind} for kind in ("number", "date", "phone", "media", "choice", "text")],
    "form/too-long": [{"most": 1000}],
    "form/back-to-it": [STEP, STEP | {"number": 0}],
    "form/resume": [STEP, STEP | {"number": 0}],
    "notice/out-of-sight": [{"officer": "Bu Ani", "place": "Lantan", "count": 5}],
    "form/past-village": [
        {"place": "Kec. Batukliang Utara", "zone": ZONE, "known": known, "due": DUE if known else None}
        for known in (True, False)
    ],
    "form/to-village": [{"place": "Lantan", "known": known} for known in (True, False)],
    "cases/move-up": [MOVED],
    "cases/moved-up": [MOVED],
    "form/summary": [
        {
            "title": "Pengaduan",
            "place": "Kec. Batukliang Utara",
            "hidden": "Lantan",
            "lines": [
                {"label": "Nama", "value": "Siti", "media": ""},
                {"label": "Telepon", "value": "", "media": ""},
                *({"label": "Bukti", "value": "", "media": kind} for kind in ("photo", "voice", "file")),
            ],
        }
    ],
    "form/receipt": [{**RECEIPT, "head": head} for head in ("", "ABCD-EFGH-JKMN")],
    "form/receipt-urgent": [{**MOVED, "head": head} for head in ("", "ABCD-EFGH-JKMN")],
    "form/receipt-kept": [
        {**{name: RECEIPT[name] for name in ("number", "place")}, "urgent": urgent, "head": head}
        for urgent, head in ((True, ""), (False, "ABC"))
    ],
    "form/unsafe": [{"contacts": LINES}],
    "join/code": [{"code": "s-4KMP-7QXW", "minutes": 10, "channels": some} for some in ([], ["telegram"])],
    "join/so-far": [{"channels": ["telegram"]}],
    "join/channel": [{"channel": one} for one in ("telegram", "whatsapp", "web", "terminal")],
    "join/channels": [{"channels": ["telegram", "web"]}],
    "join/ask": [{"channel": one} for one in ("telegram", "whatsapp", "web", "terminal")],
    "join/done": [{"channel": "web"}],
    "join/told": [{"channel": "web"}],
    "join/with": [{"channels": ["telegram", "web"]}],
    "part/told": [{"channel": "web"}],
    "delete/ask": [{"channels": some} for some in ([], ["whatsapp", "web"])],
    "delete/done": [{"channels": some} for some in ([], ["whatsapp", "web"])],
    "worker/code": [
        {"code": "w-ABCDEFGHJK", "links": links} for links in (["https://t.me/desa_bot?start=w-ABCDEFGHJK"], [])
    ],
    "worker/joined": [N],
    "worker/one": [{**N, "state": "working", "officer": officer} for officer in ("Bu Ani", "")],
    "notice/worker": [{**N, "urgency": "general"}],
    "notice/from-worker": [{**N, "urgency": "general"}],
    "desk/write-worker": [N],
    "desk/sent-worker": [N],
    "contact/covered": [{"cover": cover} for cover in ("arisan", "")],
    "desk/how": [{"how": how} for how in ("silent", "kept", "covered", "later", "announced", "outside")],
    "desk/went": [{"went": went} for went in get_args(Delivery) if went != "sent"],
    "form/media": [{"kind": kind} for kind in ("voice", "photo", "file")],
    "menu/entry": [{"title": "Uang"}],
    "language/changed": [{"language": "Inggris"}],
    "language/offer": [{"language": "Inggris"}],
    "officer/where": [{"open": True}, {"open": False}],
    "checklists/all": [{"lines": [{"title": "Ceklis pulang", "done": 3, "count": 12}]}],
    "checklists/part": [
        {**TICKS, "marked": "", "ticked": False, "parts": 1},
        {**TICKS, "marked": "Paspor", "ticked": True},
        {**TICKS, "marked": "Paspor", "ticked": False},
    ],
    "checklists/kept": [{"prints": True}, {"prints": False}],
    "checklists/complete": [{"title": "Ceklis pulang", "count": 12}],
    "checklists/gone": [{}],
    "menu/checks": [{}],
    "verdict/begin": [{"title": "Cek tawaran kerja", "count": 8}],
    **{f"verdict/{name}": [{"lines": SIGNS}] for name in ("stop", "warn", "ask", "more", "lines")},
    "verdict/agency": COMPANIES,
    "verdict/then": [{**one, "level": level, "contacts": LINES} for one in COMPANIES for level in ("stop", "ask")],
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
    "join/no",
    "join/kept",
    "join/officer",
    "part/done",
    "part/none",
    "cases/unknown",
    "cases/code",
    "cases/opened",
    "contact/first",
    "contact/may",
    "contact/may-not",
    "contact/more",
    "contact/kept",
    "discreet/on",
    "discreet/clear",
    "desk/none-shared",
    "worker/no-code",
    "worker/ask",
    "discreet/off",
    "discreet/cleared",
    "discreet/page-cleared",
    "desk/told",
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
    "unread/here",
    "unread/nothing",
    "welcome",
    "menu",
    "menu/entry-more",
    "menu/forms",
    "help",
    "language/ask",
    "language/partly",
    "stop",
    "thanks",
    "delete/kept",
    "nothing-to-go-back",
    "repeat/nothing",
    "old-button",
    "slow-down",
    "sorry",
    "media/voice",
    "media/photo",
    "media/file",
    "media/sticker",
    "media/location",
    "media/contact",
)
FACTS |= {name: [{}] for name in PLAIN}

VACANCY = {
    "title": "Operator produksi",
    "country": "Taiwan",
    "place": "Taoyuan",
    "wage": "NT$29.500 per bulan",
    "age": "umur 20 sampai 38",
    "education": "SMA/SMK",
    "languages": "bahasa Mandarin",
    "agency": "PT Contoh",
    "expires": DAY,
    "apply": "SISKOP2MI nomor 0001",
}
HELD = {"sector": "pabrik", "names": "Taiwan, Korea Selatan"}
FACTS |= {
    "wages/worth": [
        {"low": "16,2", "high": high, "millions": millions} for high in ("", "17") for millions in (True, False)
    ],
    "wages/closed": [{"names": "Kuwait; Qatar"}],
    "wages/more": [{"names": "Jepang; Jerman"}],
    "wages/before": [{}],
    "wages/other-work": [{"sector": "pabrik"}],
    **{f"compare/{name}": [{**HELD, "partly": one} for one in (True, False)] for name in ("higher", "even", "overlap")},
    "compare/cannot": [
        *({**HELD, "why": why} for why in ("closed", "nothing", "figure", "unsure", "kind", "period", "rate")),
        {**HELD, "why": "nothing", "sector": ""},
    ],
    "compare/nothing": [{"name": "Taiwan"}],
    "compare/end": [{}],
    "vacancies/age": [{"low": low, "high": high} for low, high in ((20, 38), (40, 40), (20, 0), (0, 38))],
    "vacancies/some": [
        {"sought": sought, "first": 1, "shown": 4, "count": count} for sought in ("Taiwan", "") for count in (4, 9)
    ],
    "vacancies/one": [VACANCY, {**VACANCY, "place": "", "wage": "", "age": "", "education": "", "languages": ""}],
    "vacancies/check-first": [{}],
    "vacancies/none": [{"sought": sought, "told": told} for sought in ("Taiwan", "") for told in (True, False)],
    "vacancies/by-country": [{}],
    "vacancies/by-sector": [{}],
    "vacancies/new": [{"shown": 1, "count": 1}, {"shown": 4, "count": 9}],
    "subscriptions/begun": [{"sought": "Taiwan"}, {"sought": ""}],
    "subscriptions/full": [{"wishes": ["Taiwan", ""]}],
    "subscriptions/list": [{"wishes": ["Taiwan", ""]}],
    "subscriptions/none": [{}],
    "subscriptions/ended": [{}],
    "subscriptions/not-here": [{}],
}

PAY = {"asked": "Rp25.000.000", "value": "NT$45.500", "country": "Taiwan", "known": "NT$20.000 per bulan", "as_of": DAY}
FACTS |= {
    "further": [{"title": "Biaya"}],
    "unclear": [{"first": Markdown("Gratis.")}, {"first": ""}],
    "named-pay": [
        {**PAY, "reckoned": reckoned, "place": place, "kind": kind, "rate_of": DAY}
        for place, kind in (("under", "minimum"), ("within", "agreed"), ("over", "offered"), ("over", "typical"))
        for reckoned in (True, False)
    ],
}

CALL = {"name": "KP2MI", "ways": [{"value": "0800-1000", "note": note} for note in ("gratis", "")], "as_of": DAY}
FACTS |= {f"poster/{name}": [{}] for name in ("name", "title", "promise", "typed", "alarm", "robot", "safe")}
FACTS |= {
    "poster/scan": [{"count": 1}, {"count": 3}],
    "poster/contact": [CALL],
    "poster/printed": [{"date": DAY}],
    "village/welcome": [{"place": "Lantan, Kec. Batukliang Utara, Kab. Lombok Tengah"}],
    "village/unknown": [{}],
}
FACTS |= OVERSIGHT
FACTS |= PAPERS
FACTS |= PRACTICE
FACTS |= VEILED
FACTS |= {f"beside/{name}": [{}] for name in ("open", "choices", "always", "choose")}
FACTS |= {f"beside/{name}": [{"words": "Menu, Petugas"}] for name in ("words", "or-words")}
FACTS |= {"beside/by-number": [{"number": "2"}]}
FACTS |= {"beside/file-lost": [N, {"number": ""}]}
