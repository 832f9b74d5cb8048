"""The byte budget: the first load of the chat, everything together, on a slow line."""

import re

MOST = 50 * 1024
AIM = 20 * 1024


async def test_the_first_load_of_the_chat_is_small_and_asks_nothing_of_others(visitor):
    visitor.headers["Accept-Encoding"] = "identity"
    page = await visitor.get("/")
    parts = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    bodies = [page.content, *[(await visitor.get(part)).content for part in parts]]
    assert len(parts) == 3
    assert sum(map(len, bodies)) <= AIM < MOST
    assert not re.search(r'(?:src|<link[^>]+href)="(?:https?:)?//', page.text)


async def test_static_files_are_packed_and_kept_by_the_browser(visitor):
    path = re.search(r'src="(/static/chat.js[^"]+)"', (await visitor.get("/")).text)[1]
    packed = await visitor.get(path, headers={"Accept-Encoding": "gzip"})
    plain = await visitor.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert "immutable" in plain.headers["cache-control"]


async def test_what_is_not_a_file_of_ours_is_not_served(visitor):
    for name in ("nothing.css", "..%2Fsite.py", "LICENSE"):
        assert (await visitor.get(f"/static/{name}")).status_code == 404
