"""Says of the Graph API's errors who must act: we by waiting, the person by writing first, nobody, or nobody knows.

The numbers are those of Meta's list of error codes; a title or a message is never looked at, since Meta changes them.
"""

import logging

from bot.channel import Closed, Never, NotNow, Uncertain
from bot.channels.whatsapp_request import GraphError, TooLarge, Unanswered, Unreachable

WINDOW_CLOSED = 131047
UNDELIVERABLE = (131026, 130497)
"""Not on WhatsApp, too old an app, terms never accepted, or a country Meta does not let this account write to."""

_PAIR = 131056
_TOO_FAST = {130429: 2.0, 4: 60.0, 80007: 60.0, 131048: 600.0}
"""The account's limits, and how many seconds to be quiet: Meta does not say. 131048 is for messages people called spam."""

_OURS = (3, 10, 102, 190, 131005, 131031, 131042, 131045, 133010, 368)
"""A token refused, a right missing, a bill unpaid, a number not registered, an account locked: an operator must act."""

_PASSING = (1, 2, 131000, 131016, 131057)
_UNTIL_MENDED = 60.0
_PAIR_SECONDS = 6.0
_log = logging.getLogger(__name__)


class Refused(Exception):
    """Meta does not take our token, or not for this number: nothing helps but a change of the settings."""

    def __init__(self) -> None:
        super().__init__(
            "Meta refuses this account: check WHATSAPP_TOKEN and WHATSAPP_PHONE_NUMBER_ID (and WHATSAPP_API_URL)"
        )


def trouble(error: Exception) -> Exception:
    """What delivery must know of a failed request."""
    match error:
        case GraphError():
            return _of_code(error)
        case Unreachable():
            return NotNow(everyone=True)
        case TooLarge():
            return Never("the file is too large", this_one=True)
        case Unanswered():
            return Uncertain(str(error))
    return error


def _of_code(error: GraphError) -> Exception:
    code, status = error.code, error.status
    if code == WINDOW_CLOSED:
        return Closed()
    if code in UNDELIVERABLE:
        return Never(str(error))
    if code in _TOO_FAST:
        return NotNow(_TOO_FAST[code], everyone=True, flood=True)
    if code == _PAIR or status == 429:
        return NotNow(_PAIR_SECONDS, flood=True)
    return _lasting(error)


def _lasting(error: GraphError) -> Exception:
    """What no slower pace would mend."""
    if is_ours(error):
        _log.error("whatsapp: Meta refuses this account (%s): nothing is sent until an operator mends it", error)
        return NotNow(_UNTIL_MENDED, everyone=True)
    if error.code in _PASSING or error.status >= 500:
        return NotNow()
    return Never(str(error), this_one=True)


def is_ours(error: GraphError) -> bool:
    """Whether the settings or the account are to blame, not the message."""
    unnamed = error.code == 0 and error.status in (401, 403)
    return unnamed or error.code in _OURS or 200 <= error.code < 300
