"""An editor changes a wage in one file while people talk: the old code is outdated, and whoever had it is told."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import CONTENT
from tests.end_to_end.service import Service, on_telegram, people, shown

QUESTION, TOPIC = "gaji perawat lansia di taiwan berapa", "jobs/wages"
OLD, NEW = "amount: 20000, currency: TWD", "amount: 21000, currency: TWD"
CODE = re.compile(r"\b[A-Z]\d[A-Z]\d-[A-Z]\d[A-Z][A-Z0-9]\b")
PATIENCE = 180


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


def edit(content: Path, file: str, old: str, new: str) -> None:
    text = (content / file).read_text("utf-8")
    assert old in text
    (content / file).write_text(text.replace(old, new, 1), "utf-8")


async def test_a_wage_changes_under_a_talk_and_everybody_who_had_it_hears_so(
    served: tuple[Service, str], content: Path, chats: Iterator[int]
) -> None:
    service, street = served
    async with people(street, next(chats), next(chats)) as [siti, budi]:
        await siti.say(QUESTION)
        answer = await shown(siti, f"helped:{TOPIC}")
        old = CODE.findall(answer.text)[-1]
        await budi.say("surat apa saja untuk kerja di luar negeri")
        before, his = len(await siti.seen()), len(await budi.seen())

        edit(content, "data/wages.yaml", OLD, NEW)
        news = await siti.ask("wait", chat=siti.chat, count=before + 2, timeout=PATIENCE)
        told = " ".join(one["text"] for one in news[before:])
        assert "Ralat" in told and "21.000" in told
        assert len(await budi.seen()) == his

        await budi.say(f"teman kirim ini: gaji NT$20.000, kode {old}")
        came = await budi.ask("wait", chat=budi.chat, count=his + 2, timeout=15)
        assert "sudah berubah" in came[his]["text"]
        new = CODE.findall(came[-1]["text"])[-1]
        assert new != old
    assert "changed" in service.command("rollback")


def test_a_fault_keeps_what_is_in_use_and_says_so(served: tuple[Service, str], content: Path) -> None:
    service, _ = served
    used = metric(service, "desmigratif_release_info")
    edit(content, "data/menu.yaml", "migration/steps", "migration/stops")
    while metric(service, "desmigratif_content_faults") == "desmigratif_content_faults 0.0":
        pass
    assert metric(service, "desmigratif_release_info") == used
    assert "migration/stops" in service.output()
    edit(content, "data/menu.yaml", "migration/stops", "migration/steps")
