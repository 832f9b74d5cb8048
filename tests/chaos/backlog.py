"""F11: what waits after an outage: updates at Telegram while the service was away, letters in the outbox while Telegram was.

Both are drained in each chat's order, nothing is answered twice, nothing is sent that nobody asked for, the memory does not
grow with what waits, and who asks while old letters go out does not wait for them.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet

from bot.model.messages import Address, Incoming, Message
from bot.store import inbox, numbers, people, post
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.post import NOTICE, Letter
from bot.store.seal import Seal
from tests.bot_user import FakeUser, fake_telegram
from tests.chaos.installation import installation
from tests.chaos.measures import PATIENCE, memory, read, settled
from tests.chaos.outcome import Outcome
from tests.chaos.stock.losses import ECHO
from tests.end_to_end.service import TOKEN, Service, running

_LONG = 20_000
_EACH, _SHORT_EACH = 10, 4
_STOCK = 5_000
_FIRST, _FRESH = 1_000, range(1, 21)
_GROWN = 64.0  # MB
_PORTION = 500
_TEXTS = ("menu", "bahasa", "bantuan", "petugas")
_ACCOUNT = TOKEN.partition(":")[0]
_TAKEN = """
select a.chat, i.external_id, (select count(*) from outgoing o where o.cause = i.id)
from inbox i join address a on a.id = i.address_id order by i.id"""
_SENT = """
select a.chat, o.state, o.priority, o.external_id from outgoing o join address a on a.id = o.address_id order by o.id"""


async def run(times: int) -> Outcome:
    """So many updates, and then so many letters, wait."""
    long = times >= _LONG
    each = _EACH if long else _SHORT_EACH
    with TemporaryDirectory(prefix="desmigratif-chaos-") as folder:
        for name in ("updates", "letters/var"):
            (Path(folder) / name).mkdir(parents=True)
        came, rate, faults = await _updates(Path(folder) / "updates", times // each, each, long)
        went, more = await _letters(Path(folder) / "letters", times // each, each)
        stock = await _stock(Path(folder) / "stock") if long else 0.0
    ratio = f"{rate:.0f} answers a second, {rate / stock:.1f} times the stock echo bot's; " if stock else ""
    faults += more
    figures = "; ".join((came, f"{ratio}{went}", *faults[:9]))
    return Outcome(2 * times, len(faults), figures, f"{stock:.0f} answers a second" if stock else "")


@contextmanager
def _served(folder: Path, street: str, **settings: str) -> Iterator[Service]:
    given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": street, "TELEGRAM_PER_SECOND": "1000", **settings}
    with running(folder, **given) as service:
        yield service


async def _updates(folder: Path, chats: int, each: int, long: bool) -> tuple[str, float, list[str]]:
    """All of them wait at Telegram when the service starts."""
    said = chats * each
    async with AsyncExitStack() as stack:
        street = stack.enter_context(fake_telegram(TOKEN))
        control = await stack.enter_async_context(FakeUser(street, 1))
        await control.control("lean")
        await control.control("many", first=_FIRST, chats=chats, each=each, texts=_TEXTS)
        service = stack.enter_context(_served(folder, street))
        began = time.monotonic()
        await control.ask("pending", most=said * 9 // 10, timeout=PATIENCE)
        held = memory(service)
        await control.ask("pending", most=0, timeout=PATIENCE)
        taken = time.monotonic() - began
        await settled(service)
        took, grown = time.monotonic() - began, memory(service) - held
        log = await control.ask("log")
        faults = [*_untaken(service, said), *_unsent(service, log)]
    if long and grown > _GROWN:
        faults.append(f"the memory grew by {grown:.0f} MB between a tenth and the end")
    answers = sum(map(len, log.values()))
    figures = (
        f"{said:,} updates of {chats:,} chats taken at {said / taken:.0f} a second, {answers:,} messages sent at "
        f"{answers / took:.0f} a second, memory {grown:+.0f} MB from a tenth to the end"
    )
    return figures, said / took, faults


def _untaken(service: Service, said: int) -> list[str]:
    """Whatever was said stands in the inbox, in the order in which each chat said it, and has its answer."""
    rows = read(service, _TAKEN)
    faults = [f"{said - len(rows)} updates were lost"] if len(rows) != said else []
    faults += [f"without an answer: {external_id}" for _, external_id, answers in rows if not answers]
    numbers: dict[str, list[int]] = defaultdict(list)
    for chat, external_id, _ in rows:
        numbers[chat].append(int(external_id.partition(":")[2]))
    return faults + [f"not in order: chat {chat}" for chat, found in numbers.items() if found != sorted(found)]


def _unsent(service: Service, log: dict[str, list[tuple[int, float, str]]]) -> list[str]:
    """All that was asked for, and nothing else, was sent once and in order."""
    sent: dict[str, list[int]] = defaultdict(list)
    faults = []
    for chat, state, priority, external_id in read(service, _SENT):
        if state != "sent":
            faults.append(f"{state}: a message to chat {chat}")
        elif priority > 0:
            faults.append(f"nobody asked for a message to chat {chat}")
        else:
            sent[chat].append(int(external_id))
    shown = {chat: [one[0] for one in seen] for chat, seen in log.items() if seen}
    return faults + [f"not once or not in order: chat {chat}" for chat in shown if shown[chat] != sent[chat]]


async def _letters(folder: Path, chats: int, each: int) -> tuple[str, list[str]]:
    """All of them wait in the outbox when the service starts; then some people ask."""
    key = Fernet.generate_key().decode()
    await _write(folder / "var" / "desmigratif.db", key, chats, each)
    async with AsyncExitStack() as stack:
        street = stack.enter_context(fake_telegram(TOKEN))
        control = await stack.enter_async_context(FakeUser(street, 1))
        await control.control("lean")
        await control.control("many", first=_FIRST, chats=chats, each=0, texts=[])
        service = stack.enter_context(_served(folder, street, SECRET_KEYS=key))
        began, asked = time.monotonic(), time.time()
        await control.control("many", first=_FRESH.start, chats=len(_FRESH), each=1, texts=["menu"])
        await control.ask("pending", most=0, timeout=PATIENCE)
        await settled(service)
        took = time.monotonic() - began
        log = await control.ask("log")
    fresh = [log[str(chat)][0][1] for chat in _FRESH if log.get(str(chat))]
    old = {chat: seen for chat, seen in log.items() if int(chat) >= _FIRST}
    wanted = [f"kabar {number}" for number in range(each)]
    faults = [
        f"not once or not in order: chat {chat}" for chat, seen in old.items() if [one[2] for one in seen] != wanted
    ]
    faults += ["who asked was not answered"] * (len(_FRESH) - len(fresh))
    last = max(at for seen in old.values() for _, at, _, _ in seen)
    faults += ["who asked waited for the last of the letters" for at in fresh if at >= last]
    figures = (
        f"{chats * each:,} letters of the outbox sent at {chats * each / took:.0f} a second; the last of {len(fresh)} who "
        f"asked meanwhile was answered after {max(fresh, default=last) - asked:.1f} s"
    )
    return figures, faults


async def _write(file: Path, key: str, chats: int, each: int) -> None:
    """Put letters to these chats into an outbox, as those who met them would."""
    migrate(file)
    database = await open_database(file, Seal([key]))
    try:
        for first in range(0, chats, _PORTION):
            await _write_some(database, range(_FIRST + first, _FIRST + min(chats, first + _PORTION)), each)
    finally:
        await database.close()


async def _write_some(database: Database, chats: Sequence[int], each: int) -> None:
    now = datetime.now(UTC)
    arrived = [Incoming(Address("telegram", _ACCOUNT, str(chat)), f"old{chat}", "text", now) for chat in chats]
    async with database.transaction() as tx:
        places = (await people.meet(tx, arrived)).places
        given = zip(await numbers.new(tx, "new_messages", len(arrived)), arrived, strict=True)
        taken = [(number, places[one.address].id, one) for number, one in given]
        await inbox.keep(tx, taken)
        letters = [
            Letter(cause, 1, n, address, Message(f"kabar {n}"), NOTICE)
            for n in range(each)
            for cause, address, _ in taken
        ]
        await post.send(tx, letters, now)


async def _stock(folder: Path) -> float:
    """How many answers a second the stock echo bot gives to what waited for it."""
    async with installation(folder, ECHO) as house, FakeUser(house.street, 1) as control:
        await control.control("lean")
        await control.control("many", first=_FIRST, chats=_STOCK // _EACH, each=_EACH, texts=_TEXTS)
        await house.begin("serve")
        await house.opened()
        began = time.monotonic()
        await control.ask("delivered", count=_STOCK, timeout=PATIENCE)
        return _STOCK / (time.monotonic() - began)
