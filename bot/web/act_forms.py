"""What is done with a case by a form of its page, as data: what each act must bring, and what is wrong with what came.

An act goes in as the button `act:number[:rest]` with its words, as `dialogue/desk/entry.py` has it for the chat too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.casework.looks import REASONS
from bot.casework.numbers import read_number
from bot.casework.states import OUTCOMES
from bot.web.forms import LONGEST

Words = Literal["none", "may", "must"]
_BUTTON = 64
_UNIT = "0123456789."
_BITS = frozenset(str(1 << at) for at in range(28))


@dataclass(frozen=True, slots=True)
class Asks:
    """What the form of an act brings: words, and in the field `rest` what stands behind the case's number.

    `read` makes of the form what is sent there, "" of what makes no sense; then `fault` is what is said. `sends` is the act it
    goes in as, where the form has a name of its own; `under` the act of `casework/states.py` by which the form is shown.
    """

    words: Words = "none"
    rest: str = ""
    read: Callable[[Mapping[str, str]], str] = lambda form: ""
    fault: str = ""
    sends: str = ""
    under: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form brought: kept, so that it can be shown again when it could not be taken. `button` is what goes in."""

    act: str = ""
    text: str = ""
    rest: str = ""
    fault: str = ""
    button: str = ""

    def but(self, fault: str) -> "Typed":
        """The same, with what is wrong."""
        return replace(self, fault=fault)


def _one_of(field: str, *known: str) -> Callable[[Mapping[str, str]], str]:
    return lambda form: form[field] if form.get(field) in known else ""


def _day(form: Mapping[str, str]) -> str:
    try:
        return date.fromisoformat(form.get("day", "").strip()).isoformat()
    except ValueError:
        return ""


def _id(form: Mapping[str, str]) -> str:
    given = form.get("reply", "")
    return given if given.replace("-", "").isalnum() and given.isascii() else ""


def _unit(form: Mapping[str, str]) -> str:
    given = form.get("unit", "")
    return given if len(given) <= len("00.00.00.0000") and not given.strip(_UNIT) else ""


def _number(form: Mapping[str, str]) -> str:
    return read_number(form.get("other", ""))


def _shared(form: Mapping[str, str]) -> str:
    """The office, the parts ticked as one number (each `part-8` names its bit), and how the person is asked."""
    ticked = {int(name[5:]) for name in form if name.startswith("part-") and name[5:] in _BITS}
    how = form.get("how", "")
    whole = bool(_unit(form) and ticked) and how in ("ask", "paper")
    return f"{_unit(form)}:{sum(ticked):x}:{how}" if whole else ""


def _referral(form: Mapping[str, str]) -> str:
    given = form.get("referral", "")
    return given if given.isascii() and given.isdecimal() and len(given) < 10 else ""


FORMS: Mapping[str, Asks] = {
    "claim": Asks(),
    "release": Asks(),
    "waiting": Asks(),
    "resume": Asks(),
    "wake": Asks(),
    "unmerge": Asks(),
    "reply": Asks("must"),
    "note": Asks("must"),
    "reopen": Asks("must"),
    "said": Asks("must"),
    "withdraw-for": Asks("none", "sure", _one_of("sure", "yes"), "unknown"),
    "ask-help": Asks("must"),
    "reveal": Asks("may", "reason", _one_of("reason", *REASONS), "no-reason"),
    "outcome": Asks("must", "outcome", _one_of("outcome", *OUTCOMES), "no-outcome", under="close"),
    "snooze": Asks("must", "day", _day, "no-day"),
    "canned": Asks("none", "reply", _id, "no-canned"),
    "transfer": Asks("must", "unit", _unit, "no-unit"),
    "transfer-to": Asks("must", sends="transfer", under="transfer"),
    "merge": Asks("none", "other", _number, "no-number"),
    "refer": Asks("none", "unit", _shared, "no-part"),
    "refer-end": Asks("none", "referral", _referral, "unknown", under="refer"),
    "refer-to": Asks("must", sends="refer", under="refer"),
}
_GO_ON = ("canned-send", "transfer", "refer", "merge")
"""Acts in steps: the answer to one brings the buttons of the next."""


def read_act(form: Mapping[str, str], number: str) -> Typed:
    """What is to be done with the case of this number, or what is wrong with it."""
    act, text = form.get("act", ""), form.get("text", "").strip()
    if act == "go-on":
        return _next_step(form.get("button", ""), number)
    if act not in FORMS:
        return Typed(fault="unknown")
    asks = FORMS[act]
    given = form.get(asks.rest, "").strip()[:_BUTTON]
    rest = asks.read(form)
    button = ":".join(part for part in (asks.sends or act, number, rest) if part)
    kept = Typed(act, text if asks.words != "none" else "", given, button=button)
    return kept.but(_fault(kept, asks, rest))


def goes_on(button: str, number: str) -> bool:
    """Whether a button of an answer is the next step of an act on this case, and not a way to somewhere else."""
    act, of, *rest = (*button.split(":"), "")
    return act in _GO_ON and of == number and any(rest) and len(button) <= _BUTTON


def homeless(typed: Typed, acts: Sequence[str]) -> str:
    """The words of a form that is not shown any more, since its act is not possible now: they must not be lost with it."""
    asks = FORMS.get(typed.act, Asks())
    return typed.text if (asks.under or typed.act) not in acts else ""


def _fault(typed: Typed, asks: Asks, rest: str) -> str:
    if asks.rest and not rest:
        return asks.fault
    if len(typed.text) > LONGEST:
        return "too-long"
    must = asks.words == "must" or (typed.act, rest) == ("reveal", "other")
    return "empty" if must and not typed.text else ""


def _next_step(button: str, number: str) -> Typed:
    return Typed("go-on", button=button) if goes_on(button, number) else Typed(fault="unknown")
