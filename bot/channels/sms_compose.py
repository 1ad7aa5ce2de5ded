"""The messages of a turn as one text, with their choices as numbered lines."""

import re
from dataclasses import dataclass

from bot.channels.output import Message
from bot.channels.sms_text import normalised, without_full_numbers

_LISTED = re.compile(r"^(\d{1,3})\. ", re.MULTILINE)

Offered = dict[int, str]


@dataclass(frozen=True)
class Composed:
    """What is sent, and the id of the choice each number in it stands for."""

    text: str
    offered: Offered


def compose(messages: list[Message]) -> Composed:
    """One text. Choices are numbered after whatever the text itself numbers, so that no number means two things."""
    text = "\n".join(_body(message) for message in messages)
    number = max((int(found[1]) for found in _LISTED.finditer(text)), default=0)
    offered: Offered = {}
    lines = []
    for message in messages:
        lines.append(_body(message))
        for choice in message.get("choices", []):
            number += 1
            offered[number] = choice["id"]
            lines.append(f"{number}. {_ready(choice['title'])}")
    return Composed("\n".join(lines), offered)


def _body(message: Message) -> str:
    """The text with its addresses; a picture is left out, for the text beside it says the same."""
    opened = [*message.get("documents", []), *message.get("links", [])]
    lines = [message["text"].strip(), *(f"{link['title']}: {link['url']}" for link in opened)]
    return "\n".join(_ready(line) for line in lines if line)


def _ready(line: str) -> str:
    return without_full_numbers(normalised(line))
