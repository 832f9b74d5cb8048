"""Sending on Telegram: what people see, and what delivery is told when they cannot."""

import logging
from io import BytesIO
from typing import Any

import pytest

from bot.channel import Moved, Never, NotNow, Uncertain, Unfit
from bot.channels.telegram import Telegram
from bot.model.messages import Address, Attachment, Choice, Message, Outgoing
from tests.bot_user import TOKEN, FakeUser


def outgoing(text: str, chat: int = 7, **more: Any) -> Outgoing:
    return Outgoing(1, Address("telegram", "desa", str(chat)), Message(text, **more))


@pytest.fixture(autouse=True)
async def known(budi: FakeUser) -> None:
    """Telegram lets a bot write only to those who wrote first."""
    await budi.say("halo")


async def uploaded(person: FakeUser, kind: str, content: bytes) -> str:
    assert person._session
    async with person._session.post("/control/file", params={"kind": kind}, data=BytesIO(content)) as answer:
        return str((await answer.json())["file_id"])


async def test_a_message_is_shown_with_its_styles(bot: Telegram, budi: FakeUser) -> None:
    number = await bot.send(outgoing("Bawa **KTP** & *KK*:\n- [kantor](https://x.id)"))
    (seen,) = await budi.wait()
    assert (str(seen.id), seen.text) == (number, "Bawa KTP & KK:\n- kantor")
    assert [(one["type"], one["offset"], one["length"]) for one in seen.entities] == [
        ("bold", 5, 3),
        ("italic", 11, 2),
        ("text_link", 17, 6),
    ]


async def test_links_are_shown_without_a_preview(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("[kantor](https://x.id)"))
    assert [one["preview"] for one in await budi.ask("sent", chat=7)] == [False]


async def test_choices_are_buttons_and_short_neighbours_share_a_row(bot: Telegram, budi: FakeUser) -> None:
    choices = (
        Choice("menu:a", "Pendek"),
        Choice("menu:b", "Empat belas ok"),
        Choice("menu:c", "Yang ini lebih panjang"),
        Choice("menu:d", "Satu"),
        Choice("", "Buka halaman", "https://x.id/a"),
        Choice("menu:e", "Akhir"),
    )
    await bot.send(outgoing("Pilih:", choices=choices))
    (seen,) = await budi.wait()
    assert seen.rows == (
        ("Pendek", "Empat belas ok"),
        ("Yang ini lebih panjang",),
        ("Satu", "Buka halaman"),
        ("Akhir",),
    )
    assert ("Buka halaman", "https://x.id/a") in seen.buttons
    assert ("Pendek", "menu:a") in seen.buttons


ANCHORS = tuple(Choice(f"menu:{word}", word) for word in ("Menu", "Kasus saya", "Petugas", "Darurat"))


async def test_anchors_stay_below_two_by_two(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("Halo", anchors=ANCHORS))
    (seen,) = await budi.ask("sent", chat=7)
    assert seen["keyboard"] == [["Menu", "Kasus saya"], ["Petugas", "Darurat"]]
    assert seen["persistent"]


async def test_choices_win_over_anchors(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("Halo", anchors=ANCHORS, choices=(Choice("menu:a", "Satu"),)))
    (seen,) = await budi.wait()
    assert (seen.labels, seen.keyboard) == (("Satu",), ())


async def test_a_long_text_comes_in_order_with_the_buttons_last(bot: Telegram, budi: FakeUser) -> None:
    text = "\n\n".join(f"**{number}** " + "kata " * 300 for number in range(6))
    number = await bot.send(outgoing(text, choices=(Choice("menu:a", "Satu"),)))
    seen = await budi.wait(3)
    assert "".join("".join(one.text for one in seen).split()) == "".join(text.replace("**", "").split())
    assert [one.labels for one in seen] == [(), (), ("Satu",)]
    assert ",".join(str(one.id) for one in seen) == number


async def test_the_anchors_come_with_the_first_piece(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("kata " * 1500, anchors=ANCHORS))
    assert [bool(one.keyboard) for one in await budi.wait(2)] == [True, False]


async def test_4096_units_go_in_one_message(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("\U0001f600" * 2048))
    await bot.send(outgoing("<&>" * 1365 + "x"))
    await bot.send(outgoing("\U0001f600" * 2048 + "x"))
    assert len(await budi.wait(4)) == 4


@pytest.mark.parametrize(
    ("kind", "telegrams", "prefix"),
    [
        ("photo", "photo", ""),
        ("voice", "voice", ""),
        ("voice", "audio", "audio:"),
        ("file", "document", ""),
        ("file", "video", "video:"),
        ("file", "animation", "animation:"),
    ],
)
async def test_an_attachment_goes_with_its_caption(
    bot: Telegram, budi: FakeUser, kind: Any, telegrams: str, prefix: str
) -> None:
    file = await uploaded(budi, telegrams, b"isi")
    attachment = Attachment(kind, prefix + file, "telegram")
    await bot.send(outgoing("Ini **suratnya**", attachment=attachment, choices=(Choice("a:b", "Baik"),)))
    (seen,) = await budi.wait()
    assert (seen.text, seen.attachment, seen.labels) == (
        "Ini suratnya",
        {"kind": telegrams, "file_id": file},
        ("Baik",),
    )


async def test_what_somebody_sent_can_be_sent_on(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("", attachment=Attachment("photo", await uploaded(budi, "photo", b"x"), "telegram")))
    (seen,) = await budi.wait()
    assert (seen.text, seen.attachment is not None) == ("", True)


async def test_a_text_too_long_for_a_caption_comes_after(bot: Telegram, budi: FakeUser) -> None:
    attachment = Attachment("photo", await uploaded(budi, "photo", b"x"), "telegram")
    await bot.send(outgoing("x" * 1025, attachment=attachment, choices=(Choice("a:b", "Baik"),)))
    first, second = await budi.wait(2)
    assert (first.text, first.attachment is not None, first.labels) == ("", True, ())
    assert (second.text, second.attachment, second.labels) == ("x" * 1025, None, ("Baik",))


async def test_a_round_film_has_its_text_after_it(bot: Telegram, budi: FakeUser) -> None:
    reference = "video_note:" + await uploaded(budi, "video_note", b"x")
    await bot.send(outgoing("lihat", attachment=Attachment("file", reference, "telegram")))
    assert [one.text for one in await budi.wait(2)] == ["", "lihat"]


async def test_an_attachment_of_another_channel_stays_there_and_its_text_goes(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("foto dari warga", attachment=Attachment("photo", "wamid", "whatsapp")))
    (seen,) = await budi.wait()
    assert (seen.text, seen.attachment) == ("foto dari warga", None)


@pytest.mark.parametrize(
    "reference", ["/etc/passwd", "https://x.id/a.png", "", "file:///etc/passwd", "a b", "path:abc"]
)
async def test_a_path_or_an_address_is_never_sent_as_a_file(bot: Telegram, budi: FakeUser, reference: str) -> None:
    with pytest.raises(Never) as found:
        await bot.send(outgoing("x", attachment=Attachment("file", reference, "telegram")))
    assert found.value.this_one
    with pytest.raises(Never):
        await bot.fetch(reference)
    assert await budi.seen() == []


async def test_a_stranger_cannot_be_reached(bot: Telegram) -> None:
    with pytest.raises(Never) as found:
        await bot.send(outgoing("halo", chat=999))
    assert not found.value.this_one


@pytest.mark.parametrize("gone", [{"blocked": True}, {"deactivated": True}])
async def test_who_blocked_us_or_is_gone_cannot_be_reached(bot: Telegram, budi: FakeUser, gone: Any) -> None:
    await budi.control("block", chat=7, **gone)
    with pytest.raises(Never) as found:
        await bot.send(outgoing("halo"))
    assert not found.value.this_one


async def test_a_chat_that_moved_says_where(bot: Telegram, budi: FakeUser) -> None:
    await budi.control("say", chat=-123, text="halo")
    await budi.control("block", chat=-123, moved_to=-100123)
    with pytest.raises(Moved) as found:
        await bot.send(outgoing("halo", chat=-123))
    assert found.value.chat == "-100123"


@pytest.mark.parametrize(
    "message",
    [
        outgoing(""),
        outgoing("x", choices=(Choice("a" * 65, "Panjang"),)),
        outgoing("x", choices=(Choice("a:b", ""),)),
    ],
    ids=["empty", "long id", "no label"],
)
async def test_what_telegram_will_never_take_is_never_tried_again(bot: Telegram, message: Outgoing) -> None:
    with pytest.raises(Never) as found:
        await bot.send(message)
    assert found.value.this_one


async def test_a_file_telegram_has_no_more_leaves_its_words_to_be_sent(bot: Telegram) -> None:
    with pytest.raises(Unfit):
        await bot.send(outgoing("x", attachment=Attachment("photo", "tidak-ada", "telegram")))


async def test_a_flood_limit_of_one_chat_holds_that_chat(bot: Telegram, budi: FakeUser) -> None:
    await budi.fail("sendMessage", status=429, retry_after=11, times=2)
    for _ in range(2):
        with pytest.raises(NotNow) as found:
            await bot.send(outgoing("halo"))
        assert (found.value.after, found.value.everyone) == (11, False)


async def test_a_flood_limit_that_meets_two_chats_holds_everyone(bot: Telegram, budi: FakeUser) -> None:
    await budi.control("say", chat=8, text="halo")
    await budi.fail("sendMessage", status=429, retry_after=11, times=2)
    with pytest.raises(NotNow):
        await bot.send(outgoing("halo"))
    with pytest.raises(NotNow) as found:
        await bot.send(outgoing("halo", chat=8))
    assert found.value.everyone


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_trouble_of_telegrams_passes(bot: Telegram, budi: FakeUser, status: int) -> None:
    await budi.fail("sendMessage", status=status)
    with pytest.raises(NotNow) as found:
        await bot.send(outgoing("halo"))
    assert not found.value.everyone
    await bot.send(outgoing("halo"))
    assert len(await budi.seen()) == 1


@pytest.mark.parametrize("cut", ["reset", "half"])
async def test_an_answer_that_got_lost_leaves_it_uncertain(bot: Telegram, budi: FakeUser, cut: str) -> None:
    await budi.fail("sendMessage", cut=cut, deliver=True)
    with pytest.raises(Uncertain):
        await bot.send(outgoing("halo"))
    assert len(await budi.seen()) == 1


@pytest.mark.parametrize("answer", ["<html>", "[]", "{}", '{"ok":true,"result":{}}', '{"ok":true,"result":true}'])
async def test_an_answer_nobody_understands_leaves_it_uncertain(bot: Telegram, budi: FakeUser, answer: str) -> None:
    await budi.fail("sendMessage", answer=answer, deliver=True)
    with pytest.raises(Uncertain):
        await bot.send(outgoing("halo"))


async def test_no_telegram_at_all_holds_everyone(unused_tcp_port: int) -> None:
    bot = Telegram(TOKEN, account="desa", api_url=f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(NotNow) as found:
        await bot.send(outgoing("halo"))
    await bot.close()
    assert found.value.everyone


async def test_a_refused_token_holds_everyone(server: str) -> None:
    bot = Telegram("100001:WRONG", account="desa", api_url=server)
    with pytest.raises(NotNow) as found:
        await bot.send(outgoing("halo"))
    await bot.close()
    assert found.value.everyone


async def test_when_a_later_piece_fails_the_end_is_never_missed(bot: Telegram, budi: FakeUser) -> None:
    message = outgoing("a" * 4096 + "\n\n" + "b" * 10)
    await budi.fail("sendMessage", after=1, status=502)
    with pytest.raises(NotNow):
        await bot.send(message)
    await bot.send(message)
    assert [one.text[0] for one in await budi.wait(3)] == ["a", "a", "b"]


async def test_a_file_can_be_looked_at(bot: Telegram, budi: FakeUser) -> None:
    file = await uploaded(budi, "photo", b"\xff\xd8 gambar")
    assert (await bot.fetch(file)).content == b"\xff\xd8 gambar"
    assert (await bot.fetch(f"video:{file}")).content == b"\xff\xd8 gambar"


async def test_a_file_too_large_or_unknown_is_not_fetched(bot: Telegram, budi: FakeUser) -> None:
    large = await uploaded(budi, "photo", b"x" * (20 * 1024 * 1024 + 1))
    for file in (large, "tidak-ada"):
        with pytest.raises(Never):
            await bot.fetch(file)


async def test_the_bot_introduces_itself_in_each_language_telegram_knows(bot: Telegram, budi: FakeUser) -> None:
    await bot.introduce({"": [("menu", "Menu")], "jv": [("menu", "Menu utama")], "mad": [("menu", "Menu")]})
    assert (await budi.ask("state"))["commands"] == {
        "": [{"command": "menu", "description": "Menu"}],
        "jv": [{"command": "menu", "description": "Menu utama"}],
    }


async def test_it_knows_its_name(bot: Telegram) -> None:
    assert (bot.name, await bot.me()) == ("telegram", "desa_bot")


async def test_closing_leaves_nothing_open(server: str, budi: FakeUser) -> None:
    bot = Telegram(TOKEN, account="desa", api_url=server)
    await bot.send(outgoing("halo"))
    await bot.close()
    await bot.close()


async def test_no_trouble_says_the_token_or_the_text(
    server: str, bot: Telegram, budi: FakeUser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    faults: list[dict[str, Any]] = [
        {"cut": "reset"},
        {"cut": "half", "deliver": True},
        {"status": 502},
        {"status": 400},
    ]
    for fault in faults:
        await budi.fail("sendMessage", **fault)
        with pytest.raises((Uncertain, NotNow, Never)) as found:
            await bot.send(outgoing("kata-rahasia-7"))
        _is_discreet(_told(found.value))
    _is_discreet("\n".join(f"{one.getMessage()} {one.exc_info}" for one in caplog.records))


def _told(error: BaseException) -> str:
    return f"{error!r} {error} {error.__cause__!r}"


def _is_discreet(written: str) -> None:
    assert TOKEN.partition(":")[2] not in written
    assert "kata-rahasia-7" not in written


async def test_what_was_sent_is_taken_away_again_and_what_is_gone_does_no_harm(bot: Telegram, budi: FakeUser) -> None:
    ids = await bot.send(outgoing("a" * 5000))
    assert ids.count(",") == 1
    kept = await bot.send(outgoing("ini tinggal"))
    await bot.take_away("7", ids.split(","))
    await bot.take_away("7", ids.split(","))
    left = [one for one in await budi.ask("sent", chat=7) if not one["deleted"]]
    assert [str(one["message_id"]) for one in left] == [kept]


async def test_a_quiet_message_makes_no_sound_and_another_does(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("tenang", quiet=True))
    await bot.send(outgoing("bahaya"))
    calls = [one for one in await budi.ask("calls") if one["method"].lower() == "sendmessage"]
    assert [bool(one["given"].get("disable_notification")) for one in calls[-2:]] == [True, False]


async def test_what_passes_cannot_be_passed_on_in_any_of_its_pieces(bot: Telegram, budi: FakeUser) -> None:
    await bot.send(outgoing("Nama: Siti. " * 500, passing=10))
    await bot.send(outgoing("Kantor buka jam 8."))
    *pieces, plain = [one["protected"] for one in await budi.ask("sent", chat=7)]
    assert len(pieces) > 1 and all(pieces) and not plain
