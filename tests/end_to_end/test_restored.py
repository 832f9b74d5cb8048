"""A backup made amid the work, put back on another day: the service goes on from there, and repeats nothing it has sent."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.end_to_end.service import QUESTION, TOPIC, on_telegram, people, register, shown, times_answered


async def test_on_a_restored_backup_the_service_starts_with_its_cases_and_sends_nothing_twice(
    tmp_path: Path, chats: Iterator[int]
) -> None:
    with on_telegram(tmp_path) as (service, street):
        async with people(street, next(chats), next(chats)) as [siti, budi]:
            await register(siti)
            await budi.say("menu")
            await shown(budi, "menu:go")
            await budi.fail("sendMessage", chat=budi.chat, hang=300)
            calls = len(await budi.ask("calls", method="sendMessage"))
            await budi.say(QUESTION)
            await budi.ask("calls", method="sendMessage", count=calls + 1)
            made = service.command("backup").partition(":")[0]
            assert re.search(r"var/backups/desmigratif-\d{8}T\d{6}Z\.db$", made)

            service.kill()
            service.start()
            await shown(budi, f"helped:{TOPIC}")
            assert service.stop() == 0
            restored = service.command("restore", made)
            assert re.search(r"^[1-9] messages waited", restored, re.MULTILINE), restored

            service.start()
            assert "holds" in service.command("verify")
            await siti.say("laporan saya")
            case = await shown(siti, "do:menu")
            assert any(data.startswith("write:") for _, data in case.buttons), case.text
            await budi.say("menu")
            await budi.ask("pending", most=0)
            assert times_answered(await budi.seen()) == 1
