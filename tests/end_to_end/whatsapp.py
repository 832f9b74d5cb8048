"""People on WhatsApp, in front of the real process; and requests as Meta makes them, or as a stranger would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import httpx

from tests.channels.test_whatsapp_updates import text
from tests.end_to_end.service import CANARY, QUESTION, TOPIC, VILLAGE_TYPED, Service
from tests.fake_graph.webhook import signature
from tests.whatsapp_user import SECRET, Seen, WhatsAppUser

HELPED = f"helped:{TOPIC}"
numbers = count(6281200001001)
"""Numbers nobody has used before."""
_names = count(1)


@asynccontextmanager
async def person(street: str, **known_by: bool) -> AsyncIterator[WhatsAppUser]:
    """Somebody nobody has met."""
    async with WhatsAppUser(street, str(next(numbers)), **known_by) as one:
        yield one


async def shown(one: WhatsAppUser, button: str) -> Seen:
    """The message with this button, as soon as it is on the screen."""
    while True:
        seen = await one.seen()
        for each in reversed(seen):
            if any(button in (label, id) for label, id in each.buttons):
                return each
        await one.ask("wait", who=one.number, count=len(seen) + 1, timeout=15)


async def press(one: WhatsAppUser, button: str) -> None:
    """Press a button as soon as it is on the screen."""
    await shown(one, button)
    await one.press(button)


async def more(one: WhatsAppUser, before: int, timeout: float = 15) -> None:  # noqa: ASYNC109
    """Wait until there is more on the screen than there was."""
    await one.ask("wait", who=one.number, count=before + 1, timeout=timeout)


async def register(one: WhatsAppUser, story: str = f"kapan kantor buka, saya {CANARY}") -> None:
    """Hand in a question for the officer, by buttons as far as they go."""
    await one.say("daftar")
    await press(one, "form:ask-officer")
    await press(one, "agree:ask-officer")
    await shown(one, "do:cancel")
    await one.say(VILLAGE_TYPED)
    await one.say(story)
    await press(one, "skip:phone")
    await shown(one, "send:ask-officer")
    before = len(await one.seen())
    await one.press("send:ask-officer")
    await more(one, before)


def times_answered(seen: list[Seen]) -> int:
    """How often the topic's answer came."""
    return sum(any(id == HELPED for _, id in one.buttons) for one in seen)


def asking(one: WhatsAppUser, **changes: Any) -> dict[str, Any]:
    """A question of this person's, as it stands in a request."""
    name = f"wamid.{one.number}.{next(_names)}"
    return {**text(QUESTION, id=name), "from": one.number, "from_user_id": one.user_id, **changes}


def bring(service: Service, whole: bytes, signed: str | None = None) -> httpx.Response:
    """A request to the webhook, signed by Meta unless said otherwise."""
    given = signature(SECRET, whole) if signed is None else signed
    return httpx.post(f"{service.url}/whatsapp/webhook", content=whole, headers={"X-Hub-Signature-256": given})
