"""F9: malformed updates and forms. None stops the process, none blocks its chat, and of each it is known what became of it.

Three processes spoil what Telegram and Meta bring, and take it in; a fourth knocks at the doors of the service as it is run.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from typing import Any

from tests.bot_user import HOUSE
from tests.chaos.outcome import Outcome

_BY_HTTP = 50  # one in so many goes over HTTP too, but never fewer than these:
_FEWEST_BY_HTTP = 300
_SHOWN = 5


async def run(times: int) -> Outcome:
    """So many payloads into the intake; on top of them some to the webhook, and as many requests to the pages."""
    by_http = max(_FEWEST_BY_HTTP, times // _BY_HTTP)
    share = times // 3
    *parts, doors = await asyncio.gather(
        _process("fuzz_part", times - 2 * share, 1),
        _process("fuzz_part", share, 2),
        _process("fuzz_whatsapp", share, 4),
        _process("doors", by_http, 3),
    )
    ends, knocks = sum((Counter(one["ends"]) for one in parts), Counter[str]()), Counter(doors["ends"])
    broken = [fault for one in (*parts, doors) for fault in one["broken"]]
    for fault in broken[:_SHOWN]:
        print(f"    {fault}", file=sys.stderr)
    good = sum(one["good"] for one in parts)
    figures = f"{_listed(ends)}; {good:,} good messages of the same chats answered; {_listed(knocks)}"
    return Outcome(ends.total() + knocks.total(), len(broken), figures)


def _listed(ends: Counter[str]) -> str:
    return ", ".join(f"{end} {many:,}" for end, many in sorted(ends.items()))


async def _process(module: str, times: int, seed: int) -> dict[str, Any]:
    """A process of its own, so that both cores are used; what it reports."""
    command = (sys.executable, "-m", f"tests.chaos.{module}", str(times), str(seed))
    process = await asyncio.create_subprocess_exec(*command, cwd=HOUSE, stdout=PIPE, limit=1 << 26)
    try:
        out, _ = await process.communicate()
        if process.returncode:
            return {"ends": {}, "good": 0, "broken": [f"{module} itself ended with {process.returncode}"]}
        return dict(json.loads(out))
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
