"""What is excused of what was sent twice: one message to a chat, of a life that was killed."""

from tests.chaos.reckoning import Reckoning


def test_one_repeat_to_a_chat_for_a_kill_is_excused() -> None:
    assert Reckoning(repeats=[("3", "71"), ("3", "72"), ("5", "71")]).unexcused([3, 5]) == []


def test_two_repeats_to_a_chat_for_one_kill_are_not() -> None:
    (said,) = Reckoning(repeats=[("3", "71"), ("3", "71"), ("3", "72")]).unexcused([3])
    assert said.startswith("2 repeats in chat 71")


def test_a_repeat_of_what_nobody_killed_had_sent_is_not() -> None:
    (said,) = Reckoning(repeats=[("4", "71")]).unexcused([3, 5])
    assert "life 4" in said
