"""What an officer sends to somebody in the web chat: shown by the chat's own page, to them and nobody else."""

import re

import pytest

from bot.channel import File, Never, NotNow
from bot.model.messages import Attachment, Incoming, Message
from bot.store import people, post, spoken
from bot.store.post import NOTICE, Letter
from bot.web.sessions import VISITOR, chat_of
from tests.web.house import visitor_of
from tests.web.test_chat import said

PHOTO = Attachment("photo", "AgAC-photo", "telegram")


async def sent(house, visitor, message):
    """A message to this visitor, on its way; the address of its file on their page."""
    await said(visitor, "halo")
    address = chat_of(visitor.cookies[VISITOR])
    async with house.database.transaction() as tx:
        met = await people.meet(tx, [Incoming(address, "m", "text", house.clock())])
        await post.send(tx, [Letter(1, 7, 0, met.places[address].id, message, NOTICE)], house.clock())
    found = re.search(r'href="(/chat/file/\d+)"', (await visitor.get("/")).text)
    return found[1] if found else ""


async def test_a_file_is_shown_to_whom_it_was_sent(house, visitor):
    house.street.file = File(b"\xff\xd8\xff dari petugas", "image/png")
    page = await sent(house, visitor, Message("Ini suratnya", attachment=PHOTO))
    answer = await visitor.get(page)
    assert (answer.status_code, answer.content) == (200, b"\xff\xd8\xff dari petugas")
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/png", "no-store")
    assert house.street.fetched == [("telegram", "AgAC-photo")]


async def test_nobody_else_sees_it_nor_learns_that_it_is_there(house, visitor):
    page = await sent(house, visitor, Message("Ini suratnya", attachment=PHOTO))
    async with visitor_of(house) as stranger:
        assert (await stranger.get(page)).status_code == 404
        await said(stranger, "halo")
        assert (await stranger.get(page)).status_code == 404
        nothing = page.rpartition("/")[0] + "/99999"
        assert (await stranger.get(page)).text == (await stranger.get(nothing)).text
    assert house.street.fetched == []


async def test_a_message_without_a_file_has_none(house, visitor):
    assert await sent(house, visitor, Message("Kantor buka jam 8.")) == ""
    (line, *_) = [one for one in await spoken.chat_lines(house.database, chat_of(visitor.cookies[VISITOR])) if one.id]
    assert (await visitor.get(f"/chat/file/{line.id}")).status_code == 404


@pytest.mark.parametrize("trouble", [NotNow(5), Never("gone", this_one=True)])
async def test_a_file_that_cannot_be_brought_is_said_kindly(house, visitor, trouble):
    house.street.file = trouble
    page = await sent(house, visitor, Message("Ini suratnya", attachment=PHOTO))
    assert (await visitor.get(page)).status_code == 502
