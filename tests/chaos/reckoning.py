"""What is left when the dust has settled, held against what people did: the database, and what the phones and pages show."""

import html
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.store.database import Store
from tests.by_hand import ByHand, by_hand
from tests.chaos.ledger import ANSWERED, Ledger

_ANSWERED = """
select i.channel, i.account, i.external_id, count(o.id) from inbox i
left join outgoing o on o.cause = i.id and o.step = 0 group by i.id"""
_LETTERS = """
select a.chat, o.id, o.external_id, o.state, o.priority from outgoing o join address a on a.id = o.address_id
where a.channel = 'telegram' order by o.id"""
_CASES = """select a.chat, count(*) from "case" c join address a on a.person_id = c.person_id group by a.chat"""
_ACTS = "select case_number, kind, count(*) from event where kind in ('claimed', 'to-person') group by 1, 2"

Hand = sqlite3.Connection | ByHand
Log = Mapping[str, Sequence[tuple[int, float, str, str]]]
"""Of each chat: the id, time and text of what it saw, in order, and which life of the service sent it."""


@dataclass
class Reckoning:
    """`faults` say in a line each which promise was broken; `repeats`: which life sent what was sent again, to which chat."""

    faults: list[str] = field(default_factory=list)
    repeats: list[tuple[str, str]] = field(default_factory=list)

    def unexcused(self, killed: Sequence[int]) -> list[str]:
        """What was repeated though nobody killed the life that had sent it, or more than once to one chat."""
        return [
            f"{times} repeats in chat {chat} of what life {life} had sent, {'' if int(life) in killed else 'not '}killed"
            for (life, chat), times in Counter(self.repeats).items()
            if times > 1 or int(life) not in killed
        ]


def reckon(store: Store, ledger: Ledger, log: Log) -> Reckoning:
    """Read the database of a service that is stopped."""
    found = Reckoning(list(ledger.in_vain))
    with by_hand(store) as database:
        found.faults += _unsound(database)
        found.faults += _lost(database, ledger)
        found.faults += _unfinished(database)
        found.faults += _cases(database, ledger)
        _phones(database, log, ledger.cleared, found)
    return found


def _unsound(database: Hand) -> list[str]:
    """Of a server we look at what it says, not at its files."""
    if not isinstance(database, sqlite3.Connection):
        return []
    said = database.execute("pragma integrity_check").fetchone()[0]
    return [] if said == "ok" else [f"the database is damaged: {said}"]


def _lost(database: Hand, ledger: Ledger) -> list[str]:
    """Whatever was said stands in the inbox once, and an answer to it in the outbox, unless it was taken away again."""
    kept = {(channel, account, name): answers for channel, account, name, answers in database.execute(_ANSWERED)}
    lost = [f"lost: {one}" for one in ledger.said if one not in kept]
    emptied = tuple(f"m{chat}:" for chat in ledger.cleared)
    unanswered = [one for one in ledger.said if kept.get(one) == 0 and not one[2].startswith(emptied)]
    return lost + [f"without an answer: {one}" for one in unanswered]


def _unfinished(database: Hand) -> list[str]:
    rows = database.execute("select state, count(*) from outgoing where state <> 'sent' group by state").fetchall()
    aside = database.execute("select count(*) from set_aside").fetchone()[0]
    return [f"{many} letters {state}" for state, many in rows] + ([f"{aside} set aside"] if aside else [])


def _cases(database: Hand, ledger: Ledger) -> list[str]:
    cases: dict[str, int] = dict(database.execute(_CASES).fetchall())
    wrong = {chat for chat, many in cases.items() if many != ledger.sent.count(chat)}
    wrong |= {chat for chat in ledger.sent if chat not in cases}
    acts = [f"{kind} {many} times in case {number}" for number, kind, many in database.execute(_ACTS) if many != 1]
    return [f"chat {chat} has {cases.get(chat, 0)} cases" for chat in sorted(wrong)] + acts


def _phones(database: Hand, log: Log, cleared: Collection[str], found: Reckoning) -> None:
    """Each letter is on its phone, a chat's letters in order; what else stands there is a repeat, unless it was cleared."""
    letters: dict[str, list[tuple[int, int]]] = {}
    for chat, _, external, state, priority in database.execute(_LETTERS):
        if state == "sent" and chat not in cleared:
            letters.setdefault(chat, []).append((priority, int(external)))
    for chat, seen in ((chat, seen) for chat, seen in log.items() if chat not in cleared):
        mine = letters.pop(chat, [])
        known = {id for _, id in mine}
        answers = Counter(text for id, _, text, _ in seen if id in known and ANSWERED in text)
        found.faults += [f"answered {many} times in chat {chat}" for many in answers.values() if many > 1]
        shown = {id for id, _, _, _ in seen}
        found.faults += [f"never shown in chat {chat}: message {id}" for id in known - shown]
        found.faults += [] if _in_order(mine) else [f"out of order in chat {chat}"]
        found.repeats += [(life, chat) for id, _, _, life in seen if id not in known]
    found.faults += [f"nothing was shown in chat {chat}" for chat in letters]


def _in_order(letters: Sequence[tuple[int, int]]) -> bool:
    """Telegram's ids grow: those of a chat's letters of one priority do, too."""
    lines = [[id for priority, id in letters if priority == one] for one in {priority for priority, _ in letters}]
    return all(line == sorted(line) for line in lines)


def unseen(page: str, texts: Sequence[str]) -> list[str]:
    """Which of these the page does not show exactly once."""
    return [text for text in texts if page.count(f">{html.escape(text)}<") != 1]
