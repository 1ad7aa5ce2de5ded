"""A customer with a telephone, seen by tests as :class:`tests.support.conversation.Conversation` is: the same words."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from threading import Event, Lock

from bot.channels.sms_text import normalised, without_full_numbers
from languages.formats import Language
from launch.website import Choice, Link, Message
from sessions import Sessions
from tests.support.conversation import Conversation, plain
from tests.support.standin import PhoneInHand

_NUMBERS = count(1000)
_ANSWERED_WITHIN_S = 60.0
_PART = re.compile(r"^\(\d+/\d+\) ")
_CHOICE = re.compile(r"^(\d{1,3})\. (?!No \d{8})(.+)$", re.MULTILINE)  # but not an invoice of a list
_ADDRESS = re.compile(r"^(.+): (https?://\S+)$", re.MULTILINE)
_OPENING: dict[str, str] = {"fr": "Bonjour", "en": "Hello"}


@dataclass(frozen=True)
class Side:
    """Where the telephone is held: the stand-in's address, and the database that knows when a text is answered."""

    standin: str
    sessions: Sessions


class TextingPhone:
    """Stands where the website does: ``say`` and ``choose`` give the messages that answer."""

    def __init__(self, side: Side) -> None:
        self.phone = PhoneInHand(side.standin, f"+1819555{next(_NUMBERS):04}")
        self._sessions = side.sessions
        self._read = 0
        self._reading = Lock()

    def say(self, text: str) -> list[Message]:
        """Write a text; what came back by the time it was served."""
        sent = self.phone.write(text)
        assert sent["status"] == "received", "the assistant did not take the text"
        self.wait_until_served(sent["sid"])
        return self.unread()

    def choose(self, choice: str) -> list[Message]:
        """Write the number of a choice."""
        return self.say(choice)

    def unread(self) -> list[Message]:
        """The texts that came since they were last looked at."""
        with self._reading:
            received = self.phone.received()
            fresh, self._read = received[self._read :], len(received)
        return _messages(fresh)

    @property
    def language(self) -> Language | None:
        """What the telephone is spoken to in."""
        conversation = self._sessions.phones.conversation_of(self.phone.number)
        found = self._sessions.conversations.get(conversation) if conversation else None
        return found.language if found else None

    def wait_until_received(self, texts: int) -> None:
        """Until so many texts came in all."""
        deadline = time.monotonic() + _ANSWERED_WITHIN_S
        while len(self.phone.received()) < texts:
            assert time.monotonic() < deadline, f"{texts} texts did not come"
            Event().wait(0.05)

    def wait_until_served(self, sid: str) -> None:
        """Until a text is answered as far as the assistant is concerned."""
        deadline = time.monotonic() + _ANSWERED_WITHIN_S
        while any(text.sid == sid for texts in self._sessions.received.left() for text in texts):
            assert time.monotonic() < deadline, "the text was not answered"
            Event().wait(0.02)


class SmsConversation(Conversation):
    """One telephone's conversation; with a language, it is begun by a greeting in it."""

    website: TextingPhone  # type: ignore[assignment]  # says and chooses as the website does

    def __init__(self, side: Side, language: str | None) -> None:
        self.side = side
        self.website = TextingPhone(side)
        self.last: Sequence[Message] = self.website.say(_OPENING[language]) if language else []
        self._offered = list(self.choices)
        self.transcript = [self._written()]

    def choice(self, which: str | int) -> Choice:
        """One of the choices of the newest answer, by its title on the website or its place from 1."""
        return super().choice(texted(which) if isinstance(which, str) else which)

    @property
    def language(self) -> str:
        """The conversation's language as the assistant keeps it."""
        return self.website.language or ""

    @property
    def phone(self) -> PhoneInHand:
        """The telephone itself, to call with."""
        return self.website.phone


def texted(text: str) -> str:
    """Words of the website as a telephone shows them."""
    return plain(without_full_numbers(normalised(text)))


def _messages(texts: list[str]) -> list[Message]:
    """Texts as messages; the parts of a long one are put together again."""
    whole: list[str] = []
    for text in texts:
        if _PART.match(text) and not text.startswith("(1/"):
            whole[-1] += "\n" + _PART.sub("", text)
        else:
            whole.append(_PART.sub("", text))
    return [_message(text) for text in whole]


def _message(text: str) -> Message:
    links = [Link(found[1], found[2]) for found in _ADDRESS.finditer(text)]
    return Message(
        text=text,
        choices=tuple(Choice(found[1], found[2]) for found in _CHOICE.finditer(text)),
        documents=tuple(link for link in links if "/d/" in link.url),
        links=tuple(link for link in links if "/d/" not in link.url),
        images=(),
    )
