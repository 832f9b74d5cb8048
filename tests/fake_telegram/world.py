"""What there is in the false Telegram: chats and what they saw, updates that wait for the bot, faults that are due."""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fake_telegram.markup import Refusal, bad

FOREVER = 3600.0


@dataclass(slots=True)
class Chat:
    """One chat, with everything it saw of the bot, in order."""

    id: int
    language: str = ""
    known: bool = True
    blocked: bool = False
    deactivated: bool = False
    moved_to: int = 0
    seen: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Fault:
    """What goes wrong with a method, so many times, once `after` calls went well.

    `deliver` lets the call take effect before the answer is spoilt.
    """

    method: str
    times: int = 1
    after: int = 0
    chat: int | None = None
    status: int = 0
    retry_after: int = 0
    hang: float = 0.0
    cut: str = ""
    answer: str = ""
    deliver: bool = False


@dataclass(slots=True)
class Waiting:
    """An update the bot has not confirmed."""

    number: int
    chat: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a bot uploads it."""

    name: str
    mime: str
    content: bytes

    def described(self) -> dict[str, Any]:
        """What tests hold against what was sent."""
        sha256 = hashlib.sha256(self.content).hexdigest()
        return {"name": self.name, "mime": self.mime, "size": len(self.content), "sha256": sha256}


ENDINGS = {"photo": "jpg", "voice": "oga", "audio": "mp3", "document": "pdf", "sticker": "webp"}


@dataclass(slots=True)
class World:
    """Everything of one bot. Nothing here waits or answers; it changes, and whoever waits is woken."""

    token: str
    chats: dict[int, Chat] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    presses: dict[str, dict[str, Any]] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    webhook: str = ""
    secret: str = ""
    proxy: str = ""
    lean: bool = False
    delivered: int = 0
    connections: int = 40
    busy: set[int] = field(default_factory=set)
    poller: int = 0
    ahead: float = 0.0
    counter: int = 1000
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> float:
        """The time, as far ahead as a test has put it."""
        return time.time() + self.ahead

    def number(self) -> int:
        """A fresh number for whatever needs one."""
        self.counter += 1
        return self.counter

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

    def bot(self) -> dict[str, Any]:
        """The bot itself, as a user."""
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "Desa", "username": "desa_bot"}

    def chat_of(self, number: int) -> Chat:
        """The chat, made when it is new."""
        return self.chats.setdefault(number, Chat(number))

    def chat_to_send(self, raw: str) -> Chat:
        """The chat a bot may write to, or Telegram's refusal."""
        if not raw:
            raise bad("chat_id is empty")
        chat = self.chats.get(int(raw)) if raw.lstrip("-").isdigit() else None
        if not chat or not chat.known:
            raise bad("chat not found")
        if chat.moved_to:
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, description, migrate_to_chat_id=chat.moved_to)
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.deactivated:
            raise Refusal(403, "Forbidden: user is deactivated")
        return chat

    def fault_for(self, method: str, chat: str) -> Fault | None:
        """The fault that is due for this call; it is used up by it."""
        for fault in self.faults:
            if fault.method.lower() in ("*", method.lower()) and fault.chat in (None, _number(chat)):
                if fault.after > 0:
                    fault.after -= 1
                    return None
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def put(self, kind: str, content: dict[str, Any], chat: int) -> int:
        """An update of this kind, unless the bot did not ask for such."""
        number = self.number()
        if not self.allowed or kind in self.allowed:
            self.put_raw(json.dumps({"update_id": number, kind: content}).encode(), chat, number)
        return number

    def say(self, chat: Chat, content: dict[str, Any], kind: str = "message") -> tuple[int, int]:
        """Somebody sends this; the numbers of the update and the message."""
        number = self.number()
        message = {"message_id": number, "date": int(self.now()), "chat": self.described(chat), "from": self.user(chat)}
        return self.put(kind, message | content, chat.id), number

    def put_raw(self, body: bytes, chat: int = 0, number: int = 0) -> int:
        """An update as bytes, whatever they are."""
        waiting = Waiting(number or self.number(), chat, body)
        self.waiting.append(waiting)
        self.changed()
        return waiting.number

    def confirm(self, offset: int) -> None:
        """Forget the updates before this one; a negative offset keeps the last ones."""
        if offset > 0:
            self.waiting = [one for one in self.waiting if one.number >= offset]
        elif offset < 0:
            self.waiting = self.waiting[offset:]
        self.changed()

    def keep_file(self, kind: str, content: bytes, ending: str = "") -> str:
        """A file people can send; its id. The end of its name follows from its kind unless said."""
        name = f"{kind.upper()}-{self.number()}-AgACAgUAAx"
        path = f"{kind}s/file_{self.number()}.{ending or ENDINGS.get(kind, 'mp4')}"
        self.files[name] = {"kind": kind, "content": content, "path": path}
        return name

    def user(self, chat: Chat) -> dict[str, Any]:
        """The person of a private chat."""
        language = {"language_code": chat.language} if chat.language else {}
        return {"id": abs(chat.id), "is_bot": False, "first_name": f"Orang {abs(chat.id)}"} | language

    def described(self, chat: Chat) -> dict[str, Any]:
        """The chat as messages name it."""
        if chat.id > 0:
            return {"id": chat.id, "type": "private", "first_name": f"Orang {chat.id}"}
        return {"id": chat.id, "type": "supergroup", "title": "Grup"}


def _number(raw: str) -> int | None:
    return int(raw) if raw.lstrip("-").isdigit() else None
