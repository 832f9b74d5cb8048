"""The web application: every route of the house, and the guard around them."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.store.database import NotStored
from bot.web.broadcasts import Broadcasts
from bot.web.chat import Chat
from bot.web.checklists import Checklists
from bot.web.editors import Editors
from bot.web.exports import Exports
from bot.web.guard import ONLY_TLS, STRICT, BodyLimit, SameOrigin, StrictHeaders
from bot.web.officers import officers
from bot.web.pages import Pages, language_of, open_pages
from bot.web.papers import Papers
from bot.web.posters import Posters
from bot.web.rooms import Rooms
from bot.web.sessions import Attempts, Sessions
from bot.web.statistics import Statistics
from bot.web.status import Status
from bot.web.team import TeamPage

Telling = Callable[[Request, Exception], Awaitable[Response]]


def site(rooms: Rooms) -> Starlette:
    """The application; serve it with the access log off (a path may hold a login link)."""
    pages = open_pages()
    chat = Chat(rooms, pages)
    sessions = Sessions(rooms, pages, Attempts())
    headers = {**STRICT, **(ONLY_TLS if rooms.secure else {})}
    return Starlette(
        routes=[
            *machines(rooms),  # first: Telegram's requests are many, and routes are tried one after the other
            *chat.routes(),
            *Checklists(rooms, pages).routes(),
            *officers(rooms, pages, sessions),
            *Editors(rooms, pages, sessions).routes(),
            *Posters(rooms, pages, sessions).routes(),
            *Papers(rooms, pages, sessions).routes(),
            *Status(rooms, pages, Attempts()).routes(),
            *Statistics(rooms, pages, sessions).routes(),
            *Exports(rooms, pages, sessions).routes(),
            *TeamPage(rooms, pages, sessions).routes(),
            *Broadcasts(rooms, pages, sessions).routes(),
            Route("/static/{name}", pages.static.serve),
        ],
        middleware=[
            Middleware(StrictHeaders, headers=headers),
            Middleware(SameOrigin, public_url=rooms.public_url),
            Middleware(BodyLimit),
        ],
        exception_handlers=_faults(pages, chat, headers),
    )


def machines(rooms: Rooms) -> list[Route]:
    """What machines ask for."""

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_: Request) -> Response:
        stands = await rooms.ready()
        stand = "ok, on duty" if rooms.on_duty() else "ok"
        return PlainTextResponse(stand if stands else "not ready", 200 if stands else 503)

    async def metrics(_: Request) -> Response:
        return PlainTextResponse(await rooms.metrics())

    async def telegram(request: Request) -> Response:
        if rooms.telegram is None:
            raise HTTPException(404)
        secret = request.headers.get("x-telegram-bot-api-secret-token", "")
        status = await rooms.telegram.take(await request.body(), secret)
        return _taken(status)

    async def whatsapp(request: Request) -> Response:
        if rooms.whatsapp is None:
            raise HTTPException(404)
        signature = request.headers.get("x-hub-signature-256", "")
        return _taken(await rooms.whatsapp.take(await request.body(), signature))

    async def handshake(request: Request) -> Response:
        if rooms.whatsapp is None:
            raise HTTPException(404)
        answer = rooms.whatsapp.shake(request.query_params)
        return PlainTextResponse(answer or "", 200 if answer else 403)

    return [
        Route("/health", health),
        Route("/ready", ready),
        Route("/metrics", metrics),
        Route("/telegram/webhook", telegram, methods=["POST"]),
        Route("/whatsapp/webhook", whatsapp, methods=["POST"]),
        Route("/whatsapp/webhook", handshake, methods=["GET"]),
    ]


def _taken(status: int) -> Response:
    """The answer to a webhook request; what could not be stored is to come again soon."""
    return Response(status_code=status, headers={"Retry-After": "5"} if status == 503 else None)


def _faults(pages: Pages, chat: Chat, headers: Mapping[str, str]) -> dict[type[Exception], Telling]:
    """A kind page for whatever went wrong; with the emergency numbers when it is our fault.

    The answer to a fault nobody foresaw is made outside the guard, so it brings the strict headers itself.
    """

    async def told(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 503 if isinstance(fault, NotStored) else 500
        response = pages.page("trouble.html", language_of(request), status, contacts=chat.contacts())
        response.headers.update(headers if status != 503 else {**headers, "Retry-After": "5"})
        return response

    return {HTTPException: told, NotStored: told, Exception: told}
