"""Each room of the officers' desk is marked in the row of rooms above it, and no other."""

import re

import pytest

from tests.web.desk import logged_in
from tests.web.house import VILLAGE

ROOMS = ("", "/closed", "/corrections", "/register", "/posters", "/statistics", "/team", "/broadcasts", "/questions")


@pytest.mark.parametrize("room", ROOMS)
async def test_the_room_one_is_in_is_marked(house, room):
    camat = await house.officer(VILLAGE.rpartition(".")[0], "Pak Camat", "coordinator")
    async with logged_in(house, camat) as browser:
        page = (await browser.get(f"/officers{room}")).text
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', page) == [f"/officers{room}"]
