"""The webhook: nothing is answered 200 that is not stored, and nobody gets in without the secret."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.channels.telegram import Refused, Telegram
from tests.bot_user import TOKEN, FakeUser
from tests.channels.conftest import SECRET, Door
from tests.channels.test_telegram_updates import MESSAGE, PRESS

BODY = json.dumps(MESSAGE).encode()


@pytest.fixture
async def address(bot: Telegram, door: Door) -> AsyncIterator[str]:
    """Our own web server, as small as it goes."""

    async def hook(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        return web.Response(status=await bot.take(await request.read(), given, door.receive))

    app = web.Application()
    app.router.add_post("/telegram/webhook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/webhook"
    await runner.cleanup()


async def test_an_update_is_stored_and_then_answered_200(bot: Telegram, door: Door) -> None:
    assert await bot.take(BODY, SECRET, door.receive) == 200
    assert [one.kind for one in await door.next()] == ["text"]


@pytest.mark.parametrize("given", ["", "rahasia_124", SECRET + "x", SECRET.upper(), "räh", "\udcff"])
async def test_without_the_secret_nothing_is_stored(bot: Telegram, door: Door, given: str) -> None:
    assert await bot.take(BODY, given, door.receive) == 401
    assert door.batches.empty()


async def test_a_bot_without_a_secret_takes_nothing(server: str, door: Door) -> None:
    bot = Telegram(TOKEN, account="desa", api_url=server)
    assert await bot.take(BODY, "", door.receive) == 401
    with pytest.raises(Refused, match="TELEGRAM_WEBHOOK_SECRET"):
        await bot.open_webhook("https://x.id/telegram/webhook")
    await bot.close()
    assert door.batches.empty()


async def test_a_body_too_large_is_turned_away_unread(bot: Telegram, door: Door) -> None:
    assert await bot.take(b" " * (3 * 1024 * 1024 + 1), SECRET, door.receive) == 413
    assert door.batches.empty()


async def test_what_is_not_stored_is_answered_503(bot: Telegram, door: Door) -> None:
    door.failures = 1
    assert await bot.take(BODY, SECRET, door.receive) == 503
    assert await bot.take(BODY, SECRET, door.receive) == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 9999, b'{"update_id":1,"message":7}', b"\xff" * 3_000_000])
async def test_poison_is_stored_and_answered_200(bot: Telegram, door: Door, body: bytes) -> None:
    assert await bot.take(body, SECRET, door.receive) == 200
    assert [one.kind for one in await door.next()] == ["unreadable"]


async def test_poison_that_cannot_be_stored_is_answered_503(bot: Telegram, door: Door) -> None:
    door.failures = 1
    assert await bot.take(b"{", SECRET, door.receive) == 503


async def test_what_says_nothing_to_us_is_answered_200(bot: Telegram, door: Door) -> None:
    assert await bot.take(b'{"update_id":1,"hologram":{}}', SECRET, door.receive) == 200
    assert door.batches.empty()


async def test_a_press_is_answered_once_it_is_stored(bot: Telegram, budi: FakeUser, door: Door) -> None:
    door.failures = 1
    body = json.dumps(PRESS).encode()
    assert await bot.take(body, SECRET, door.receive) == 503
    assert await budi.ask("calls", method="answerCallbackQuery") == []
    assert await bot.take(body, SECRET, door.receive) == 200
    assert len(await budi.ask("calls", method="answerCallbackQuery", count=1)) == 1


async def test_telegram_brings_updates_again_until_they_are_stored(
    bot: Telegram, budi: FakeUser, door: Door, address: str
) -> None:
    door.failures = 2
    await bot.open_webhook(address)
    sent = await budi.say("halo")
    (incoming,) = await door.next()
    assert [one.external_id for one in [*door.refused, incoming]] == [f"m7:{sent['message_id']}"] * 3
    await budi.ask("pending", most=0)


async def test_updates_of_one_chat_come_in_order(bot: Telegram, budi: FakeUser, door: Door, address: str) -> None:
    door.failures = 1
    words = [str(number) for number in range(20)]
    for word in words:
        await budi.say(word)
    await bot.open_webhook(address)
    assert [(await door.next())[0].text for _ in words] == words


async def test_telegram_is_told_the_secret_and_what_we_want(bot: Telegram, budi: FakeUser, address: str) -> None:
    await bot.open_webhook(address)
    (call,) = await budi.ask("calls", method="setWebhook")
    wanted: dict[str, Any] = call["given"]
    assert (wanted["url"], wanted["secret_token"]) == (address, SECRET)
    assert json.loads(wanted["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]
    assert wanted.get("drop_pending_updates", "false").lower() == "false"
