"""Two real processes on one PostgreSQL, Telegram bringing updates to either: each is taken once, also when one of them dies."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.model.server import Server
from tests.bot_user import FakeUser, fake_telegram
from tests.by_hand import by_hand
from tests.end_to_end.service import (
    QUESTION,
    TOKEN,
    TOPIC,
    Service,
    free_port,
    people,
    running,
    shown,
    times_answered,
)
from tests.postgresql import Postgres

SECRET = "rahasia-of-the-fleet"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
Fleet = tuple[Service, Service, str, Server]


@pytest.fixture
def fleet(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Both, where Telegram is, and their database."""
    store = postgres.migrated()
    with ExitStack() as stack:
        street = stack.enter_context(fake_telegram(TOKEN))
        settings = {
            "DATABASE_URL": store.dsn,
            "SECRET_KEYS": Fernet.generate_key().decode(),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": street,
            "TELEGRAM_MODE": "webhook",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "PUBLIC_URL": f"https://127.0.0.1:{free_port()}",
            "BACKUP_HOURS": "0",
        }
        one, other = (
            stack.enter_context(running(tmp_path_factory.mktemp(name), **settings)) for name in ("one", "other")
        )
        yield one, other, street, store


async def test_an_update_brought_to_both_at_once_is_answered_once(fleet: Fleet) -> None:
    one, other, street, _ = fleet
    async with people(street, *range(2001, 2009)) as users:
        for user in users:
            await user.control("block", chat=user.chat, blocked=False)
        brought = [bring(service, user, user.chat) for user in users for service in (one, other)]
        assert set(await asyncio.gather(*brought)) == {200}
        for user in users:
            await shown(user, f"helped:{TOPIC}")
        again = [bring(service, user, user.chat) for user in users for service in (other, one)]
        assert set(await asyncio.gather(*again)) == {200}
        await asyncio.gather(*(bring(one, user, user.chat + 100, "menu") for user in users))
        for user in users:
            await shown(user, "menu:go")
            assert times_answered(await user.seen()) == 1


async def test_when_one_is_killed_the_other_takes_in_what_comes_again(fleet: Fleet) -> None:
    one, other, street, store = fleet
    async with people(street, *range(2101, 2105)) as users:
        for user in users:
            await user.control("block", chat=user.chat, blocked=False)
        cut = [asyncio.create_task(bring(one, user, user.chat)) for user in users]
        one.kill()
        await asyncio.gather(*cut, return_exceptions=True)
        assert set(await asyncio.gather(*(bring(other, user, user.chat) for user in users))) == {200}
        with by_hand(store) as hand:
            found = [
                row[0] for row in hand.execute("select external_id from inbox where channel = 'telegram'").fetchall()
            ]
        assert len(found) == len(set(found)) == len(users)


async def bring(service: Service, user: FakeUser, number: int, said: str = QUESTION) -> int:
    person = {"id": user.chat, "is_bot": False, "first_name": "Budi", "language_code": "id"}
    chat = {"id": user.chat, "type": "private", "first_name": "Budi"}
    message = {"message_id": number, "date": 1, "text": said, "chat": chat, "from": person}
    update = {"update_id": number, "message": message}
    async with httpx.AsyncClient(base_url=service.url, timeout=60) as telegram:
        return (await telegram.post("/telegram/webhook", json=update, headers=HEADERS)).status_code
