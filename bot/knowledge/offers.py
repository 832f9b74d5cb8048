"""Judging an offer of work: which signs its answers show, and how grave they are together.

No level means that an offer is good: the least is `ask`, things to find out first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.knowledge.agencies import Finding, Says, look_up
from bot.model.forms import Field, Form, Sign
from bot.model.work import Agency

Level = Literal["stop", "warn", "ask"]
SAYS: tuple[str, ...] = get_args(Says)
_LEVELS: tuple[Level, ...] = get_args(Level)
RANGE = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class Judgement:
    """How grave it is, the signs that say so, the gravest first, and what the list says of the company."""

    level: Level
    signs: tuple[Sign, ...]
    finding: Finding


def judge(form: Form, answers: Mapping[str, str], agencies: Sequence[Agency]) -> Judgement:
    """The answers of a form held against its signs."""
    field = company(form)
    finding = look_up(_named(field, answers), agencies)
    meant = {**answers, field.id: finding.says} if field else answers
    fitting = [sign for sign in form.signs if _fits(sign, meant)]
    level = _together(form, fitting)
    told = sorted((one for one in fitting if _told(one, level)), key=lambda one: _LEVELS.index(one.level))
    return Judgement(level, tuple(_with_source(one, field, finding) for one in told), finding)


def company(form: Form) -> Field | None:
    """The question for the company's name, if the form asks it."""
    return next((field for field in form.fields if field.kind == "agency"), None)


def name_of(form: Form, answers: Mapping[str, str]) -> str:
    """The company's name as it was typed; "" when nobody knows it."""
    return _named(company(form), answers)


def _named(field: Field | None, answers: Mapping[str, str]) -> str:
    typed = answers.get(field.id, "") if field else ""
    return "" if field and any(typed == one.id for one in field.options) else typed


def _fits(sign: Sign, meant: Mapping[str, str]) -> bool:
    return all(_counts(meant.get(field, ""), wanted) for field, wanted in sign.when.items())


def _counts(answer: str, wanted: Sequence[str]) -> bool:
    """One of the answers wanted, or a number within one of the ranges."""
    ranges = [RANGE.fullmatch(one) for one in wanted] if answer.isdecimal() else []
    return answer in wanted or any(found and int(found[1]) <= int(answer) <= int(found[2]) for found in ranges)


def _together(form: Form, fitting: Sequence[Sign]) -> Level:
    """The gravest of them; warnings enough are as grave as a stop."""
    if form.stop_at_warnings and sum(one.level == "warn" for one in fitting) >= form.stop_at_warnings:
        return "stop"
    return min((one.level for one in fitting), key=_LEVELS.index, default="ask")


def _told(sign: Sign, level: Level) -> bool:
    """Who must stop is not sent to find things out; what always fits is for those in whose answers we saw no sign."""
    return level == "ask" or (sign.level != "ask") or (level == "warn" and bool(sign.when))


def _with_source(sign: Sign, field: Field | None, finding: Finding) -> Sign:
    """What the list says of a company rests on the company's own row."""
    rests = field is not None and field.id in sign.when and finding.agency is not None
    return replace(sign, source=finding.agency.source) if rests and finding.agency else sign
