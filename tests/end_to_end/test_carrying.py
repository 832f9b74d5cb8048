"""Files between a person on WhatsApp and an officer on Telegram, through the real process: the same bytes, or a word on it."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests import bot_user, whatsapp_user
from tests.bot_user import FakeUser, fake_telegram
from tests.by_hand import by_hand
from tests.conftest import CONTENT
from tests.end_to_end import whatsapp
from tests.end_to_end.service import (
    CANARY,
    TOKEN,
    VILLAGE,
    VILLAGE_TYPED,
    Service,
    attach,
    people,
    running,
    shown,
)
from tests.whatsapp_user import WhatsAppUser, fake_graph, settings

PROOF, VOICE, PAPER = f"slip gaji {CANARY}", f"suara petugas {CANARY}", f"surat {CANARY}"
WORDS = f"Dengarkan ini, {CANARY}"
WANTED = "select count(*) from attached_file where state = 'wanted'"


@dataclass(frozen=True)
class Town:
    """The service, and where both streets are."""

    service: Service
    telegram: str
    graph: str

    async def copied(self) -> None:
        """As soon as the service wants no file any more for copies of its own: what fails from now on fails for nobody else."""
        with by_hand(self.service.folder / "var" / "desmigratif.db") as file:
            async with asyncio.timeout(90):
                while file.execute(WANTED).fetchone() != (0,):  # noqa: ASYNC110  the file tells nobody
                    await asyncio.sleep(0)


@dataclass(frozen=True)
class Talk:
    """A person on WhatsApp, an officer on Telegram, and the case between them."""

    siti: WhatsAppUser
    ratna: FakeUser
    number: str

    async def opened(self) -> bot_user.Seen:
        """The officer opens the case and then its photo: what they read of that."""
        for button in (f"case:{self.number}", f"reveal:{self.number}", f"reveal:{self.number}:papers"):
            await read(self.ratna, self.ratna.press(button))
        return await read(self.ratna, self.ratna.press(f"attachment:{self.number}:proof"))

    async def answers(self, **what: Any) -> list[whatsapp_user.Seen]:
        """The officer sends something to the person: what the person got of it."""
        before = len(await self.siti.seen())
        await read(self.ratna, self.ratna.press(f"case:{self.number}"))
        await read(self.ratna, self.ratna.press(f"reply:{self.number}"))
        await self.ratna.send(**what)
        while True:  # the last piece is the one with buttons
            seen = (await self.siti.seen())[before:]
            if seen and f"write:{self.number}" in dict(map(reversed, seen[-1].buttons)):
                return seen
            await whatsapp.more(self.siti, before + len(seen), timeout=30)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("carrying")
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    (content / "rules/quiet-hours.yaml").write_text('start: "23:59:59"\nend: "00:00"\n')  # it is day all day long
    with fake_telegram(TOKEN) as telegram, fake_graph() as graph:
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram, "CONTENT_DIR": str(content)}
        with running(folder, **given, **settings(graph)) as service:
            attach(graph, service)
            yield Town(service, telegram, graph)


@pytest.fixture
async def talk(town: Town, chats: Iterator[int]) -> AsyncIterator[Talk]:
    async with begun(town, next(chats)) as one:
        yield one


@asynccontextmanager
async def begun(town: Town, chat: int, **fault: Any) -> AsyncIterator[Talk]:
    """Handed in, with a photo, and claimed; the false Graph API has this fault from the beginning."""
    async with people(town.telegram, chat) as [ratna], whatsapp.person(town.graph) as siti:
        if fault:
            await town.copied()
            await siti.control("fail", method=fault["method"], times=0)
            await siti.control("fail", **fault)
        await _appointed(town.service, ratna)
        await _complains(siti)
        notice = await shown(ratna, "Tangani")
        number = next(data for _, data in notice.buttons if data.startswith("claim:")).partition(":")[2]
        await whatsapp.shown(siti, f"plan-yes:{number}")
        await _asked(siti, siti.press(f"plan-yes:{number}"))
        await _asked(siti, read(ratna, ratna.press(f"claim:{number}")))
        yield Talk(siti, ratna, number)


async def test_a_photo_from_whatsapp_is_opened_on_telegram(talk: Talk) -> None:
    seen = await talk.opened()
    assert seen.attachment and seen.attachment["kind"] == "photo"
    assert same(seen, PROOF)
    (there,) = [one for one in await talk.ratna.ask("sent", chat=talk.ratna.chat) if one["message_id"] == seen.id]
    assert there["protected"]


async def test_a_voice_note_from_telegram_is_heard_on_whatsapp(talk: Talk) -> None:
    voice, words = await talk.answers(voice=VOICE, caption=WORDS)
    assert (voice.type, words.text.count(WORDS)) == ("audio", 1)
    assert same(voice, VOICE)


async def test_a_paper_from_telegram_is_read_on_whatsapp(talk: Talk) -> None:
    paper, _ = await talk.answers(document=PAPER)
    assert paper.type == "document"
    assert same(paper, PAPER)


async def test_a_photo_that_meta_has_no_more_is_opened_from_our_copy(town: Town, talk: Talk) -> None:
    await town.copied()
    await talk.siti.control("fail", method="media", code=100)
    assert same(await talk.opened(), PROOF)


async def test_the_officer_is_told_where_a_photo_may_be_that_meta_never_had(town: Town, chats: Iterator[int]) -> None:
    async with begun(town, next(chats), method="media", code=100, times=2) as talk:  # for our copy, and for the officer
        seen = await talk.opened()
        assert (seen.file, seen.attachment) == (None, None)
        assert "do:web" in dict(map(reversed, seen.buttons))
        await shown(talk.ratna, "do:web")
        assert "/officers/login/" in (await read(talk.ratna, talk.ratna.press("do:web"))).text


async def test_while_its_platform_is_away_a_file_waits_and_then_arrives(town: Town, chats: Iterator[int]) -> None:
    async with begun(
        town, next(chats), method="media", status=503, times=2
    ) as talk:  # for our copy, and for the officer
        assert same(await talk.opened(), PROOF)
        await talk.ratna.control("fail", method="getFile", status=502)
        await talk.siti.control("fail", method="upload", cut="half", deliver=True)
        assert same((await talk.answers(voice=VOICE))[0], VOICE)


@pytest.mark.parametrize("sent", [{"photo": 6 * 1024 * 1024}, {"document": PAPER, "ending": "html"}, {"voice": VOICE}])
async def test_a_file_that_cannot_cross_leaves_its_words_and_both_are_told(talk: Talk, sent: dict[str, Any]) -> None:
    if "voice" in sent:
        await talk.siti.control("fail", method="upload", code=131053)
    (words,) = await talk.answers(**sent, caption=WORDS)
    assert (words.type, words.media) == ("interactive", "")
    assert WORDS in words.text and len(words.text) > len(WORDS)
    told = await shown(talk.ratna, f"case:{talk.number}")
    while "berkas" not in told.text:
        told = await read(talk.ratna)
    assert CANARY not in told.text


async def test_of_all_that_nothing_stands_in_the_log(town: Town, talk: Talk) -> None:
    await talk.ratna.control("fail", method="sendPhoto", status=400)
    await talk.siti.control("fail", method="upload", answer=f"{CANARY} {VOICE}")
    await talk.opened()
    await talk.answers(voice=VOICE, caption=WORDS)
    log = (town.service.folder / "errors.txt").read_text("utf-8")
    canaries = (CANARY, TOKEN, whatsapp_user.TOKEN, talk.siti.number, talk.siti.user_id, "wamid.", "file_", "VOICE-")
    assert [one for one in canaries if one in log] == []
    assert "Traceback" not in log


def same(seen: bot_user.Seen | whatsapp_user.Seen, content: str) -> bool:
    """Whether it is this that arrived."""
    return bool(seen.file) and seen.file["sha256"] == sha256(content.encode()).hexdigest()  # type: ignore[index]


async def read(officer: FakeUser, doing: Awaitable[object] | None = None) -> bot_user.Seen:
    """What the officer reads next, when something is done or by itself."""
    before = len(await officer.seen())
    if doing:
        await doing
    await officer.ask("wait", chat=officer.chat, count=before + 1, timeout=30)
    return (await officer.seen())[-1]


async def _complains(siti: WhatsAppUser) -> None:
    """Hand in a complaint about an employer, with a photo."""
    await siti.say("daftar")
    for button in ("form:complaint", "agree:complaint"):
        await whatsapp.press(siti, button)
    await whatsapp.shown(siti, "do:cancel")
    for words in ("ya", VILLAGE_TYPED, "lewati", "majikan", "Taiwan", f"gaji saya dipotong terus, {CANARY}"):
        await _asked(siti, siti.say(words))
    await _asked(siti, siti.send(image=PROOF))
    await _asked(siti, siti.say("lewati"))
    await whatsapp.shown(siti, "send:complaint")
    await _asked(siti, siti.press("send:complaint"))


async def _asked(siti: WhatsAppUser, doing: Awaitable[object]) -> None:
    before = len(await siti.seen())
    await doing
    await whatsapp.more(siti, before)


async def _appointed(service: Service, officer: FakeUser) -> None:
    code = re.search(r"Code: (\S+)", service.command("officer", "invite", "--village", VILLAGE, "--name", "Bu Wati"))
    assert code
    await officer.say("/start officer")
    await officer.wait()
    await officer.say(code[1])
    await shown(officer, "do:queue")
