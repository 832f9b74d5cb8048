"""The house's own Markdown: read once, written as each kind of screen wants it. Pure."""

from bot.markdown.render import pieces, plain, telegram, web

__all__ = ["pieces", "plain", "telegram", "web"]
