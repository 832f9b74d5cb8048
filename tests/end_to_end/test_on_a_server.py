"""The real process on a real PostgreSQL server, which goes away and comes back: nothing is confirmed that is not stored."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.end_to_end.service import TOPIC, Service, free_port, on_telegram, people, shown, times_answered
from tests.end_to_end.test_webhook import HEADERS, SECRET, _bring, _update
from tests.postgresql import Postgres, new_server


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[Service, str, Postgres]]:
    with new_server() as postgres:
        settings = {
            "DATABASE_URL": postgres.new_database().url,
            "TELEGRAM_MODE": "webhook",
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "PUBLIC_URL": f"https://127.0.0.1:{free_port()}",
        }
        with on_telegram(tmp_path, **settings) as (service, street):
            yield service, street, postgres


async def test_while_the_server_is_away_nothing_is_confirmed_and_after_it_nothing_is_lost_or_said_twice(
    house: tuple[Service, str, Postgres], chats: Iterator[int]
) -> None:
    service, street, postgres = house
    async with people(street, next(chats)) as [budi], httpx.AsyncClient(base_url=service.url, timeout=20) as outside:
        await budi.control("block", chat=budi.chat, blocked=False)
        assert (await outside.get("/ready")).status_code == 200
        postgres.stop()
        assert await _bring(service, _update(budi, 1)) == 503
        assert (await outside.get("/ready")).status_code == 503
        assert (await outside.get("/health")).status_code == 200
        postgres.start()
        async with asyncio.timeout(60):
            while (await outside.get("/ready")).status_code != 200:
                pass
        assert [await _bring(service, _update(budi, 1), HEADERS) for _ in range(2)] == [200, 200]
        await shown(budi, f"helped:{TOPIC}")
        assert times_answered(await budi.seen()) == 1
    assert service.command("verify") == "the book of cases holds\n"
    assert service.command("backup").endswith("0 events, sound\n")
