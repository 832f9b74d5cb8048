"""The live chat: what a page with a script is given."""

import asyncio
import re

import httpx

from bot.channels.webchat import WebChat
from bot.model.messages import Address, Message, Outgoing
from bot.web.sessions import chat_of
from tests.web.house import field_of


async def events(response):
    """The events of a stream as (id, data), as they come."""
    id, data = "", []
    async for line in response.aiter_lines():
        if line.startswith("id: "):
            id = line[4:]
        elif line.startswith("data: "):
            data.append(line[6:])
        elif not line and data:
            yield id, "\n".join(data)
            data = []


def browser(address):
    return httpx.AsyncClient(base_url=address, headers={"Origin": address})


async def test_a_live_form_is_answered_with_the_new_lines_only(visitor):
    page = (await visitor.get("/")).text
    first = await visitor.post("/chat", data={"nonce": field_of(page, "nonce"), "button": "do:menu", "after": "0"})
    assert first.status_code == 200
    assert 'name="button" value="menu:go"' in first.text
    last = max(int(id) for id in re.findall(r'id="m(\d+)"', first.text))
    again = await visitor.post("/chat", data={"nonce": "another-nonce", "text": "bantuan", "after": str(last)})
    assert all(int(id) > last for id in re.findall(r'id="m(\d+)"', again.text))
    assert "<html" not in again.text


async def test_a_retry_of_a_live_form_is_answered_and_stored_once(visitor):
    form = {"nonce": "same-nonce-1", "button": "do:menu", "after": "0"}
    first, second = [await visitor.post("/chat", data=form) for _ in range(2)]
    strip = re.compile(r'name="nonce" value="[^"]+"')
    assert strip.sub("", first.text) == strip.sub("", second.text)


async def test_news_reach_an_open_page(house, address):
    async with browser(address) as visitor, browser(address) as same:
        await visitor.post("/chat", data={"nonce": "first-nonce", "text": "menu"})
        same.cookies = visitor.cookies
        async with visitor.stream("GET", "/chat/live?after=0") as stream:
            news = events(stream)
            shown = [await anext(news)]
            await same.post("/chat", data={"nonce": "second-nonce", "text": "bantuan"})
            for _ in range(2):  # the help, and the menu below it
                shown.append(await asyncio.wait_for(anext(news), 10))
    ids = [int(id) for id, _ in shown]
    assert ids == sorted(set(ids))
    assert all(f'id="m{id}"' in html for id, html in shown)


async def test_a_stream_goes_on_after_the_last_event_the_browser_had(house, address):
    async with browser(address) as visitor:
        answer = await visitor.post("/chat", data={"nonce": "first-nonce", "text": "bantuan", "after": "0"})
        ids = [int(id) for id in re.findall(r'id="m(\d+)"', answer.text)]
        async with visitor.stream("GET", "/chat/live?after=0", headers={"Last-Event-ID": str(ids[0])}) as stream:
            id, _ = await anext(events(stream))
    assert int(id) == ids[1]


async def test_a_stranger_has_no_stream(visitor):
    assert (await visitor.get("/chat/live")).status_code == 204


async def test_one_visitor_never_hears_the_news_of_another(house, address):
    async with browser(address) as one, browser(address) as other:
        await one.post("/chat", data={"nonce": "first-nonce", "text": "menu"})
        await other.post("/chat", data={"nonce": "other-nonce", "text": "menu", "after": "0"})
        async with other.stream("GET", "/chat/live?after=0") as stream:
            id, _ = await anext(events(stream))
        mine = (await one.post("/chat", data={"nonce": "third-nonce", "after": "0"})).text
    assert f'id="m{id}"' not in mine


async def test_a_listener_who_goes_is_forgotten(house, address):
    webchat = house.rooms.webchat
    async with browser(address) as visitor:
        await visitor.post("/chat", data={"nonce": "first-nonce", "text": "menu"})
        async with visitor.stream("GET", "/chat/live?after=0") as stream:
            await anext(events(stream))
            assert webchat.listeners == 1
    async with asyncio.timeout(10):
        while webchat.listeners:  # noqa: ASYNC110  nothing tells when a server has noticed
            await asyncio.sleep(0)


async def test_streams_end_when_the_house_closes(house, address):
    async with browser(address) as visitor:
        await visitor.post("/chat", data={"nonce": "first-nonce", "text": "menu"})
        async with visitor.stream("GET", "/chat/live?after=999999") as stream:
            house.rooms.webchat.close()
            rest = [event async for event in events(stream)]
        assert rest == []
        assert (await visitor.get("/chat/live")).status_code == 503


async def test_sending_wakes_the_listeners_of_that_chat_only():
    webchat = WebChat()
    with webchat.listening("one") as one, webchat.listening("other") as other:
        sent = await webchat.send(Outgoing(7, Address("web", "chat", "one"), Message("x")))
        assert (sent, one.is_set(), other.is_set()) == ("7", True, False)


async def test_sending_to_nobody_is_no_fault():
    assert await WebChat().send(Outgoing(7, Address("web", "chat", "gone"), Message("x"))) == "7"


def test_no_more_listen_than_may():
    webchat = WebChat(most=1)
    with webchat.listening("one"):
        assert webchat.full
    assert not webchat.full


def test_the_chat_of_a_cookie_does_not_tell_the_cookie():
    chat = chat_of("a-cookie-of-somebody-01")
    assert (chat.channel, chat.account, len(chat.chat)) == ("web", "chat", 32)
    assert "a-cookie" not in chat.chat
