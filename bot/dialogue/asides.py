"""What comes up in the middle of a form: whether a message belongs to the question that waits, or is another matter."""

from bot.dialogue import fields
from bot.dialogue.choices import split
from bot.dialogue.turn import Turn
from bot.model.conversation import Filling
from bot.model.forms import Field

OWN_BUTTONS = ("agree", "decline", "field", "village", "skip", "send", "edit", "edit-line", "past-village")
OWN_WORDS = ("yes", "no", "skip", "send")
_OF_A_QUESTION = (*OWN_BUTTONS, "why", "do")
_SURE = 0.85


def elsewhere(turn: Turn, filling: Filling) -> bool:
    """A command, a button of elsewhere, or a question asked in between."""
    kind, what = turn.button
    if kind:
        return kind not in OWN_BUTTONS and (kind, what) not in (("do", "skip"), ("do", "send"))
    if not turn.typed:
        return turn.incoming.attachment is None
    if turn.heard.command in OWN_WORDS or _chooses(turn, filling):
        return False
    return bool(turn.heard.command) or _is_question(turn, filling)


def goes_on(turn: Turn, filling: Filling) -> bool:
    """ "Lanjut" below the answer to something else: on with the form, not the name of a village or of a person."""
    field = asked(turn, filling)
    if field is None or field.options or field.kind == "yes-no" or wants_a_story(field):
        return False
    beside = any(split(button)[0] not in _OF_A_QUESTION for button in turn.conversation.shown)
    return turn.typed and turn.heard.command == "yes" and beside


def _chooses(turn: Turn, filling: Filling) -> bool:
    """The words are one of the choices offered, whatever else they might mean."""
    field = asked(turn, filling)
    return field is not None and bool(field.options) and isinstance(fields.read(turn, field), fields.Taken)


def takes(turn: Turn, field: Field) -> bool:
    """The field wants words, or is answered by these, if only by something like them to choose from."""
    if field.kind == "text":
        return True
    read = fields.read(turn, field)
    return isinstance(read, fields.Taken) or read.phrase == "form/villages"


def asked(turn: Turn, filling: Filling) -> Field | None:
    """The question that waits for an answer."""
    form = turn.release.form(filling.form)
    return form.field(filling.field) if form and filling.asking == "field" else None


def _is_question(turn: Turn, filling: Filling) -> bool:
    """Asked in between: said so, or shaped like a question and surely one of ours; a story may hold questions itself."""
    text = turn.incoming.text.lower()
    field = asked(turn, filling)
    if wants_a_story(field):
        return False
    if any(words in text for words in turn.release.content.small_words.asking):
        return True
    if not any(char.isalpha() for char in text):
        return False
    if field is not None and not text.rstrip().endswith("?") and takes(turn, field):
        return False
    found = turn.release.find(turn.heard.terms)
    no_place = field is not None and field.kind == "village" and text.rstrip().endswith("?")
    return bool(found.topic) and (no_place or found.candidates[0].score >= _SURE)


def wants_a_story(field: Field | None) -> bool:
    """Whether whatever is written may well be the answer itself; it is never a name."""
    return field is not None and field.kind == "text" and field.id != "name"
