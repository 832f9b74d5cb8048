"""What people answer to the questions of a form: each when its question stands on the screen, however often the service dies."""

from collections.abc import Mapping, Sequence

from tests.chaos.ledger import Caller
from tests.end_to_end.service import VILLAGE_TYPED

Answers = Sequence[tuple[str, str]]
"""In order: the button that stands below a question, and the words it is answered with; "" presses the button."""

ASK: Answers = (
    ("past-village:ask-officer:yes", VILLAGE_TYPED),
    ("why:question", "kapan kantor buka"),
    ("skip:phone", ""),
)
HELP: Answers = (
    ("field:now:yes", ""),
    ("field:who:me", ""),
    ("skip:minor", ""),
    ("skip:country", ""),
    ("field:what:unpaid", ""),
    ("field:safe:yes", ""),
    ("past-village:help:yes", VILLAGE_TYPED),
    ("skip:phone", ""),
)
NOT_FIRST: Answers = tuple(("field:safe:no", "") if one == ("field:safe:yes", "") else one for one in HELP)
"""As above, by somebody who may not be written to first."""
COMPLAINT: Answers = (
    ("field:now:yes", ""),
    ("past-village:complaint:yes", VILLAGE_TYPED),
    ("skip:name", ""),
    ("field:about:employer", ""),
    ("skip:country", ""),
    ("skip:what", ""),
    ("skip:proof", ""),
    ("skip:phone", ""),
)
ALL: Sequence[tuple[str, Answers]] = (
    ("ask-officer", ASK),
    ("help", HELP),
    ("help", NOT_FIRST),
    ("complaint", COMPLAINT),
)
"""Each with its form."""


async def begin(one: Caller, form: str) -> None:
    """Ask for the form, up to the question whether they agree."""
    await one.say("daftar")
    await one.shown("form:ask-officer")
    await one.press(f"form:{form}")
    await one.shown(f"agree:{form}")


async def fill_in(one: Caller, form: str, answers: Answers, instead: Mapping[str, str] | None = None) -> None:
    """Agree, answer all and send. `instead` are presses in place of answers, by the button of their question."""
    await one.press(f"agree:{form}")
    for below, words in answers:
        await one.shown(below)
        if instead and below in instead:
            await one.press(instead[below])
        elif words:
            await one.say(words)
        else:
            await one.press(below)
    await one.shown(f"send:{form}")
    await one.press(f"send:{form}")
