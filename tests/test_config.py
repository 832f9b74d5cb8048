"""Settings: every bad value gives one line that says what to mend, and the key is made once."""

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.config import BadSetting, Config, read_config

KEY = "A" * 43 + "="
TOKEN = "123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345678"
BAD = {
    "DATABASE_URL": [
        "postgresql://u:wachtwoord@h",
        "postgresql://u:wachtwoord@h:port/db",
        "postgresql://u:wacht/woord@h/db",
        "var/a.db",
        "sqlite://a.db",
        "sqlite:///",
        "sqlite:///.",
        "mysql:",
    ],
    "CONTENT_DIR": ["no-such-folder", "/dev/null"],
    "PORT": ["http", "-1", "70000", "80 80", "8080.5", "²"],
    "PUBLIC_URL": ["desa.test", "ftp://desa.test", "https://", "http://["],
    "TELEGRAM_BOT_TOKEN": ["rahasia", "abc:ABCdefGHIjklMNOpqr", "654321", ":ABCdefGHIjklMNOpqr"],
    "TELEGRAM_API_URL": ["127.0.0.1:9000", "file:///etc/passwd"],
    "TELEGRAM_MODE": ["both", "POLLING"],
    "WHATSAPP_NUMBER": ["0812-3456-7890", "+62 812", "budi", "٦٢٨١٢٣٤٥٦٧٨٩٠"],
    "WHATSAPP_PHONE_NUMBER_ID": ["+62 812", "budi", "1234", "١٠٦٥٤٠٣٥٢"],
    "WHATSAPP_API_URL": ["graph.facebook.com", "file:///etc/passwd"],
    "TELEGRAM_PER_SECOND": ["0", "-1", "28.5", "fast"],
    "LOG_FORMAT": ["xml"],
    "DISK_FLOOR_MB": ["-1", "200 MB", "²", "99999999"],
    "BALLAST_MB": ["many"],
    "BACKUP_HOURS": ["daily", "0.5"],
    "BACKUP_DIR": ["/dev/null"],
    "SECRET_KEYS": ["short", f"{KEY},short", ","],
}
CASES = [(name, value) for name, values in BAD.items() for value in values]


def read(folder: Path, **settings: str) -> Config:
    return read_config({"SECRET_KEYS": KEY, **settings}, folder)


def test_without_a_word_the_defaults_hold(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert (config.host, config.port, config.telegram_token, config.telegram_mode) == ("127.0.0.1", 8080, "", "polling")
    assert config.database == tmp_path / "var" / "desmigratif.db"
    assert config.cache == tmp_path / "var" / "cache"
    assert (config.content / "topics").is_dir()
    assert (config.disk_floor, config.ballast) == (200 * 1024 * 1024, 64 * 1024 * 1024)
    assert (config.backup_folder, config.backup_hours) == (tmp_path / "var" / "backups", 24)


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_bad_value_is_one_line_that_names_the_setting_and_no_secret(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as error:
        read(tmp_path, **{name: value})
    line = str(error.value)
    assert name in line and "\n" not in line
    assert name not in ("TELEGRAM_BOT_TOKEN", "SECRET_KEYS") or value == "," or value not in line
    assert "wachtwoord" not in line


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"PUBLIC_URL": "https://desa.test"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_WEBHOOK_SECRET": "s"}, "PUBLIC_URL"),
        ({"TELEGRAM_WEBHOOK_SECRET": "s", "PUBLIC_URL": "http://desa.test"}, "PUBLIC_URL"),
    ],
)
def test_a_webhook_needs_its_secret_and_a_safe_address(given: dict[str, str], missing: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=missing):
        read(tmp_path, TELEGRAM_MODE="webhook", TELEGRAM_BOT_TOKEN=TOKEN, **given)
    whole = {"TELEGRAM_WEBHOOK_SECRET": "s", "PUBLIC_URL": "https://desa.test/"}
    assert read(tmp_path, TELEGRAM_MODE="webhook", TELEGRAM_BOT_TOKEN=TOKEN, **whole).public_url == "https://desa.test"


WHATSAPP = {
    "WHATSAPP_TOKEN": "EAAwachtwoord",
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_APP_SECRET": "wachtwoord",
    "WHATSAPP_VERIFY_TOKEN": "wachtwoord",
}


@pytest.mark.parametrize("missing", ["WHATSAPP_PHONE_NUMBER_ID", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"])
def test_whatsapp_needs_all_of_its_settings_and_says_in_one_line_which_is_missing(missing: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=missing) as error:
        read(tmp_path, **{name: value for name, value in WHATSAPP.items() if name != missing})
    assert "wachtwoord" not in str(error.value) and "\n" not in str(error.value)
    with pytest.raises(BadSetting, match=missing):
        read(tmp_path, **{**WHATSAPP, missing: " "})


def test_without_its_token_whatsapp_is_off(tmp_path: Path) -> None:
    config = read(tmp_path, **{**WHATSAPP, "WHATSAPP_TOKEN": ""})
    assert config.whatsapp_token == ""
    assert read(tmp_path, **WHATSAPP).whatsapp_api == "https://graph.facebook.com/v26.0"


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"# settings\nexport PORT='9001'\nHOST = 0.0.0.0\n#PORT=9\nTELEGRAM_BOT_TOKEN=\"{TOKEN}\"\n"
    )
    config = read(tmp_path, HOST="127.0.0.2")
    assert (config.host, config.port, config.telegram_token) == ("127.0.0.2", 9001, TOKEN)


def test_an_empty_setting_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, TELEGRAM_BOT_TOKEN=" ", PORT="").port == 8080


def test_a_settings_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe")
    with pytest.raises(BadSetting, match=r"\.env"):
        read(tmp_path)


def test_paths_begin_in_the_working_folder_unless_they_are_whole(tmp_path: Path) -> None:
    assert read(tmp_path, DATABASE_URL="sqlite:///data/a.db").database == tmp_path / "data" / "a.db"
    assert read(tmp_path, DATABASE_URL="sqlite:////tmp/a.db").database == Path("/tmp/a.db")
    assert read(tmp_path, CACHE_DIR="learnt").cache == tmp_path / "learnt"
    assert read(tmp_path, DATABASE_URL="sqlite:////data/a.db").cache == Path("/data/cache")


def test_the_first_start_makes_a_key_only_its_owner_can_read_and_the_next_ones_keep_it(tmp_path: Path) -> None:
    config, file = read_config({}, tmp_path), tmp_path / "var" / "secret.key"
    assert not file.exists(), "a command that keeps nothing leaves nothing behind"
    first = config.keys
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Fernet(first[0])
    assert read_config({}, tmp_path).keys == first


def test_a_damaged_key_file_is_said_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    for content in ("", "no key", "x" * 44):
        file.write_text(content)
        with pytest.raises(BadSetting, match=r"secret\.key") as error:
            _ = read_config({"DATABASE_URL": f"sqlite:///{tmp_path}/a.db"}, tmp_path).keys
        assert "\n" not in str(error.value)
        assert file.read_text() == content


def test_the_first_of_several_keys_is_the_one_that_seals(tmp_path: Path) -> None:
    other = Fernet.generate_key().decode()
    assert read(tmp_path, SECRET_KEYS=f"{other}, {KEY}").keys == (other, KEY)


def test_a_new_database_beside_another_gets_a_key_of_its_own(tmp_path: Path) -> None:
    one, two = (read_config({"DATABASE_URL": f"sqlite:///{name}/a.db"}, tmp_path) for name in ("one", "two"))
    assert one.keys != two.keys
