"""Files of elsewhere as Telegram takes them: which field of which method they go under."""

from bot.channel import File
from bot.model.messages import Attachment

LARGEST_PHOTO = 10 * 1024 * 1024
_PHOTOS = ("image/jpeg", "image/png")
_MUSIC = ("audio/mpeg", "audio/mp4")


def kind_of(attachment: Attachment, file: File) -> str:
    """As what it is shown; what Telegram would not show goes as a document, which takes anything."""
    match attachment.kind, file.mime:
        case "photo", mime if mime in _PHOTOS and len(file.content) <= LARGEST_PHOTO:
            return "photo"
        case "voice", "audio/ogg":
            return "voice"
        case "voice", mime if mime in _MUSIC:
            return "audio"
        case _, "video/mp4":
            return "video"
    return "document"
