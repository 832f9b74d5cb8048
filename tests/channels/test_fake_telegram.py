"""The false Telegram is as strict as the true one, in the same words."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.bot_user import TOKEN, FakeUser


async def call(person: FakeUser, method: str, token: str = TOKEN, **given: Any) -> dict[str, Any]:
    """A call of the Bot API, and its answer."""
    assert person._session
    async with person._session.post(f"/bot{token}/{method}", json=given) as answer:
        return {"status": answer.status} | await answer.json()


async def refusal(person: FakeUser, method: str, **given: Any) -> str:
    answer = await call(person, method, **given)
    assert not answer["ok"]
    return f"{answer['error_code']} {answer['description']}"


async def send(person: FakeUser, text: str, **more: Any) -> str:
    return await refusal(person, "sendMessage", chat_id="7", text=text, parse_mode="HTML", **more)


@pytest.fixture(autouse=True)
async def known(budi: FakeUser) -> None:
    await budi.say("halo")


async def test_a_wrong_token_is_unauthorized(budi: FakeUser) -> None:
    assert await refusal(budi, "getMe", token="1:wrong") == "401 Unauthorized"
    assert await refusal(budi, "getMe", token="wrong") == "404 Not Found"
    assert await refusal(budi, "getMoon") == "404 Not Found: method not found"


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<3 >", 'Unsupported start tag "3" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused(budi: FakeUser, html: str, why: str) -> None:
    assert await send(budi, html) == f"400 Bad Request: can't parse entities: {why}"


async def test_entities_are_counted_in_utf16_units_after_parsing(budi: FakeUser) -> None:
    await call(
        budi,
        "sendMessage",
        chat_id=7,
        text=' \U0001f600<b>a&amp;b</b><a href="https://x.id/">c</a> ',
        parse_mode="HTML",
    )
    (seen,) = await budi.wait()
    assert seen.text == "\U0001f600a&bc"
    assert seen.entities == (
        {"type": "bold", "offset": 2, "length": 3},
        {"type": "text_link", "offset": 5, "length": 1, "url": "https://x.id/"},
    )


async def test_lengths_are_measured(budi: FakeUser) -> None:
    assert await send(budi, "") == "400 Bad Request: message text is empty"
    assert await send(budi, "<b> </b>\n") == "400 Bad Request: message text is empty"
    assert await send(budi, "x" * 4097) == "400 Bad Request: message is too long"
    assert await send(budi, "\U0001f600" * 2049) == "400 Bad Request: message is too long"
    assert (await call(budi, "sendMessage", chat_id=7, text="&amp;" * 4096, parse_mode="HTML"))["ok"]


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": "a", "url": "tidak"}, "inline keyboard button URL 'tidak' is invalid: Wrong HTTP URL"),
    ],
)
async def test_bad_buttons_are_refused(budi: FakeUser, button: dict[str, str], why: str) -> None:
    assert await send(budi, "x", reply_markup={"inline_keyboard": [[button]]}) == f"400 Bad Request: {why}"


async def test_strangers_and_those_who_blocked_are_not_reached(budi: FakeUser) -> None:
    assert await refusal(budi, "sendMessage", chat_id=99, text="x") == "400 Bad Request: chat not found"
    await budi.block()
    assert await send(budi, "x") == "403 Forbidden: bot was blocked by the user"
    await budi.block(False)
    assert (await call(budi, "sendMessage", chat_id=7, text="x"))["ok"]


async def test_an_edit_must_change_something(budi: FakeUser) -> None:
    number = (await call(budi, "sendMessage", chat_id=7, text="a"))["result"]["message_id"]
    same = await refusal(budi, "editMessageText", chat_id=7, message_id=number, text="a")
    assert same.startswith("400 Bad Request: message is not modified:")
    assert (await call(budi, "editMessageText", chat_id=7, message_id=number, text="b"))["ok"]
    assert (await call(budi, "deleteMessage", chat_id=7, message_id=number))["ok"]
    assert await refusal(budi, "deleteMessage", chat_id=7, message_id=number) == (
        "400 Bad Request: message to delete not found"
    )


async def test_a_press_is_answered_once_and_within_150_seconds(budi: FakeUser) -> None:
    late = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    press = (await budi.control("press", chat=7, data="a"))["query"]
    assert (await call(budi, "answerCallbackQuery", callback_query_id=press))["ok"]
    assert await refusal(budi, "answerCallbackQuery", callback_query_id=press) == late
    assert await refusal(budi, "answerCallbackQuery", callback_query_id="1") == late
    press = (await budi.control("press", chat=7, data="a"))["query"]
    await budi.control("clock", advance=151)
    assert await refusal(budi, "answerCallbackQuery", callback_query_id=press) == late


async def test_updates_stay_until_a_higher_offset_asks(budi: FakeUser) -> None:
    first, second = (await call(budi, "getUpdates"))["result"], (await call(budi, "getUpdates"))["result"]
    assert [one["message"]["text"] for one in first] == ["halo"]
    assert first == second
    assert (await call(budi, "getUpdates", offset=first[-1]["update_id"] + 1))["result"] == []
    assert (await call(budi, "getUpdates"))["result"] == []


async def test_a_page_holds_a_hundred(budi: FakeUser) -> None:
    for _ in range(101):
        await budi.say("x")
    assert len((await call(budi, "getUpdates", limit=1000))["result"]) == 100


async def test_the_second_to_ask_sends_the_first_away(budi: FakeUser) -> None:
    offset = (await call(budi, "getUpdates"))["result"][-1]["update_id"] + 1
    first = asyncio.create_task(call(budi, "getUpdates", offset=offset, timeout=30))
    await budi.ask("calls", method="getUpdates", count=2)
    second = asyncio.create_task(call(budi, "getUpdates", offset=offset, timeout=30))
    assert (await first)["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await budi.say("baru")
    assert [one["message"]["text"] for one in (await second)["result"]] == ["baru"]


async def test_nobody_may_ask_while_a_webhook_is_set(budi: FakeUser) -> None:
    await call(budi, "setWebhook", url="http://127.0.0.1:1/x")
    assert (await refusal(budi, "getUpdates")).startswith("409 Conflict: can't use getUpdates method while webhook")
    assert (await refusal(budi, "setWebhook", url="http://x.id/")).startswith("400 Bad Request: bad webhook: An HTTPS")
    await call(budi, "deleteWebhook")
    assert (await call(budi, "getUpdates"))["ok"]


async def test_a_file_is_sent_as_what_it_is(budi: FakeUser) -> None:
    await budi.send(voice="suara")
    (update,) = (await call(budi, "getUpdates", offset=-1))["result"]
    file = update["message"]["voice"]["file_id"]
    wrong = await refusal(budi, "sendPhoto", chat_id=7, photo=file)
    assert wrong == "400 Bad Request: can't use file of type Voice as Photo"
    unknown = await refusal(budi, "sendVoice", chat_id=7, voice="x")
    assert unknown.startswith("400 Bad Request: wrong remote file identifier specified")
    assert await refusal(budi, "sendVoice", chat_id=7, voice=file, caption="x" * 1025) == (
        "400 Bad Request: message caption is too long"
    )
    assert (await call(budi, "sendVoice", chat_id=7, voice=file, caption="x" * 1024))["ok"]


async def test_commands_are_checked(budi: FakeUser) -> None:
    upper = json.dumps([{"command": "Menu", "description": "x"}])
    assert await refusal(budi, "setMyCommands", commands=upper) == "400 Bad Request: BOT_COMMAND_INVALID"
    assert (await refusal(budi, "setMyCommands", commands="[]", language_code="mad")).startswith(
        "400 Bad Request: invalid"
    )


async def test_faults_come_as_ordered_and_then_go(budi: FakeUser) -> None:
    await budi.fail("sendMessage", status=429, retry_after=5, chat=7)
    answer = await call(budi, "sendMessage", chat_id=7, text="x")
    assert (answer["status"], answer["parameters"]) == (429, {"retry_after": 5})
    assert answer["description"] == "Too Many Requests: retry after 5"
    assert (await call(budi, "sendMessage", chat_id=7, text="x"))["ok"]
    await budi.fail("sendMessage", cut="reset")
    with pytest.raises(aiohttp.ClientError):
        await call(budi, "sendMessage", chat_id=7, text="x")


async def test_a_person_presses_what_stands_on_the_button(budi: FakeUser) -> None:
    buttons = {"inline_keyboard": [[{"text": "Satu", "callback_data": "menu:1"}]]}
    await call(budi, "sendMessage", chat_id=7, text="x", reply_markup=buttons)
    await call(budi, "sendMessage", chat_id=7, text="y", reply_markup={"keyboard": [["Menu", "Darurat"]]})
    await budi.press("Satu")
    await budi.press("menu:1")
    await budi.press("Darurat")
    updates = (await call(budi, "getUpdates"))["result"]
    assert [one["callback_query"]["data"] for one in updates[1:3]] == ["menu:1", "menu:1"]
    assert updates[3]["message"]["text"] == "Darurat"
    with pytest.raises(AssertionError, match="no button"):
        await budi.press("Dua")


async def test_waiting_for_what_does_not_come_says_what_there_is(budi: FakeUser) -> None:
    await call(budi, "sendMessage", chat_id=7, text="satu-satunya")
    with pytest.raises(AssertionError, match="satu-satunya"):
        await budi.wait(2, timeout=0.05)


async def test_many_chats_write_in_turn_and_a_lean_log_keeps_what_they_saw(budi: FakeUser) -> None:
    await budi.control("lean")
    assert (await budi.control("many", first=70, chats=2, each=2, texts=["satu", "dua"]))["count"] == 4
    page = (await call(budi, "getUpdates", timeout=0))["result"]
    said = [(one["message"]["chat"]["id"], one["message"]["text"]) for one in page]
    assert said[-4:] == [(70, "satu"), (71, "satu"), (70, "dua"), (71, "dua")]
    before = (await budi.ask("delivered"))["count"]
    sent = (await call(budi, "sendMessage", chat_id="71", text="halo"))["result"]
    assert await budi.ask("delivered", count=before + 1) == {"count": before + 1}
    assert [(id, text) for id, _, text, _ in (await budi.ask("log"))["71"]] == [(sent["message_id"], "halo")]
    assert await budi.ask("calls") == []
