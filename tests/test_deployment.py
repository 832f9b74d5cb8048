"""What image, composition, units and proxy promise, held against the files; by the tools themselves where they are."""

import json
import re
import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.app import STOP_WITHIN
from bot.web.sessions import SESSION, VISITOR

HOUSE = Path(__file__).parents[1]
NGINX = HOUSE / "docs" / "deploy" / "nginx"
COMPOSE: dict[str, Any] = yaml.safe_load((HOUSE / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
UNIT = (HOUSE / "docs" / "deploy" / "desmigratif@.service").read_text("utf-8")
_HOST = re.compile(r"https?://(?!127\.0\.0\.1)|--index-url|--extra-index|\b[\w-]+\.(?:io|com|org|net)\b")
"""The address of somebody's machine; a test's own is this one."""


def dockerfile() -> list[tuple[str, str]]:
    """Its instructions in order, each with what it says."""
    whole = re.sub(r"\\\n\s*", "", (HOUSE / "Dockerfile").read_text("utf-8"))
    lines = [line for line in whole.splitlines() if line and not line.startswith("#")]
    return [(name, rest) for name, rest in (line.split(" ", 1) for line in lines)]


def last_stage() -> list[tuple[str, str]]:
    """Of the image that is made, not of the one it is built in."""
    begins = max(n for n, (name, _) in enumerate(dockerfile()) if name == "FROM")
    return dockerfile()[begins:]


def said(name: str) -> list[str]:
    return [rest for one, rest in last_stage() if one == name]


def test_the_image_is_made_in_two_stages_and_only_what_runs_stays() -> None:
    froms = [rest for name, rest in dockerfile() if name == "FROM"]
    assert len(froms) == 2 and froms[0].endswith(" AS build") and "AS" not in froms[1]
    assert said("COPY") == ["--from=build /srv /srv"]


def test_the_image_runs_as_nobody_in_particular_and_installs_what_the_lock_names() -> None:
    (user,) = said("USER")
    assert user.split(":")[0] == "10001" == SERVICES["desmigratif"]["user"].split(":")[0]
    installs = [rest for name, rest in dockerfile() if name == "RUN" and "pip install" in rest]
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs) and len(installs) == 2


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", ".dockerignore"])
def test_no_machine_is_named_from_which_anything_comes(file: str) -> None:
    lines = (HOUSE / file).read_text("utf-8").splitlines()
    assert [line for line in lines if _HOST.search(line)] == []


def test_the_image_holds_what_the_program_reads_and_no_secret() -> None:
    rules = (HOUSE / ".dockerignore").read_text("utf-8").splitlines()
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == {
        *("bot", "db", "locales", "content", "requirements.lock", "pyproject.toml", "README.md")
    }
    copied = {
        one for name, rest in dockerfile() if name == "COPY" and "--from" not in rest for one in rest.split()[:-1]
    }
    assert copied == {rule[1:] for rule in rules if rule.startswith("!")}


def test_settings_of_the_image_leave_the_database_to_the_file_of_settings() -> None:
    """The environment counts before the file: what the image said there nobody could change in it."""
    named = {pair.split("=")[0] for line in said("ENV") for pair in shlex.split(line)}
    assert named <= {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "HOST", "PORT", "LOG_FORMAT"}


def test_the_image_asks_its_own_health() -> None:
    (check,) = said("HEALTHCHECK")
    command = json.loads(check.split("CMD ", 1)[1])
    assert command[:2] == ["python", "-c"] and "/health" in command[2]
    compile(command[2], "the check", "exec")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_container_can_write_nowhere_but_where_it_must_and_do_nothing_but_its_work(name: str) -> None:
    one = SERVICES[name]
    assert one["read_only"] is True and one["cap_drop"] == ["ALL"] and "cap_add" not in one
    assert "no-new-privileges:true" in one["security_opt"] and "privileged" not in one
    assert one["user"].split(":")[0] not in ("0", "root")
    assert any(place.startswith("/tmp") for place in one["tmpfs"])
    written = [place for place in one["volumes"] if not place.endswith(":ro")]
    assert {place.split(":")[0] for place in written} <= set(COMPOSE["volumes"])
    assert one["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_container_says_whether_it_is_well_and_the_next_waits_for_it(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD" and {"interval", "timeout", "start_period", "retries"} <= check.keys()
    assert {one["condition"] for one in SERVICES[name].get("depends_on", {}).values()} <= {"service_healthy"}


def test_secrets_come_as_files_and_stand_in_no_setting() -> None:
    for name, one in SERVICES.items():
        wanted = {secret if isinstance(secret, str) else secret["source"] for secret in one["secrets"]}
        assert wanted and wanted <= COMPOSE["secrets"].keys(), name
        open_ = {key for key in one.get("environment", {}) if re.search("PASSWORD|TOKEN|KEY|SECRET|URL", key)}
        assert open_ <= {"POSTGRES_PASSWORD_FILE"}
    assert all(list(secret) == ["file"] for secret in COMPOSE["secrets"].values())
    forgotten = (HOUSE / ".gitignore").read_text("utf-8").splitlines()
    files = [Path(secret["file"]) for secret in COMPOSE["secrets"].values()]
    assert all(any(file.match(rule) for rule in forgotten if not rule.endswith("/")) for file in files)


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [port for one in SERVICES.values() for port in one.get("ports", ())] == ["127.0.0.1:8080:8080", "443:443"]
    assert SERVICES["nginx"]["profiles"] == ["proxy"]
    assert SERVICES["nginx"]["network_mode"] == "service:desmigratif"


def test_whoever_stops_the_service_lets_it_end() -> None:
    assert int(SERVICES["desmigratif"]["stop_grace_period"].rstrip("s")) > STOP_WITHIN + 2
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.M)[0]) > STOP_WITHIN + 2


def test_the_dump_is_not_older_than_the_server() -> None:
    """Debian 12, on which the image stands, has PostgreSQL 15; a dump of a newer server is refused."""
    assert "postgresql-client" in said("RUN")[0] and said("FROM")[0].endswith("-bookworm")
    assert SERVICES["postgres"]["image"] == "postgres:15-bookworm"


def test_each_worker_listens_where_the_proxy_looks() -> None:
    assert "PORT=%i" in UNIT and "HOST=127.0.0.1" in UNIT
    named = re.findall(r"desmigratif@(\d+)", UNIT)
    for upstream in re.findall(r"upstream \w+ \{(.*?)\}", (NGINX / "workers.conf").read_text("utf-8"), re.S):
        assert re.findall(r"server 127\.0\.0\.1:(\d+)", upstream) == named
    one = (NGINX / "one.conf").read_text("utf-8")
    assert set(re.findall(r"server 127\.0\.0\.1:(\d+)", one)) == {SERVICES["desmigratif"]["environment"]["PORT"]}


def test_whoever_has_a_chat_or_a_seat_stays_with_one_worker() -> None:
    named = set(re.findall(r"\$cookie_(\w+)", (NGINX / "workers.conf").read_text("utf-8")))
    assert named == {VISITOR, SESSION}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """With another program in place of ours, which is not installed here."""
    text = re.sub(r"^ExecStart=.*$", f"ExecStart={shutil.which('true')}", UNIT, flags=re.M)
    (tmp_path / "desmigratif@8081.service").write_text(text.replace("User=desmigratif", "User=daemon"), "utf-8")
    shutil.copy(HOUSE / "docs" / "deploy" / "desmigratif.target", tmp_path)
    files = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(
        ["systemd-analyze", "verify", *files], capture_output=True, text=True, timeout=60, check=False
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if str(tmp_path) in line or "desmigratif" in line]
    assert ours == []


@pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx here")
@pytest.mark.parametrize("upstreams", ["one.conf", "workers.conf"])
def test_nginx_understands_its_files(upstreams: str, tmp_path: Path) -> None:
    _certify(tmp_path)
    site = (NGINX / "site.conf").read_text("utf-8").replace("/etc/nginx/tls", str(tmp_path))
    (tmp_path / "site.conf").write_text(site, "utf-8")
    includes = f"include {NGINX / upstreams}; include {tmp_path / 'site.conf'};"
    whole = f"pid {tmp_path}/pid; events {{}} http {{ {includes} access_log off; }}"
    (tmp_path / "nginx.conf").write_text(whole, "utf-8")
    nginx = [shutil.which("nginx") or "", "-t", "-q", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(nginx, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def _certify(folder: Path) -> None:
    """A certificate of nobody's, which nginx wants to see before it says anything."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "desa.test")]),
    )
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime(2026, 1, 1, tzinfo=UTC)).not_valid_after(
        datetime(2026, 1, 1, tzinfo=UTC) + timedelta(9)
    )
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(encoding))
    (folder / "privkey.pem").write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
