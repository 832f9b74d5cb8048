"""No token, no telephone number, no login link and nothing a person wrote stands in a log line."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot import logs

TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
LINK = "https://desa.test/officers/login/Zk3bQ0-canary_9XyT5vWmLpQr2s"
STORY = "majikan menahan paspor saya"
PEOPLE = (
    "wamid.HBgNNjI4MTIwMDAwMDAwNxUCABIYIDQ=",
    "ID.13491208655302741918",
    "US.ENT.118157992128868",
    "BR.a1B2c3D4e5F6g7",
)
METAS = "EAAJB1tR2ZBOcBO0ZAxVq9canary"
PHONES = ("081234567890", "+62 812-3456-7890", "+6281234567890", "0812 3456 7890")


@pytest.fixture(params=[True, False], ids=["json", "text"])
def written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log wrote, in each of its two forms."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    sheet = io.StringIO()
    monkeypatch.setattr("sys.stderr", sheet)
    logs.set_up(json=request.param)
    yield sheet
    root.handlers[:], _ = before
    root.setLevel(before[1])


def failed(text: str) -> Exception:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


@pytest.mark.parametrize("secret", [TOKEN, LINK.rpartition("/")[2], *PHONES])
def test_a_secret_is_cut_out_wherever_it_stands(secret: str, written: io.StringIO) -> None:
    log = logging.getLogger("bot.test")
    log.warning("GET https://api.telegram.org/bot%s/getMe", secret) if secret == TOKEN else None
    log.warning("opened /officers/login/%s", secret)
    log.error(f"somebody wrote {secret}." if secret in PHONES else f"at {LINK}")
    assert secret not in written.getvalue()
    assert "[cut]" in written.getvalue()


@pytest.mark.parametrize("secret", [METAS, *PEOPLE])
def test_neither_metas_token_nor_its_names_of_people_are_written(secret: str, written: io.StringIO) -> None:
    logging.getLogger("bot.test").warning("POST /messages with %s: refused", secret)
    assert secret not in written.getvalue() and secret[:20] not in written.getvalue()
    assert "refused" in written.getvalue()


def test_numbers_that_are_no_secret_stay(written: io.StringIO) -> None:
    logging.getLogger("bot.test").error("message 12345 was set aside: KeyError at step.py:41")
    assert "message 12345 was set aside: KeyError at step.py:41" in written.getvalue()


def test_an_error_is_logged_with_its_kind_and_place_and_never_its_text(written: io.StringIO) -> None:
    logging.getLogger("bot.test").error("it failed", exc_info=failed(STORY))
    assert "ValueError" in written.getvalue() and "test_logs.py:" in written.getvalue()
    assert STORY not in written.getvalue()


def test_a_chain_of_errors_says_nothing_either(written: io.StringIO) -> None:
    try:
        raise RuntimeError(STORY) from failed(TOKEN)
    except RuntimeError:
        logging.getLogger("bot.test").exception("it failed")
    assert STORY not in written.getvalue() and TOKEN not in written.getvalue()


def test_libraries_that_log_addresses_are_kept_quiet(written: io.StringIO) -> None:
    for name in ("httpx", "aiohttp.access", "telegram.ext", "uvicorn.access", "aiosqlite"):
        logging.getLogger(name).info("GET https://api.telegram.org/bot%s/getUpdates", TOKEN)
    assert written.getvalue() == ""


def test_a_line_for_machines_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    record = logging.LogRecord("bot.x", logging.WARNING, "", 1, "dua\nbaris %s", ("é",), None)
    line = logs.Json().format(record)
    found: dict[str, Any] = json.loads(line)
    assert "\n" not in line
    assert (found["level"], found["where"], found["message"]) == ("warning", "bot.x", "dua\nbaris é")
