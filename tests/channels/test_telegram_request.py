"""How far a failed request got: the error says it, and says nothing else."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import RequestData

from bot.channels.telegram_request import LARGEST, AiohttpRequest, Unreachable
from tests.bot_user import TOKEN, FakeUser


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    made = AiohttpRequest(wait=0.2)
    await made.initialize()
    yield made
    await made.shutdown()


def url(server: str, method: str = "getMe") -> str:
    return f"{server}/bot{TOKEN}/{method}"


async def test_an_answer_comes_with_its_status(request_: AiohttpRequest, server: str, budi: FakeUser) -> None:
    status, body = await request_.do_request(url(server), "POST")
    assert status == 200
    assert b"desa_bot" in body
    assert (await request_.do_request(f"{server}/bot1:x/getMe", "POST"))[0] == 401


async def test_without_a_connection_nothing_was_sent(request_: AiohttpRequest, unused_tcp_port: int) -> None:
    with pytest.raises(Unreachable):
        await request_.do_request(url(f"http://127.0.0.1:{unused_tcp_port}"), "POST")
    with pytest.raises(Unreachable):
        await request_.do_request("http://", "POST")


@pytest.mark.parametrize("fault", [{"hang": 3600}, {"cut": "reset"}, {"cut": "half"}, {"cut": "half", "deliver": True}])
async def test_a_lost_answer_leaves_everything_open(
    request_: AiohttpRequest, server: str, budi: FakeUser, fault: dict[str, object]
) -> None:
    await budi.fail("getMe", **fault)
    with pytest.raises(TimedOut):
        await request_.do_request(url(server), "POST", RequestData())


async def test_an_answer_may_be_waited_for_longer_than_usual(
    request_: AiohttpRequest, server: str, budi: FakeUser
) -> None:
    await budi.fail("getMe", hang=0.4)
    assert (await request_.do_request(url(server), "POST", read_timeout=30))[0] == 200
    assert request_.read_timeout == 0.2


async def test_an_answer_too_large_is_not_read_to_the_end(
    request_: AiohttpRequest, server: str, budi: FakeUser
) -> None:
    large = BytesIO(b"x" * (LARGEST + 1))
    assert budi._session
    async with budi._session.post("/control/file", params={"kind": "photo"}, data=large) as answer:
        path = (await answer.json())["path"]
    with pytest.raises(TelegramError, match="too large"):
        await request_.do_request(f"{server}/file/bot{TOKEN}/{path}", "GET", read_timeout=30)


def test_an_answer_that_is_no_json_is_not_written_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for payload in (b"kata-rahasia-7", b"[]", b"[" * 99_999, b"\xff"):
        with pytest.raises(TelegramError) as found:
            AiohttpRequest.parse_json_payload(payload)
        assert not isinstance(found.value, NetworkError)
        assert "rahasia" not in f"{found.value} {found.value.__cause__!r}"
    assert caplog.text == ""


async def test_a_whole_traceback_shows_no_token(request_: AiohttpRequest, unused_tcp_port: int) -> None:
    with pytest.raises(Unreachable) as found:
        await request_.do_request(url(f"http://127.0.0.1:{unused_tcp_port}"), "POST")
    assert TOKEN.partition(":")[2] not in "".join(traceback.format_exception(found.value))


async def test_a_cancelled_request_is_cancelled(request_: AiohttpRequest, server: str, budi: FakeUser) -> None:
    await budi.fail("getMe", hang=3600)
    task = asyncio.create_task(request_.do_request(url(server), "POST", read_timeout=60))
    await budi.ask("calls", method="getMe", count=1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
