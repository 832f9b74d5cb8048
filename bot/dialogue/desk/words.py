"""What an officer writes: to the person, or for the desk alone. Each prompt says who will read it, and so does what follows."""

from bot.casework.states import MOVES
from bot.dialogue.choices import label
from bot.dialogue.desk.canned import facts, offered
from bot.dialogue.desk.parts import ask, buttons, can, moved, not_now, said_by
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.content import said
from bot.model.effects.telling import TellPerson
from bot.model.messages import Button, Reply
from bot.model.step import Step


def reply(turn: Turn, officer: Officer, case: Case, page: str) -> Step:
    """To the person, by the bot: words of one's own, or one of the replies written beforehand."""
    if not can(turn, "reply", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text and not turn.incoming.attachment:
        return ask(turn, case, "desk/write", f"reply:{case.number}", offered(turn, case, page))
    return sent(turn, officer, case, text, said_by(turn, officer, case, answers(case)))


def send_canned(turn: Turn, officer: Officer, case: Case, id: str) -> Step:
    """A reply written beforehand. The book keeps which one, and of which release: with it the words can be read again."""
    canned = turn.release.content.replies.get(id)
    if canned is None or not can(turn, "reply", case, officer):
        return not_now(turn, case)
    kept = f"{said(canned.title, 'id')} [{canned.id}, {turn.release.version}]"
    return sent(turn, officer, case, kept, Reply("told/said", facts(turn, officer, case, canned), answers(case)))


def sent(turn: Turn, officer: Officer, case: Case, kept: str, word: Reply) -> Step:
    """The word goes to the person, what is `kept` of it into the book."""
    writing = moved(turn, officer, case, "to-person", kept, state=MOVES["reply"].to)
    next = (
        label("reply", f"reply:{case.number}"),
        label("close", f"close:{case.number}"),
        label("queue", "do:queue"),
    )
    effects = (writing, TellPerson(case.person, word, talking=case.number))
    return turn.step(Reply("desk/sent", {"number": case.number}, next), effects=effects, desk="")


def answers(case: Case) -> tuple[Button, ...]:
    """What the person may press below an officer's words."""
    return label("write", f"write:{case.number}"), label("menu", "do:menu")


def note(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """For officers only."""
    if not can(turn, "note", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text:
        return ask(turn, case, "desk/write-note", f"note:{case.number}")
    noted = moved(turn, officer, case, "note", text)
    return turn.step(
        Reply("desk/noted", {"number": case.number}, buttons(turn, case, officer)), effects=(noted,), desk=""
    )
