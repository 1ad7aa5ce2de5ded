"""Reads what a website sends; everything of another shape is refused before it changes anything."""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from sanic.request import Request

from bot.channels.problems import ChannelProblem

TEXT_AT_MOST = 1_000  # characters


def body_of(request: Request, members: set[str]) -> dict[str, Any]:
    """The JSON object of a request with no other members than these; raises 415 and 400."""
    media_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ChannelProblem(415, "media_type")
    try:
        body = json.loads(request.body.decode("utf-8"))
    except (ValueError, RecursionError) as malformed:
        raise ChannelProblem(400, "malformed") from malformed
    if not isinstance(body, dict) or not set(body) <= members:
        raise ChannelProblem(400, "malformed")
    return body


def text_or_choice(body: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The text typed or the id of the choice clicked, one of the two; raises 400 and 413."""
    text, choice = body.get("text"), body.get("choice")
    if (text is None) == (choice is None):
        raise ChannelProblem(400, "malformed")
    if choice is not None:
        if not isinstance(choice, str) or not is_plain(choice):
            raise ChannelProblem(400, "malformed")
        return None, choice
    if not isinstance(text, str) or not is_plain(text) or not text.strip():
        raise ChannelProblem(400, "malformed")
    if len(text) > TEXT_AT_MOST:
        raise ChannelProblem(413, "too_long")
    return text, None


def is_plain(text: str) -> bool:
    """No NUL, no lone half of a surrogate pair: databases choke on both."""
    return "\0" not in text and not any(unicodedata.category(letter) == "Cs" for letter in text)


def as_plain_text(text: str) -> str:
    """Text that Rasa cannot take for a payload: typed slashes at its beginning are dropped (security.md, D1)."""
    text = text.strip()
    while text.startswith("/"):
        text = text[1:].strip()
    return text or "?"
