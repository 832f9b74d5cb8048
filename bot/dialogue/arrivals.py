"""Who comes by a village's poster: by its link, or by typing the code that stands on it.

A code says for which village somebody asks. It is remembered for the forms, where it is shown and can be changed; it grants
nothing and shows nothing of anybody.
"""

from bot.dialogue import worker
from bot.dialogue.choices import anchored
from bot.dialogue.menu import menu_reply
from bot.dialogue.turn import Turn
from bot.model.messages import Reply
from bot.model.step import Step
from bot.model.villages import Village
from bot.understanding.release import Release
from bot.understanding.villages import CODE

_AS_LONG_AS_A_CODE = 40


def greet(turn: Turn) -> Step | None:
    """The first words, and a start with or without something in its link."""
    if turn.incoming.kind != "start" or worker.code_in(turn.incoming):
        return None
    payload = turn.incoming.text.strip()
    if payload == "officer":
        return turn.step(anchored(Reply("desk/code")), desk="code:")
    village, replies = village_of(payload, turn.release), opening(payload, turn.release, turn.language)
    return _remembering(turn, village, replies) if village else turn.step(*replies)


def listen(turn: Turn) -> Step | None:
    """The code of a poster, typed; a slip in it is said, since nothing else looks like one."""
    code = typed(turn)
    if not code or turn.conversation.talking:
        return None
    menu, village = menu_reply(turn.release, turn.language), turn.release.villages.get(code)
    if village is None:
        return turn.step(Reply("village/unknown"), menu, misses=0)
    return _remembering(turn, village, (_welcome(village, turn.release), menu))


def opening(payload: str, release: Release, language: str) -> tuple[Reply, ...]:
    """What a talk begins with for whoever comes by a link with this in it; of no village of ours nothing is said."""
    if code := worker.code_of(payload):
        return (worker.question(code),)
    village = village_of(payload, release)
    noted = (_welcome(village, release),) if village else ()
    return (anchored(Reply("welcome")), *noted, menu_reply(release, language))


def village_of(payload: str, release: Release) -> Village | None:
    """The village a link names, with the dots of its code or without."""
    return release.villages.get(_dotted(payload))


def typed(turn: Turn) -> str:
    """The village's code a message consists of, but for words as they stand around a number; "" when it says more."""
    text = turn.incoming.text.strip()
    if not turn.typed or len(text) > _AS_LONG_AS_A_CODE:
        return ""
    around = turn.release.content.small_words.around
    left = [word for word in text.lower().split() if word.strip(".,:") not in around]
    return _dotted(left[0].rstrip(".,")) if len(left) == 1 else ""


def _dotted(code: str) -> str:
    """As the list has it: 35.05.01.2001; "" when this is no code by its looks."""
    found = CODE.fullmatch(code)
    return ".".join(found.groups()) if found else ""


def _remembering(turn: Turn, village: Village, replies: tuple[Reply, ...]) -> Step:
    remembered = {**turn.conversation.remembered, "village": village.code}
    return turn.step(*replies, remembered=remembered, misses=0)


def _welcome(village: Village, release: Release) -> Reply:
    return Reply("village/welcome", {"place": release.place(village.code)})
