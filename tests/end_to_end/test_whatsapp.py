"""The real process on WhatsApp: Meta brings what people do, and whatever comes is answered once or set aside."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from bot.casework.numbers import sayable
from tests.channels.test_whatsapp_updates import body, value
from tests.end_to_end.service import QUESTION, Service, on_whatsapp
from tests.end_to_end.whatsapp import (
    HELPED,
    asking,
    bring,
    more,
    numbers,
    person,
    register,
    shown,
    times_answered,
)
from tests.fake_graph.webhook import signature
from tests.whatsapp_user import SECRET, VERIFY_TOKEN


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    """A service on WhatsApp; and where that is. No delivery states come by themselves: what comes in is counted here."""
    with on_whatsapp(tmp_path_factory.mktemp("whatsapp")) as (service, street):
        httpx.post(f"{street}/control/settings", json={"states": []})
        yield service, street


def stored(service: Service) -> dict[str, int]:
    """How many rows there are of all that a message could leave behind."""
    with closing(sqlite3.connect(service.folder / "var" / "desmigratif.db")) as file:
        tables = ("inbox", "set_aside", "person", "address", "outgoing")
        return {one: file.execute(f"select count(*) from {one}").fetchone()[0] for one in tables}


def newest_case(service: Service) -> tuple[str]:
    """The number of the last case handed in."""
    with closing(sqlite3.connect(service.folder / "var" / "desmigratif.db")) as file:
        return tuple(file.execute('select number from "case" order by seq desc limit 1').fetchone())


def status_of(service: Service, path: str) -> int:
    """What a page is answered with."""
    return httpx.get(f"{service.url}{path}").status_code


def figures(service: Service) -> str:
    """The page of figures."""
    return httpx.get(f"{service.url}/metrics").text


@pytest.mark.parametrize("known_by", [{}, {"hidden": True}, {"old": True}], ids=str)
async def test_a_question_is_answered_and_its_buttons_work(
    house: tuple[Service, str], known_by: dict[str, bool]
) -> None:
    async with person(house[1], **known_by) as siti:
        await siti.say(QUESTION)
        await shown(siti, HELPED)
        before = len(await siti.seen())
        await siti.press(HELPED)
        await more(siti, before)
        await siti.ask("pending", most=0)


async def test_a_question_for_the_officer_is_handed_in_by_buttons(house: tuple[Service, str]) -> None:
    async with person(house[1]) as siti:
        await register(siti)
        (number,) = newest_case(house[0])
        assert any(sayable(number) in one.text for one in await siti.seen())


async def test_the_same_request_brought_twice_is_answered_once(house: tuple[Service, str]) -> None:
    async with person(house[1]) as siti:
        await siti.say("menu")
        await shown(siti, "menu:go")
        whole = body(value(messages=[asking(siti)]))
        assert [bring(house[0], whole).status_code for _ in range(2)] == [200, 200]
        await shown(siti, HELPED)
        await siti.say("menu")
        await siti.ask("pending", most=0)
        assert times_answered(await siti.seen()) == 1


async def test_a_wrong_signature_is_turned_away_and_nothing_is_stored(house: tuple[Service, str]) -> None:
    async with person(house[1]) as siti:
        whole = body(value(messages=[asking(siti)]))
        before = stored(house[0])
        answers = [bring(house[0], whole, given).status_code for given in ("", "sha256=0", signature("wrong", whole))]
        answers.append(bring(house[0], whole[:-1], signature(SECRET, whole)).status_code)
        assert answers == [401] * 4
        assert stored(house[0]) == before
        assert bring(house[0], b" " * (3 * 1024 * 1024 + 1)).status_code == 413
        assert stored(house[0]) == before


async def test_one_poisoned_message_holds_up_none_of_its_batch(house: tuple[Service, str]) -> None:
    async with person(house[1]) as siti, person(house[1]) as budi:
        for one in (siti, budi):
            await one.say("menu")
            await shown(one, "menu:go")
        before = stored(house[0])["set_aside"]
        poison = asking(siti, type="text", text={"body": "\ud800"})
        whole = body(value(messages=[asking(siti), poison, asking(budi)]))
        assert bring(house[0], whole).status_code == 200
        for one in (siti, budi):
            await shown(one, HELPED)
        assert stored(house[0])["set_aside"] == before + 1
        assert bring(house[0], whole).status_code == 200
        assert stored(house[0])["set_aside"] == before + 1


@pytest.mark.parametrize(
    "whole", [b"", b"{", b"\xff\xfe", b"[" * 50_000, b'{"object":"whatsapp_business_account"}'], ids=repr
)
async def test_what_meta_signed_and_nobody_can_read_is_set_aside_once(house: tuple[Service, str], whole: bytes) -> None:
    before = stored(house[0])
    assert [bring(house[0], whole).status_code for _ in range(2)] == [200, 200]
    after = stored(house[0])
    assert (after["set_aside"], after["inbox"]) == (before["set_aside"] + 1, before["inbox"] + 1)


async def test_another_numbers_message_is_acknowledged_and_not_stored(house: tuple[Service, str]) -> None:
    async with person(house[1]) as siti:
        strange = {"metadata": {"phone_number_id": "999999"}, "messages": [asking(siti)]}
        before = stored(house[0])
        assert bring(house[0], body(strange)).status_code == 200
        assert stored(house[0]) == before
        assert 'desmigratif_strange_total{channel="whatsapp"}' in figures(house[0])


def test_meta_may_shake_hands_and_a_stranger_may_not(house: tuple[Service, str]) -> None:
    hello = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "42"}
    door = f"{house[0].url}/whatsapp/webhook"
    assert httpx.get(door, params=hello).text == "42"
    assert httpx.get(door, params={**hello, "hub.verify_token": "x"}).status_code == 403


async def test_whoever_comes_by_a_posters_link_is_asked_for_no_village(house: tuple[Service, str]) -> None:
    async with person(house[1]) as siti:
        await siti.say("52.02.12.2001")
        await shown(siti, "menu:go")
        assert any("Lantan" in one.text for one in await siti.seen())


async def test_a_new_number_is_a_stranger_and_the_old_one_hears_nothing_more(house: tuple[Service, str]) -> None:
    """Whoever is given the old number later, when Meta tells us numbers only, is a stranger too."""
    async with person(house[1], old=True) as siti:
        await siti.say(QUESTION)
        await shown(siti, HELPED)
        people = stored(house[0])["person"]
        await siti.control("move", who=siti.number, to=str(next(numbers)))
        await siti.ask("pending", most=0)
        await siti.say("menu")
        await shown(siti, "menu:go")
        assert stored(house[0])["person"] == people + 1


async def test_what_came_while_the_house_was_down_is_answered_when_it_is_up(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with on_whatsapp(tmp_path_factory.mktemp("killed")) as (service, street):
        async with person(street) as siti:
            await siti.say("menu")
            await shown(siti, "menu:go")
            service.kill()
            await siti.say(QUESTION)
            service.start()
            await shown(siti, HELPED)
            await siti.ask("pending", most=0)
            assert times_answered(await siti.seen()) == 1


async def test_a_refused_token_is_said_in_a_line_and_whoever_comes_by_the_web_is_served(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with on_whatsapp(tmp_path_factory.mktemp("refused"), WHATSAPP_TOKEN="EAAofSomebodyElse") as (service, _):
        assert status_of(service, "/") == 200
        assert "check WHATSAPP_TOKEN" in service.output()
        assert "EAAofSomebodyElse" not in service.output()


async def test_an_event_of_the_account_is_acknowledged(house: tuple[Service, str]) -> None:
    """As Meta's own test button sends them."""
    before = stored(house[0])
    assert bring(house[0], body({"event": "VERIFIED_ACCOUNT"}, field="account_update")).status_code == 200
    assert stored(house[0]) == before
