"""Two real processes that share what is done once, and what may be done so often: when one is killed the other has it all."""

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations, count
from pathlib import Path
from time import monotonic
from typing import TypeVar

import httpx
import pytest
from cryptography.fernet import Fernet

from bot.library import files_of, load
from bot.model.messages import Address, Message
from bot.model.server import Server
from bot.releases import publish, warm
from bot.store import people as chats_of
from bot.store import post
from bot.store.database import open_database
from bot.store.post import Letter
from bot.store.seal import Seal
from tests.bot_user import fake_telegram
from tests.by_hand import by_hand
from tests.cache import CACHE
from tests.conftest import CONTENT
from tests.end_to_end.service import QUESTION, TOKEN, TOPIC, Service, people, running, shown
from tests.end_to_end.test_reload import NEW, OLD, RELEASE, edit, metric
from tests.postgresql import Postgres
from tests.web.test_live import events

ACCOUNT = TOKEN.partition(":")[0]
PATIENCE = 180
PER_SECOND, BURST = 20, 6
SLACK = 20
"""Where a machine is busy, what was to go one after the other may arrive together."""
T = TypeVar("T")
_causes = count(1_000_000)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Both, where Telegram is, their database and its key."""

    services: tuple[Service, Service]
    street: str
    store: Server
    key: str

    def on_duty(self) -> Service | None:
        """Which of those that run says so; None for none, or more than one."""
        found = [one for one in self.services if one.process and _ready(one) == "ok, on duty"]
        return found[0] if len(found) == 1 else None

    def other(self, than: Service) -> Service:
        return next(one for one in self.services if one is not than)

    async def write(self, letters: dict[int, int]) -> None:
        """Put letters for these chats into the outbox, so many for each, and call it out."""
        database = await open_database(self.store, Seal([self.key]))
        async with database.transaction() as tx:
            now = datetime.now(UTC)
            for chat, many in letters.items():
                place = await chats_of.add(tx, Address("telegram", ACCOUNT, str(chat)), "id", now)
                some = [Letter(next(_causes), 0, 0, place.id, Message(f"{n}")) for n in range(many)]
                await post.send(tx, some, now)
        await database.close()
        with by_hand(self.store) as hand:
            hand.execute("select pg_notify('desmigratif', 'outbox')")


@pytest.fixture(scope="module")
def fleet(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    store, key = postgres.migrated(), Fernet.generate_key().decode()
    with ExitStack() as stack:
        street = stack.enter_context(fake_telegram(TOKEN))
        settings = {
            "DATABASE_URL": store.dsn,
            "SECRET_KEYS": key,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": street,
            "TELEGRAM_PER_SECOND": str(PER_SECOND),
            "BACKUP_HOURS": "0",
        }
        made = [stack.enter_context(running(tmp_path_factory.mktemp(name), **settings)) for name in ("one", "other")]
        yield Fleet((made[0], made[1]), street, store, key)


def _ready(service: Service) -> str:
    return httpx.get(f"{service.url}/ready", timeout=20).text


def until(ask: Callable[[], T | None]) -> T:
    """What there is to find, as soon as it is there."""
    end = monotonic() + PATIENCE
    while (found := ask()) is None:
        assert monotonic() < end
    return found


def _sent(service: Service) -> float:
    """How many letters to Telegram it has sent."""
    page = httpx.get(f"{service.url}/metrics", timeout=20).text
    found = re.findall(r'^desmigratif_sends_total\{channel="telegram",ending="sent"\} (\S+)$', page, re.MULTILINE)
    return float(found[0]) if found else 0.0


def _browser(service: Service) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=service.url, headers={"Origin": service.url}, timeout=30)


async def test_one_is_on_duty_and_says_so_and_the_other_serves_beside_it(fleet: Fleet) -> None:
    duty = until(fleet.on_duty)
    assert _ready(fleet.other(duty)) == "ok"
    assert [metric(one, "desmigratif_on_duty").split()[-1] for one in (duty, fleet.other(duty))] == ["1.0", "0.0"]
    async with people(fleet.street, 4001) as [budi]:
        await budi.say(QUESTION)
        await shown(budi, f"helped:{TOPIC}")


async def test_a_page_open_at_one_worker_is_shown_what_another_wrote(fleet: Fleet) -> None:
    one, other = fleet.services
    async with _browser(one) as here, _browser(other) as there:
        await here.post("/chat", data={"nonce": "first-nonce", "text": "menu"})
        there.cookies = here.cookies
        async with here.stream("GET", "/chat/live?after=0") as stream:
            news = events(stream)
            await anext(news)
            assert (await there.post("/chat", data={"nonce": "other-nonce", "text": QUESTION})).status_code == 303
            async with asyncio.timeout(PATIENCE):
                while f"helped:{TOPIC}" not in (await anext(news))[1]:
                    pass


async def test_who_guesses_at_both_doors_is_stopped_as_at_one(fleet: Fleet) -> None:
    answers = []
    for n in range(12):
        async with _browser(fleet.services[n % 2]) as maling:
            answers.append((await maling.post("/officers/login/never-given")).status_code)
    assert answers == [410] * 10 + [429] * 2


async def test_two_workers_together_keep_to_what_the_platform_bears(fleet: Fleet) -> None:
    many = {5000: 14} | dict.fromkeys(range(5001, 5181), 2)
    async with people(fleet.street, *many) as users:
        for user in users:
            await user.control("block", chat=user.chat, blocked=False)
        before, sent = (await users[0].ask("delivered", count=0))["count"], [_sent(one) for one in fleet.services]
        await fleet.write(many)
        await users[0].ask("delivered", count=before + sum(many.values()), timeout=PATIENCE)
        log = await users[0].ask("log")
    at = sorted(moment for chat in many for _, moment, _, _ in log[str(chat)])
    assert len(at) == sum(many.values())
    for (first, began), (last, ended) in combinations(enumerate(at), 2):
        assert last - first <= PER_SECOND * (ended - began) + SLACK
    slow = [moment for _, moment, _, _ in log["5000"]]
    for (first, began), (last, ended) in combinations(enumerate(slow), 2):
        assert last - first <= BURST + (ended - began) + 1
    assert [text for *_, text, _ in log["5000"]] == [f"{n}" for n in range(14)]
    assert all(_sent(one) > had for one, had in zip(fleet.services, sent, strict=True)), "both had a part in it"
    with by_hand(fleet.store) as hand:
        assert hand.execute("select distinct state from outgoing where cause >= 1000000").fetchall() == [("sent",)]


async def test_another_release_is_in_use_at_all(fleet: Fleet, tmp_path: Path) -> None:
    """It is put into use as a command does, or the worker on duty."""
    first = {metric(one, RELEASE) for one in fleet.services}
    assert len(first) == 1
    shutil.copytree(CONTENT, tmp_path / "content")
    edit(tmp_path / "content", "data/wages.yaml", OLD, NEW)
    release = load(tmp_path / "content")
    warm(release, CACHE)
    database = await open_database(fleet.store, Seal([fleet.key]))
    await publish(database, release, files_of(tmp_path / "content"), "published", datetime.now(UTC))
    await database.close()
    until(lambda: all(release.content.digest in metric(one, RELEASE) for one in fleet.services) or None)
    assert "in use again" in fleet.services[0].command("rollback")
    until(lambda: {metric(one, RELEASE) for one in fleet.services} == first or None)


async def test_when_the_one_on_duty_is_killed_the_other_asks_telegram_and_sends_what_lay_in_its_hands(
    fleet: Fleet,
) -> None:
    duty = until(fleet.on_duty)
    async with people(fleet.street, 4101, 4102) as [siti, budi]:
        await siti.fail("sendMessage", hang=3600, chat=siti.chat)
        called = len(await siti.ask("calls", method="sendMessage"))
        await siti.say("menu")
        await siti.ask("calls", method="sendMessage", count=called + 1, timeout=PATIENCE)
        with by_hand(fleet.store) as hand:
            sending = "select id from outgoing where state = 'sending' and lease_by is not null"
            letters = until(lambda: hand.execute(sending).fetchall() or None)
            duty.kill()
            hand.execute("update outgoing set lease_until = '2026-01-01T00:00:00.000000+00:00' where state = 'sending'")
            assert (await shown(siti, "menu:go")).text
            assert until(fleet.on_duty) is fleet.other(duty)
            await budi.say(QUESTION)
            await shown(budi, f"helped:{TOPIC}")
            until(lambda: True if not hand.execute(sending).fetchall() else None)
            for (letter,) in letters:
                ended = hand.execute(
                    "select state, attempts, lease_by from outgoing where id = ?", (letter,)
                ).fetchone()
                assert ended == ("sent", 2, None)
        assert _times(await siti.seen()) == 1
    duty.start()
    assert until(fleet.on_duty) is fleet.other(duty)


def _times(seen: list[object]) -> int:
    return len(re.findall("menu:go", repr(seen)))
