"""Where a talk stands, and what is known to the one who talks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from datetime import datetime
from typing import Literal

from bot.model.book import Leaf, Look, Opening
from bot.model.broadcast import Broadcast, News
from bot.model.case import Case, Delivery, Event, Officer
from bot.model.day import Day, Digest
from bot.model.doors import Doors
from bot.model.editions import Edition, Told
from bot.model.joining import Chat
from bot.model.messages import Attachment
from bot.model.officers import Gone
from bot.model.paper import Standing
from bot.model.practice import Practice
from bot.model.referral import Referral, Shared
from bot.model.team import Team

Asking = Literal["consent", "field", "summary", "edit"]


@dataclass(frozen=True, slots=True)
class Filling:
    """A form being filled: which field is asked, what has been answered.

    `answers` maps a field's id to the answer as kept (an option's id, a village's code, a number, the text); a skipped
    field is the empty string. `known` are the fields answered before the form was opened. `case` is the number of the case it
    is about, if it opens none. `editing` says that after this field the summary comes again; `past_village` that the person
    does not want their village to see it; `other` that an officer fills it in for somebody who sits with them.
    """

    form: str
    asking: Asking = "consent"
    field: str = ""
    answers: Mapping[str, str] = made_by(default_factory=dict)
    media: Mapping[str, Attachment] = made_by(default_factory=dict)
    editing: bool = False
    case: str = ""
    touched: datetime | None = None
    consented: datetime | None = None
    past_village: bool = False
    other: bool = False
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What the talk is about, so that "kalau jepang?" can be understood; `relation` is whom, if not the one who writes."""

    topic: str = ""
    country: str = ""
    sector: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """What work somebody looks for; "" and 0 where they have not said."""

    country: str = ""
    sector: str = ""
    age: int = 0
    education: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    """The question we last offered topics for, as kept for the editors, and the topics."""

    text: str = ""
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JustSaid:
    """What the last message told, for a form opened at once; the next message drops it.

    `about` is me, family or other; `amount` "25000000 IDR"; `since` a day; `story` the words, while a form is offered
    that takes them; `question` the words of what we answered, while one may say that it did not help. Like a form left
    unsent it is forgotten some days after it was `touched`.
    """

    about: str = ""
    country: str = ""
    sector: str = ""
    danger: str = ""
    amount: str = ""
    since: str = ""
    story: str = ""
    question: str = ""
    touched: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flood:
    """How much somebody has written lately: `level` messages, less what time has taken off, when we last heard `at`.

    `said` is what a flood was answered in the last minute, and when: that they write too fast, and calls for help.
    """

    level: float = 0.0
    at: datetime | None = None
    said: Mapping[str, datetime] = made_by(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What a step must know beyond the conversation, read beforehand by what the incoming names; never stored with it.

    For the officer: `day` is their list in scope, `case` the one named with its `events` (None when out of sight), `theirs`
    the language of its person, `shut` those of its people to whom nothing but a template goes now, `went` what became of the
    letters of its events by their places, `held` how many open cases they have, `other` the case it is or is to be joined
    with, `alike` other open ones of its person, `shared` what was shared with their unit, `referrals` what of the case is
    asked or shared now, `looks` what they opened within the last day, `team` everybody they look after, `practice` their
    training. For the person: `case` and `cases` are their own, `referral` what they were asked to agree to, `openings` who
    opened their cases, `wishes` of which countries and sectors they want to hear, `code` whether what was typed is the code
    word of a case and `opened` those it opens, `joins` the case they may join as its worker, `paper` how the case of a paper
    stands whose numbers are right, `beside` their other chats, `offer` the one whose code they typed. For both: `invite` is
    whose invitation was typed, `token` fresh chance for a link into the officers' `pages`, `doors` the ways in for links to
    others, `told` the edition whose code was sent, `head` the code of the book as it stands, `leaf` the page a code stands
    for. For the clock: `over` is everybody at work who may see the case whose time has come, `digest` for an officer's
    morning, `gone` an officer who left cases behind, `broadcast` what is brought to many, `news` how one stands.
    """

    officer: Officer | None = None
    case: Case | None = None
    events: tuple[Event, ...] = ()
    cases: tuple[Case, ...] = ()
    day: Day = made_by(default_factory=Day)
    theirs: str = "id"
    held: int = 0
    other: Case | None = None
    alike: tuple[Case, ...] = ()
    referral: Referral | None = None
    shared: Shared | None = None
    next_referral: int = 0
    referrals: tuple[Referral, ...] = ()
    invite: Officer | None = None
    next_case: int = 1
    token: str = ""
    pages: str = ""
    doors: Doors = made_by(default_factory=Doors)
    told: Told | None = None
    wishes: tuple[Sought, ...] = ()
    code: Literal["", "right", "wrong"] = ""
    opened: tuple[Case, ...] = ()
    joins: Case | None = None
    head: str = ""
    leaf: Leaf | None = None
    openings: tuple[Opening, ...] = ()
    looks: tuple[Look, ...] = ()
    over: tuple[Officer, ...] = ()
    digest: Digest | None = None
    team: Team = made_by(default_factory=Team)
    broadcast: Broadcast | None = None
    news: News | None = None
    gone: Gone | None = None
    paper: Standing | None = None
    practice: Practice = made_by(default_factory=Practice)
    shut: tuple[int, ...] = ()
    went: Mapping[int, Delivery] = made_by(default_factory=dict)
    beside: tuple[Chat, ...] = ()
    offer: Chat | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is remembered of a talk between two messages.

    `shown` holds the ids of the buttons last offered, so that "2" means the second. `talking` is the number of the case
    in which person and officer write to each other; `desk` is what an officer was asked for last, as `act:number`.
    `quiet` is the wish not to be written to unasked; `offered` is the language we last proposed to go on in. `owed` are
    answers that have changed since, to be said at the next contact. `ticked` holds what is done of each checklist,
    `sought` what vacancies were looked for last, `unsure` what we last offered topics for, `just_said` what the last
    message told, `flood` how fast they write. `hush` is the word for "not now" by case; `coded` are the cases that are shown
    only after their code word, `unlocked` when those that are open were last used, `code_asked` whether the last message
    asked for a word. `discreet`: nothing of a case stands in what others may see. `helped` is the case
    in which they are the worker whom somebody else reported for. `unread`: something waits until they write here; the ids of
    the buttons below it, None when nothing does.
    """

    person: int
    language: str = "id"
    greeted: bool = False
    filling: Filling | None = None
    paused: tuple[Filling, ...] = ()
    subject: Subject = Subject()
    misses: int = 0
    shown: tuple[str, ...] = ()
    remembered: Mapping[str, str] = made_by(default_factory=dict)
    talking: str = ""
    desk: str = ""
    quiet: bool = False
    offered: str = ""
    owed: tuple[Edition, ...] = ()
    ticked: Mapping[str, tuple[str, ...]] = made_by(default_factory=dict)
    sought: Sought = Sought()
    unsure: Unsure = Unsure()
    just_said: JustSaid = JustSaid()
    flood: Flood = Flood()
    hush: Mapping[str, str] = made_by(default_factory=dict)
    coded: tuple[str, ...] = ()
    unlocked: Mapping[str, datetime] = made_by(default_factory=dict)
    code_asked: bool = False
    discreet: bool = False
    helped: str = ""
    unread: tuple[str, ...] | None = None
    known: Known = Known()

    def but(self, **changes: object) -> "Conversation":
        """The same talk with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]
