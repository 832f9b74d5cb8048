"""One question of a form: how it is asked, and what counts as an answer to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.dialogue import kept_of_you
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.content import said
from bot.model.conversation import Filling
from bot.model.forms import Field, Form
from bot.model.messages import Attachment, Button, Reply

LONGEST = 1_000
LONGEST_NAME = 60
_PHONE = re.compile(r"\+?\d{8,15}")
_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer: the value as kept, and the attachment if it is one."""

    value: str
    media: Attachment | None = None


Read = Taken | Reply


def ask(turn: Turn, form: Form, filling: Filling) -> Reply:
    """The question, with its place in the form, its choices, and the ways round it."""
    field = form.field(filling.field)
    if field is None:
        raise LookupError(f"form {form.id} has no field {filling.field}")
    asked = questions(form, filling)
    facts = {
        "number": asked.index(field) + 1,
        "count": len(asked),
        "ask": said(field.ask, turn.language),
        "example": "" if field.options else said(field.example, turn.language),
    }
    *skip, cancel = _ways_round(field)
    ways = (*skip, *kept_of_you.why_button(field.id, len(field.options)), cancel)
    return Reply("form/ask", facts, (*_options(field, turn.language), *_past_village(field, form, filling), *ways))


def questions(form: Form, filling: Filling) -> list[Field]:
    """What the form asks, as it looks now; not what was known before it was opened, unless that is to be changed."""
    return [
        one
        for one in form.fields
        if one.id == filling.field or (one.fits(filling.answers) and one.id not in filling.known)
    ]


def read(turn: Turn, field: Field) -> Read:
    """What the person answered, or what to say when it is no answer."""
    if turn.button == ("skip", field.id) or turn.says("skip"):
        return Taken("") if field.skip else _error(turn, field)
    return _READERS[field.kind](turn, field)


def _options(field: Field, language: str) -> tuple[Button, ...]:
    return tuple(Button(f"field:{field.id}:{one.id}", label=said(one.label, language)) for one in field.options)


def _past_village(field: Field, form: Form, filling: Filling) -> tuple[Button, ...]:
    """Whose village it is, is asked in any case; who hears of it is for them to say."""
    return (past_village(form, filling),) if field.kind == "village" and form.opens == "case" else ()


def past_village(form: Form, filling: Filling) -> Button:
    """Not to my village, or to my village after all."""
    wish, phrase = ("no", "to-village") if filling.past_village else ("yes", "past-village")
    return label(phrase, f"past-village:{form.id}:{wish}")


def _ways_round(field: Field) -> tuple[Button, ...]:
    skip = (label("skip", f"skip:{field.id}"),) if field.skip else ()
    return (*skip, label("cancel", "do:cancel"))


def _error(turn: Turn, field: Field) -> Reply:
    buttons = (*_options(field, turn.language), *_ways_round(field))
    if not said(field.error, turn.language):
        return Reply("form/error-default", {"kind": field.kind}, buttons)
    return Reply("form/error", {"error": said(field.error, turn.language), "default": ""}, buttons)


def _choice(turn: Turn, field: Field) -> Read:
    kind, what = turn.button
    chosen = what.removeprefix(f"{field.id}:") if kind == "field" and what.startswith(f"{field.id}:") else ""
    for option in field.options:
        if option.id == chosen or (turn.typed and _means(turn, field) == option.id):
            return Taken(option.id)
    written = _written(turn, field) if turn.typed else ""
    return Taken(written) if written else _error(turn, field)


def written_out(turn: Turn, field: Field) -> bool:
    """Whether the words are one of the choices offered and nothing more."""
    return turn.typed and bool(field.options) and bool(_written(turn, field))


def _written(turn: Turn, field: Field) -> str:
    """The option written out, or the only one whose label holds all that was written ("sd" for "SD atau MI")."""
    tokens = turn.release.normaliser.tokens
    typed = tokens(turn.incoming.text)
    labels = [(option.id, tokens(words)) for option in field.options for words in option.label.values()]
    whole = [id for id, label in labels if typed and label == typed]
    partly = {id for id, label in labels if typed and set(typed) <= set(label)}
    return whole[0] if whole else partly.pop() if len(partly) == 1 else ""


def _means(turn: Turn, field: Field) -> str:
    """Yes or no in any of the words people have for it."""
    return turn.heard.command if field.kind == "yes-no" else ""


def _text(turn: Turn, field: Field) -> Read:
    text = turn.incoming.text.strip()
    most = field.high or (LONGEST_NAME if field.id == "name" else LONGEST)
    if len(text) > most:
        return Reply("form/too-long", {"most": most}, _ways_round(field))
    return Taken(text) if turn.typed and text else _error(turn, field)


def _agency(turn: Turn, field: Field) -> Read:
    """A company's name as it is written, or one of the choices beside it."""
    chosen = _choice(turn, field)
    return chosen if isinstance(chosen, Taken) or not turn.typed else _text(turn, field)


def _number(turn: Turn, field: Field) -> Read:
    found = re.search(r"\d{1,9}", turn.incoming.text) if turn.typed else None
    number = int(found.group()) if found else -1
    fits = number >= (field.low or 0) and (field.high is None or number <= field.high)
    return Taken(str(number)) if found and fits else _error(turn, field)


def _phone(turn: Turn, field: Field) -> Read:
    digits = re.sub(r"[\s().-]", "", turn.incoming.text)
    return Taken(digits) if turn.typed and _PHONE.fullmatch(digits) else _error(turn, field)


def _date(turn: Turn, field: Field) -> Read:
    found = _DATE.search(turn.incoming.text) if turn.typed else None
    if found is None:
        return _error(turn, field)
    day, month, year = map(int, found.groups())
    try:
        return Taken(date(year, month, day).isoformat())
    except ValueError:
        return _error(turn, field)


def _media(turn: Turn, field: Field) -> Read:
    attachment = turn.incoming.attachment
    return Taken(attachment.kind, attachment) if attachment else _error(turn, field)


def _village(turn: Turn, field: Field) -> Read:
    """From the official list: certain when one fits exactly, else the person chooses; never guessed."""
    kind, what = turn.button
    if kind == "village":
        return (
            Taken(what)
            if turn.release.villages.get(what)
            else Reply("form/village-unknown", buttons=_ways_round(field))
        )
    if not turn.typed:
        return _error(turn, field)
    finding = turn.release.villages.find(turn.incoming.text)
    if finding.certain:
        return Taken(finding.matches[0].code)
    if not finding.matches:
        return Reply("form/village-unknown", buttons=_ways_round(field))
    buttons = tuple(Button(f"village:{one.code}", label=turn.release.place(one.code)) for one in finding.matches)
    return Reply("form/villages", buttons=(*buttons, *_ways_round(field)))


_READERS: dict[str, Callable[[Turn, Field], Read]] = {
    "choice": _choice,
    "yes-no": _choice,
    "text": _text,
    "number": _number,
    "phone": _phone,
    "date": _date,
    "media": _media,
    "village": _village,
    "agency": _agency,
}
