"""Says of Telegram's errors who must act: we by waiting, nobody, or nobody knows."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channel import Moved, Never, NotNow, Uncertain
from bot.channels.telegram_request import Unreachable

_UNKNOWN = "Telegram does not know this bot: check TELEGRAM_BOT_TOKEN (and TELEGRAM_API_URL)"
_NOBODY_THERE = ("chat not found", "user not found", "user is deactivated", "peer_id_invalid", "have no rights to send")
_TOKEN_REFUSED = 60.0


class Refused(Exception):
    """Telegram does not take us for a bot: nothing helps but a change of the settings."""

    def __init__(self, why: str = _UNKNOWN) -> None:
        super().__init__(why)


def trouble(error: TelegramError, *, everyone: bool = False) -> Exception:
    """What delivery must know of a failed send.

    `everyone` is for a flood limit, of which Telegram does not say whether it is the chat's or the bot's: the caller
    has seen whether others are held back too. A refused token holds everybody back until somebody mends it.
    """
    match error:
        case RetryAfter():
            found: Exception = NotNow(seconds(error), everyone=everyone, flood=True)
        case ChatMigrated():
            found = Moved(str(error.new_chat_id))
        case Forbidden():
            found = Never(error.message)
        case BadRequest():  # to the library a NetworkError too, so it must stand before that
            lost = any(sign in error.message.lower() for sign in _NOBODY_THERE)
            found = Never(error.message, this_one=not lost)
        case InvalidToken():
            found = NotNow(_TOKEN_REFUSED, everyone=True)
        case Unreachable():
            found = NotNow(everyone=True)
        case NetworkError() if not isinstance(error, TimedOut):
            found = NotNow()
        case _:
            found = Uncertain(error.message)
    return found


def seconds(error: RetryAfter) -> float:
    """How long a flood limit asks us to wait."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
