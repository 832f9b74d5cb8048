"""The house's own Markdown: read once, written as each kind of screen wants it. Pure."""

from bot.markdown.render import pieces, plain, telegram, units, web
from bot.markdown.whatsapp import whatsapp, whatsapp_pieces

__all__ = ["pieces", "plain", "telegram", "units", "web", "whatsapp", "whatsapp_pieces"]
