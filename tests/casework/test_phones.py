"""The same telephone number, however it was written, is the same; what is none is nothing."""

import pytest

from bot.casework.phones import alike


@pytest.mark.parametrize(
    "written",
    ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "62 812 34567890", "006281234567890", "81234567890"],
)
def test_one_number_is_one_however_it_is_written(written: str) -> None:
    assert alike(written) == "6281234567890"


@pytest.mark.parametrize(("written", "whole"), [("+886 912 345 678", "886912345678"), ("0085212345678", "85212345678")])
def test_a_number_of_another_country_keeps_its_country(written: str, whole: str) -> None:
    assert alike(written) == whole


@pytest.mark.parametrize("written", ["", "belum punya", "0812", "١٢٣٤٥٦٧٨٩"])
def test_what_is_no_number_is_nothing(written: str) -> None:
    assert alike(written) == ""
