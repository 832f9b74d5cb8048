"""Every page, every act of the desk and every word for officers, for every role, wherever the case stands: as the table says.

The pages come from the router, the acts from the desk, the words from the content; `-s` prints how many cells there are.
"""

import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from bot.casework.numbers import sayable
from bot.dialogue.desk.entry import ACTS as REGISTERED
from bot.dialogue.desk.practice import PRESSES as TRAINED
from bot.understanding.release import Release
from tests.rights.rules import ACTS, ENDS_THE_SEAT, OFFICERS_WORDS, OFFICES, PAGES, SEES, TRAINING, Page, Role, Standing
from tests.rights.world import FILLED, UNKNOWN, VILLAGE, World, standings, world
from tests.web.house import House, field_of

ROLES: tuple[Role, ...] = tuple(SEES)
CELLS = [(role, standing) for role in ROLES for standing in standings(role)]
Faults = AsyncIterator[str]
_CHANGING = re.compile(r'(?:name="(?:token|nonce)" value="[^"]*")|once-[0-9a-f]+')


def routes(house: House) -> set[tuple[str, str]]:
    """What the site answers to."""
    found = [route for route in house.app.routes if isinstance(route, Route)]
    assert len(found) == len(house.app.routes), "a mount hides what lies in it from the matrix"
    return {(method, route.path) for route in found for method in (route.methods or ()) if method != "HEAD"}


def in_order() -> list[tuple[str, str, Page]]:
    """The table, with what ends the seat at the end."""
    found = sorted(PAGES.items(), key=lambda one: one[0][1] in ENDS_THE_SEAT)
    return [(method, path, page) for (method, path), page in found]


def sees(here: World) -> bool:
    return here.seated and here.standing in SEES[here.role]


def allowed(here: World, page: Page) -> bool:
    """What the table says."""
    return {
        "all": True,
        "machines": False,
        "shakes": False,
        "seat": here.seated,
        "oversees": here.seated and here.role != "officer",
        "sees": sees(here),
        "village": here.seated and here.officer is not None and here.officer.scope.sees(here.case.village),
    }[page.to]


def denied(here: World, page: Page) -> int:
    """How whoever may not is turned away."""
    machines = {"machines": 401, "shakes": 403}
    return machines.get(page.to, 404 if here.seated else 401)


def address(path: str, page: Page, here: World, number: str) -> str:
    given = {
        "number": number,
        "village": here.case.village or VILLAGE,
        "token": "x" * 24,
        "field": "proof",
        "id": "1",
    } | dict(page.address)
    return path.replace(":int", "").format(**given)


async def ask(here: World, method: str, url: str, page: Page) -> httpx.Response:
    """As their browser would, with the token of their forms if they have any."""
    if method == "GET":
        return await here.browser.get(url)
    here.count += 1
    form = {**page.form, "nonce": f"once-{here.count:x}"}
    if url.startswith("/officers") and here.seated:
        form["token"] = field_of((await here.browser.get("/officers/seat")).text, "token")
    return await here.browser.post(url, data=form)


def shows_in(said: Sequence[tuple[str, str]], here: World) -> bool:
    return any(shows(words, here) for _, words in said)


def alike(said: Sequence[tuple[str, str]], unknown: Sequence[tuple[str, str]], here: World) -> bool:
    """Whether nothing but the number they brought themselves tells a case out of sight from one that does not exist."""
    return [(phrase, here.unnamed(words)) for phrase, words in said] == list(unknown) and FILLED["what"] not in str(
        said
    )


def shows(text: str, here: World) -> bool:
    """Whether anything of the case stands there."""
    traces = (here.case.number, sayable(here.case.number), FILLED["name"], FILLED["what"], FILLED["phone"])
    return any(trace in text for trace in traces)


async def test_every_page_is_named_in_the_table(tmp_path: Path, release: Release) -> None:
    async with world(tmp_path, release, "visitor", "own village") as here:
        assert routes(here.house) == set(PAGES)


def test_every_act_and_every_word_for_officers_is_named_in_the_table() -> None:
    assert set(REGISTERED) == set(ACTS)
    assert set(TRAINED) == set(TRAINING)


@pytest.mark.parametrize(("role", "standing"), CELLS, ids=[f"{a}-{b.replace(' ', '-')}" for a, b in CELLS])
async def test_it_is_as_the_table_says(role: Role, standing: Standing, tmp_path: Path, release: Release) -> None:
    """Everything that is wrong is said at once."""
    async with world(tmp_path, release, role, standing) as here:
        wrong = [fault for check in CHECKS async for fault in check(here)]
    assert wrong == [], "\n".join(wrong)


async def _unsigned(here: World) -> Faults:
    """A form without the session's token does nothing."""
    before = here.state()
    for method, path, page in in_order():
        if method == "POST" and page.to not in ("all", "machines"):
            answer = await here.browser.post(address(path, page, here, here.case.number), data=dict(page.form))
            if answer.status_code != (403 if here.seated else 401):
                yield f"{method} {path} without its token: {answer.status_code}"
    if here.state() != before:
        yield "a form without its token changed something"


async def _numbers(here: World) -> Faults:
    """A number alone shows nothing to who does not see the case."""
    said = await here.write(here.case.number)
    if here.role == "person":
        if [phrase for phrase, _ in said] != ["cases/one"]:
            yield f"their own number shows {said}"
    elif not sees(here) and not alike(said, await here.write(UNKNOWN), here):
        yield f"a number that is not theirs shows {said}"


async def _acts(here: World) -> Faults:
    """An act is for who sees the case; to all others there is no such case, and nothing changes."""
    for act, rest in ACTS.items():
        before = here.state()
        said = await here.press(f"{act}:{here.case.number}{rest}", "Sudah ditelepon")
        unknown = any(phrase == "desk/unknown" for phrase, _ in said)
        if sees(here):
            if unknown:
                yield f"{act}: refused to who may"
        elif here.state() != before:
            yield f"{act}: changed something"
        elif unknown is not here.seated or not alike(said, await here.press(f"{act}:{UNKNOWN}{rest}", "x"), here):
            yield f"{act}: said {said}"


async def _late_words(here: World) -> Faults:
    """Words a button asked for, before the case went out of sight or they out of office, are dropped."""
    if not sees(here):
        await here.press(f"note:{here.case.number}")
        before = here.state()
        if shows_in(await here.write("Ibu ini perlu didampingi"), here) or here.state() != before:
            yield "words for a case out of sight were taken"


async def _words(here: World) -> Faults:
    """An officer's word is one for officers only, and no word shows a case to who does not see it."""
    for command in here.house.rooms.release().content.commands:
        said = await here.write(command.words["id"][0])
        at_desk = any(phrase.startswith("desk/") for phrase, _ in said)
        if at_desk is not (command.id in OFFICERS_WORDS and here.seated):
            yield f"the word {command.id}: {[phrase for phrase, _ in said]}"
        if shows_in(said, here) and not here.owns and not (sees(here) and command.id in OFFICERS_WORDS):
            yield f"the word {command.id} shows the case"


async def _training(here: World) -> Faults:
    """Pretend cases are for who is in office, by button and by word; theirs is no trace of the case of the cell."""
    orders = here.house.rooms.release().content.desk.orders
    for press, begins in TRAINING.items():
        for said in (await here.press(f"{press}:"), await here.write(orders[press]["id"][0])):
            if (said[0][0] in begins) is not here.seated or (shows_in(said, here) and not here.owns):
                yield f"{press}: said {[phrase for phrase, _ in said]}"


async def _pages(here: World) -> Faults:
    """A page lets in whom the table lets in, and shows the case to nobody else; out of sight is like not there."""
    here.house.rooms.webchat.close()
    for method, path, page in in_order():
        if path in ENDS_THE_SEAT:
            await here.come_in()
        answer = await ask(here, method, address(path, page, here, here.case.number), page)
        where = f"{method} {path}: {answer.status_code}"
        if allowed(here, page):
            if answer.status_code != page.status:
                yield f"{where} to who may"
            if shows(answer.text, here) is not (page.shows and sees(here)):
                yield f"{where} {'shows' if shows(answer.text, here) else 'does not show'} the case"
        elif answer.status_code != denied(here, page) or shows(answer.text, here):
            yield f"{where} to who may not"
        elif not _same(answer, await ask(here, method, address(path, page, here, UNKNOWN), page), here):
            yield f"{where}: what is out of sight is not like what is not there"


def _same(one: httpx.Response, other: httpx.Response, here: World) -> bool:
    def plain(answer: httpx.Response) -> str:
        return _CHANGING.sub("", here.unnamed(answer.text))

    return (one.status_code, plain(one)) == (other.status_code, plain(other))


CHECKS = (_unsigned, _training, _numbers, _acts, _late_words, _words, _pages)


def test_the_size_of_the_matrix(release: Release) -> None:
    cells = len(CELLS) * (len(PAGES) + len(ACTS) + len(release.content.commands))
    print(f"\nmatrix: {cells} cells ({len(PAGES)} pages, {len(ACTS)} acts, {len(release.content.commands)} words, "
          f"{len(CELLS)} of {len(ROLES)} roles and how the case stands to them)")  # fmt: skip
    assert cells > 1000 and {role for role, _ in CELLS} >= set(OFFICES)
    assert {standing for _, standing in CELLS} == set(Standing.__args__)
