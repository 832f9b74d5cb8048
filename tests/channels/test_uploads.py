"""What came by one platform goes out by another: the same bytes, shown as what they are, or an error that says who must act."""

import logging
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest

from bot.channel import Closed, File, Never, NotNow, Uncertain, Unfit
from bot.channels import mimes
from bot.channels.telegram import Telegram
from bot.channels.whatsapp import WhatsApp
from bot.model.messages import Address, Attachment, Choice, Message, Outgoing
from tests import bot_user, whatsapp_user
from tests.bot_user import FakeUser
from tests.whatsapp_user import WhatsAppUser

MB = 1024 * 1024
PICTURE = b"\xff\xd8 gambar rahasia"


@pytest.fixture
async def sari(budi: FakeUser) -> FakeUser:
    """An officer on Telegram, who wrote first."""
    await budi.say("halo")
    return budi


@pytest.fixture
async def wati(siti: WhatsAppUser) -> WhatsAppUser:
    """Somebody on WhatsApp, who wrote first."""
    await siti.say("halo")
    return siti


def to_telegram(kind: Any = "photo", text: str = "dari warga", **more: Any) -> Outgoing:
    message = Message(text, attachment=Attachment(kind, "1234567890", "whatsapp"), **more)
    return Outgoing(1, Address("telegram", "desa", "7"), message)


def to_whatsapp(person: WhatsAppUser, kind: Any = "photo", text: str = "dari petugas", **more: Any) -> Outgoing:
    message = Message(text, attachment=Attachment(kind, "AgACAgUAAx", "telegram"), language="id", **more)
    return Outgoing(1, Address("whatsapp", whatsapp_user.NUMBER_ID, person.number), message)


def same(told: dict[str, Any] | None, content: bytes) -> bool:
    """Whether it is this that arrived."""
    return bool(told) and told["sha256"] == sha256(content).hexdigest()  # type: ignore[index]


@pytest.mark.parametrize(
    ("kind", "mime", "size", "shown"),
    [
        ("photo", "image/jpeg", 9, "photo"),
        ("photo", "image/png", 10 * MB, "photo"),
        ("photo", "image/jpeg", 10 * MB + 1, "document"),
        ("photo", "image/webp", 9, "document"),
        ("photo", "", 9, "document"),
        ("voice", "audio/ogg", 9, "voice"),
        ("voice", "audio/mpeg", 9, "audio"),
        ("voice", "audio/amr", 9, "document"),
        ("file", "video/mp4", 9, "video"),
        ("file", "application/pdf", 9, "document"),
        ("file", "text/html", 9, "document"),
    ],
)
async def test_telegram_is_sent_any_file_as_what_it_is(
    bot: Telegram, sari: FakeUser, kind: str, mime: str, size: int, shown: str
) -> None:
    content = b"x" * size
    number = await bot.send(to_telegram(kind), File(content, mime))
    (seen,) = await sari.wait()
    assert (str(seen.id), seen.text) == (number, "dari warga")
    assert seen.attachment and seen.attachment["kind"] == shown
    assert same(seen.file, content)


async def test_an_upload_is_protected_and_has_its_buttons_like_any_message(bot: Telegram, sari: FakeUser) -> None:
    choices = (Choice("case:1", "Buka"),)
    await bot.send(to_telegram(passing=10, quiet=True, choices=choices), File(PICTURE, "image/jpeg"))
    (seen,) = await sari.ask("sent", chat=7)
    assert seen["protected"] and [one["label"] for one in seen["buttons"]] == ["Buka"]
    (call,) = await sari.ask("calls", method="sendPhoto")
    assert call["given"]["disable_notification"] == "true"


async def test_words_too_long_for_a_caption_follow_the_upload(bot: Telegram, sari: FakeUser) -> None:
    await bot.send(to_telegram(text="kata " * 300), File(PICTURE, "image/jpeg"))
    first, second = await sari.wait(2)
    assert same(first.file, PICTURE) and (first.text, second.file) == ("", None)


@pytest.mark.parametrize(
    ("kind", "mime", "size", "shown"),
    [
        ("photo", "image/jpeg", 5 * MB, "image"),
        ("photo", "image/png", 9, "image"),
        ("voice", "audio/ogg", 9, "audio"),
        ("voice", "audio/mpeg", 9, "audio"),
        ("file", "image/jpeg", 9, "image"),
        ("file", "video/mp4", 9, "video"),
        ("file", "application/pdf", 17 * MB, "document"),
    ],
)
async def test_whatsapp_is_sent_the_kinds_it_takes(
    whatsapp: WhatsApp, wati: WhatsAppUser, kind: str, mime: str, size: int, shown: str
) -> None:
    content = b"x" * size
    ids = await whatsapp.send(to_whatsapp(wati, kind), File(content, mime))
    seen = await wati.wait(1 + (shown == "audio"))
    assert ",".join(one.id for one in seen) == ids
    assert (seen[0].type, seen[-1].text) == (shown, "dari petugas")
    assert same(seen[0].file, content)


@pytest.mark.parametrize(
    ("mime", "size"),
    [
        ("image/jpeg", 5 * MB + 1),
        ("audio/ogg", 16 * MB + 1),
        ("image/webp", 9),
        ("text/html", 9),
        ("", 9),
        ("image/png", 0),
    ],
)
async def test_what_whatsapp_does_not_take_is_not_brought_to_it(
    whatsapp: WhatsApp, wati: WhatsAppUser, mime: str, size: int
) -> None:
    with pytest.raises(Unfit):
        await whatsapp.send(to_whatsapp(wati), File(bytes(size), mime))
    assert await wati.ask("calls", method="upload") == []
    assert await wati.seen() == []


async def test_a_file_whatsapp_refuses_leaves_its_words_to_be_sent(whatsapp: WhatsApp, wati: WhatsAppUser) -> None:
    for method, code in (("upload", 100), ("upload", 131053), ("messages", 131053)):
        await wati.control("fail", method=method, code=code)
        with pytest.raises(Unfit):
            await whatsapp.send(to_whatsapp(wati), File(PICTURE, "image/jpeg"))


@pytest.mark.parametrize(
    "fault",
    [
        {"cut": "half", "deliver": True},
        {"answer": "<html>"},
        {"answer": '{"id": "../me"}'},
        {"status": 503},
        {"code": 131016},
    ],
)
async def test_an_upload_that_may_have_arrived_is_no_doubt_for_nobody_was_sent_anything(
    whatsapp: WhatsApp, wati: WhatsAppUser, fault: dict[str, Any]
) -> None:
    await wati.control("fail", method="upload", **fault)
    with pytest.raises(NotNow):
        await whatsapp.send(to_whatsapp(wati), File(PICTURE, "image/jpeg"))
    assert await wati.seen() == []


async def test_a_file_waits_like_words_when_the_day_is_over(whatsapp: WhatsApp, siti: WhatsAppUser) -> None:
    with pytest.raises(Closed):
        await whatsapp.send(to_whatsapp(siti), File(PICTURE, "image/jpeg"))


async def test_a_file_telegram_refuses_leaves_its_words_to_be_sent(bot: Telegram, sari: FakeUser) -> None:
    await sari.fail("sendPhoto", status=400)
    with pytest.raises(Unfit):
        await bot.send(to_telegram(), File(PICTURE, "image/jpeg"))


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [({"status": 502}, NotNow), ({"retry_after": 7}, NotNow), ({"cut": "half", "deliver": True}, Uncertain)],
    ids=str,
)
async def test_a_failed_upload_to_telegram_says_who_must_act(
    bot: Telegram, sari: FakeUser, fault: dict[str, Any], wanted: type[Exception]
) -> None:
    await sari.fail("sendPhoto", **fault)
    with pytest.raises(wanted):
        await bot.send(to_telegram(), File(PICTURE, "image/jpeg"))


async def test_whoever_blocked_us_is_gone_whether_or_not_there_is_a_file(bot: Telegram, sari: FakeUser) -> None:
    await sari.block()
    with pytest.raises(Never) as found:
        await bot.send(to_telegram(), File(PICTURE, "image/jpeg"))
    assert not found.value.this_one


async def test_what_is_fetched_comes_with_what_it_is(
    bot: Telegram, sari: FakeUser, whatsapp: WhatsApp, wati: WhatsAppUser
) -> None:
    theirs, ours = await _kept(sari, "voice"), await _kept(wati, "audio")
    assert await bot.fetch(theirs["file_id"]) == File(PICTURE, "audio/ogg")
    assert await whatsapp.fetch(ours["id"]) == File(PICTURE, "audio/ogg")


async def _kept(person: FakeUser | WhatsAppUser, kind: str) -> dict[str, str]:
    """A file that may be fetched, as its platform names it."""
    assert person._session
    async with person._session.post("/control/file", params={"kind": kind}, data=BytesIO(PICTURE)) as answer:
        return dict(await answer.json())


@pytest.mark.parametrize(
    ("said", "read"),
    [("audio/ogg; codecs=opus", "audio/ogg"), ("IMAGE/JPEG", "image/jpeg"), ("x\r\ny: z", ""), ("text", ""), ("", "")],
)
def test_only_a_plain_type_is_believed(said: str, read: str) -> None:
    assert mimes.plain(said) == read


@pytest.mark.parametrize("mime", ["image/jpeg", "audio/ogg", "application/pdf", "tidak/dikenal", ""])
def test_the_name_of_a_file_says_its_kind_and_nobodys_name(mime: str) -> None:
    assert mimes.by_name(mimes.name_for(mime)) in (mime, "")
    assert mimes.name_for(mime).startswith("desmigratif.")


async def test_neither_errors_nor_log_say_what_is_in_a_file_or_the_token(
    bot: Telegram, sari: FakeUser, whatsapp: WhatsApp, wati: WhatsAppUser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = []
    for fault in ({"cut": "half", "deliver": True}, {"status": 502}, {"status": 400}, {"answer": "rahasia"}):
        await sari.fail("sendPhoto", **fault)
        await wati.control("fail", method="upload", **fault)
        for channel, what in ((bot, to_telegram()), (whatsapp, to_whatsapp(wati))):
            with pytest.raises((NotNow, Uncertain, Unfit, Never)) as found:
                await channel.send(what, File(PICTURE, "image/jpeg"))
            said.append(f"{found.value!r} {found.value.__cause__!r}")
    said += [f"{one.getMessage()} {one.exc_info}" for one in caplog.records]
    tokens = (bot_user.TOKEN.partition(":")[2], whatsapp_user.TOKEN)
    assert [one for one in ("rahasia", wati.number, *tokens) if any(one in line for line in said)] == []
    assert "gambar" not in repr(File(PICTURE, "image/jpeg"))
