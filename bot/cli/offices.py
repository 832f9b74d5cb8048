"""`officer`: invite, list, revoke, away and back, let into the pages; `case`: list what waits."""

import json
import secrets
from datetime import datetime, timedelta

import click

from bot import app, clock, library
from bot.casework.numbers import sayable
from bot.casework.overseeing import away_through
from bot.casework.routing import unit_of
from bot.channels.telegram import Telegram
from bot.cli.running import quiet, run, settings
from bot.config import Config
from bot.model.case import Case, Officer, Role, Scope
from bot.model.effects.offices import GiveLogin, Invite
from bot.store import absence, cases, officers

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
INVITE_LASTS = timedelta(days=7)
LINK_LASTS = timedelta(minutes=10)


@click.group()
def officer() -> None:
    """Those who follow up."""


@officer.command()
@click.option("--village", "code", required=True, help="The official code: a village's, or a higher unit's.")
@click.option("--name", required=True, help="As the villagers shall see it.")
@click.option("--role", type=click.Choice(["officer", "coordinator", "ministry"]), default="officer")
def invite(code: str, name: str, role: Role) -> None:
    """Print a code that makes whoever types it to the bot this officer, once, within 7 days."""
    quiet()
    config = settings()
    place = _place(config, code, role)
    code_word = f"{_word()}-{_word()}"
    link = run(_invite(config, Invite(name, role, unit_of(role, code)), code_word))
    click.echo(f"{name}, {role}, {place}")
    click.echo(f"Code: {code_word}  (once, within 7 days)")
    click.echo(f"Link: {link}  (opens the chat that asks for the code)")


def _place(config: Config, code: str, role: Role) -> str:
    unit = unit_of(role, code)
    name = library.read_villages(config.content).name(unit) if unit else "Indonesia"
    if not name:
        raise SystemExit(f"{code} is no code of the official list: try desmigratif village find NAME")
    return name


def _word() -> str:
    """With a figure in it, so that it sounds like no word."""
    word = "".join(secrets.choice(ALPHABET) for _ in range(5))
    return word if any(sign.isdigit() for sign in word) else _word()


async def _invite(config: Config, who: Invite, code: str) -> str:
    now = clock.now()
    async with app.open_store(config) as database, database.transaction() as tx:
        await officers.invite(tx, who, code, now, now + INVITE_LASTS)
    return await _chat_link(config)


async def _chat_link(config: Config) -> str:
    if not config.telegram_token:
        return f"{config.pages}/?start=officer"
    telegram = Telegram(config.telegram_token, account="", api_url=config.telegram_api)
    try:
        return f"https://t.me/{await telegram.me()}?start=officer"
    finally:
        await telegram.close()


@officer.command("list")
def list_officers() -> None:
    """All officers."""
    quiet()
    for one in run(_listed(settings())):
        state = "revoked" if one.revoked else "in office" if one.taken else "invited"
        click.echo(f"{one.id:4}  {one.unit or 'Indonesia':14} {one.role:12} {state:10} {one.name}")


async def _listed(config: Config) -> list[officers.Listed]:
    async with app.open_store(config) as database:
        return await officers.everyone(database)


@officer.command()
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """End an office at once: its cases wait for others, its sessions end."""
    quiet()
    if not run(_revoke(settings(), number)):
        raise SystemExit(f"no officer {number} is in office")
    click.echo("revoked")


async def _revoke(config: Config, number: int) -> bool:
    async with app.open_store(config) as database, database.transaction() as tx:
        return await officers.revoke(tx, number, clock.now())


@officer.command()
@click.argument("number", type=int)
@click.option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day they are away.")
def away(number: int, until: datetime) -> None:
    """An officer is away through a day: what they hold waits for others, and no notices reach them."""
    quiet()
    config, now = settings(), clock.now()
    found = run(_in_office(config, number))
    if found is None:
        raise SystemExit(f"no officer {number} is in office")
    zone = library.read_villages(config.content).zones.get(found.unit[:2], "Asia/Jakarta")
    end = away_through(until.date().isoformat(), now, zone)
    if end is None:
        raise SystemExit("choose a day from today on, at most 90 days away")
    run(_leave(config, number, end, now))
    click.echo(f"{found.name} is away through {until.date()}")


@officer.command()
@click.argument("number", type=int)
def back(number: int) -> None:
    """An officer who was away is back."""
    quiet()
    if not run(_leave(settings(), number, None, clock.now())):
        raise SystemExit(f"no officer {number} is in office")
    click.echo("back")


async def _in_office(config: Config, number: int) -> Officer | None:
    async with app.open_store(config) as database:
        return await officers.officer(database, number)


async def _leave(config: Config, number: int, until: datetime | None, now: datetime) -> bool:
    async with app.open_store(config) as database, database.transaction() as tx:
        return await absence.leave(tx, number, until, now)


@officer.command()
@click.argument("number", type=int)
def link(number: int) -> None:
    """Print a link that lets this officer into the pages, once, within 10 minutes."""
    quiet()
    config, token = settings(), secrets.token_urlsafe(24)
    if not run(_link(config, number, token)):
        raise SystemExit(f"no officer {number} is in office")
    click.echo(f"{config.pages}/officers/login/{token}")


async def _link(config: Config, number: int, token: str) -> bool:
    async with app.open_store(config) as database, database.transaction() as tx:
        found = await officers.officer(tx, number)
        if found is None or not found.person:
            return False
        await officers.give_login(tx, GiveLogin(number, token, clock.now() + LINK_LASTS))
        return True


@click.group()
def case() -> None:
    """What people handed in."""


@case.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@click.option("--unit", default="", help="Only of this village, district, regency or province code.")
def list_cases(as_json: bool, unit: str) -> None:
    """Open cases, as an officer of the unit would see them; no personal data."""
    quiet()
    found = run(_cases(settings(), unit))
    if as_json:
        click.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{sayable(one.number)}  {one.urgency:10} {one.state:8} {one.unit:14} {one.kind}")


async def _cases(config: Config, unit: str) -> tuple[Case, ...]:
    async with app.open_store(config) as database:
        return await cases.queue(database, Scope(unit), limit=10_000)


def _as_json(one: Case) -> dict[str, object]:
    return {
        "number": one.number,
        "kind": one.kind,
        "urgency": one.urgency,
        "state": one.state,
        "unit": one.unit,
        "village": one.village,
        "officer": one.officer_name or None,
        "opened": one.opened.isoformat(),
        "due": one.due.isoformat(),
    }
