"""The echo bot, as python-telegram-bot's examples write it: polling, one update after another, nothing stored."""

import os
from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what was said."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def opened(_: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Say that it is there."""
    print("Telegram: on", flush=True)


def main(_: Sequence[str]) -> None:
    """Run until killed."""
    token, street = os.environ["TELEGRAM_BOT_TOKEN"], os.environ["TELEGRAM_API_URL"]
    application = Application.builder().token(token).base_url(f"{street}/bot").post_init(opened).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()
