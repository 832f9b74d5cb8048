"""The real process with Telegram bringing the updates, as behind a proxy that ends TLS."""

from collections.abc import Iterator

import httpx
import pytest

from tests.bot_user import FakeUser
from tests.end_to_end.service import (
    QUESTION,
    TOKEN,
    TOPIC,
    Service,
    free_port,
    on_telegram,
    people,
    shown,
    times_answered,
)

SECRET = "rahasia-of-the-webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture(scope="module")
def webhook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    """A service that has asked for a webhook; the false Telegram brings the updates past the TLS it does not speak."""
    address = f"https://127.0.0.1:{free_port()}"
    settings = {"TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": SECRET, "PUBLIC_URL": address}
    with on_telegram(tmp_path_factory.mktemp("webhook"), **settings) as (service, street):
        asked = httpx.get(f"{street}/control/calls", params={"method": "setWebhook", "count": 1}).json()[0]["given"]
        assert (asked["url"], asked["secret_token"]) == (f"{address}/telegram/webhook", SECRET)
        asked["url"] = f"{service.url}/telegram/webhook"
        assert httpx.post(f"{street}/bot{TOKEN}/setWebhook", json=asked).status_code == 200
        yield service, street


async def test_a_question_brought_by_webhook_is_answered(webhook: tuple[Service, str], chats: Iterator[int]) -> None:
    async with people(webhook[1], next(chats)) as [budi]:
        await budi.say(QUESTION)
        await shown(budi, f"helped:{TOPIC}")
        await budi.press(f"helped:{TOPIC}")
        await shown(budi, "do:menu")
        await budi.ask("pending", most=0)


async def test_the_same_update_brought_twice_is_answered_once(
    webhook: tuple[Service, str], chats: Iterator[int]
) -> None:
    async with people(webhook[1], next(chats)) as [budi]:
        await budi.control("block", chat=budi.chat, blocked=False)
        assert [await _bring(webhook[0], _update(budi, 5)) for _ in range(2)] == [200, 200]
        await shown(budi, f"helped:{TOPIC}")
        await budi.say("menu")
        await shown(budi, "menu:go")
        assert times_answered(await budi.seen()) == 1


async def test_an_update_without_the_secret_is_turned_away_and_changes_nothing(
    webhook: tuple[Service, str], chats: Iterator[int]
) -> None:
    async with people(webhook[1], next(chats)) as [budi]:
        await budi.control("block", chat=budi.chat, blocked=False)
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}):
            assert await _bring(webhook[0], _update(budi, 6), headers) == 401
        await budi.say("menu")
        await shown(budi, "menu:go")
        assert times_answered(await budi.seen()) == 0


async def _bring(service: Service, update: dict[str, object], headers: dict[str, str] = HEADERS) -> int:
    async with httpx.AsyncClient(base_url=service.url) as telegram:
        return (await telegram.post("/telegram/webhook", json=update, headers=headers)).status_code


def _update(user: FakeUser, number: int) -> dict[str, object]:
    person = {"id": user.chat, "is_bot": False, "first_name": "Budi", "language_code": "id"}
    chat = {"id": user.chat, "type": "private", "first_name": "Budi"}
    message = {"message_id": number, "date": 1, "text": QUESTION, "chat": chat, "from": person}
    return {"update_id": number, "message": message}
