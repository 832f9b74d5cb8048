"""The checklists as pages to print. Anybody may look: nothing is asked, kept or set, and what is done stands in the address."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.knowledge.checklists import done, in_order
from bot.model.content import Contact
from bot.web.pages import Pages, language_of
from bot.web.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Checklists:
    """The list of them, and each on a sheet of paper."""

    rooms: Rooms
    pages: Pages

    def routes(self) -> list[Route]:
        """Where they are."""
        return [Route("/checklist", self.all), Route("/checklist/{id}", self.show)]

    async def all(self, request: Request) -> Response:
        """Every list."""
        listed = in_order(self.rooms.release().content.checklists.values())
        return self.pages.page("checklists.html", language_of(request), checklists=listed)

    async def show(self, request: Request) -> Response:
        """One list, with what `?done=` names ticked. Names it does not have are passed over."""
        content = self.rooms.release().content
        checklist = content.checklists.get(request.path_params["id"])
        if checklist is None:
            raise HTTPException(404)
        return self.pages.page(
            "checklist.html",
            language_of(request),
            checklist=checklist,
            done=done(checklist, request.query_params.get("done", "").split(",")),
            as_of=content.date.isoformat(),
            contacts=self._contacts(),
            address=self.rooms.public_url,
        )

    def _contacts(self) -> list[Contact]:
        """Whom to ask from everywhere: the first is enough for a sheet of paper."""
        contacts = self.rooms.release().content.contacts.values()
        return [one for one in contacts if one.emergency and not one.country][:1]
