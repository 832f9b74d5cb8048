"""What is sealed opens with the right key only, and comes out as it went in."""

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as some

from bot.model.conversation import Conversation
from bot.store.seal import Seal, WrongKey

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(some.text())
def test_what_is_sealed_comes_out_as_it_went_in(word: str) -> None:
    assert Seal([OLD]).open(str, Seal([OLD]).close(str, word)) == word


def test_what_is_sealed_cannot_be_read() -> None:
    assert b"Siti" not in Seal([OLD]).close(str, "Siti")


def test_a_new_key_in_front_still_opens_what_the_old_one_sealed() -> None:
    assert Seal([NEW, OLD]).open(str, Seal([OLD]).close(str, "a")) == "a"


def test_the_first_key_seals() -> None:
    assert Seal([NEW]).open(str, Seal([NEW, OLD]).close(str, "a")) == "a"


def test_a_key_taken_away_is_said_to_be_missing() -> None:
    with pytest.raises(WrongKey, match="SECRET_KEYS"):
        Seal([NEW]).open(str, Seal([OLD]).close(str, "a"))


def test_a_damaged_value_never_becomes_an_empty_one() -> None:
    sealed = Seal([OLD]).close(Conversation, Conversation(7))
    for at in range(0, len(sealed), 7):
        torn = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(WrongKey):
            Seal([OLD]).open(Conversation, torn)


def test_a_value_of_another_shape_is_not_taken() -> None:
    with pytest.raises(ValueError):
        Seal([OLD]).open(Conversation, Seal([OLD]).close(str, "a"))


def test_the_same_text_has_the_same_mark_and_only_with_the_key() -> None:
    (mark,) = Seal([OLD]).marks("phone", "628123")
    assert Seal([OLD]).marks("phone", "628123") == [mark]
    assert mark not in (*Seal([OLD]).marks("phone", "628124"), *Seal([OLD]).marks("name", "628123"))
    assert mark not in Seal([NEW]).marks("phone", "628123") and "628123" not in mark


def test_with_a_new_key_in_front_the_old_mark_is_still_among_ours() -> None:
    assert Seal([OLD]).marks("phone", "628123")[0] in Seal([NEW, OLD]).marks("phone", "628123")
