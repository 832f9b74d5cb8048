"""The commands as real processes: what they print, and one clear line when something cannot be."""

import json
import re
import shutil
import socket
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.casework.heads import code_of
from bot.store.lock import alone
from tests.command import Command, Ended

HOUSE = Path(__file__).parents[1]
LANTAN = "52.02.12.2001"
TOKEN = "123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345678"
ASK_OFFICER = ("Tanya petugas", "Setuju")
ANSWERS = ("Lantan, Batukliang Utara", "Kapan kantor buka?", "Lewati", "Kirim")


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


@pytest.fixture(scope="session")
def full_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database in which one case was handed in; made once."""
    command = Command(tmp_path_factory.mktemp("full"))
    turns = command.talk("daftar", *ASK_OFFICER, *ANSWERS)
    assert [one["state"] for one in turns[-1]["cases"]] == ["new"], turns[-3:]
    return command.folder


@pytest.fixture
def handed_in(command: Command, full_house: Path) -> Command:
    """A copy of that house."""
    for name in (command.database.name, "secret.key"):
        shutil.copy(full_house / name, command.folder / name)
    return command


def one_line(ended: Ended, *words: str) -> None:
    """Exit 1 with one line on stderr that names these words, and nothing for programmers."""
    assert ended.code == 1, ended
    assert len(ended.err.strip().splitlines()) == 1, ended.err
    assert "Traceback" not in ended.err
    for word in words:
        assert word in ended.err, ended.err


def test_ask_json_prints_one_object(command: Command) -> None:
    (found,) = command("ask", "--json", "Apa itu BP2MI?").lines
    assert set(found) == {"topic", "candidates", "urgent", "lang", "reply"}
    assert isinstance(found["urgent"], bool) and found["reply"] and found["lang"] == "id"
    assert all(set(one) == {"topic", "score"} for one in found["candidates"])
    assert not command.database.exists()


def test_ask_jsonl_answers_line_by_line_in_order(command: Command) -> None:
    asked = [
        {"id": 7, "text": "berapa gaji di taiwan"},
        {"id": "b", "text": "tolong saya dipukul majikan", "lang": "id"},
        {"id": None, "text": "zxqw vbnm", "lang": "en"},
        {"id": 4, "text": ""},
        {"id": 5, "text": "\ud83d half a sign"},
    ]
    ended = command("ask", "--jsonl", stdin="\n".join(map(json.dumps, asked)) + "\n\n")
    assert ended.code == 0, ended.err
    assert [one["id"] for one in ended.lines] == [7, "b", None, 4, 5]
    assert [one["urgent"] for one in ended.lines] == [False, True, False, False, False]
    assert ended.lines[2]["topic"] is None
    assert all({"id", "topic", "candidates", "urgent", "lang", "reply"} == set(one) for one in ended.lines)


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": 1}', "7"])
def test_a_line_that_is_no_question_is_named(line: str, command: Command) -> None:
    ended = command("ask", "--jsonl", stdin=f'{{"id": 1, "text": "halo"}}\n{line}\n')
    one_line(ended, "line 2")
    assert len(ended.lines) == 1


def test_evaluate_tells_the_rates_in_all_and_by_group(command: Command) -> None:
    file = command.folder / "asked.jsonl"
    asked = [
        {"text": "berapa gaji di taiwan", "lang": "id", "gold": ["jobs/wages", "jobs/taiwan"], "kind": "in-scope"},
        {"text": "zxqw vbnm", "lang": "en", "gold": [], "kind": "out-of-scope", "style": "short"},
        {"text": "tolong saya dipukul majikan", "lang": "id", "gold": ["protection/violence"], "kind": "urgent"},
    ]
    file.write_text("".join(json.dumps(one) + "\n" for one in asked), "utf-8")
    (found,) = command("evaluate", "--json", file).lines
    assert (found["questions"], found["right at once"], found["out of scope answered"]) == (3, 1.0, 0.0)
    assert (found["danger caught"], found["wrong as if right"], found["confusions"]) == (1.0, 0.0, [])
    assert set(found["by language"]) == {"id", "en"} and set(found["by style"]) == {"short"}
    assert 0 <= found["calibration"]["error"] <= 1 and found["milliseconds a question"] > 0
    assert "right at once" in command("evaluate", file).out


def test_evaluate_names_a_bad_line_and_what_it_needs(command: Command) -> None:
    file = command.folder / "asked.jsonl"
    file.write_text('{"text": "gaji"}\n', "utf-8")
    one_line(command("evaluate", file), "line 1")
    assert command("evaluate").code == 2


def test_talk_goes_on_after_an_interruption_and_a_restart(command: Command) -> None:
    before = command.talk("daftar", *ASK_OFFICER)
    assert before[-1]["state"] == "form:ask-officer:field:village"
    asked = command.talk("mau tanya, berapa gaji di taiwan?")
    assert asked[-1]["state"] == "form:ask-officer:field:village"
    after = command.talk(*ANSWERS)
    assert [one["state"] for one in after] == ["form:ask-officer:field:question", "form:ask-officer:field:phone",
                                               "form:ask-officer:summary:", "free"]  # fmt: skip
    (case,) = after[-1]["cases"]
    assert (case["kind"], case["state"], case["village"]) == ("ask-officer", "new", LANTAN)
    assert all(set(reply) == {"text", "buttons"} for turn in after for reply in turn["replies"])


def test_talk_takes_every_kind_of_line_and_names_a_bad_one(command: Command) -> None:
    kinds = ("text", "voice", "photo", "sticker", "location", "contact")
    script = "".join(json.dumps({"type": kind, "user": ""}) + "\n" for kind in kinds)
    ended = command("talk", "--script", "-", stdin=script)
    assert ended.code == 0, ended.err
    assert all(turn["replies"] for turn in ended.lines) and len(ended.lines) == len(kinds)
    one_line(command("talk", "--script", "-", stdin='{"type":"fax"}\n'), "line 1")


def test_case_list_shows_what_waits_without_personal_data(handed_in: Command) -> None:
    (found,) = json.loads(handed_in("case", "list", "--json").out)
    assert {"number", "kind", "urgency", "state", "unit", "village", "officer", "opened", "due"} == set(found)
    assert (found["kind"], found["unit"], found["state"]) == ("ask-officer", LANTAN, "new")
    assert json.loads(handed_in("case", "list", "--json", "--unit", "35").out) == []
    assert "Kapan" not in handed_in("case", "list").out


def test_an_officer_is_invited_let_in_and_revoked(command: Command) -> None:
    ended = command("officer", "invite", "--village", LANTAN, "--name", "Bu Ratna")
    assert ended.code == 0, ended.err
    code = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", ended.out)
    assert code and "start=officer" in ended.out
    assert "invited" in command("officer", "list").out
    one_line(command("officer", "link", "1"), "no officer 1")
    command.talk(code.group())
    assert "in office" in command("officer", "list").out
    assert "/officers/login/" in command("officer", "link", "1").out
    assert command("officer", "revoke", "1").code == 0
    assert "revoked" in command("officer", "list").out
    one_line(command("officer", "revoke", "1"), "no officer 1")


def test_an_officer_is_away_and_back_by_the_operators_word(command: Command) -> None:
    command("officer", "invite", "--village", LANTAN, "--name", "Bu Ani")
    day = date.today() + timedelta(days=3)
    assert str(day) in command("officer", "away", "1", "--until", str(day)).out
    one_line(command("officer", "away", "1", "--until", str(date.today() - timedelta(days=2))), "from today on")
    one_line(command("officer", "away", "9", "--until", str(day)), "no officer 9")
    assert command("officer", "away", "1", "--until", "2026-02-31").code == 2
    assert command("officer", "back", "1").code == 0
    one_line(command("officer", "back", "9"), "no officer 9")


def test_a_code_is_good_for_one_person(command: Command) -> None:
    code = re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", command("officer", "invite", "--village", LANTAN, "--name", "Bu").out)
    assert code
    command.talk(code.group())
    script = json.dumps({"type": "text", "user": code.group()})
    command("talk", "--script", "-", "--database", command.database, "--person", "thief", stdin=script)
    assert command("officer", "list").out.count("in office") == 1


def test_verify_ends_with_1_after_one_changed_byte(handed_in: Command) -> None:
    assert handed_in("verify").code == 0
    with closing(sqlite3.connect(handed_in.database)) as file, file:
        file.execute("drop trigger event_is_never_changed")
        file.execute("update event set by_name = 'x'")
    ended = handed_in("verify")
    assert ended.code == 1
    assert "event 1" in ended.err and "Traceback" not in ended.err


def test_a_code_from_paper_shows_that_the_end_of_the_book_was_cut_off(handed_in: Command) -> None:
    with closing(sqlite3.connect(handed_in.database)) as file:
        codes = [code_of(hash) for (hash,) in file.execute("select hash from event order by id")]
    known = handed_in("verify", "--head", codes[-1].lower().replace("-", " "))
    assert known.code == 0 and codes[-1] in known.out and f"event {len(codes)}" in known.out
    one_line(handed_in("verify", "--head", "BCDF-GHJK"), "three times four letters")
    with closing(sqlite3.connect(handed_in.database)) as file, file:
        file.execute("drop trigger event_is_never_deleted")
        file.execute("delete from event where id = ?", (len(codes),))
    assert handed_in("verify").code == 0
    one_line(handed_in("verify", "--head", codes[-1]), codes[-1])


def test_what_was_backed_up_is_there_after_a_restore_and_nothing_is_overwritten(handed_in: Command) -> None:
    target = handed_in.folder / "copy.db"
    assert handed_in("backup", target).code == 0
    one_line(handed_in("backup", target), "exists")
    before = handed_in("case", "list", "--json").out
    handed_in.talk("daftar", *ASK_OFFICER, "Kapan lagi kantor buka?", "Lewati", "Kirim")
    after = handed_in("case", "list", "--json").out
    assert len(json.loads(after)) == 2
    restored = handed_in("restore", target)
    assert restored.code == 0, restored.err
    assert handed_in("case", "list", "--json").out == before
    assert handed_in("verify").code == 0
    kept = next(handed_in.folder.glob("house.db.before-restore-1"))
    assert handed_in("case", "list", "--json", DATABASE_URL=f"sqlite:///{kept}").out == after


def test_a_backup_without_a_name_is_kept_with_those_made_on_a_timer(handed_in: Command) -> None:
    folder = handed_in.folder / "copies"
    ended = handed_in("backup", BACKUP_DIR=str(folder))
    assert ended.code == 0, ended.err
    (made,) = folder.iterdir()
    assert str(made) in ended.out and "1 events, sound" in ended.out
    assert handed_in("restore", made).code == 0
    assert len(json.loads(handed_in("case", "list", "--json").out)) == 1


def test_a_log_that_a_cut_restore_left_alone_is_not_taken_for_the_restored_databases(handed_in: Command) -> None:
    copy, log = handed_in.folder / "copy.db", handed_in.database.with_name("house.db-wal")
    assert handed_in("backup", copy).code == 0
    with closing(sqlite3.connect(handed_in.database, isolation_level=None)) as file:
        file.execute("update person set language = 'en'")
        left = log.read_bytes()
    handed_in.database.unlink()
    log.write_bytes(left)
    assert handed_in("restore", copy).code == 0
    with closing(sqlite3.connect(handed_in.database)) as file:
        assert {row[0] for row in file.execute("select language from person")} == {"id"}


def test_nothing_is_restored_under_a_service_at_work(handed_in: Command) -> None:
    assert handed_in("backup", handed_in.folder / "copy.db").code == 0
    with alone(handed_in.database):
        one_line(handed_in("restore", handed_in.folder / "copy.db"), "stop it first")
    assert not list(handed_in.folder.glob("house.db.before-restore*"))
    assert not list(handed_in.folder.glob("*.restoring*"))


def test_a_damaged_backup_is_not_restored(handed_in: Command) -> None:
    broken = handed_in.folder / "broken.db"
    for content in (b"", b"no database at all" * 99):
        broken.write_bytes(content)
        before = handed_in.database.read_bytes()
        one_line(handed_in("restore", broken), "broken.db")
        assert handed_in.database.read_bytes() == before


def test_a_database_is_not_restored_from_itself(handed_in: Command) -> None:
    one_line(handed_in("restore", handed_in.database), "house.db")
    assert len(json.loads(handed_in("case", "list", "--json").out)) == 1


def test_a_backup_to_nowhere_says_so(handed_in: Command) -> None:
    one_line(handed_in("backup", handed_in.folder / "no-such-folder" / "a.db"))


def test_a_corrupt_database_is_named_and_left_as_it_was(command: Command) -> None:
    command.database.write_bytes(b"dear database " * 1000)
    before = command.database.read_bytes()
    for words in (["case", "list"], ["verify"], ["migrate"], ["officer", "list"], ["serve"]):
        one_line(command(*words, PORT="0"), "house.db")
        assert command.database.read_bytes() == before


def test_a_page_torn_out_of_the_database_is_one_line_too(handed_in: Command) -> None:
    size = handed_in.database.stat().st_size
    with handed_in.database.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xde\xad" * ((size - 8192) // 2))
    one_line(handed_in("verify"))
    one_line(handed_in("case", "list"))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "rahasia-sekali"),
        ("DATABASE_URL", "mysql://u:sandi@h/db"),
        ("PORT", "web"),
        ("CONTENT_DIR", "/no"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_line(setting: str, value: str, command: Command) -> None:
    ended = command("serve", **{setting: value})
    one_line(ended, setting)
    assert "sekali" not in ended.err and "sandi" not in ended.err
    assert not command.database.exists()


def test_content_that_cannot_be_read_is_named_file_by_file(command: Command) -> None:
    content = command.folder / "content"
    shutil.copytree(HOUSE / "content", content)
    (content / "data" / "countries.yaml").write_bytes(b"- {id: \xff\n")
    ended = command("serve", CONTENT_DIR=str(content), PORT="0")
    assert ended.code == 1 and "Traceback" not in ended.err
    assert "countries.yaml" in ended.err


def test_an_empty_content_folder_is_said(command: Command) -> None:
    (command.folder / "content").mkdir()
    ended = command("ask", "halo", CONTENT_DIR="content")
    assert ended.code == 1 and "Traceback" not in ended.err and ended.err


def test_a_taken_port_is_one_line(command: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        one_line(command("serve", PORT=port), port)


def test_an_unknown_village_code_is_one_line(command: Command) -> None:
    one_line(command("officer", "invite", "--village", "99.99.99.9999", "--name", "Bu Ratna"), "99.99.99.9999")
    assert "Bu Ratna" not in command("officer", "list").out


def test_a_lost_key_is_one_line(handed_in: Command) -> None:
    (handed_in.folder / "secret.key").unlink()
    one_line(handed_in("case", "list"), "SECRET_KEYS")


def test_a_script_that_is_not_there_is_no_traceback(command: Command) -> None:
    ended = command("talk", "--script", "none.jsonl")
    assert ended.code in (1, 2) and "Traceback" not in ended.err and "none.jsonl" in ended.err


def test_a_new_key_can_be_used(command: Command) -> None:
    key = command("key").out.strip()
    assert command("migrate", SECRET_KEYS=key).code == 0
    assert command("migrate", SECRET_KEYS=key).out.strip() == "nothing to do"


def test_retry_on_a_sound_house_does_nothing(handed_in: Command) -> None:
    assert handed_in("retry").out.startswith("0 run again")
