"""The code of the book: the same page, the same code; read back as people write it."""

import hashlib

import pytest

from bot.casework.heads import beginning, code_of, read_head
from bot.casework.numbers import is_number
from bot.knowledge import codes

HASH = hashlib.sha256(b"page").hexdigest()


def test_a_code_leads_back_to_the_beginning_of_its_hash() -> None:
    assert HASH.startswith(beginning(code_of(HASH)))
    assert len(beginning(code_of(HASH))) == 12


@pytest.mark.parametrize("shape", ["{}", "  {} ", "kode {}", "{}."])
@pytest.mark.parametrize("between", ["-", " ", "–"])
def test_it_is_read_however_it_is_written(shape: str, between: str) -> None:
    code = code_of(HASH)
    assert read_head(shape.format(code.replace("-", between).lower())) == code


@pytest.mark.parametrize("text", [
    "", "BCDF-GHJK", "BCDF-GHJK-MNPA", "BCDFGHJKMNPR", "K4M7-P2XR", "ABCDE-PQRST", "123 456-7", "saya mau kerja",
    "BCDF-GHJK-MNPR saya temukan di kertas ini",
])  # fmt: skip
def test_nothing_else_is_one(text: str) -> None:
    assert read_head(text) == ""


@pytest.mark.parametrize("seed", range(200))
def test_it_is_taken_for_no_other_code_of_ours(seed: int) -> None:
    code = code_of(hashlib.sha256(str(seed).encode()).hexdigest())
    assert not codes.read_code(code) and not is_number(code)
    assert not set(code) & set("AEIOU0123456789")
