"""The only room that makes sentences: meanings become words in the person's language."""

from bot.wording.together import together
from bot.wording.write import Wording

__all__ = ["Wording", "together"]
