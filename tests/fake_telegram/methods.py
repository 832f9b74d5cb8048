"""The methods of the Bot API that bots like ours use, each with the refusals the real ones give."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.fake_telegram.markup import Refusal, bad, read_keyboard, read_text, units
from tests.fake_telegram.world import Chat, Upload, World

Given = dict[str, Any]
Method = Callable[[World, Given], Awaitable[Any]]
LIFE_OF_A_PRESS = 150.0
_LEAN = ("message_id", "at", "text", "life")
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UPLOAD = 50 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024
_VOICES = ("audio/ogg", "audio/mpeg", "audio/mp4")
_TAKEN = {"photo": ("image/jpeg", "image/png"), "voice": _VOICES, "audio": _VOICES[1:], "video": ("video/mp4",)}
WEBHOOK = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


async def get_me(world: World, given: Given) -> Any:
    return world.bot()


async def get_updates(world: World, given: Given) -> Any:
    """Long polling. Whoever asks while another waits sends the other away with 409."""
    if world.webhook:
        raise _conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    world.poller += 1
    mine, limit = world.poller, min(100, int(given.get("limit") or 100))
    world.allowed = json.loads(given.get("allowed_updates") or "[]") or world.allowed
    world.confirm(int(given.get("offset") or 0))
    await world.until(lambda: world.poller != mine or world.webhook or world.waiting, float(given.get("timeout") or 0))
    if world.poller != mine or world.webhook:
        raise _conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
    return b"[" + b",".join(one.body for one in world.waiting[:limit]) + b"]"


def _conflict(why: str) -> Refusal:
    return Refusal(409, f"Conflict: {why}")


async def set_webhook(world: World, given: Given) -> Any:
    url, secret = given.get("url", ""), given.get("secret_token", "")
    if url and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    world.webhook, world.secret = url, secret if url else ""
    world.connections = int(given.get("max_connections") or 40)
    world.allowed = json.loads(given.get("allowed_updates") or "[]") or world.allowed
    if given.get("drop_pending_updates") in ("true", "True", True):
        world.waiting.clear()
    world.changed()
    return True


async def delete_webhook(world: World, given: Given) -> Any:
    return await set_webhook(world, given | {"url": "", "secret_token": ""})


async def get_webhook_info(world: World, given: Given) -> Any:
    return {"url": world.webhook, "has_custom_certificate": False, "pending_update_count": len(world.waiting)}


async def send_message(world: World, given: Given) -> Any:
    chat = world.chat_to_send(given.get("chat_id", ""))
    return _deliver(world, chat, _text(given, "text", 4096, "message is too long"), given)


async def edit_message_text(world: World, given: Given) -> Any:
    seen = _seen(world, given, "message to edit not found")
    changed = _text(given, "text", 4096, "message is too long") | {
        "markup": read_keyboard(given.get("reply_markup", ""))
    }
    if all(seen[key] == value for key, value in changed.items() if key != "html"):
        raise bad(SAME)
    seen.update(changed, edited=True)
    world.changed()
    return _as_message(world, world.chats[seen["chat"]], seen)


async def delete_message(world: World, given: Given) -> Any:
    _seen(world, given, "message to delete not found")["deleted"] = True
    world.changed()
    return True


async def delete_messages(world: World, given: Given) -> Any:
    """Those that are not there are passed over."""
    numbers = given["message_ids"]
    wanted = {str(one) for one in (json.loads(numbers) if isinstance(numbers, str) else numbers)}
    for seen in world.chat_to_send(given.get("chat_id", "")).seen:
        seen["deleted"] = seen["deleted"] or str(seen["message_id"]) in wanted
    world.changed()
    return True


def _seen(world: World, given: Given, otherwise: str) -> dict[str, Any]:
    chat = world.chat_to_send(given.get("chat_id", ""))
    number = given.get("message_id", "")
    for seen in chat.seen:
        if str(seen["message_id"]) == str(number) and not seen["deleted"]:
            return seen
    raise bad(otherwise)


def _media(kind: str, *, takes_caption: bool = True) -> Method:
    async def send(world: World, given: Given) -> Any:
        chat = world.chat_to_send(given.get("chat_id", ""))
        caption = {"text": "", "entities": [], "html": ""}
        if takes_caption and given.get("caption"):
            caption = _text(given, "caption", 1024, "message caption is too long")
        sent = given.get(kind, "")
        shown = {"kind": kind, "file_id": _file(world, kind, sent)}
        return _deliver(world, chat, caption, given, shown, sent.described() if isinstance(sent, Upload) else None)

    return send


def _file(world: World, kind: str, given: str | Upload) -> str:
    """The id of the file that is sent: one that is known, or a new one for what was uploaded."""
    if isinstance(given, Upload):
        _check_upload(kind, given)
        return world.keep_file(kind, given.content)
    known = world.files.get(given)
    if not known:
        raise bad("wrong remote file identifier specified: Wrong character in the string")
    if known["kind"] != kind:
        raise bad(f"can't use file of type {known['kind'].title()} as {kind.title()}")
    return given


def _check_upload(kind: str, given: Upload) -> None:
    """A file must have a name and something in it, be what its method takes, and not be too large."""
    if not given.content:
        raise bad("file must be non-empty")
    if len(given.content) > LARGEST_UPLOAD:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo" and len(given.content) > LARGEST_PHOTO:
        raise bad(f"file of size {len(given.content)} bytes is too big for a photo; the maximum size is 10485760 bytes")
    if not given.name or given.mime not in _TAKEN.get(kind, (given.mime,)):
        raise bad("IMAGE_PROCESS_FAILED" if kind == "photo" else "wrong file type")


def _text(given: Given, field: str, limit: int, otherwise: str) -> dict[str, Any]:
    text, entities = read_text(given.get(field, ""), given.get("parse_mode", ""))
    if field == "text" and not text:
        raise bad("message text is empty")
    if units(text) > limit:
        raise bad(otherwise)
    return {"text": text, "entities": entities, "html": given.get(field, "")}


def _deliver(
    world: World,
    chat: Chat,
    text: dict[str, Any],
    given: Given,
    attachment: dict[str, Any] | None = None,
    file: dict[str, Any] | None = None,
) -> dict[str, Any]:
    preview = json.loads(given.get("link_preview_options") or "{}")
    seen = {"message_id": world.number(), "chat": chat.id, **text, "attachment": attachment, "file": file}
    seen |= {"markup": read_keyboard(given.get("reply_markup", "")), "preview": not preview.get("is_disabled", False)}
    seen |= {"protected": given.get("protect_content") in ("true", "True", True)}
    seen |= {"edited": False, "deleted": False, "date": int(world.now()), "at": world.now()}
    seen["life"] = given.get("life", "")
    chat.seen.append({name: seen[name] for name in _LEAN} if world.lean else seen)
    world.delivered += 1
    world.changed()
    return _as_message(world, chat, seen)


def _as_message(world: World, chat: Chat, seen: dict[str, Any]) -> dict[str, Any]:
    message = {
        "message_id": seen["message_id"],
        "from": world.bot(),
        "chat": world.described(chat),
        "date": seen["date"],
    }
    words = "caption" if seen["attachment"] else "text"
    message |= {words: seen["text"], ("caption_entities" if seen["attachment"] else "entities"): seen["entities"]}
    if seen["attachment"]:
        message |= media_as_message(seen["attachment"]["kind"], seen["attachment"]["file_id"])
    if "inline_keyboard" in seen["markup"]:
        message["reply_markup"] = seen["markup"]
    return message


def media_as_message(kind: str, file_id: str, size: int = 1234) -> dict[str, Any]:
    """A file as it stands in a message."""
    file = {"file_id": file_id, "file_unique_id": f"u{file_id[-8:]}", "file_size": size}
    match kind:
        case "photo":
            small = file | {"file_id": f"{file_id}-small", "width": 90, "height": 67, "file_size": 90}
            return {"photo": [small, file | {"width": 1280, "height": 960}]}
        case "video_note":
            return {kind: file | {"length": 240, "duration": 4}}
        case "video" | "animation":
            return {kind: file | {"width": 640, "height": 480, "duration": 4}}
        case "sticker":
            sticker = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {kind: file | sticker | {"emoji": "\U0001f44d"}}
        case "document":
            return {kind: file | {"file_name": "surat.pdf", "mime_type": "application/pdf"}}
    return {kind: file | {"duration": 4, "mime_type": "audio/ogg"}}


async def answer_callback_query(world: World, given: Given) -> Any:
    press = world.presses.get(given.get("callback_query_id", ""))
    if not press or press["answered"] or world.now() - press["at"] > LIFE_OF_A_PRESS:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    press["answered"] = True
    world.changed()
    return True


async def send_chat_action(world: World, given: Given) -> Any:
    world.chat_to_send(given.get("chat_id", ""))
    if given.get("action") not in ("typing", "upload_photo", "record_voice", "upload_voice", "upload_document"):
        raise bad("wrong parameter action in request")
    return True


async def set_my_commands(world: World, given: Given) -> Any:
    language = given.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad("invalid language code specified")
    commands = json.loads(given.get("commands") or "[]")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[language] = commands
    return True


async def get_my_commands(world: World, given: Given) -> Any:
    return world.commands.get(given.get("language_code", ""), [])


async def get_file(world: World, given: Given) -> Any:
    name = given.get("file_id", "")
    file = world.files.get(name)
    if not file:
        raise bad("invalid file_id")
    size = len(file["content"])
    if size > LARGEST_FILE:
        raise bad("file is too big")
    return {"file_id": name, "file_unique_id": f"u{name[-8:]}", "file_size": size, "file_path": file["path"]}


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "sendphoto": _media("photo"),
    "sendvoice": _media("voice"),
    "sendaudio": _media("audio"),
    "senddocument": _media("document"),
    "sendvideo": _media("video"),
    "sendanimation": _media("animation"),
    "sendvideonote": _media("video_note", takes_caption=False),
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "getfile": get_file,
}
