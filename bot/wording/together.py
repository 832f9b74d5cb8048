"""Replies that are said together: their choices are numbered from the first reply to the last, as "2" is understood."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model.messages import Message, Reply
from bot.wording.write import Wording


def together(wording: Wording, replies: Sequence[Reply], language: str) -> list[Message]:
    """Their messages, each with the number of its first choice. A choice that opens a page has none."""
    messages: list[Message] = []
    first = 1
    for reply in replies:
        for message in wording.write(reply, language):
            messages.append(replace(message, first=first) if message.choices else message)
            first += sum(not choice.url for choice in message.choices)
    return messages
