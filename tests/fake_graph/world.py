"""What there is in the false WhatsApp: people and what they saw, webhook requests on their way, faults that are due."""

import asyncio
import base64
import hashlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

FOREVER = 3600.0
WINDOW = 24 * 3600.0
PAIR_SECONDS, PAIR_BURST = 6.0, 45
PER_SECOND = 80


class Refusal(Exception):
    """What Meta answers instead: HTTP's status and its own number."""

    def __init__(self, code: int, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.code = code
        self.status = status


@dataclass(slots=True)
class Person:
    """Somebody with WhatsApp. `hidden`: webhooks name them by Meta's id only; `old`: by their number only."""

    number: str
    user_id: str
    hidden: bool = False
    old: bool = False
    deaf: bool = False
    wrote: float = -FOREVER * 1000
    pace: deque[float] = field(default_factory=deque)
    seen: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Fault:
    """What goes wrong with a call (`messages`, `read`, `upload`, `media`, `download` or `*`), so often, once `after` went well.

    `deliver` lets the call take effect before the answer is spoilt.
    """

    method: str
    times: int = 1
    after: int = 0
    who: str = ""
    status: int = 0
    code: int = 0
    hang: float = 0.0
    cut: str = ""
    answer: str = ""
    deliver: bool = False


@dataclass(slots=True)
class Waiting:
    """A request to the webhook that was not answered 2xx yet."""

    lane: str
    body: bytes


@dataclass(slots=True)
class World:
    """Everything of one number. Nothing here waits or answers; it changes, and whoever waits is woken.

    `states` are the delivery states that follow by themselves. `late` refuses a closed window and a deaf person by a
    state, after the message was accepted, as Meta often does.
    """

    number_id: str
    token: str
    secret: str
    verify_token: str
    people: dict[str, Person] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)
    states: tuple[str, ...] = ("sent", "delivered")
    late: bool = False
    webhook: str = ""
    recent: deque[float] = field(default_factory=deque)
    delivered: int = 0
    busy: set[str] = field(default_factory=set)
    ahead: float = 0.0
    counter: int = 1000
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> float:
        """The time, as far ahead as a test has put it."""
        return time.time() + self.ahead

    def fresh_id(self, number: str) -> str:
        """A message's id, as Meta makes them: the other's number is in it, for whoever looks."""
        self.counter += 1
        inside = f"\x1d\x04\x15{number}\x15\x02\x00{self.counter:020d}\x00".encode("latin-1")
        return f"wamid.{base64.b64encode(inside).decode()}"

    def changed(self) -> None:
        """Wake everybody who waits for something."""
        news, self.news = self.news, asyncio.Event()
        news.set()

    async def until(self, ready: Callable[[], object], seconds: float) -> bool:
        """Wait until it is so, or so long."""
        end = time.monotonic() + seconds
        while not ready():
            left = end - time.monotonic()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(self.news.wait(), left)
            except TimeoutError:
                return bool(ready())
        return True

    def person(self, number: str) -> Person:
        """Whoever has this number, made when it is new."""
        return self.people.setdefault(number, Person(number, f"ID.9{number[::-1]}"))

    def reached(self, to: str, recipient: str) -> Person:
        """Whom a message is for, or Meta's refusal."""
        for one in self.people.values():
            if (to and one.number == to) or (not to and one.user_id == recipient):
                return one
        raise Refusal(131026, "Message undeliverable")

    def fault_for(self, method: str, who: str) -> Fault | None:
        """The fault that is due for this call; it is used up by it."""
        for fault in self.faults:
            if fault.method in ("*", method) and fault.who in ("", who):
                if fault.after > 0:
                    fault.after -= 1
                    return None
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def keep_pace(self, person: Person) -> None:
        """80 a second over all; one in 6 seconds to one person, with a burst. Raises Meta's refusal."""
        now = self.now()
        _forget(self.recent, now - 1.0)
        if len(self.recent) >= PER_SECOND:
            raise Refusal(130429, "Rate limit hit", 429)
        _forget(person.pace, now - PAIR_SECONDS * PAIR_BURST)
        if len(person.pace) >= PAIR_BURST:
            raise Refusal(131056, "(Business Account, Consumer Account) pair rate limit hit")
        self.recent.append(now)
        person.pace.append(now)

    def keep_file(self, kind: str, content: bytes, mime: str = "") -> str:
        """A file people can send, or that was left here for them; its id. What it is follows from its kind unless said."""
        self.counter += 1
        name = str(1_000_000_000_000_000 + self.counter)
        self.files[name] = {"kind": kind, "content": content, "mime": mime}
        return name

    def put(self, lane: str, body: bytes) -> None:
        """A request for the webhook, in the order of its lane."""
        self.waiting.append(Waiting(lane, body))
        self.changed()


def described(content: bytes) -> dict[str, Any]:
    """What tests hold against what was sent."""
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
