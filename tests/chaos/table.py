"""The table of docs/reliability.md: a row for each fault, the newest figures of each."""

import fcntl
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from tests.chaos.outcome import Fault, Outcome

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by make chaos -->\n", "<!-- end of figures -->\n"
_COLUMNS = ("fault", "what was done", "N", "failures", "bound", "figures", "stock echo bot", "on", "took")
HEAD = f"| {' | '.join(_COLUMNS)} |\n{'|---' * len(_COLUMNS)}|\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, as it is printed."""

    fault: str
    what: str
    trials: str
    failures: int
    bound: str
    figures: str
    stock: str
    on: str
    seconds: int

    @classmethod
    def of(cls, fault: Fault, outcome: Outcome, seconds: float) -> Self:
        """The line for what came of a fault."""
        today = datetime.now(UTC).date().isoformat()
        trials = f"{outcome.trials:,}"
        return cls(
            fault.id,
            fault.what,
            trials,
            outcome.failures,
            outcome.bound,
            outcome.figures,
            outcome.stock,
            today,
            round(seconds),
        )

    def line(self) -> str:
        """As a row of a Markdown table."""
        cells = [str(one).replace("|", "\\|") for one in asdict(self).values()]
        return f"| {' | '.join(cells)} s |\n"


def keep(row: Row, page: Path = PAGE) -> None:
    """Put a row into the page in place of the fault's last one; faults stand in the order of their numbers."""
    with page.open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # faults are made side by side
        text = _with(row, file.read())
        file.seek(0)
        file.write(text)
        file.truncate()


def _with(row: Row, text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    held, _, after = rest.partition(END)
    rows = {line.split("|")[1].strip(): line for line in held.removeprefix(HEAD).splitlines(keepends=True)}
    rows[row.fault] = row.line()
    table = "".join(rows[one] for one in sorted(rows, key=_number))
    return f"{before}{BEGIN}{HEAD}{table}{END}{after}"


def _number(fault: str) -> tuple[int, str]:
    digits = "".join(one for one in fault if one.isdigit())
    return int(digits), fault
