"""One person in several chats: joined by a code from one that its person types into the other, parted by a word in either.

    sambungkan        a code, for ten minutes and once (join/code)
    s-XXXX-XXXX       typed in another chat: are both yours? (join/ask); whatever is wrong with it is said alike (join/no)
    join-yes:XXXX     both are one (join/done); the other chat is told (join/told)
    pisahkan          each is on its own again, with what came from it (part/done, part/told)

What officers do stays in the chat in which they took their office: an officer's chat is not joined.
"""

import hashlib
import re
from datetime import timedelta

from bot.dialogue.choices import label, split
from bot.dialogue.turn import Turn
from bot.model.conversation import Conversation
from bot.model.effects.joining import Join, OfferJoining, Part, TriedJoining
from bot.model.effects.telling import TellBeside
from bot.model.joining import MOST_CHATS, Chat
from bot.model.messages import Button, Incoming, Reply
from bot.model.step import Step

MINUTES = 10
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_SIGNS = f"[{_LETTERS}]{{4}}"
_CODE = re.compile(rf"s[\s.-]{{0,3}}({_SIGNS})[\s.-]{{0,3}}({_SIGNS})", re.IGNORECASE)
_LONGEST = 24


def code_in(incoming: Incoming) -> str:
    """The code a message consists of, typed or on the button by which one agrees; "" for none."""
    if incoming.kind == "button":
        kind, code = split(incoming.button)
        return code if kind == "join-yes" and _is_code(code) else ""
    found = _CODE.fullmatch(incoming.text.strip()[:_LONGEST]) if incoming.kind == "text" else None
    code = (found[1] + found[2]).upper() if found else ""
    return code if _is_code(code) else ""


def listen(turn: Turn) -> Step | None:
    """The words that join and part, a code, and the answer to it."""
    kind, _ = turn.button
    if turn.says("join"):
        return _offered(turn)
    if turn.says("part"):
        return _parted(turn)
    if kind == "join-yes":
        return _joined(turn, code_in(turn.incoming))
    if kind == "join-no":
        return turn.step(Reply("join/kept", buttons=(_menu(),)))
    return _asked(turn, code) if (code := code_in(turn.incoming)) else None


def channels(chats: tuple[Chat, ...]) -> list[str]:
    """Where somebody's other chats are, each channel once."""
    return list(dict.fromkeys(one.channel for one in chats))


def way(talk: Conversation) -> tuple[Button, ...]:
    """The button by which somebody joins another chat, or parts them."""
    if talk.known.officer:
        return ()
    return _way_out(talk.known.beside) or (label("join", "do:join"),)


def _offered(turn: Turn) -> Step:
    known = turn.conversation.known
    if known.officer:
        return turn.step(Reply("join/officer", buttons=(_menu(),)))
    if len(known.beside) + 1 >= MOST_CHATS:
        return turn.step(_with(turn))
    code = _code(known.token)
    facts = {"code": f"s-{code[:4]}-{code[4:]}", "minutes": MINUTES, "channels": channels(known.beside)}
    buttons = (*_way_out(known.beside), _menu())
    offering = OfferJoining(code, turn.incoming.at + timedelta(minutes=MINUTES))
    return turn.step(Reply("join/code", facts, buttons, passing=MINUTES), effects=(offering,))


def _asked(turn: Turn, code: str) -> Step:
    """Once more, for a code may have come from somebody else."""
    other = turn.conversation.known.offer
    if other is None or turn.conversation.known.officer:
        return _refused(turn)
    buttons = (label("join-yes", f"join-yes:{code}"), label("join-no", f"join-no:{code}"))
    return turn.step(Reply("join/ask", {"channel": other.channel}, buttons))


def _joined(turn: Turn, code: str) -> Step:
    known = turn.conversation.known
    if known.offer is None or known.officer:
        return turn.step(_with(turn)) if known.beside else _refused(turn)
    told = Reply("join/told", {"channel": turn.incoming.address.channel}, (*_way_out((known.offer,)), _menu()))
    buttons = (label("cases", "do:cases"), *_way_out((known.offer,)), _menu())
    done = Reply("join/done", {"channel": known.offer.channel}, buttons)
    return turn.step(done, effects=(Join(known.offer.person, code), TellBeside(told)))


def _parted(turn: Turn) -> Step:
    others = turn.conversation.known.beside
    if not others:
        return turn.step(Reply("part/none", buttons=(label("join", "do:join"), _menu())))
    told = Reply("part/told", {"channel": turn.incoming.address.channel}, (_menu(),))
    done = Reply("part/done", buttons=(label("clear", "do:clear"), _menu()))
    return turn.step(done, effects=(TellBeside(told, gently=True), Part()))


def _refused(turn: Turn) -> Step:
    """The same words for every fault, and it counts."""
    return turn.step(Reply("join/no", buttons=(_menu(),)), effects=(TriedJoining(),))


def _with(turn: Turn) -> Reply:
    beside = turn.conversation.known.beside
    return Reply("join/with", {"channels": channels(beside)}, (*_way_out(beside), _menu()))


def _way_out(others: tuple[Chat, ...]) -> tuple[Button, ...]:
    return (label("separate", "do:part"),) if others else ()


def _menu() -> Button:
    return label("menu", "do:menu")


def _code(token: str) -> str:
    """Eight signs of fresh chance, of which some are letters and some digits, so that no word nor number is taken for a code."""
    chance = hashlib.sha256(token.encode()).digest()
    code = "".join(_LETTERS[byte % len(_LETTERS)] for byte in chance[:8])
    return code if _is_code(code) else _code(chance.hex())


def _is_code(code: str) -> bool:
    """Whether it could have been given: letters stand in its first half, and a digit somewhere."""
    whole = len(code) == 8 and all(sign in _LETTERS for sign in code)
    return whole and not code[:4].isdecimal() and any(sign.isdecimal() for sign in code)
