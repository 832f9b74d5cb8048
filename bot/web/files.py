"""A photo, voice note or file as a page serves it. What a browser takes it for follows from a short list of what it can show and
play, whatever its sender or a platform called it: nothing anybody sends is ever read as a page.
"""

from starlette.responses import Response

from bot.channel import File
from bot.model.messages import Attachment

_SHOWN = {
    "photo": ("image/jpeg", "image/png", "image/webp"),
    "voice": ("audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr"),
}


def served(attachment: Attachment, file: File) -> Response:
    """Shown or played in its place, else to be saved; kept nowhere on the way."""
    headers = {"Cache-Control": "no-store"}
    known = _SHOWN.get(attachment.kind)
    if known is None:
        headers["Content-Disposition"] = "attachment"
        return Response(file.content, media_type="application/octet-stream", headers=headers)
    mime = file.mime if file.mime in known else known[0]
    return Response(file.content, media_type=mime, headers=headers)
