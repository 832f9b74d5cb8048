"""Somebody whose phone others look at: whatever they, officers and clocks do, a glance at their chat tells nothing."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from bot.casework.states import OUTCOMES
from bot.dialogue.desk.entry import ACTS
from bot.model.conversation import Filling
from bot.model.messages import Message
from bot.understanding.release import Release
from bot.wording import Wording
from bot.wording.veiled import seen, tells
from tests.dialogue.talk import LANTAN, Talk
from tests.replay import Street, _appoint, _street

NUMBER = "1000015"
SCRIPT = yaml.safe_load("""
title: ""
now: 2026-11-23 09:00:00+08:00
people:
  siti: {}
  ratna: {officer: Bu Ratna, village: 52.02.12.2001}
turns: []
""")
HANDED_IN = (
    "ya",
    "ya",
    "lantan batukliang utara",
    "lewati",
    "majikan",
    "lewati",
    "ceritanya begini",
    "lewati",
    "lewati",
    "kirim",
)
OF_ALL = ("menu:", "topic:", "form:", "field:", "village:", "option:", "language:", "helped:", "not-helped:")
"""Buttons of what anybody may look up."""
HERS = (
    ("text", "kasus saya"),
    ("text", NUMBER),
    ("text", "menu"),
    ("text", "petugas"),
    ("text", "darurat"),
    ("text", "saya dipukul majikan"),
    ("text", "gaji saya ditahan"),
    ("text", "siapa yang membuka kasus saya"),
    ("text", "privasi"),
    ("text", "daftar"),
    ("text", "cabut"),
    ("button", f"write:{NUMBER}"),
    ("text", "kapan saya dihubungi"),
    ("button", f"withdraw:{NUMBER}"),
    ("button", f"withdraw-no:{NUMBER}"),
    ("button", f"move-up:{NUMBER}"),
    ("button", f"plan:{NUMBER}"),
    ("text", "batal"),
)


@pytest.fixture
async def street(tmp_path: Path, wording: Wording) -> AsyncIterator[Street]:
    made = _street(SCRIPT, tmp_path / "talk.db", wording)
    await made.begin()
    await _appoint(made, SCRIPT["people"])
    await made.take("siti", kind="text", text="menu")
    yield made
    await made.end()


async def handed_in(street: Street) -> None:
    await street.take("siti", kind="button", button="form:complaint")
    for text in HANDED_IN:
        await street.take("siti", kind="text", text=text)


def telling(street: Street, messages: list[Message]) -> list[str]:
    """What would be seen at a glance, or on a button of her own case."""
    words = street.written.wording.phrase("veiled/telling", "id")
    choices = [one for message in messages for one in (*message.choices, *message.anchors)]
    own = [one.label for one in choices if not one.id.startswith(OF_ALL) and tells(one.label, words)]
    return [seen(one.text) for one in messages if tells(one.text, words)] + own


def phrases(street: Street, messages: list[Message]) -> set[str]:
    return {street.written.meant(one).phrase for one in messages}


@pytest.mark.parametrize("seed", range(2))
async def test_nothing_at_a_glance_whatever_anybody_does(street: Street, seed: int) -> None:
    await street.take("siti", kind="text", text="samar")
    before = len(street.screen("siti"))
    await handed_in(street)
    chance = random.Random(seed)
    rests = ("", *(f":{one}" for one in OUTCOMES), ":call", ":2026-12-24")
    for kind, what in HERS if seed == 0 else chance.sample(HERS, len(HERS)):
        for act in chance.sample(tuple(ACTS), 2):
            await street.take("ratna", kind="button", button=f"{act}:{NUMBER}{chance.choice(rests)}")
            await street.take("ratna", kind="text", text="Ibu, kasusnya sudah saya laporkan ke polisi.")
        await street.take("siti", kind=kind, **{kind: what})
        await street.strike()
        street.clock.pass_by(minutes=chance.choice((1, 30, 300)))
    messages = street.screen("siti")[before:]
    assert telling(street, messages) == []
    assert phrases(street, messages) >= {"form/receipt", "cases/one", "cases/withdraw-ask", "danger/ask"}


async def test_what_waited_for_her_is_shown_in_quiet_words(street: Street) -> None:
    await handed_in(street)
    await street.take("siti", kind="button", button=f"plan-no:{NUMBER}")
    await street.take("ratna", kind="button", button=f"claim:{NUMBER}")
    await street.take("ratna", kind="button", button=f"reply:{NUMBER}")
    await street.take("ratna", kind="text", text="Ibu, kasusnya sudah saya laporkan ke polisi.")
    before = len(street.screen("siti"))
    await street.take("siti", kind="text", text=NUMBER)
    came = street.screen("siti")[before:]
    assert "laporkan ke polisi" in " ".join(one.text for one in came)
    assert telling(street, came) == []


async def test_who_says_that_others_see_the_phone_is_in_quiet_mode_from_then_on(street: Street) -> None:
    before = len(street.screen("siti"))
    await handed_in(street)
    openly = telling(street, street.screen("siti")[before:])
    before = len(street.screen("siti"))
    await street.take("siti", kind="button", button=f"plan-no:{NUMBER}")
    await street.take("siti", kind="text", text="kasus saya")
    await street.take("siti", kind="button", button=f"write:{NUMBER}")
    await street.take("siti", kind="text", text="terima kasih, Bu")
    came = street.screen("siti")[before:]
    assert telling(street, came) == [] != openly
    assert phrases(street, came) >= {"contact/may-not", "cases/one", "cases/write", "talk/relayed"}


@pytest.mark.parametrize(("may", "veiled"), [("yes", False), ("no", True)])
def test_the_receipt_is_quiet_at_once_where_the_form_has_asked(release: Release, may: str, veiled: bool) -> None:
    form = release.form("help")
    assert form
    asked = next(one.id for one in form.fields if one.sets == "may-write")
    talk = Talk(release)
    answers = {"now": "yes", "who": "me", "village": LANTAN, asked: may}
    talk.conversation = talk.conversation.but(filling=Filling("help", asking="summary", answers=answers))
    talk.forge("send:help")
    assert [one.veiled for one in talk.last.replies] == [veiled] * len(talk.last.replies)
    assert talk.conversation.discreet is veiled


async def test_the_word_turns_it_off_again_and_the_four_words_come_back(street: Street) -> None:
    on = [one.message for one in await street.take("siti", kind="text", text="samar")]
    off = [one.message for one in await street.take("siti", kind="text", text="samar")]
    assert [one.id for one in on[0].anchors] == ["do:menu", "do:cases", "do:officer"]
    assert [one.id for one in off[0].anchors] == ["do:menu", "do:cases", "do:officer", "do:emergency"]
    assert off[0].anchors[1].label == "Kasus saya" != on[0].anchors[1].label
