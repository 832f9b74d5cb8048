"""Telephones: each shows what its channel makes of a message, and brings what is done on it as its platform would.

Nothing here knows what a message means. What is shown is made by the channel's own code and read as strictly as the false
platforms read; what is done goes through the channel's own reading of updates, webhooks and forms.
"""

from bot.model.messages import Address
from tests.fake_graph.world import World
from tests.phones.phone import Phone
from tests.phones.telegram import TelegramPhone
from tests.phones.web import WebPhone
from tests.phones.whatsapp import NUMBER, WhatsAppPhone, approved, metas_world

__all__ = ["Phone", "approved", "metas_world", "new_phone"]


def new_phone(channel: str, number: int, language: str, metas: World) -> Phone:
    """Somebody's telephone; `number` tells it from others, `metas` is where all with WhatsApp are."""
    match channel:
        case "telegram":
            return TelegramPhone(Address("telegram", "bot", str(7000 + number)), language)
        case "whatsapp":
            return WhatsAppPhone(Address("whatsapp", NUMBER, f"ID.9{7000 + number}"), metas)
        case "web":
            return WebPhone(Address("web", "chat", f"visitor-{number}"), language)
    raise ValueError(channel)
