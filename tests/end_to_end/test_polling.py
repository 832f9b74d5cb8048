"""The real process on Telegram, asking for its updates."""

import re
from collections.abc import Iterator
from time import monotonic

import httpx

from tests.bot_user import FakeUser
from tests.end_to_end.service import (
    CANARY,
    QUESTION,
    TOPIC,
    VILLAGE,
    Service,
    people,
    press,
    register,
    shown,
    times_answered,
)

Polling = tuple[Service, str]


async def test_a_question_is_answered(polling: Polling, chats: Iterator[int]) -> None:
    async with people(polling[1], next(chats)) as [budi]:
        await budi.say(f"{QUESTION}, nama saya {CANARY}")
        await shown(budi, f"helped:{TOPIC}")
        await press(budi, f"not-helped:{TOPIC}")
        await shown(budi, "form:ask-officer")


async def test_a_registration_arrives_is_taken_on_answered_and_closed_and_the_person_is_told_each_time(
    polling: Polling, chats: Iterator[int]
) -> None:
    service, street = polling
    async with people(street, next(chats), next(chats)) as [siti, ratna]:
        await _appointed(service, ratna, "Bu Ratna")
        await register(siti)
        number = await _notice(ratna)
        told = len(await siti.seen())
        await ratna.press(f"claim:{number}")
        assert "Bu Ratna" in (await siti.ask("wait", chat=siti.chat, count=told + 1))[told]["text"]
        await press(ratna, f"case:{number}")
        await press(ratna, f"reply:{number}")
        await ratna.say(f"Kantor buka jam delapan, Bu {CANARY}.")
        assert CANARY in (await shown(siti, f"write:{number}")).text

        await siti.say(f"terima kasih, {CANARY}")
        await press(ratna, f"close:{number}")
        await press(ratna, f"outcome:{number}:solved")
        await ratna.say("Sudah dijawab.")
        assert "Sudah dijawab" in (await shown(siti, f"solved:{number}")).text
        await siti.press(f"solved:{number}")
        await shown(siti, "do:register")

    assert number not in service.command("case", "list", "--json")
    assert service.command("verify")


async def test_who_has_blocked_us_is_not_written_to_and_is_answered_when_they_come_back(
    polling: Polling, chats: Iterator[int]
) -> None:
    service, street = polling
    async with people(street, next(chats), next(chats)) as [siti, ratna]:
        await _appointed(service, ratna, "Bu Wati")
        await register(siti)
        number = await _notice(ratna)
        await siti.block()
        await siti.ask("pending", most=0)
        before = len(await _sends(siti))

        await ratna.press(f"claim:{number}")
        await ratna.say("menu")
        await shown(ratna, "menu:go")
        assert len(await _sends(siti)) == before

        await siti.block(False)
        await siti.say(QUESTION)
        await shown(siti, f"helped:{TOPIC}")


async def test_a_flood_limit_is_obeyed_and_the_answer_comes_after_it(polling: Polling, chats: Iterator[int]) -> None:
    async with people(polling[1], next(chats)) as [budi]:
        await budi.fail("sendMessage", chat=budi.chat, retry_after=1)
        began = monotonic()
        await budi.say(QUESTION)
        await shown(budi, f"helped:{TOPIC}")
        assert monotonic() - began >= 1.0
        seen = await budi.seen()
        assert len(await _sends(budi)) == len(seen) + 1
        assert len({one.text for one in seen}) == len(seen)


async def test_one_message_that_comes_in_two_updates_is_answered_once(polling: Polling, chats: Iterator[int]) -> None:
    async with people(polling[1], next(chats)) as [budi]:
        message = {"message_id": 77, "date": 1, "text": QUESTION, "chat": {"id": budi.chat, "type": "private"}}
        message["from"] = {"id": budi.chat, "is_bot": False, "first_name": "Budi", "language_code": "id"}
        await budi.control("block", chat=budi.chat, blocked=False)
        await budi.control("update", message=message)
        await budi.control("update", message=message)
        await shown(budi, f"helped:{TOPIC}")
        await budi.say("menu")
        await shown(budi, "menu:go")
        assert times_answered(await budi.seen()) == 1


async def test_the_numbers_for_the_operator_count_what_happened(polling: Polling, chats: Iterator[int]) -> None:
    async with httpx.AsyncClient(base_url=polling[0].url) as client:
        assert (await client.get("/health")).status_code == 200
        assert (await client.get("/ready")).status_code == 200
        before = _count((await client.get("/metrics")).text)
        async with people(polling[1], next(chats)) as [budi]:
            await budi.say(QUESTION)
            await shown(budi, f"helped:{TOPIC}")
        page = (await client.get("/metrics")).text
    assert _count(page) == before + 1
    assert CANARY not in page


async def _appointed(service: Service, officer: FakeUser, name: str) -> None:
    """Invited by the command, in office by the code."""
    code = re.search(r"Code: (\S+)", service.command("officer", "invite", "--village", VILLAGE, "--name", name))
    assert code
    await officer.say("/start officer")
    await officer.wait()
    await officer.say(code[1])
    await shown(officer, "do:queue")


async def _notice(officer: FakeUser) -> str:
    """The number of the case an officer hears of."""
    notice = await shown(officer, "Tangani")
    return next(data for _, data in notice.buttons if data.startswith("claim:")).partition(":")[2]


async def _sends(user: FakeUser) -> list[object]:
    """Every attempt to write to somebody."""
    calls = await user.ask("calls", method="sendMessage")
    return [one for one in calls if one["given"]["chat_id"] == str(user.chat)]


def _count(page: str) -> float:
    return float(re.search(r"^desmigratif_answered_total (\S+)", page, re.MULTILINE)[1])
