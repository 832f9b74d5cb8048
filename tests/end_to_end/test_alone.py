"""One `serve` on a database at a time; other commands go on working beside it."""

import subprocess
import sys
from pathlib import Path

from tests.end_to_end.service import Service, free_port, running


def test_a_second_serve_ends_with_one_clear_line_and_the_first_goes_on(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        second = Service(tmp_path, port=free_port())
        ended = _served(second)
        assert (ended.returncode, ended.stdout) == (1, "")
        (line,) = ended.stderr.splitlines()
        assert "another serve works on" in line and "desmigratif.db" in line
        assert first.command("case", "list", "--json") == "[]\n"
        assert first.command("dead", "list") == "none\n"
        first.kill()
        first.start()


def _served(service: Service) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "serve"]
    return subprocess.run(
        command,
        cwd=service.folder,
        env=service.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
