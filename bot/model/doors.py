"""Where people come in, and the links that bring them there with something in their hand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doors:
    """The channels that are open: the bot's username, the WhatsApp number in digits, the pages' address; "" is closed.

    What a link carries (`payload`) is letters, digits, `_` and `-`, 64 at most: Telegram takes nothing else.
    """

    telegram: str = ""
    whatsapp: str = ""
    web: str = ""

    def telegram_link(self, payload: str) -> str:
        """Opens the bot and starts it with this; "" where there is none."""
        return f"https://t.me/{self.telegram}?start={payload}" if self.telegram else ""

    def web_link(self, payload: str) -> str:
        """Opens the chat page with this; "" where it has no public address."""
        return f"{self.web}/?start={payload}" if self.web else ""
