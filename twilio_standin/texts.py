"""The text messages of every phone, in memory: a stand-in forgets when it ends."""

import secrets
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, Field

_FAILED = ("undelivered", "failed")


class Text(BaseModel):
    """A message; ``sent`` by the phone or ``received`` by it."""

    sid: str
    phone: str
    direction: Literal["sent", "received"]
    body: str
    status: str
    error_code: int | None = None
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))


class Phone(BaseModel):
    """What is special about a phone."""

    landline: bool = False  # texts to it are taken and then undelivered, error 30006
    blocked: bool = False  # it opted out at Twilio: texts to it are refused, error 21610


class Texts:
    """Everything sent and received, oldest first."""

    def __init__(self) -> None:
        self._all: list[Text] = []
        self._phones: dict[str, Phone] = {}

    def add(self, text: Text) -> None:
        """A message as it begins."""
        self._all.append(text)

    def find(self, sid: str) -> Text | None:
        """A message by its id."""
        return next((text for text in self._all if text.sid == sid), None)

    def shown_on(self, phone: str) -> list[Text]:
        """What somebody who holds the phone has before their eyes."""
        return [text for text in self._all if text.phone == phone and text.status not in _FAILED]

    def everything(self) -> list[Text]:
        """What Twilio's own log would show, undelivered messages included."""
        return list(self._all)

    def phone(self, number: str) -> Phone:
        """What is special about a phone."""
        return self._phones.setdefault(number, Phone())

    def set_phone(self, number: str, phone: Phone) -> None:
        """Make a phone special."""
        self._phones[number] = phone

    def clear(self) -> None:
        """As new."""
        self._all.clear()
        self._phones.clear()


def new_sid(prefix: str) -> str:
    """An id of Twilio's form: two letters and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)
