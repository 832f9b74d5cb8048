"""`desmigratif poster` as a real process, with a Telegram of its own where there is one."""

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.bot_user import TOKEN, fake_telegram
from tests.command import Command
from tests.test_cli import one_line

JATEN = "35.05.01.2001"
WEB = {"PUBLIC_URL": "https://desmigratif.example.id"}


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def read(file: Path) -> set[str]:
    with Image.open(file) as image:
        return {one.text for one in zxingcpp.read_barcodes(image.convert("RGB"))}


def test_a_picture_has_a_code_for_each_channel_that_is_set_up(command: Command) -> None:
    with fake_telegram(TOKEN) as street:
        telegram = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": street}
        ended = command(
            "poster", "--village", JATEN, "--out", "p.png", WHATSAPP_NUMBER="+62 812-3456-7890", **telegram, **WEB
        )
    assert ended.code == 0, ended.err
    links = {
        "https://t.me/desa_bot?start=3505012001",
        "https://wa.me/6281234567890?text=35.05.01.2001",
        "https://desmigratif.example.id/desa/3505012001",
    }
    assert read(command.folder / "p.png") == links
    assert all(link in ended.out for link in links) and "Jaten" in ended.out
    assert not command.database.exists()


def test_without_a_name_the_file_is_a_pdf_named_after_the_village(command: Command) -> None:
    ended = command("poster", "--village", "3505012001", "--size", "a3", **WEB)
    assert ended.code == 0, ended.err
    assert (command.folder / "poster-jaten-35.05.01.2001.pdf").read_bytes().startswith(b"%PDF-")


def test_without_any_channel_it_says_which_settings_are_missing(command: Command) -> None:
    one_line(command("poster", "--village", JATEN), "no channel", "TELEGRAM_BOT_TOKEN", "WHATSAPP_NUMBER", "PUBLIC_URL")
    assert not list(command.folder.glob("poster*"))


@pytest.mark.parametrize("code", ["35.05.01", "jaten"])
def test_what_is_no_village_is_named(command: Command, code: str) -> None:
    one_line(command("poster", "--village", code, **WEB), "village find")


def test_a_file_of_another_kind_or_in_no_folder_is_named(command: Command) -> None:
    one_line(command("poster", "--village", JATEN, "--out", "p.svg", **WEB), "p.svg", ".pdf or .png")
    one_line(command("poster", "--village", JATEN, "--out", "no/p.png", **WEB), "no/p.png")


def test_a_telegram_that_does_not_answer_is_one_line_and_no_poster_without_it(command: Command) -> None:
    ended = command(
        "poster", "--village", JATEN, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL="http://127.0.0.1:9", **WEB
    )
    one_line(ended, "try again")
    assert not list(command.folder.glob("poster*"))
