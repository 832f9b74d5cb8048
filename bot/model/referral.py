"""A part of a case shown to another office: which fields, to whom, and that its person agreed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.model.messages import Attachment

ReferralState = Literal["asked", "shared", "refused", "answered", "ended"]
Consent = Literal["", "chat", "paper"]


@dataclass(frozen=True, slots=True)
class Referral:
    """What is asked of another unit (`to`) about a case, by the ids of the fields it may see.

    `consent` is how the person agreed: in the chat, or on paper before the officer; "" while they have not.
    """

    id: int
    case: str
    to: str
    parts: tuple[str, ...]
    state: ReferralState = "asked"
    consent: Consent = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """All that another unit gets of a case: its number, form, place, who looks after it, and the parts that are shared.

    `unit` and `holder` say whom an answer goes to.
    """

    referral: Referral
    form: str
    village: str
    unit: str
    holder: int
    answers: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Attachment] = field(default_factory=dict)
