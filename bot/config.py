"""The environment (and `.env`) as one frozen value; a bad setting stops the start with one line that says what to mend."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from bot.durable import write_new
from bot.model.server import Server, read_server

Mode = Literal["polling", "webhook"]
Value = TypeVar("Value")
ROOT = Path(__file__).parents[1]
DATABASE = "sqlite:///var/desmigratif.db"
_MIB = 1024 * 1024


class BadSetting(Exception):
    """A setting cannot be used; the message is one line for the operator."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, checked. An empty token means that the channel is off. `disk_floor` and `ballast` are bytes.

    `folder` is for what lies beside the database: of one on a server, `var` in the working folder.
    """

    database: Path | Server
    folder: Path
    content: Path
    cache: Path
    host: str
    port: int
    public_url: str
    named_keys: tuple[str, ...]
    key_file: Path
    telegram_token: str
    telegram_api: str
    telegram_mode: Mode
    telegram_secret: str
    telegram_per_second: int
    whatsapp_number: str
    whatsapp_token: str
    whatsapp_number_id: str
    whatsapp_secret: str
    whatsapp_verify_token: str
    whatsapp_api: str
    log_json: bool
    disk_floor: int
    ballast: int
    backup_folder: Path
    backup_hours: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys named, else those of the key file, which the first who needs it makes. Raises `BadSetting`."""
        return self.named_keys or _kept_keys(self.key_file)

    @property
    def pages(self) -> str:
        """Where the pages are for somebody outside: PUBLIC_URL, else this machine."""
        return self.public_url or f"http://{self.host}:{self.port}"


def read_config(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Config:
    """The settings. `.env` in the working folder counts where the environment is silent. Raises `BadSetting`."""
    here = folder or Path.cwd()
    given = {**_dotenv(here / ".env"), **(environment if environment is not None else os.environ)}
    settings = {name: value.strip() for name, value in given.items() if value.strip()}
    mode = _one_of(settings, "TELEGRAM_MODE", ("polling", "webhook"))
    database = _read(settings, "DATABASE_URL", DATABASE, read_store, here)
    folder = database.parent if isinstance(database, Path) else here / "var"
    config = Config(
        database=database,
        folder=folder,
        content=_read(settings, "CONTENT_DIR", str(ROOT / "content"), _folder, here),
        cache=_read(settings, "CACHE_DIR", str(folder / "cache"), _place, here),
        host=settings.get("HOST", "127.0.0.1"),
        port=_read(settings, "PORT", "8080", _port, here),
        public_url=_read(settings, "PUBLIC_URL", "", _url, here),
        named_keys=_read(settings, "SECRET_KEYS", "", _fernet_keys, here) if "SECRET_KEYS" in settings else (),
        key_file=folder / "secret.key",
        telegram_token=_read(settings, "TELEGRAM_BOT_TOKEN", "", _token, here),
        telegram_api=_read(settings, "TELEGRAM_API_URL", "https://api.telegram.org", _url, here),
        telegram_mode="webhook" if mode == "webhook" else "polling",
        telegram_secret=settings.get("TELEGRAM_WEBHOOK_SECRET", ""),
        telegram_per_second=_read(settings, "TELEGRAM_PER_SECOND", "28", _rate, here),
        whatsapp_number=_read(settings, "WHATSAPP_NUMBER", "", _telephone, here),
        whatsapp_token=settings.get("WHATSAPP_TOKEN", ""),
        whatsapp_number_id=_read(settings, "WHATSAPP_PHONE_NUMBER_ID", "", _digits, here),
        whatsapp_secret=settings.get("WHATSAPP_APP_SECRET", ""),
        whatsapp_verify_token=settings.get("WHATSAPP_VERIFY_TOKEN", ""),
        whatsapp_api=_read(settings, "WHATSAPP_API_URL", "https://graph.facebook.com/v26.0", _url, here),
        log_json=_one_of(settings, "LOG_FORMAT", ("text", "json")) == "json",
        disk_floor=_read(settings, "DISK_FLOOR_MB", "200", _number, here) * _MIB,
        ballast=_read(settings, "BALLAST_MB", "64", _number, here) * _MIB,
        backup_folder=_read(settings, "BACKUP_DIR", str(folder / "backups"), _coming_folder, here),
        backup_hours=_read(settings, "BACKUP_HOURS", "24", _number, here),
    )
    _fits_together(config)
    return config


def _fits_together(config: Config) -> None:
    if config.telegram_token and config.telegram_mode == "webhook":
        if not config.telegram_secret:
            raise BadSetting(
                "TELEGRAM_WEBHOOK_SECRET is missing: a webhook without a secret could be called by anybody"
            )
        if not config.public_url.startswith("https://"):
            raise BadSetting("PUBLIC_URL must begin with https:// for TELEGRAM_MODE=webhook")
    if config.whatsapp_token:
        _whatsapp_fits(config)


def _whatsapp_fits(config: Config) -> None:
    """A token alone can send, but neither tell who calls the webhook nor set it up: then the channel does not start."""
    needed = {
        "WHATSAPP_PHONE_NUMBER_ID": config.whatsapp_number_id,
        "WHATSAPP_APP_SECRET": config.whatsapp_secret,
        "WHATSAPP_VERIFY_TOKEN": config.whatsapp_verify_token,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise BadSetting(f"WHATSAPP_TOKEN is set, but not {', '.join(missing)}: WhatsApp needs all of them")


def _read(
    settings: Mapping[str, str], name: str, default: str, read: Callable[[str, Path], Value], here: Path
) -> Value:
    try:
        return read(settings.get(name, default), here)
    except ValueError as error:
        raise BadSetting(f"{name}: {error}") from None


def _one_of(settings: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = settings.get(name, allowed[0])
    if value not in allowed:
        raise BadSetting(f"{name} must be {' or '.join(allowed)}, not {value!r}")
    return value


def read_store(url: str, here: Path) -> Path | Server:
    """Where a database is, from its address. Raises ValueError, which never says a password."""
    if url.startswith(("postgresql://", "postgres://")):
        return read_server(url)
    if not url.startswith("sqlite:///"):
        raise ValueError(
            "must look like sqlite:///var/desmigratif.db, sqlite:////var/lib/desmigratif.db (files)"
            " or postgresql://user:password@host/name"
        )
    path = Path(url.removeprefix("sqlite:///"))
    if not path.name or path.is_dir() or (here / path).is_dir():
        raise ValueError(f"{url} names no file")
    return path if path.is_absolute() else here / path


def _place(text: str, here: Path) -> Path:
    return Path(text) if Path(text).is_absolute() else here / text


def _folder(text: str, here: Path) -> Path:
    path = _place(text, here)
    if not path.is_dir():
        raise ValueError(f"there is no folder {path}")
    return path


def _coming_folder(text: str, here: Path) -> Path:
    """Made when the first backup is."""
    path = here / text
    if path.exists() and not path.is_dir():
        raise ValueError(f"{path} is no folder")
    return path


def _number(text: str, _: Path) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise ValueError(f"must be a whole number, 0 or more, not {text!r}")
    return int(text)


def _rate(text: str, here: Path) -> int:
    if not (rate := _number(text, here)):
        raise ValueError("must be 1 or more")
    return rate


def _telephone(text: str, _: Path) -> str:
    """A number with its country's, in digits only."""
    digits = re.sub(r"[ ()+.-]", "", text)
    if text and not re.fullmatch(r"[1-9][0-9]{7,14}", digits):
        raise ValueError(f"must be a telephone number with its country's, like +62 812-3456-7890, not {text!r}")
    return digits


def _digits(text: str, _: Path) -> str:
    """A long number as Meta shows it: an account's id, not a telephone number."""
    if text and not re.fullmatch(r"[0-9]{5,30}", text):
        raise ValueError(f"must be the id Meta shows beside the number, digits only, not {text!r}")
    return text


def _port(text: str, _: Path) -> int:
    if not text.isdigit() or not 0 <= int(text) < 65_536:
        raise ValueError(f"must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _url(text: str, _: Path) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise ValueError(f"must begin with http:// or https://, not {text!r}")
    return text.rstrip("/")


def _token(text: str, here: Path) -> str:
    head, _, tail = text.partition(":")
    if text and not (head.isdigit() and re.fullmatch(r"[\w-]+", tail)):
        raise ValueError("does not look like a bot token (123456:ABC...); ask @BotFather for it")
    return text


def _kept_keys(file: Path) -> tuple[str, ...]:
    try:
        if not file.exists():  # on the disk before anything is sealed with it
            write_new(file, Fernet.generate_key().decode() + "\n")
        return _fernet_keys(file.read_text("utf-8"), file)
    except (OSError, ValueError) as error:
        raise BadSetting(f"cannot use the key file {file}: {error}") from None


def _fernet_keys(text: str, _: Path) -> tuple[str, ...]:
    keys = tuple(text.replace(",", " ").split())
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        raise ValueError("each key must be 32 bytes in URL-safe base64 (python -m bot key makes one)") from None
    if not keys:
        raise ValueError("there is no key")
    return keys


def _dotenv(file: Path) -> dict[str, str]:
    """Lines `NAME=value`; quotes around the value are dropped, `#` begins a comment line."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"cannot read {file}: {error}") from None
    pairs: dict[str, Any] = {}
    for line in lines:
        name, equals, value = line.partition("=")
        if equals and not line.lstrip().startswith("#"):
            pairs[name.strip().removeprefix("export ")] = value.strip().strip("\"'")
    return pairs
