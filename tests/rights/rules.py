"""Who may do what: the one table the matrix is held against. Deny by default: what is not named here fails the build.

Whoever adds a page, an act of the desk or a word for officers adds its line here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["visitor", "person", "officer", "coordinator", "ministry"]
Standing = Literal[
    "own village", "other village", "other district", "accused village", "away", "revoked", "own matter", "pretend"
]
OFFICES: tuple[Role, ...] = ("officer", "coordinator", "ministry")
NEVER_IN_OFFICE: tuple[Role, ...] = ("visitor", "person")

SEES: Mapping[Role, tuple[Standing, ...]] = {
    "visitor": (),
    "person": (),
    "officer": ("own village", "away"),
    "coordinator": ("own village", "other village", "away"),
    "ministry": ("own village", "other village", "other district", "accused village", "away"),
}
"""Where a case may stand to be seen from the desk. Of the ministry's own there is nobody above: a village is accused there.
Nobody sees their own matter there, nor what another practises on; who is revoked sees nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page asks of whoever comes.

    `to`: "all" come in; "machines" bring a secret (else 401; 403 for one that "shakes" hands); an officer's "seat"; an office
    that "oversees" others; who "sees" the case its address names, or the "village". Who may not, without a seat is sent to
    the login (401), with one finds nothing (404), as for a case that does not exist.
    `status`: what whoever may is answered, `shows`: with the case on the page.
    """

    to: Literal["all", "machines", "shakes", "seat", "oversees", "sees", "village"]
    status: int = 200
    shows: bool = False
    address: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


PAGES: Mapping[tuple[str, str], Page] = {
    ("GET", "/health"): Page("all"),
    ("GET", "/ready"): Page("all"),
    ("GET", "/metrics"): Page("all"),
    ("POST", "/telegram/webhook"): Page("machines"),
    ("GET", "/whatsapp/webhook"): Page("shakes"),
    ("POST", "/whatsapp/webhook"): Page("machines"),
    ("GET", "/"): Page("all"),
    ("GET", "/desa/{village}"): Page("all"),
    ("POST", "/chat"): Page("all", 303, form={"text": "menu"}),
    ("GET", "/chat/live"): Page("all", 503),  # the chat is closed here, for a page that listens never ends
    ("GET", "/chat/file/{id:int}"): Page("all", 404, address={"id": "1"}),  # only for whom it was sent to
    ("POST", "/leave"): Page("all", 303),
    ("GET", "/away"): Page("all"),
    ("GET", "/darurat"): Page("all"),
    ("GET", "/checklist"): Page("all"),
    ("GET", "/checklist/{id}"): Page("all", address={"id": "coming-home"}),
    ("GET", "/static/{name}"): Page("all", address={"name": "desk.css"}),
    ("GET", "/officers/login/{token}"): Page("all", 410),
    ("POST", "/officers/login/{token}"): Page("all", 410),
    ("GET", "/officers"): Page("seat", shows=True),
    ("GET", "/officers/closed"): Page("seat"),
    ("GET", "/officers/case/{number}"): Page("sees", shows=True),
    ("POST", "/officers/case/{number}"): Page("sees", 303, form={"act": "note", "text": "Sudah ditelepon"}),
    ("GET", "/officers/file/{number}/{field}"): Page("sees"),  # for who has opened the case just before
    ("GET", "/officers/statistics"): Page("seat"),
    ("GET", "/officers/exports"): Page("seat"),
    ("POST", "/officers/exports"): Page(
        "seat", 422, form={"what": "statistics", "period": "2026-11"}
    ),  # without its reason
    ("GET", "/officers/exports/{id:int}"): Page("seat", 404, address={"id": "1"}),  # only for who had the file made
    ("GET", "/officers/team"): Page("oversees"),
    ("POST", "/officers/team"): Page("oversees", 422),  # without an act
    ("GET", "/officers/shared"): Page("seat"),
    ("GET", "/officers/shared/{id}"): Page("seat", 404, address={"id": "1"}),  # nothing was shared
    ("POST", "/officers/shared/{id}"): Page("seat", 303, address={"id": "1"}),
    ("GET", "/officers/broadcasts"): Page("oversees"),
    ("POST", "/officers/broadcasts"): Page("oversees", 422),  # without words
    ("GET", "/officers/broadcasts/{id:int}"): Page("oversees", 404),  # only for who oversees all it goes to
    ("POST", "/officers/broadcasts/{id:int}"): Page("oversees", 404),
    ("GET", "/officers/questions"): Page("oversees"),
    ("GET", "/officers/corrections"): Page("seat"),
    ("GET", "/officers/posters"): Page("seat"),
    ("GET", "/officers/posters/{village}/{size}.{kind}"): Page("village", address={"size": "a4", "kind": "png"}),
    ("GET", "/status"): Page("all"),
    ("POST", "/status"): Page("all", 404),  # without the paper's two numbers
    ("GET", "/officers/register"): Page("seat"),
    ("GET", "/officers/register/{form}"): Page("seat", address={"form": "complaint"}),
    ("POST", "/officers/register/{form}"): Page("seat", 422, address={"form": "complaint"}),
    ("POST", "/officers/paper/{number}"): Page("sees", 303),
    ("POST", "/officers/paper/{number}/{size}.pdf"): Page(
        "seat", 404, address={"size": "a5"}
    ),  # without its secret number
    ("GET", "/officers/seat"): Page("seat"),
    ("POST", "/officers/seat/away"): Page("seat", 303, form={"day": "2026-12-01"}),
    ("POST", "/officers/seat/back"): Page("seat", 303),
    ("POST", "/officers/practice"): Page("seat", 303),
    ("POST", "/officers/practice/end"): Page("seat", 303),
    ("POST", "/officers/seat/end"): Page("seat", 303, form={"id": "0" * 16}),
    ("POST", "/officers/seat/end-all"): Page("seat", 303),
    ("POST", "/officers/logout"): Page("seat", 303),
}

ENDS_THE_SEAT = ("/officers/logout", "/officers/seat/end-all")

ACTS: Mapping[str, str] = {
    "case": "",
    "more": "",
    "note": "",
    "reveal": ":call",
    "attachment": ":proof",
    "reply": "",
    "canned": ":no-such",
    "canned-send": ":no-such",
    "waiting": "",
    "resume": "",
    "snooze": ":2026-12-01",
    "wake": "",
    "close": "",
    "outcome": ":solved",
    "reopen": "",
    "ask-help": "",
    "transfer": "",
    "refer": "",
    "refer-end": ":1",
    "invite": "",
    "reply-worker": "",
    "merge": "",
    "unmerge": "",
    "said": "",
    "paper": "",
    "withdraw-for": "",
    "claim": "",
    "release": "",
}
"""Each act of the desk, with what stands behind the number in its button: for who sees the case. To all others there is none."""

OFFICERS_WORDS = ("queue", "web", "enter", "away", "back-at-work")
"""Words that mean something at the desk; to everybody else they are words like any other."""

TRAINING: Mapping[str, tuple[str, ...]] = {
    "practice": ("practice/begun", "practice/running"),
    "practice-end": ("practice/over", "practice/none"),
}
"""The presses of training and what each begins its answer with, for who is in office; to everybody else they are old buttons.
Its words press the same buttons."""
