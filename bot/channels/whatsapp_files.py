"""Files of elsewhere as WhatsApp takes them: of few kinds, and of each kind so many bytes."""

from collections.abc import Mapping

from bot.channel import File, Unfit

_MB = 1024 * 1024
_KINDS: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys(("image/jpeg", "image/png"), ("image", 5 * _MB)),
    **dict.fromkeys(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), ("audio", 16 * _MB)),
    **dict.fromkeys(("video/mp4", "video/3gpp"), ("video", 16 * _MB)),
    **dict.fromkeys(
        (
            "application/pdf",
            "text/plain",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        ("document", 100 * _MB),
    ),
}


def kind_of(file: File) -> str:
    """What kind of message carries it. Raises `Unfit` when none does."""
    kind, largest = _KINDS.get(file.mime, ("", 0))
    if not file.content or len(file.content) > largest:
        raise Unfit
    return kind
