"""Spoilt requests over HTTP, byte by byte as a stranger would send them, to the process as it is run.

`python -m tests.chaos.doors COUNT SEED` prints what became of so many to each webhook and so many to the web chat.
"""

import asyncio
import json
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet

from bot.store.seal import Seal
from bot.web.guard import MACHINES_BODY
from tests.chaos.ends import ENDS, judge, read_alone, stored
from tests.chaos.forms import spoilt_form
from tests.chaos.mutations import huge, spoilt, spoilt_tree
from tests.chaos.seeds import fresh, said
from tests.chaos.seeds_whatsapp import ACCOUNT, fresh_message, whole_request
from tests.end_to_end.service import Service, free_port, on_telegram
from tests.fake_graph.webhook import signature

SECRET = "rahasia-of-the-webhook"
KEY = Fernet.generate_key().decode()
CHATS = range(100_001, 102_001)
AT_ONCE = 16
LONGEST_ANSWER = 5.0  # a request that promises more than it sends is never answered
_WEBHOOK = b"POST /telegram/webhook HTTP/1.1\r\nHost: desa.test\r\nConnection: close\r\n"
_WRONG = (b"", SECRET[:-1].encode(), SECRET.upper().encode(), b"\xff\xfe", SECRET.encode() + b"x", b"a" * 9_000)


@dataclass
class Report:
    """How the requests ended, and every broken promise."""

    ends: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Knock:
    """One request to the webhook: its body, what it says its secret is, after how many bytes the connection is cut."""

    body: bytes
    secret: bytes
    cut: int | None

    @property
    def wanted(self) -> int | None:
        """The status that is due; None when nobody waits for one."""
        if self.cut is not None:
            return None
        if self.secret != SECRET.encode():
            return 413 if len(self.body) > MACHINES_BODY else 401
        return 413 if len(self.body) > MACHINES_BODY else 200

    def request(self) -> bytes:
        """As it goes over the wire."""
        given = b"X-Telegram-Bot-Api-Secret-Token: " + self.secret + b"\r\n"
        whole = _WEBHOOK + given + b"Content-Length: %d\r\n\r\n" % len(self.body) + self.body
        return whole if self.cut is None else whole[: len(whole) - 1 - self.cut % len(self.body)]


async def send(port: int, request: bytes, *, whole: bool = True) -> int:
    """The status a request is answered with; 0 when it is not, as when it is not `whole` and the connection is cut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writing = asyncio.create_task(_write(writer, request))
    try:
        if not whole:
            return await writing
        line = await asyncio.wait_for(reader.readline(), LONGEST_ANSWER)
        return int(line.split()[1]) if line else 0
    except (ConnectionError, TimeoutError):
        return 0
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        writer.close()


async def _write(writer: asyncio.StreamWriter, request: bytes) -> int:
    """All of it; whoever is turned away early need not have sent the rest."""
    with suppress(ConnectionError):
        writer.write(request)
        await writer.drain()
    return 0


async def send_all(port: int, requests: Sequence[bytes], cut: Sequence[bool] = ()) -> list[int]:
    """Some at once, all in the end; the statuses in order."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(request: bytes, is_cut: bool) -> int:
        async with room:
            return await send(port, request, whole=not is_cut)

    return await asyncio.gather(*map(one, requests, cut or [False] * len(requests)))


def knocks(chance: Random, many: int) -> list[Knock]:
    """Nine in ten with the secret, one in twenty cut off, a few so large that they are near the limit or over it."""
    made = []
    for number in range(1, many + 1):
        body = spoilt(chance, fresh(chance, number, chance.choice(CHATS)))
        body = huge(chance, body) if chance.random() < 0.005 else body
        secret = SECRET.encode() if chance.random() < 0.9 else chance.choice(_WRONG)
        made.append(Knock(body, secret, chance.randrange(1 << 22) if body and chance.random() < 0.05 else None))
    return made


async def by_webhook(service: Service, chance: Random, many: int, report: Report) -> None:
    """So many spoilt updates; what was answered 200 is in the database or ignored, and nothing else is there."""
    sent = knocks(chance, many)
    statuses = await send_all(service.port, [one.request() for one in sent], [one.cut is not None for one in sent])
    for one, status in zip(sent, statuses, strict=True):
        report.ends[f"webhook {status or 'unanswered'}"] += 1
        if one.wanted is not None and status != one.wanted:
            report.broken.append(f"{status} and not {one.wanted}: {one.request()[:400]!r}")
    rows = stored(service.folder / "var" / "desmigratif.db", Seal([KEY]))
    known = set[str]()
    for end, body in judge([(one.body, read_alone(one.body)) for one in sent if one.wanted == 200], rows, known):
        if end not in ENDS:
            report.broken.append(f"{end}: {body[:400]!r}")
    report.broken += [f"stored and not acknowledged: {one}" for one in rows.keys() - known]


async def by_meta(service: Service, chance: Random, many: int, report: Report) -> None:
    """So many spoilt requests to WhatsApp's webhook, one in ten with a signature that is none."""
    requests, wanted = [], []
    for number in range(1, many + 1):
        body = whole_request([spoilt_tree(chance, fresh_message(chance, number, chance.choice(CHATS)))])
        body = huge(chance, body) if chance.random() < 0.005 else body
        signed = chance.random() < 0.9
        given = signature(SECRET if signed else SECRET[:-1], body).encode()
        head = (
            b"POST /whatsapp/webhook HTTP/1.1\r\nHost: desa.test\r\nConnection: close\r\nX-Hub-Signature-256: " + given
        )
        requests.append(head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        wanted.append(413 if len(body) > MACHINES_BODY else 200 if signed else 401)
    for sent, status, due in zip(requests, await send_all(service.port, requests), wanted, strict=True):
        report.ends[f"whatsapp {status or 'unanswered'}"] += 1
        if status != due:
            report.broken.append(f"{status} and not {due}: {sent[:400]!r}")


async def by_form(service: Service, chance: Random, many: int, report: Report) -> None:
    """So many spoilt requests to the pages; none is our fault."""
    requests = [spoilt_form(chance) for _ in range(many)]
    for request, status in zip(requests, await send_all(service.port, requests), strict=True):
        report.ends[f"pages {status or 'unanswered'}"] += 1
        if status >= 500:
            report.broken.append(f"{status}: {request[:600]!r}")


async def still_well(service: Service, many: int, report: Report) -> None:
    """Good messages are answered by both doors, and the process is ready."""
    good = {chat: many + chat for chat in list(CHATS)[:10]}
    bodies = [json.dumps(said(number, chat, "menu")).encode() for chat, number in good.items()]
    form = b"text=menu&nonce=a-good-form-of-the-test"
    head = b"Host: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    requests = [
        *(Knock(body, SECRET.encode(), None).request() for body in bodies),
        b"POST /chat HTTP/1.1\r\nConnection: close\r\n" + head + b"Content-Length: %d\r\n\r\n" % len(form) + form,
        b"GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ]
    statuses = await send_all(service.port, requests)
    if statuses != [200] * len(good) + [303, 200]:
        report.broken.append(f"good requests were answered {statuses}")
    rows = stored(service.folder / "var" / "desmigratif.db", Seal([KEY]))
    answered = {name for name, row in rows.items() if row.answered}
    lost = [chat for chat, number in good.items() if f"m{chat}:{number}" not in answered]
    report.broken += [f"a good message of chat {chat} was not answered" for chat in lost]


async def knock_at_all(service: Service, many: int, seed: int) -> Report:
    """All doors, one after the other."""
    report, chance = Report(), Random(seed)
    await by_webhook(service, chance, many, report)
    await by_meta(service, chance, many, report)
    await by_form(service, chance, many, report)
    await still_well(service, many, report)
    return report


def main() -> None:
    """As a program; ended from outside, it takes the service with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    many, seed = int(sys.argv[1]), int(sys.argv[2])
    settings = {
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_PER_SECOND": "1000",
        "PUBLIC_URL": f"https://127.0.0.1:{free_port()}",
        "SECRET_KEYS": KEY,
        "WHATSAPP_TOKEN": "EAAFakeTokenOfTheTests",
        "WHATSAPP_PHONE_NUMBER_ID": ACCOUNT,
        "WHATSAPP_APP_SECRET": SECRET,
        "WHATSAPP_VERIFY_TOKEN": SECRET,
        "WHATSAPP_API_URL": "http://127.0.0.1:9/v26.0",
    }
    with TemporaryDirectory() as folder, on_telegram(Path(folder), **settings) as (service, _):
        report = asyncio.run(knock_at_all(service, many, seed))
        ended = service.stop()
        report.broken += [f"it ended with {ended}"] if ended else []
        report.broken += (
            ["a traceback was printed: " + service.output()[-2_000:]] if "Traceback" in service.output() else []
        )
        print(json.dumps({"ends": report.ends, "broken": report.broken}))


if __name__ == "__main__":
    main()
