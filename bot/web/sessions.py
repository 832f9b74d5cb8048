"""Who looks at a page: a visitor of the chat by a random cookie, an officer by a link that lets in once.

Nothing is kept in a cookie but chance. A form of the officers' pages carries a token made from the session, so that no
other page can send it.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.model.case import Officer
from bot.model.messages import Address
from bot.store import attempts as shared
from bot.store import officers, pages
from bot.store.database import NotStored
from bot.web.forms import read_form
from bot.web.pages import Pages, language_of
from bot.web.rooms import Rooms

VISITOR, SESSION = "desmigratif", "desk"
OFFICERS = "/officers"
_A_MONTH = 30 * 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,86}")
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Seat:
    """An officer who is in: what their pages need to know of them."""

    officer: Officer
    language: str
    form_token: str

    @property
    def address(self) -> Address:
        """Where what they do in the pages comes from."""
        return Address("web", "officers", str(self.officer.id))

    @property
    def oversees(self) -> bool:
        """Whether they look after other officers' work: a coordinator, or the ministry."""
        return self.officer.role != "officer"


Desk = Callable[[Request, Seat], Awaitable[Response]]


def visitor(request: Request) -> str:
    """The visitor's cookie; "" when they bring none of ours."""
    token = request.cookies.get(VISITOR, "")
    return token if _TOKEN.fullmatch(token) else ""


def chat_of(token: str) -> Address:
    """The visitor's chat; the cookie itself is never kept."""
    return Address("web", "chat", hashlib.sha256(token.encode()).hexdigest()[:32])


def remember(response: Response, token: str, *, secure: bool) -> None:
    """Give the visitor their cookie, for a month from now."""
    response.set_cookie(VISITOR, token, max_age=_A_MONTH, httponly=True, samesite="lax", secure=secure)


def form_token(secret: bytes, session: str) -> str:
    """What a form of this session must carry."""
    return hmac.new(secret, f"form:{session}".encode(), hashlib.sha256).hexdigest()


class Attempts:
    """How often an address has tried, lately; in memory, since a restart may forgive. `may_try` asks the other workers too."""

    def __init__(self, most: int = 10, within: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.within, self._clock = most, within, clock
        self._tries: dict[str, deque[float]] = {}

    def allow(self, who: str) -> bool:
        """Whether one more try is allowed; it counts as made."""
        now = self._clock()
        if len(self._tries) > 10_000:
            self._tries = {one: tries for one, tries in self._tries.items() if now - tries[-1] < self.within}
        tries = self._tries.setdefault(who, deque(maxlen=self.most))
        if len(tries) == self.most and now - tries[0] < self.within:
            return False
        tries.append(now)
        return True


@dataclass(frozen=True, slots=True)
class Sessions:
    """The door of the officers' pages."""

    rooms: Rooms
    pages: Pages
    attempts: Attempts

    def only_officers(self, desk: Desk) -> Callable[[Request], Awaitable[Response]]:
        """A page behind the door: without a session, or a form without its token, it is never reached."""

        async def answer(request: Request) -> Response:
            seat = await self._seat(request)
            if seat is None:
                return self.pages.page("ask_login.html", language_of(request), 401, unsent=await _unsent(request))
            if request.method not in ("GET", "HEAD") and not await _signed(request, seat):
                return self.pages.page("trouble.html", seat.language, 403)
            return await desk(request, seat)

        return answer

    async def show_login(self, request: Request) -> Response:
        """A button only: chat apps open links by themselves, and would use this one up."""
        token, language = request.path_params["token"], language_of(request)
        if not await officers.login_stands(self.rooms.database, token, self.rooms.now()):
            return self.pages.page("old_login.html", language, 410)
        return self.pages.page("login.html", language, action=request.url.path)

    async def use_login(self, request: Request) -> Response:
        """Use the link up and begin a session."""
        language = language_of(request)
        if not await may_try(self.rooms, self.attempts, "login", request):
            return self.pages.page("trouble.html", language, 429)
        session = secrets.token_urlsafe(32)
        async with self.rooms.database.transaction() as tx:
            officer = await officers.use_login(tx, request.path_params["token"], session, self.rooms.now())
            await pages.give_place(tx, officer)
        if not officer:
            return self.pages.page("old_login.html", language, 410)
        response = RedirectResponse(OFFICERS, 303)
        response.set_cookie(SESSION, session, path=OFFICERS, httponly=True, samesite="lax", secure=self.rooms.secure)
        return response

    async def log_out(self, request: Request, seat: Seat) -> Response:
        """End the session, here and in the database."""
        async with self.rooms.database.transaction() as tx:
            await officers.end_session(tx, request.cookies[SESSION], self.rooms.now())
        response = RedirectResponse(OFFICERS, 303)
        response.delete_cookie(SESSION, path=OFFICERS)
        return response

    async def _seat(self, request: Request) -> Seat | None:
        session, now = request.cookies.get(SESSION, ""), self.rooms.now()
        found = await officers.in_session(self.rooms.database, session, now) if session else None
        if found is None:
            return None
        officer, seen = found
        if now - seen > _SEEN_EVERY:
            await self._seen(session)
        address = Address("web", "officers", str(officer.id))
        language = await pages.language_of(self.rooms.database, address)
        return Seat(officer, language or language_of(request), form_token(self.rooms.secret, session))

    async def _seen(self, session: str) -> None:
        """Reading must go on when nothing can be written; the session then ends a little earlier."""
        try:
            async with self.rooms.database.transaction(beside=True) as tx:
                await officers.session_seen(tx, session, self.rooms.now())
        except NotStored:
            return


async def _unsent(request: Request) -> str:
    """The words of a form that came after the session had ended: whoever wrote them gets them back, nothing else happens."""
    if request.method != "POST":
        return ""
    return (await read_form(request)).get("text", "")


async def _signed(request: Request, seat: Seat) -> bool:
    given = (await read_form(request)).get("token", "")
    return hmac.compare_digest(given.encode("utf-8", "replace"), seat.form_token.encode())


async def may_try(rooms: Rooms, attempts: Attempts, what: str, request: Request) -> bool:
    """Whether whoever asks may try `what` once more, here and at all workers together; it counts as made."""
    who, within = caller(request), timedelta(seconds=attempts.within)
    return attempts.allow(who) and await shared.allow(rooms.database, what, who, attempts.most, within)


def caller(request: Request) -> str:
    """Who tries: an address, or the network an IPv6 address lies in."""
    host = request.client.host if request.client else ""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    return found.exploded[:19] if isinstance(found, IPv6Address) else host
