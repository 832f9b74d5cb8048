"""How a case stands, from any phone: the number and the secret number of a paper. Never what it is about."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.casework.numbers import read_number
from bot.dialogue.papers import facts_of, read_pin
from bot.web.forms import read_form
from bot.web.pages import Pages, language_of
from bot.web.papers import opened
from bot.web.rooms import Rooms
from bot.web.sessions import Attempts, may_try

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Status:
    """One page, for everybody: without script, and nothing of it is kept or set."""

    rooms: Rooms
    pages: Pages
    attempts: Attempts

    def routes(self) -> list[Route]:
        """Where it is."""
        return [Route("/status", self.ask), Route("/status", self.show, methods=["POST"])]

    async def ask(self, request: Request) -> Response:
        """Both numbers; a paper's square brings the first along."""
        return self._page(request, read_number(request.query_params.get("n", "")[:_LONGEST]))

    async def show(self, request: Request) -> Response:
        """How it stands; or the same words for an unknown number, a wrong secret one, and too many tries."""
        form, language = await read_form(request), language_of(request)
        if not await may_try(self.rooms, self.attempts, "status", request):
            return self.pages.page("trouble.html", language, 429)
        number, pin = read_number(form.get("number", "")[:_LONGEST]), read_pin(form.get("pin", ""))
        standing = await opened(self.rooms, number, pin) if number and pin else None
        if standing is None:
            return self._page(request, form.get("number", "")[:_LONGEST], 404, wrong=True)
        facts = facts_of(self.rooms.release(), standing, language)
        return self._page(request, number, facts=facts)

    def _page(self, request: Request, number: str, status: int = 200, **facts: object) -> Response:
        given = {"number": number, "wrong": False, "facts": None, **facts}
        return self.pages.page("status.html", language_of(request), status, **given)
