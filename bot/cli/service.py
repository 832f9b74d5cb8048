"""`serve`: the service itself; `key`: a new key for SECRET_KEYS."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

import click
from cryptography.fernet import Fernet

from bot import app, clock
from bot.cli.running import run, settings
from bot.model.effects.offices import Appoint, GiveLogin, Invite
from bot.model.messages import Address
from bot.serving import House
from bot.store import officers, people
from bot.store.database import Transaction

OPERATOR = "Operator"
_LASTS = timedelta(minutes=10)


@click.command()
def serve() -> None:
    """Serve the web chat, the officers' pages and, with a token, Telegram and WhatsApp."""
    config = settings()

    async def opened(house: House) -> None:
        click.echo(f"Web chat:        {config.pages}/")
        click.echo(f"Officers' pages: {await operator_link(house)}  (once, within 10 minutes)")
        if house.whatsapp is None:
            click.echo(
                "WhatsApp:        off; put WHATSAPP_TOKEN=... and what belongs to it into .env (docs/operations.md)"
            )
        else:
            click.echo(f"WhatsApp:        on; its webhook is {config.pages}/whatsapp/webhook")
        if house.telegram is None:
            click.echo("Telegram:        off; put TELEGRAM_BOT_TOKEN=... (from @BotFather) into .env and start again")
        else:
            click.echo(f"Telegram:        on, {config.telegram_mode}")

    run(app.serve(config, opened))


@click.command()
def key() -> None:
    """Print a new key; put it in front of the others in SECRET_KEYS."""
    click.echo(Fernet.generate_key().decode())


async def operator_link(house: House) -> str:
    """A link into the officers' pages for whoever runs this machine, who may see the whole country."""
    now, token = clock.now(), token_urlsafe(24)
    async with house.database.transaction() as tx:
        listed = [one for one in await officers.everyone(tx) if one.name == OPERATOR and one.taken and not one.revoked]
        office = listed[0].id if listed else await _operator(tx, now)
        await officers.give_login(tx, GiveLogin(office, token, now + _LASTS))
    return f"{house.config.pages}/officers/login/{token}"


async def _operator(tx: Transaction, now: datetime) -> int:
    code = token_urlsafe(16)
    await officers.invite(tx, Invite(OPERATOR, "ministry", ""), code, now, now + _LASTS)
    invited = await officers.invited(tx, code, now)
    if invited is None:
        raise LookupError("the invitation just written is not there")
    place = await people.add(tx, Address("web", "officers", str(invited.id)), "id", now)
    await officers.appoint(tx, Appoint(invited, place.person), now)
    return invited.id
