"""How fast a channel is written to: bursts are let through, then one a second to a chat, and so many in all."""

import pytest

from bot.model.messages import Address
from bot.pace import LIMITS, Limit, Pace


class Seconds:
    """A stop-watch moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def chat(name: str, account: str = "bot") -> Address:
    return Address("telegram", account, name)


def paced(seconds: Seconds, per_second: float = 1000.0) -> Pace:
    return Pace({"telegram": Limit(per_second, 1.0, 6)}, seconds)


def test_the_first_messages_to_a_chat_go_at_once_and_then_one_a_second(seconds: Seconds) -> None:
    pace = paced(seconds)
    delays = [pace.delay(chat("siti")) for _ in range(9)]
    assert delays[:6] == pytest.approx([0.0] * 6, abs=0.01)
    assert delays[6:] == pytest.approx([1.0, 2.0, 3.0], abs=0.01)


def test_a_chat_that_was_quiet_may_burst_again(seconds: Seconds) -> None:
    pace = paced(seconds)
    for _ in range(6):
        pace.delay(chat("siti"))
    for pause in (6, 3600):
        seconds.now += pause
        assert [pace.delay(chat("siti")) for _ in range(6)] == pytest.approx([0.0] * 6, abs=0.01)


def test_one_chats_burst_costs_no_other_chat_anything(seconds: Seconds) -> None:
    pace = paced(seconds)
    for _ in range(20):
        pace.delay(chat("siti"))
    assert pace.delay(chat("budi")) == pytest.approx(0.0, abs=0.05)


def test_over_all_chats_no_more_than_the_account_may(seconds: Seconds) -> None:
    pace = paced(seconds, per_second=28.0)
    delays = [pace.delay(chat(f"p{n}")) for n in range(57)]
    assert delays == sorted(delays)
    assert delays[-1] == pytest.approx(2.0)
    assert pace.delay(chat("p0", account="other-bot")) == 0.0


def test_a_pause_holds_the_account_and_ends(seconds: Seconds) -> None:
    pace = paced(seconds)
    pace.pause(chat("siti"), 30.0)
    assert pace.delay(chat("budi")) == pytest.approx(30.0)
    seconds.now += 31
    assert pace.delay(chat("citra")) == 0.0


def test_a_shorter_pause_does_not_cut_a_longer_one(seconds: Seconds) -> None:
    pace = paced(seconds)
    pace.pause(chat("siti"), 30.0)
    pace.pause(chat("siti"), 1.0)
    assert pace.delay(chat("siti")) >= 30.0


def test_a_channel_without_limits_never_waits(seconds: Seconds) -> None:
    pace = paced(seconds)
    assert {pace.delay(Address("web", "chat", "a")) for _ in range(100)} == {0.0}


async def test_waiting_for_nothing_takes_no_turn_of_the_clock(seconds: Seconds) -> None:
    await paced(seconds).wait(chat("siti"))


def test_telegrams_limits_are_within_what_it_allows() -> None:
    assert LIMITS["telegram"].per_second < 30
    assert LIMITS["telegram"].chat_seconds >= 1


def test_a_burst_is_not_forgotten_before_it_has_grown_again(seconds: Seconds) -> None:
    pace = Pace(monotonic=seconds)
    siti, budi = Address("whatsapp", "1", "ID.1"), Address("whatsapp", "1", "ID.2")
    burst = LIMITS["whatsapp"].burst
    assert sum(pace.delay(siti) < 1 for _ in range(2 * burst)) == burst
    pace = Pace(monotonic=seconds)
    for _ in range(burst):
        pace.delay(siti)
    for _ in range(7):  # others come and go, and what is old is tidied away
        seconds.now += 10
        pace.delay(budi)
    assert sum(pace.rest(siti) == 0 and pace.delay(siti) < 1 for _ in range(burst)) == 70 // 6


def test_whatsapps_limits_are_within_what_it_allows() -> None:
    assert LIMITS["whatsapp"].per_second <= 80
    assert LIMITS["whatsapp"].chat_seconds >= 6 and LIMITS["whatsapp"].burst < 45
