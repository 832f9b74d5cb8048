"""The facts of the phrases of training."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.casework.practising import DEEDS

_LINES = [
    {"number": "900000113", "title": "Tanya petugas", "urgency": urgency, "state": state}
    for urgency, state in (("general", "new"), ("emergency", "working"), ("sensitive", "closed"))
]
PRACTICE: Mapping[str, Sequence[Mapping[str, Any]]] = {
    **{f"practice/{name}": [{}] for name in ("word", "mark", "none", "none-yet", "gone")},
    **{f"practice/{name}": [{"lines": _LINES}] for name in ("begun", "running", "lines")},
    "practice/lesson": [{"text": "Jawab dulu."}],
    "practice/over": [{"cases": 5, "deeds": dict.fromkeys(DEEDS, 3)}],
    "practice/remember": [
        {"lessons": lessons, "worked": worked} for lessons, worked in ((["Jawab dulu."], True), ([], True), ([], False))
    ],
}
