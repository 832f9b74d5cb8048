"""The web chat: pages that work without a script, and the stream that makes them live with one.

Whoever only looks (a link preview, a search engine) is given a page and a cookie, and nothing is written down: a talk
begins with what a person sends. The emergency numbers are in the page itself, so they are there when nothing else is.
"""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channel import Never, NotNow, Uncertain
from bot.dialogue.arrivals import opening
from bot.model.content import Contact, said
from bot.model.messages import Address, Incoming, Kind, Message
from bot.store import pages as store
from bot.store import spoken
from bot.store.database import NotStored
from bot.store.spoken import Line
from bot.web.files import served
from bot.web.forms import LONGEST, new_nonce, once, read_form
from bot.web.pages import Pages, language_of, languages
from bot.web.rooms import Rooms
from bot.web.sessions import VISITOR, chat_of, remember, visitor

HARMLESS = "https://id.wikipedia.org/"
_PAYLOAD = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_STILL_THERE = 20.0


@dataclass(frozen=True, slots=True)
class Chat:
    """The pages of the chat."""

    rooms: Rooms
    pages: Pages

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route("/", self.show),
            Route("/desa/{village}", self.show),
            Route("/chat", self.take, methods=["POST"]),
            Route("/chat/live", self.live),
            Route("/chat/file/{id:int}", self.file),
            Route("/leave", self.leave, methods=["POST"]),
            Route("/away", self.away),
            Route("/darurat", self.emergency),
        ]

    async def show(self, request: Request) -> Response:
        """The talk as it stands, or a welcome."""
        token = visitor(request) or secrets.token_urlsafe(24)
        return await self._page(request, token, {"start": _payload(request)})

    async def take(self, request: Request) -> Response:
        """What a person sent: stored first, then shown. Nothing typed is ever lost on the way back."""
        token, form = visitor(request) or secrets.token_urlsafe(24), await read_form(request)
        if len(form.get("text", "")) > LONGEST:
            return await self._page(request, token, form, alert="too-long", status=413)
        try:
            if incoming := await self._incoming(request, chat_of(token), form):
                await self.rooms.receive(incoming)
        except NotStored:
            return await self._page(request, token, form, alert="not-stored", status=503)
        response = await self._lines(request, token, form) if "after" in form else RedirectResponse("/#end", 303)
        remember(response, token, secure=self.rooms.secure)
        return response

    async def live(self, request: Request) -> Response:
        """News of this visitor's chat as they come, beginning after what the page has."""
        token = visitor(request)
        if not token:
            return Response(status_code=204)
        if self.rooms.webchat.full:
            return Response(status_code=503, headers={"Retry-After": "30"})
        after = _number(request.headers.get("last-event-id") or request.query_params.get("after", ""))
        stream = self._news(chat_of(token), after, await self._language(request, token))
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def file(self, request: Request) -> Response:
        """What an officer sent with a message of this visitor's chat; of no other."""
        token, id = visitor(request), min(request.path_params["id"], 2**62)
        message = await spoken.in_chat(self.rooms.database, chat_of(token), id) if token else None
        if message is None or message.attachment is None:
            raise HTTPException(404)
        try:
            return served(message.attachment, await self.rooms.fetch(message.attachment))
        except (NotNow, Never, Uncertain):
            return self.pages.page("trouble.html", language_of(request), 502, contacts=self.contacts())

    async def leave(self, request: Request) -> Response:
        """Quick exit: nothing stays in the browser, and a harmless page takes the place of this one."""
        response = RedirectResponse("/away", 303, {"Clear-Site-Data": '"cache", "cookies", "storage"'})
        response.delete_cookie(VISITOR)
        return response

    async def away(self, request: Request) -> Response:
        """The harmless page, on the way to a harmless place."""
        response = self.pages.page("away.html", language_of(request), harmless=HARMLESS)
        response.headers["Refresh"] = f"0; url={HARMLESS}"
        return response

    async def emergency(self, request: Request) -> Response:
        """Whom to call, country by country; needs nothing but the release in memory."""
        language = language_of(request)
        return self.pages.page(
            "emergency.html", language, contacts=self.contacts(), countries=self._countries(language)
        )

    async def _page(
        self, request: Request, token: str, form: Mapping[str, str], *, alert: str = "", status: int = 200
    ) -> Response:
        address, language = chat_of(token), await self._language(request, token)
        lines = await spoken.chat_lines(self.rooms.database, address) if visitor(request) else []
        response = self.pages.page(
            "chat.html",
            language,
            status,
            lines=lines,
            fresh=_unanswered(lines),
            last=max((line.id for line in lines), default=0),
            anchors=self.rooms.wording().anchors(language, veiled=_is_veiled(lines)),
            opening=self._opening(language, form.get("start", "")),
            contacts=self.contacts(),
            nonce=new_nonce(),
            start=form.get("start", ""),
            text=form.get("text", ""),
            alert=alert,
        )
        if status == 503:
            response.headers["Retry-After"] = "5"
        remember(response, token, secure=self.rooms.secure)
        return response

    async def _incoming(self, request: Request, address: Address, form: dict[str, str]) -> list[Incoming]:
        """A deep link's start comes first, then the words or the button."""
        language = await self._language(request, visitor(request), form.get("language", ""))
        came = read_said(form, address, self.rooms.now(), language)
        labels = [await self._label(address, one.button, language) if one.button else one.text for one in came]
        return [replace(one, text=text) for one, text in zip(came, labels, strict=True)]

    async def _label(self, address: Address, button: str, language: str) -> str:
        """The words on a button we showed; "" for one we did not."""
        shown = await spoken.last_shown(self.rooms.database, address) or self._opening(language)
        choices = [choice for message in shown for choice in message.choices]
        veiled = any(message.veiled for message in shown[:1])
        offered = (*choices, *self.rooms.wording().anchors(language, veiled=veiled))
        return next((choice.label for choice in offered if choice.id == button), "")

    async def _lines(self, request: Request, token: str, form: Mapping[str, str]) -> Response:
        """What a live page does not have yet."""
        lines = await spoken.newer_lines(self.rooms.database, chat_of(token), _number(form["after"]))
        language = await self._language(request, token)
        headers = {"Cache-Control": "no-store"}
        return HTMLResponse("".join(self._line(line, language) for line in lines), headers=headers)

    async def _news(self, address: Address, after: int, language: str) -> AsyncIterator[str]:
        yield "retry: 3000\n\n"
        with self.rooms.webchat.listening(address.chat) as news:
            while not self.rooms.webchat.closed:
                news.clear()
                for line in await spoken.newer_lines(self.rooms.database, address, after):
                    after = line.id
                    yield _event(line.id, self._line(line, language))
                try:
                    async with asyncio.timeout(_STILL_THERE):
                        await news.wait()
                except TimeoutError:
                    yield ":\n\n"

    def _line(self, line: Line, language: str) -> str:
        return self.pages.write("line.html", language, line=line, newest=False, pressable=True, nonce=new_nonce())

    async def _language(self, request: Request, token: str, shown: str = "") -> str:
        """What the address bar says, else what they chose in the talk, else what the page or the browser says."""
        if "lang" in request.query_params:
            return language_of(request)
        chosen = await store.language_of(self.rooms.database, chat_of(token)) if token else ""
        return chosen or (shown if shown in languages() else language_of(request))

    def _opening(self, language: str, start: str = "") -> list[Message]:
        """What a talk begins with, shown before there is one: the welcome and the top list."""
        replies = opening(start, self.rooms.release(), language)
        return [message for reply in replies for message in self.rooms.wording().write(reply, language)]

    def contacts(self) -> list[Contact]:
        """Those that work from everywhere."""
        return [one for one in self.rooms.release().content.contacts.values() if one.emergency and not one.country]

    def _countries(self, language: str) -> list[tuple[str, list[Contact]]]:
        release = self.rooms.release()
        found: dict[str, list[Contact]] = {}
        for one in release.content.contacts.values():
            if one.emergency and one.country:
                named = release.content.countries.get(one.country)
                found.setdefault(said(named.name, language) if named else one.country, []).append(one)
        return sorted(found.items())


def read_said(form: dict[str, str], address: Address, at: datetime, language: str) -> list[Incoming]:
    """What a form says, one message each: a start, then words or else a press."""
    start, text, button = form.get("start"), form.get("text", "").strip(), form.get("button", "")[:64]

    def came(kind: Kind, said: str) -> Incoming:
        return Incoming(address, once(form, address.chat, kind, said), kind, at, text=said, language=language)

    found = [] if start is None else [came("start", start if _PAYLOAD.fullmatch(start) else "")]
    if text:
        return [*found, came("text", text)]
    return [*found, replace(came("button", button), text="", button=button)] if button else found


def _payload(request: Request) -> str:
    """What a link carries: `/?start=...`, or the village of a poster as `/desa/3505012001` or `/?desa=...`."""
    asked = (request.query_params.get("start"), request.path_params.get("village"), request.query_params.get("desa"))
    payload = next((one for one in asked if one), "")
    return payload if _PAYLOAD.fullmatch(payload) else ""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _unanswered(lines: Sequence[Line]) -> int:
    """The choices that can still be pressed are those after the last thing the person said."""
    return max((at for at, line in enumerate(lines) if line.message is None), default=-1)


def _is_veiled(lines: Sequence[Line]) -> bool:
    """Whether others may see the screen, as the last thing we said knew."""
    said = [line.message for line in lines if line.message]
    return bool(said) and said[-1].veiled


def _event(id: int, html: str) -> str:
    data = "".join(f"data: {line}\n" for line in html.splitlines() if line)
    return f"id: {id}\n{data}\n"
