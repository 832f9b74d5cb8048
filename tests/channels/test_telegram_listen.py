"""Asking Telegram for updates: nothing is confirmed that is not stored, and nothing stops it but a bad token."""

import asyncio
import logging

import pytest

from bot.channels.telegram import Refused, Telegram
from bot.channels.telegram_intake import wait_before
from tests.bot_user import TOKEN, FakeUser
from tests.channels.conftest import SECRET, Door, Rests, listening


async def test_a_message_comes_through_the_door(bot: Telegram, budi: FakeUser, door: Door) -> None:
    sent = await budi.say("halo")
    async with listening(bot, door):
        (incoming,) = await door.next()
    assert (incoming.kind, incoming.text, incoming.language) == ("text", "halo", "id")
    assert (incoming.address.channel, incoming.address.account, incoming.address.chat) == ("telegram", "desa", "7")
    assert incoming.external_id == f"m7:{sent['message_id']}"
    assert incoming.at.tzinfo is not None


async def test_a_page_of_updates_is_one_batch(bot: Telegram, budi: FakeUser, door: Door) -> None:
    for word in ("satu", "dua", "tiga"):
        await budi.say(word)
    async with listening(bot, door):
        assert [one.text for one in await door.next()] == ["satu", "dua", "tiga"]


async def test_what_could_not_be_stored_comes_again(bot: Telegram, budi: FakeUser, door: Door) -> None:
    door.failures = 3
    await budi.say("penting")
    async with listening(bot, door):
        (incoming,) = await door.next()
        await budi.ask("pending", most=0)
    assert [one.external_id for one in door.refused] == [incoming.external_id] * 3


async def test_telegram_keeps_what_is_not_stored_yet(bot: Telegram, budi: FakeUser) -> None:
    reached, stored = asyncio.Event(), asyncio.Event()

    async def receive(_: object) -> None:
        reached.set()
        await stored.wait()

    await budi.say("penting")
    task = asyncio.create_task(bot.listen(receive))
    await reached.wait()
    assert (await budi.ask("pending"))["count"] == 1
    stored.set()
    assert (await budi.ask("pending", most=0))["count"] == 0
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_stopped_before_the_commit_it_gets_the_update_again(
    server: str, budi: FakeUser, bot: Telegram, door: Door
) -> None:
    reached = asyncio.Event()

    async def receive(_: object) -> None:
        reached.set()
        await asyncio.Event().wait()

    await budi.say("penting")
    task = asyncio.create_task(bot.listen(receive))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with listening(bot, door):
        assert [one.text for one in await door.next()] == ["penting"]


async def test_it_can_be_cancelled_while_it_waits_for_updates(bot: Telegram, budi: FakeUser, door: Door) -> None:
    async with listening(bot, door) as task:
        await budi.ask("calls", method="getUpdates", count=1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_waits_grow_but_stay_short_while_nothing_can_be_stored(
    bot: Telegram, budi: FakeUser, door: Door, rests: Rests
) -> None:
    door.failures, rests.most = 9, 9
    await budi.say("penting")
    async with listening(bot, door):
        await rests.full.wait()
    longest = [min(2.0, wait_before(at)) for at in range(1, 10)]
    assert all(most / 2 <= rest <= most for rest, most in zip(rests.taken, longest, strict=True))


def test_waits_never_grow_beyond_a_minute() -> None:
    assert [wait_before(failures) for failures in (1, 2, 9, 10**6)] == [0.5, 1.0, 60.0, 60.0]


@pytest.mark.parametrize(
    "fault", [{"status": 502}, {"cut": "reset"}, {"cut": "half", "deliver": True}, {"status": 429}]
)
async def test_telegrams_troubles_lose_nothing(
    bot: Telegram, budi: FakeUser, door: Door, fault: dict[str, object]
) -> None:
    await budi.fail("getUpdates", times=2, **fault)
    await budi.say("halo")
    async with listening(bot, door):
        assert [one.text for one in await door.next()] == ["halo"]


async def test_a_flood_limit_is_waited_out(bot: Telegram, budi: FakeUser, door: Door, rests: Rests) -> None:
    await budi.fail("getUpdates", status=429, retry_after=17)
    await budi.say("halo")
    async with listening(bot, door):
        await door.next()
    assert rests.taken == [17]


async def test_a_rival_is_told_of_once_and_waited_for(
    bot: Telegram, budi: FakeUser, door: Door, rests: Rests, caplog: pytest.LogCaptureFixture
) -> None:
    await budi.fail("getUpdates", status=409, times=3)
    await budi.say("halo")
    async with listening(bot, door):
        await door.next()
    assert rests.taken == [30, 30, 30]
    assert len([one for one in caplog.records if "somebody else" in one.getMessage()]) == 1


async def test_two_pollers_get_each_update_once(
    server: str, bot: Telegram, budi: FakeUser, door: Door, rests: Rests
) -> None:
    rival = Telegram(TOKEN, account="desa", api_url=server, rest=rests)
    rests.most = 1
    async with listening(bot, door):
        await budi.ask("calls", method="getUpdates", count=1)
        async with listening(rival, door):
            await budi.ask("calls", method="getUpdates", count=2)
            await budi.say("halo")
            assert [one.text for one in await door.next()] == ["halo"]
            await budi.ask("pending", most=0)
    await rival.close()
    assert rests.taken == [30]
    assert door.batches.empty()


async def test_a_webhook_left_behind_is_taken_away(bot: Telegram, budi: FakeUser, door: Door) -> None:
    await bot.open_webhook("http://127.0.0.1:1/telegram/webhook")
    await budi.say("halo")
    async with listening(bot, door):
        assert [one.text for one in await door.next()] == ["halo"]
    assert (await budi.ask("state"))["webhook"] == ""


@pytest.mark.parametrize("token", ["100001:WRONG", "no-token-at-all"])
async def test_a_refused_token_stops_with_one_clear_line(server: str, budi: FakeUser, door: Door, token: str) -> None:
    stranger = Telegram(token, account="desa", api_url=server)
    with pytest.raises(Refused, match=r"^Telegram does not know this bot: check TELEGRAM_BOT_TOKEN .*$") as found:
        await stranger.listen(door.receive)
    await stranger.close()
    assert token not in str(found.value)


async def test_a_press_is_answered_after_it_is_stored(bot: Telegram, budi: FakeUser, door: Door) -> None:
    door.failures = 1
    query = (await budi.control("press", chat=7, data="menu:top"))["query"]
    async with listening(bot, door):
        (incoming,) = await door.next()
        await budi.ask("calls", method="answerCallbackQuery", count=1)
    assert (incoming.kind, incoming.button, incoming.external_id) == ("button", "menu:top", f"c{query}")
    assert [one.external_id for one in door.refused] == [incoming.external_id]
    assert (await budi.ask("state"))["answered"] == [query]


async def test_an_expired_press_is_handled_and_its_answer_not_insisted_on(
    bot: Telegram, budi: FakeUser, door: Door, rests: Rests
) -> None:
    await budi.control("press", chat=7, data="menu:top")
    await budi.control("clock", advance=151)
    async with listening(bot, door):
        assert [one.button for one in await door.next()] == ["menu:top"]
        await budi.ask("calls", method="answerCallbackQuery", count=1)
        await budi.say("halo")
        assert [one.text for one in await door.next()] == ["halo"]
    assert (await budi.ask("state"))["answered"] == []
    assert rests.taken == []


async def test_a_slow_answer_to_a_press_holds_nobody_up(bot: Telegram, budi: FakeUser, door: Door) -> None:
    await budi.fail("answerCallbackQuery", hang=3600)
    await budi.control("press", chat=7, data="menu:top")
    async with listening(bot, door):
        await door.next()
        await budi.say("halo")
        assert [one.text for one in await door.next()] == ["halo"]


async def test_a_poisonous_update_does_not_hold_up_the_others(bot: Telegram, budi: FakeUser, door: Door) -> None:
    before = await budi.say("sebelum")
    number = before["update_id"] + 1
    poison = b'{"update_id":%d,"message":%s}' % (number, b'{"a":' * 5000 + b"1" + b"}" * 5000)
    await _raw(budi, poison)
    await budi.say("sesudah")
    seen = []
    async with listening(bot, door):
        while len(seen) < 3:
            seen += await door.next()
        await budi.ask("pending", most=0)
    assert [one.kind for one in seen] == ["text", "unreadable", "text"]
    assert seen[1].external_id == f"u{number}"
    assert b'"update_id":%d' % number in seen[1].raw


async def test_odd_updates_are_passed_over_and_confirmed(bot: Telegram, budi: FakeUser, door: Door) -> None:
    await _raw(budi, b'{"poll":{"id":"1"}}')
    await budi.say("halo", edited=True)
    await budi.say("halo")
    async with listening(bot, door):
        assert [one.kind for one in await door.next()] == ["text"]
        await budi.ask("pending", most=0)


async def test_the_log_never_shows_the_token_or_what_people_write(
    bot: Telegram, budi: FakeUser, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    door.failures = 1
    await budi.fail("getUpdates", status=500)
    await budi.fail("getUpdates", cut="reset")
    await budi.say("kata-rahasia-7")
    async with listening(bot, door):
        await door.next()
    written = "\n".join(f"{one.getMessage()} {one.exc_info} {one.args}" for one in caplog.records)
    assert "again in" in written
    assert TOKEN.partition(":")[2] not in written
    assert SECRET not in written
    assert "kata-rahasia-7" not in written


async def _raw(person: FakeUser, body: bytes) -> None:
    assert person._session
    async with person._session.post("/control/update", data=body) as answer:
        assert answer.status == 200
