"""Each error of Telegram's, and who must act on it."""

import inspect
from datetime import timedelta
from typing import Any

import pytest
import telegram.error
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channel import Moved, Never, NotNow, Uncertain
from bot.channels.telegram_request import Unreachable
from bot.channels.telegram_troubles import Refused, seconds, trouble

TABLE: list[tuple[TelegramError, type[Exception], dict[str, Any]]] = [
    (RetryAfter(timedelta(seconds=7)), NotNow, {"after": 7.0, "everyone": False}),
    (NetworkError("Bad Gateway"), NotNow, {"after": 0.0, "everyone": False}),
    (Unreachable("ClientConnectorError"), NotNow, {"after": 0.0, "everyone": True}),
    (InvalidToken("Unauthorized"), NotNow, {"after": 60.0, "everyone": True}),
    (TimedOut(), Uncertain, {}),
    (TelegramError("no answer in JSON"), Uncertain, {}),
    (Conflict("terminated by other"), Uncertain, {}),
    (ChatMigrated(-100123), Moved, {"chat": "-100123"}),
    (Forbidden("Forbidden: bot was blocked by the user"), Never, {"this_one": False}),
    (Forbidden("Forbidden: user is deactivated"), Never, {"this_one": False}),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Never, {"this_one": False}),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Never, {"this_one": False}),
    (BadRequest("Bad Request: chat not found"), Never, {"this_one": False}),
    (BadRequest("Bad Request: have no rights to send a message"), Never, {"this_one": False}),
    (BadRequest("Bad Request: PEER_ID_INVALID"), Never, {"this_one": False}),
    (BadRequest("Bad Request: message text is empty"), Never, {"this_one": True}),
    (BadRequest("Bad Request: message is too long"), Never, {"this_one": True}),
    (BadRequest("Bad Request: can't parse entities: Unclosed start tag at byte offset 1"), Never, {"this_one": True}),
    (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Never, {"this_one": True}),
    (BadRequest("Bad Request: wrong remote file identifier specified"), Never, {"this_one": True}),
]


@pytest.mark.parametrize(("error", "wanted", "details"), TABLE, ids=[f"{one!r}"[:60] for one, _, _ in TABLE])
def test_an_error_says_who_must_act(error: TelegramError, wanted: type[Exception], details: dict[str, Any]) -> None:
    found = trouble(error)
    assert type(found) is wanted
    assert {name: getattr(found, name) for name in details} == details


def test_a_flood_limit_of_the_bot_is_everyones() -> None:
    found = trouble(RetryAfter(3), everyone=True)
    assert isinstance(found, NotNow)
    assert (found.after, found.everyone) == (3.0, True)


def test_times_to_wait_are_seconds() -> None:
    assert seconds(RetryAfter(timedelta(minutes=2))) == 120.0


def test_every_error_of_the_library_has_an_answer() -> None:
    kinds = [one for _, one in inspect.getmembers(telegram.error, inspect.isclass) if issubclass(one, TelegramError)]
    known = {type(error) for error, _, _ in TABLE}
    unused = {telegram.error.EndPointNotFound, telegram.error.PassportDecryptionError}
    assert set(kinds) - known == unused


def test_a_refusal_says_what_to_look_at_in_one_line() -> None:
    assert "TELEGRAM_BOT_TOKEN" in str(Refused())
    assert "\n" not in str(Refused())
