"""Services that several tests share; each test brings people of its own."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.end_to_end.service import Service, on_telegram, running

_chats = count(1001)


@pytest.fixture(scope="module")
def polling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    """A service that asks Telegram for its updates; and where that Telegram is."""
    with on_telegram(tmp_path_factory.mktemp("polling")) as both:
        yield both


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service without Telegram."""
    with running(tmp_path_factory.mktemp("web")) as service:
        yield service


@pytest.fixture
def chats() -> Iterator[int]:
    """Numbers of chats nobody has used before."""
    return _chats
