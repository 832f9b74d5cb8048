"""JSON from outside: what is wrong in one place is wrong there only."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.poison import parsed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@settings(deadline=None)
@given(JSON)
def test_good_json_is_read_as_it_stands(value: object) -> None:
    assert parsed(json.dumps(value).encode()) == value
    assert parsed(json.dumps(value, ensure_ascii=False).encode()) == value


@settings(deadline=None)
@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()[:-1]))
def test_whatever_comes_is_read_or_raises_one_error(body: bytes) -> None:
    with suppress(ValueError):
        parsed(body)


@pytest.mark.parametrize("depth", [10, 500, 990, 1_000, 5_000, 100_000])
@pytest.mark.parametrize("signs", [b"[]", b"{}"])
def test_what_lies_too_deep_hides_nothing_beside_it(depth: int, signs: bytes) -> None:
    opening = signs[:1] if signs == b"[]" else b'{"a":'
    deep = opening * depth + b"1" + signs[1:] * depth
    found = parsed(b'{"before":"[{","deep":' + deep + b',"after":[1,{"x":"]}\\"}"}]}')
    assert (found["before"], found["after"]) == ("[{", [1, {"x": ']}"}'}])
    assert isinstance(found["deep"], list | dict)


def test_a_byte_that_is_no_text_spoils_its_own_text_alone() -> None:
    found = parsed(b'["a\xffb","c"]')
    assert found[1] == "c"
    with pytest.raises(UnicodeEncodeError):
        found[0].encode()


def test_an_endless_integer_is_nothing_and_its_neighbour_is_read() -> None:
    assert parsed(b"[" + b"9" * 100_000 + b",7," + b"1" * 30 + b"]") == [None, 7, int("1" * 30)]
