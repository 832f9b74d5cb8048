"""The false Graph API refuses what Meta refuses: else our tests would prove nothing."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.fake_graph.world import Refusal, World
from tests.whatsapp_user import NUMBER_ID, SECRET, TOKEN, WhatsAppUser

Post = Callable[..., Any]


@pytest.fixture
async def post(graph: str, siti: WhatsAppUser) -> AsyncIterator[Post]:
    """Post a message to Siti, who has just written; HTTP's status and Meta's number."""
    await siti.say("halo")
    async with aiohttp.ClientSession(graph) as session:

        async def call(body: Any, token: str = TOKEN, number: str = NUMBER_ID) -> tuple[int, int]:
            whole = {"messaging_product": "whatsapp", "to": siti.number, **body} if isinstance(body, dict) else body
            whole = {key: one for key, one in whole.items() if one is not None} if isinstance(whole, dict) else whole
            headers = {"Authorization": f"Bearer {token}"}
            async with session.post(f"/v26.0/{number}/messages", json=whole, headers=headers) as answer:
                return answer.status, (await answer.json()).get("error", {}).get("code", 0)

        yield call


def text(body: Any = "halo") -> dict[str, Any]:
    return {"type": "text", "text": {"body": body}}


def interactive(kind: str, action: Any, body: str = "Pilih:", **more: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action, **more}}


def buttons(*titles: str, id: str = "a:{}") -> dict[str, Any]:
    made = [{"type": "reply", "reply": {"id": id.format(n), "title": title}} for n, title in enumerate(titles)]
    return interactive("button", {"buttons": made})


def rows(*made: dict[str, str], button: str = "Pilih") -> dict[str, Any]:
    return interactive("list", {"button": button, "sections": [{"title": "Semua", "rows": list(made)}]})


def row(n: int, title: str = "Satu", **more: str) -> dict[str, str]:
    return {"id": f"a:{n}", "title": title, **more}


LINK = {"name": "cta_url", "parameters": {"display_text": "Buka", "url": "https://x.id"}}


@pytest.mark.parametrize(
    "body",
    [
        text("x" * 4096),
        {"text": {"body": "x"}},
        {**text(), "to": None, "recipient": "ID.97000000021826"},
        buttons("x" * 20, "Dua", "Tiga", id="a:{}" + "x" * 253),
        rows(*(row(n, "x" * 24, description="x" * 72) for n in range(10)), button="x" * 20),
        interactive("cta_url", LINK, "x" * 1024),
    ],
    ids=lambda body: json.dumps(body)[:60],
)
async def test_what_keeps_to_the_limits_is_taken(post: Post, body: Any) -> None:
    assert await post(body) == (200, 0)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (text("x" * 4097), 100),
        (text("\U0001f600" * 2049), 100),
        (text(""), 131008),
        (text(7), 131008),
        ({**text(), "typ": "x"}, 100),
        ({**text(), "to": None}, 131009),
        ({**text(), "to": "budi"}, 100),
        ({**text(), "to": None, "recipient": "budi"}, 100),
        ({"type": "poll", "poll": {}}, 131051),
        ({"type": "text"}, 131008),
        ({"messaging_product": "sms", **text()}, 100),
        ([], 100),
        (buttons(), 131009),
        (buttons("1", "2", "3", "4"), 131009),
        (buttons("x" * 21), 100),
        (buttons("Sama", "Sama"), 131009),
        (buttons("Satu", "Dua", id="a"), 131009),
        (buttons("Satu", id="a:{}" + "x" * 254), 100),
        (buttons("Satu\nDua"), 131009),
        (rows(*(row(n) for n in range(11))), 131009),
        (rows(row(1, "x" * 25)), 100),
        (rows(row(1, description="x" * 73)), 100),
        (rows(row(1), row(1)), 131009),
        (rows(row(1), button="x" * 21), 100),
        (rows({**row(1), "id": "x" * 201}), 100),
        (interactive("cta_url", LINK, "x" * 1025), 100),
        (interactive("cta_url", {**LINK, "parameters": {"display_text": "x", "url": "ftp://x"}}), 131009),
        (interactive("button", {"buttons": []}, header={"type": "text", "text": "x" * 61}), 100),
        ({"type": "image", "image": {"id": "404"}}, 131053),
        ({"type": "template", "template": {"name": "news", "language": {"code": "id"}}}, 132001),
    ],
    ids=lambda body: json.dumps(body)[:60],
)
async def test_what_does_not_is_refused_by_metas_number(post: Post, siti: WhatsAppUser, body: Any, code: int) -> None:
    assert (await post(body))[1] == code
    assert await siti.seen() == []


async def test_a_stranger_sends_nothing(post: Post, siti: WhatsAppUser) -> None:
    assert await post(text(), token="EAAwrong") == (401, 190)
    assert await post(text(), number="404404") == (400, 100)
    assert await siti.seen() == []


async def test_a_template_needs_its_name_its_language_and_its_parameters(post: Post, siti: WhatsAppUser) -> None:
    await siti.control("template", name="news", language="id", body="Kabar {{1}}", parameters=1, buttons=["Baca"])
    await siti.control("clock", advance=25 * 3600)

    def sent(values: list[str], language: str = "id", **press: Any) -> dict[str, Any]:
        body = {"type": "body", "parameters": [{"type": "text", "text": one} for one in values]}
        template = {"name": "news", "language": {"code": language}, "components": [body, *press.values()]}
        return {"type": "template", "template": template}

    button = {"type": "button", "sub_type": "quick_reply", "index": "0"}
    payload = {**button, "parameters": [{"type": "payload", "payload": "do:cases"}]}
    assert await post(text()) == (400, 131047)
    assert await post(sent(["baru"], "en")) == (404, 132001)
    assert await post(sent([])) == (400, 132000)
    assert await post(sent(["a\nb"])) == (400, 132018)
    assert await post(sent(["baru"], press=payload)) == (200, 0)
    (seen,) = await siti.wait()
    assert (seen.text, seen.buttons) == ("Kabar baru", (("Baca", "do:cases"),))
    await siti.control("template", name="news", language="id", body="x", status="PAUSED")
    assert await post(sent(["baru"])) == (400, 132015)


async def test_one_person_gets_no_burst_without_end(post: Post) -> None:
    assert [await post(text()) for _ in range(46)] == [*[(200, 0)] * 45, (400, 131056)]


def test_all_together_get_no_more_than_80_a_second() -> None:
    world = World(NUMBER_ID, TOKEN, SECRET, "")
    for n in range(80):
        world.keep_pace(world.person(f"6281{n:03d}"))
    with pytest.raises(Refusal) as found:
        world.keep_pace(world.person("6281999"))
    assert (found.value.code, found.value.status) == (130429, 429)


@pytest.fixture
async def hook(siti: WhatsAppUser) -> AsyncIterator[list[tuple[str, dict[str, Any]]]]:
    """A webhook as small as it goes, which fails the first time; what it was brought, with the signature."""
    brought: list[tuple[str, dict[str, Any]]] = []
    tries: list[int] = []

    async def shake(request: web.Request) -> web.Response:
        return web.Response(text=request.query["hub.challenge"])

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        tries.append(len(body))
        if len(tries) == 1:
            return web.Response(status=503)
        due = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        assert request.headers["X-Hub-Signature-256"] == due
        brought.append((due, json.loads(body)["entry"][0]["changes"][0]["value"]))
        return web.Response()

    app = web.Application()
    app.add_routes([web.get("/hook", shake), web.post("/hook", take)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await siti.control("webhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook")
    yield brought
    await siti.control("webhook", url="", handshake=False)
    await runner.cleanup()


async def test_what_people_do_is_brought_signed_and_again_until_it_is_taken(
    hook: list[tuple[str, dict[str, Any]]], siti: WhatsAppUser
) -> None:
    await siti.say("satu")
    await siti.say("dua")
    await siti.ask("pending", most=0)
    assert [one["messages"][0]["text"]["body"] for _, one in hook] == ["satu", "dua"]
    assert hook[0][1]["contacts"][0]["user_id"] == siti.user_id == hook[0][1]["messages"][0]["from_user_id"]


async def test_delivery_states_follow_by_themselves_and_when_somebody_reads(
    hook: list[tuple[str, dict[str, Any]]], siti: WhatsAppUser, post: Post
) -> None:
    assert await post(text()) == (200, 0)
    await siti.control("read", who=siti.number)
    await siti.ask("pending", most=0)
    states = [one["statuses"][0] for _, one in hook if "statuses" in one]
    assert [one["status"] for one in states] == ["sent", "delivered", "read"]
    assert states[0]["pricing"]["type"] == "free_customer_service"


async def test_a_refusal_may_come_as_a_state(
    hook: list[tuple[str, dict[str, Any]]], siti: WhatsAppUser, post: Post
) -> None:
    await siti.control("settings", late=True)
    await siti.control("clock", advance=25 * 3600)
    assert await post(text()) == (200, 0)
    await siti.ask("pending", most=0)
    (failed,) = [one["statuses"][0] for _, one in hook if "statuses" in one]
    assert (failed["status"], failed["errors"][0]["code"]) == ("failed", 131047)
    assert await siti.seen() == []
