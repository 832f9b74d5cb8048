"""Forms as they come in: fields of text only, and a key by which the same form sent twice is one."""

import hashlib
import re
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST = 10_000
_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form; a file in it is refused, and so is an alphabet that cannot be read."""
    try:
        form = await request.form(max_files=0, max_fields=20)
    except UnicodeError:  # an alphabet Python knows by name and cannot read, such as "undefined"
        raise HTTPException(400) from None
    return {name: _whole(value).replace("\r\n", "\n") for name, value in form.items() if isinstance(value, str)}


def _whole(text: str) -> str:
    """Half a character, as some alphabets let it through, can be neither stored nor shown: a question mark stands for it."""
    return text.encode("utf-8", "replace").decode()


def new_nonce() -> str:
    """The name of a form that is about to be shown."""
    return secrets.token_urlsafe(12)


def once(form: dict[str, str], *said: str) -> str:
    """The key of what was said in a form: a form sent twice is one message, another text in it is another message.

    The second half matters to whoever goes back in the browser and writes something new in the old page.
    """
    nonce = form.get("nonce", "")
    known = nonce if _NONCE.fullmatch(nonce) else new_nonce()
    return hashlib.sha256("\0".join((known, *said)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
