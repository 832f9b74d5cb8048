"""An editor changes a wage in one file while people talk: the old code is outdated, and whoever had it is told."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import httpx
import pytest

from tests.conftest import CONTENT
from tests.end_to_end.service import Service, on_telegram, people, shown

QUESTION, TOPIC = "gaji perawat lansia di taiwan berapa", "jobs/wages"
OLD, NEW = "amount: 20000, currency: TWD", "amount: 21000, currency: TWD"
CODE = re.compile(r"\b[A-Z]\d[A-Z]\d-[A-Z]\d[A-Z][A-Z0-9]\b")
PATIENCE = 180
RELEASE, FAULTS = "desmigratif_release_info", "desmigratif_content_faults"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder of its own, and a night of one second, so that the hour of the test does not matter."""
    folder = tmp_path_factory.mktemp("edited") / "content"
    shutil.copytree(CONTENT, folder)
    (folder / "rules/quiet-hours.yaml").write_text('start: "23:59:59"\nend: "00:00"\n')
    return folder


@pytest.fixture(scope="module")
def served(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    with on_telegram(tmp_path_factory.mktemp("reload"), CONTENT_DIR=str(content)) as both:
        yield both


def metric(service: Service, name: str) -> str:
    page = httpx.get(f"{service.url}/metrics").text
    return next(line for line in page.splitlines() if line.startswith(name))


def until(service: Service, name: str, said: Callable[[str], bool]) -> None:
    """As soon as a metric says so."""
    end = monotonic() + PATIENCE
    while not said(metric(service, name)):
        assert monotonic() < end, metric(service, name)


def edit(content: Path, file: str, old: str, new: str) -> None:
    text = (content / file).read_text("utf-8")
    assert old in text
    (content / file).write_text(text.replace(old, new), "utf-8")


async def test_a_wage_changes_under_a_talk_and_everybody_who_had_it_hears_so(
    served: tuple[Service, str], content: Path, chats: Iterator[int]
) -> None:
    service, street = served
    first = metric(service, RELEASE)
    async with people(street, next(chats), next(chats)) as [siti, budi]:
        await siti.say(QUESTION)
        answer = await shown(siti, f"helped:{TOPIC}")
        old = CODE.findall(answer.text)[-1]
        await budi.say("surat apa saja untuk kerja di luar negeri")
        await shown(budi, "helped:migration/documents")
        before, his = len(await siti.seen()), len(await budi.seen())

        edit(content, "data/wages.yaml", OLD, NEW)
        news = await siti.ask("wait", chat=siti.chat, count=before + 2, timeout=PATIENCE)
        told = " ".join(one["text"] for one in news[before:])
        assert "Ralat" in told and "21.000" in told
        assert len(await budi.seen()) == his

        await budi.say(f"teman kirim ini: gaji NT$20.000, kode {old}")
        today = await shown(budi, f"helped:{TOPIC}")
        assert any("sudah berubah" in one.text for one in (await budi.seen())[his:])
        assert CODE.findall(today.text)[-1] != old
    assert "in use again" in service.command("rollback")
    until(service, RELEASE, lambda now: now == first)


def test_a_fault_keeps_what_is_in_use_and_says_so(served: tuple[Service, str], content: Path) -> None:
    service, _ = served
    used = metric(service, RELEASE)
    edit(content, "data/menu.yaml", "migration/steps", "migration/stops")
    until(service, FAULTS, lambda now: not now.endswith(" 0.0"))
    assert metric(service, RELEASE) == used
    assert "migration/stops" in service.output()
    edit(content, "data/menu.yaml", "migration/stops", "migration/steps")
