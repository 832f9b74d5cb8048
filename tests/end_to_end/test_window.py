"""A registration on WhatsApp, claimed by an officer on Telegram, answered after 25 hours by template; the real process."""

import re
import shutil
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.library import load
from bot.model.templates import Templates
from tests.bot_user import FakeUser, fake_telegram
from tests.conftest import CONTENT
from tests.end_to_end import whatsapp
from tests.end_to_end.service import CANARY, TOKEN, VILLAGE, Service, attach, people, shown
from tests.whatsapp_user import WhatsAppUser, fake_graph, settings

DAY = 25 * 3600.0
WORDS = "Besok jam delapan, Bu."


@dataclass(frozen=True)
class Houses:
    """The service, both false streets, and the file its clock hangs on."""

    service: Service
    telegram: str
    graph: str
    ahead: Path
    templates: Templates

    def put_forward(self, seconds: float) -> None:
        """So much later, here and at Meta."""
        fresh = self.ahead.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self.ahead)
        httpx.post(f"{self.graph}/control/clock", json={"advance": seconds}).raise_for_status()

    def approve(self) -> None:
        """Meta has looked at our templates."""
        for sheet in self.templates.templates:
            for language, text in sheet.texts.items():
                buttons = [text.button] if text.button else []
                known = {"name": sheet.name, "language": language, "body": text.body, "buttons": buttons}
                asked = {**known, "parameters": len(sheet.parameters), "category": sheet.category.upper()}
                httpx.post(f"{self.graph}/control/template", json=asked).raise_for_status()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content as the operator has it when every template is approved; and it is day all day long."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    file = folder / "rules/whatsapp-templates.yaml"
    text, many = re.subn(
        r"^( +(?:id|en|ms): \{.*)\}$", r"\1, status: approved}", file.read_text("utf-8"), flags=re.MULTILINE
    )
    assert many
    file.write_text(text, "utf-8")
    (folder / "rules/quiet-hours.yaml").write_text('start: "23:59:59"\nend: "00:00"\n')
    return folder


@pytest.fixture
def houses(tmp_path: Path, content: Path) -> Iterator[Houses]:
    ahead, folder = tmp_path / "ahead", tmp_path / "house"
    folder.mkdir()
    ahead.write_text("0")
    with fake_telegram(TOKEN) as telegram, fake_graph() as graph:
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram, "CONTENT_DIR": str(content)}
        service = Service(folder, {**given, **settings(graph)})
        service.start("tests.end_to_end.later", str(ahead))
        try:
            attach(graph, service)
            yield Houses(service, telegram, graph, ahead, load(content).content.templates)
        finally:
            service.stop()
    assert CANARY not in service.output()
    assert WORDS not in service.output()
    assert "Traceback" not in service.output()


async def test_an_answer_after_25_hours_is_announced_by_a_template_and_read_when_they_press(houses: Houses) -> None:
    houses.approve()
    async with people(houses.telegram, 7) as [ratna], whatsapp.person(houses.graph) as siti:
        await _appointed(houses.service, ratna)
        await whatsapp.register(siti)
        number = await _notice(ratna)
        await _said(ratna, ratna.press(f"claim:{number}"))
        await _said(ratna, ratna.press(f"case:{number}"))
        await _knows_who(siti)
        await siti.ask("pending", most=0)
        before = len(await siti.seen())

        houses.put_forward(DAY)
        assert "WhatsApp" in await _said(ratna, ratna.press(f"reply:{number}"))
        assert "WhatsApp" in await _said(ratna, ratna.say(WORDS))

        await whatsapp.more(siti, before)
        (told,) = (await siti.seen())[before:]
        assert told.template and told.template["name"] == "ada_kabar"
        for word in (number, "Wati", "petugas", "kasus", WORDS):
            assert word not in told.text

        await siti.press("do:news")
        await whatsapp.more(siti, before + 2)
        assert WORDS.removesuffix(".") in (await siti.seen())[-1].text
        await _said(ratna, siti.say("Baik, saya datang besok pagi"))
        await siti.ask("pending", most=0)
    async with httpx.AsyncClient() as operator:
        figures = (await operator.get(f"{houses.service.url}/metrics")).text
    assert re.search(r'desmigratif_messages_sent\{billing="regular",category="utility"\} 1\.0', figures)


async def _appointed(service: Service, officer: FakeUser) -> None:
    code = re.search(r"Code: (\S+)", service.command("officer", "invite", "--village", VILLAGE, "--name", "Bu Wati"))
    assert code
    await officer.say("/start officer")
    await officer.wait()
    await officer.say(code[1])
    await shown(officer, "do:queue")


async def _knows_who(one: WhatsAppUser) -> None:
    """As soon as they have been told who looks after their case, which is the last they hear of that."""
    seen = await one.seen()
    while not any("Wati" in each.text for each in seen):
        await whatsapp.more(one, len(seen))
        seen = await one.seen()


async def _said(officer: FakeUser, doing: Awaitable[object]) -> str:
    """What the officer reads next when somebody does something."""
    before = len(await officer.seen())
    await doing
    await officer.ask("wait", chat=officer.chat, count=before + 1, timeout=15)
    return (await officer.seen())[-1].text


async def _notice(officer: FakeUser) -> str:
    """The number of the case an officer hears of."""
    notice = await shown(officer, "Tangani")
    return next(data for _, data in notice.buttons if data.startswith("claim:")).partition(":")[2]
