"""What the people of F8 send, and the platform they send it on: it has troubles when told to, and writes down every try."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.casework.numbers import FIRST, numbered
from bot.channel import Moved, Never, NotNow, Uncertain
from bot.channels.telegram_updates import read_update
from bot.model.messages import Address, Incoming, Kind, Outgoing
from tests.chaos import filling

PEOPLE = (
    Address("telegram", "a", "1"),
    Address("telegram", "a", "2"),
    Address("telegram", "b", "1"),
    Address("web", "chat", "1"),
)
"""The last three have messages of the same ids as the first."""

SAYINGS = (
    "menu",
    "paspor saya ditahan majikan",
    "laporan saya",
    "1",
    "lantan batukliang utara",
    "saya ditangkap polisi",
    "form:ask-officer",
    "agree:ask-officer",
    "skip:phone",
    "send:ask-officer",
    "language:en",
    "do:cancel",
    "menu:go",
    f"claim:{numbered(FIRST)}",
    "gone",
    "back-again",
)
COMINGS_AND_GOINGS = ("gone", "back-again")
REGISTRATIONS = tuple(
    (f"form:{form}", f"agree:{form}", *(words or button for button, words in answers), f"send:{form}")
    for form, answers in filling.ALL
)
"""Each a whole form, from its first button to the last."""
TROUBLES = ("not now", "uncertain", "never", "never this one", "moved", "everyone")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a person did, as it travels: again and again, if need be. An `edited` one says nothing to us."""

    who: Address
    id: int
    what: str
    edited: bool = False

    def read(self, at: datetime) -> Incoming | None:
        """As the channel reads it."""
        if self.who.channel == "telegram":
            return read_update(self._update(), at, self.who.account)
        kind: Kind = "button" if ":" in self.what else "text"
        said = {"button": self.what} if kind == "button" else {"text": self.what}
        return Incoming(self.who, f"m1:{self.id}", kind, at, **said)

    def _update(self) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": int(self.who.chat), "type": "private"}
        if self.what in COMINGS_AND_GOINGS:
            before, after = ("member", "kicked") if self.what == "gone" else ("kicked", "member")
            change = {"old_chat_member": {"status": before}, "new_chat_member": {"status": after}}
            return {"update_id": self.id, "my_chat_member": {"chat": chat, **change}}
        if ":" in self.what:
            query = {"id": str(self.id), "from": {"id": chat["id"]}, "data": self.what}
            return {"update_id": self.id, "callback_query": query}
        kind = "edited_message" if self.edited else "message"
        return {"update_id": self.id, kind: {"message_id": self.id, "chat": chat, "text": self.what}}


@dataclass(frozen=True, slots=True)
class Try:
    """One call of a channel: for which row, to which chat, and what went wrong."""

    row: int
    address: Address
    trouble: str


def moved(address: Address) -> Address:
    """Where a chat is after it has moved."""
    return replace(address, chat=f"{address.chat}0")


@dataclass
class Platform:
    """A channel that fails as it was told, one trouble a call, and remembers every call."""

    name: str
    troubles: list[str] = field(default_factory=list)
    tries: list[Try] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> str:
        """Take a message, or fail."""
        trouble = self.troubles.pop(0) if self.troubles else ""
        self.tries.append(Try(outgoing.id, outgoing.address, trouble))
        match trouble:
            case "not now" | "everyone":
                raise NotNow(1.0, everyone=trouble == "everyone")
            case "uncertain":
                raise Uncertain
            case "never":
                raise Never("blocked")
            case "never this one":
                raise Never("too odd", this_one=True)
            case "moved":
                raise Moved(moved(outgoing.address).chat)
        return str(len(self.tries))
