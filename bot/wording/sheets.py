"""Cases and statistics as tables for a file: their heads and cells in the language of who asked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.casework.masking import Line as Answer
from bot.casework.masking import masked, revealed
from bot.casework.numbers import sayable
from bot.casework.tables import OTHERS, Line, Table, measures
from bot.model.case import Case
from bot.model.forms import Form
from bot.sheets import Sheet, Value
from bot.wording.write import Wording

_CASE = ("number", "kind", "urgency", "state", "outcome", "place", "code", "opened", "due", "closed", "officer")
_PERSON = ("name", "phone", "answers")
_FEW = "<5"


@dataclass(frozen=True, slots=True)
class Heads:
    """Makes the tables. Times are of the village's own clock."""

    wording: Wording
    language: str

    def cases(self, found: Iterable[Case], *, personal: bool) -> Sheet:
        """One line a case; what names a person is covered unless `personal`."""
        head = [self._say(name) for name in (*_CASE, *_PERSON)]
        lines = [(*self._case(one), *self._person(one, revealed if personal else masked)) for one in found]
        return Sheet(self._say("cases"), head, lines)

    def statistics(self, unit: str, by_unit: Table, by_month: Sequence[Line], kinds: Sequence[str]) -> Sheet:
        """One line a place, then one a month: only what may be shown."""
        asked = measures(kinds)
        head = [*(self._say(name) for name in ("part", "code", "place")), *(self._measure(one) for one in asked)]
        places = [*by_unit.lines, *([by_unit.others] if by_unit.others else [])]
        lines = [
            *((self._say("place"), *self._place(one.name, unit), *_numbers(one, asked)) for one in places),
            (self._say("all"), unit, self.wording.release.place(unit), *_numbers(by_unit.total, asked)),
            *((self._say("month"), one.name, "", *_numbers(one, asked)) for one in by_month),
        ]
        return Sheet(self._say("statistics"), [*head, self._say("half"), self._say("most")], lines)

    def _case(self, one: Case) -> tuple[Value, ...]:
        release, zone = self.wording.release, ZoneInfo(self.wording.release.zone(one.village))
        return (
            sayable(one.number),
            release.title_of_form(one.form, self.language),
            self._say(one.urgency),
            self._say(f"state-{one.state}"),
            self.wording.label(one.outcome, self.language) if one.outcome else "",
            release.place(one.village or one.unit),
            one.village or one.unit,
            _time(one.opened, zone),
            _time(one.due, zone),
            _time(one.closed, zone) if one.closed else "",
            one.officer_name,
        )

    def _person(self, one: Case, show: Callable[..., list[Answer]]) -> tuple[str, str, str]:
        """Name, telephone number, and everything else in one cell: each form asks other things."""
        release = self.wording.release
        form = release.form(one.form)
        if form is None:
            return "", "", ""
        lines = show(form, one, self.language, lambda field, value: release.say(field, value, self.language))
        named = {line.field: line.value for line in lines}
        phone = next((named[field] for field in _phones(form) if field in named), "")
        rest = [line for line in lines if line.field != "name" and line.field not in _phones(form) and line.value]
        return named.get("name", ""), phone, "\n".join(f"{line.label}: {line.value}" for line in rest)

    def _place(self, name: str, unit: str) -> tuple[str, str]:
        if name == OTHERS:
            return "", self._say("others")
        return name, self._say("straight") if name == unit else self.wording.release.place(name)

    def _measure(self, measure: str) -> str:
        """What a column counts."""
        _, _, what = measure.partition(":")
        if measure.startswith("kind:"):
            forms = self.wording.release.content.forms.values()
            form = next((one.id for one in forms if one.kind == what), what)
            return self.wording.release.title_of_form(form, self.language)
        if measure.startswith("fate:") and what != "withdrawn":
            return self.wording.label(what, self.language)
        return self._say("state-withdrawn" if what == "withdrawn" else what or measure)

    def _say(self, name: str) -> str:
        return self.wording.phrase(f"sheet/{name}", self.language)


def _phones(form: Form) -> list[str]:
    return [field.id for field in form.fields if field.kind == "phone"]


def _numbers(line: Line, asked: Sequence[str]) -> list[Value]:
    """The numbers of a line, and how many minutes people waited."""
    counts: list[Value] = [line.numbers[measure] or _FEW for measure in asked]
    return [*counts, line.half or "", line.most or ""]


def _time(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
