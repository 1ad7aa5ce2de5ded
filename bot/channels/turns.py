"""Runs turns: one after another in a conversation, to their end even if nobody listens, never in silence."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.channels.charts import Charts
from bot.channels.masking import masked
from bot.channels.output import Message, MessageCollector
from bot.channels.problems import ChannelProblem
from bot.channels.requests import as_plain_text
from bot.replies import BilingualReplies
from sessions import Choice, Sessions

log = structlog.get_logger()

WAITING_AT_MOST = 3  # turns of one conversation in line
_OVER = None  # ends the queue of a turn's messages


@dataclass(frozen=True)
class Said:
    """What the customer did: typed a text, clicked a choice, or (neither) opened the page or ``called``.

    ``handed_back``: a person who had the conversation gives it back.
    """

    text: str | None = None
    choice: Choice | None = None
    called: bool = False
    handed_back: bool = False


class Turns:
    """The agent behind a line for each conversation; Rasa's own lock would poll once a second."""

    def __init__(self, agent: Agent, sessions: Sessions, deadline: float, charts: Charts | None = None) -> None:
        """``charts`` are for the website's conversations, where a picture can be shown."""
        self._charts = charts
        self._agent = agent
        self._sessions = sessions
        self._deadline = deadline
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: Counter[str] = Counter()
        self._running: set[asyncio.Task[None]] = set()

    @property
    def replies(self) -> BilingualReplies:
        """What the channel itself says."""
        replies: BilingualReplies = self._agent.nlg
        return replies

    def begin(self, conversation: str, said: Said) -> AsyncIterator[Message]:
        """Start a turn and yield its messages as they come; raises 429 when too many wait in line.

        The turn belongs to itself: a caller that goes away cancels only its own listening (security.md, D7).
        """
        return self._listen(conversation, self._start(conversation, said))

    async def whole(self, conversation: str, said: Said) -> list[Message]:
        """A turn with all its messages, however late; raises as :meth:`begin` does."""
        queue = self._start(conversation, said)
        messages = []
        while (message := await queue.get()) is not _OVER:
            messages.append(message)
        return messages

    def _start(self, conversation: str, said: Said) -> asyncio.Queue[Message | None]:
        if self._waiting[conversation] >= WAITING_AT_MOST:
            raise ChannelProblem(429, "too_many", retry_after=2)
        self._waiting[conversation] += 1
        queue: asyncio.Queue[Message | None] = asyncio.Queue()
        task = asyncio.create_task(self._run(conversation, said, queue))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return queue

    @asynccontextmanager
    async def pause(self, conversation: str) -> AsyncIterator[None]:
        """No turn of a conversation runs meanwhile; what stands in line before comes to its end first."""
        self._waiting[conversation] += 1
        try:
            async with self._locks[conversation]:
                yield
        finally:
            self._leave_the_line(conversation)

    async def finish(self) -> None:
        """Let every turn under way come to its end."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _listen(self, conversation: str, queue: asyncio.Queue[Message | None]) -> AsyncIterator[Message]:
        try:
            async with asyncio.timeout(self._deadline):
                while (message := await queue.get()) is not _OVER:
                    yield message
        except TimeoutError:
            log.warning("turn.late", conversation=conversation)
            late = self._own_words("still_working", conversation)
            self._sessions.transcript.add(conversation, late)
            yield late

    async def _run(self, conversation: str, said: Said, queue: asyncio.Queue[Message | None]) -> None:
        try:
            async with self._locks[conversation]:
                await self._take(conversation, said, queue)
        finally:
            self._leave_the_line(conversation)
            queue.put_nowait(_OVER)

    async def _take(self, conversation: str, said: Said, queue: asyncio.Queue[Message | None]) -> None:
        if self._is_for_a_person(conversation, said):
            return
        heard: list[Message] = []

        def on_message(message: Message) -> None:
            heard.append(message)
            queue.put_nowait(message)

        charts = self._charts if conversation.startswith("web:") else None
        output = MessageCollector(self._sessions, conversation, on_message, charts)
        try:
            await self._agent.handle_message(self._message(conversation, said, output))
        except Exception:
            # Whatever failed, the customer is owed an answer; the trace goes to the log without their words.
            log.exception("turn.failed", conversation=conversation)
        if not heard:
            log.error("turn.silent", conversation=conversation)
            output.keep(self._own_words("trouble", conversation))

    def _is_for_a_person(self, conversation: str, said: Said) -> bool:
        """Whether a person has taken the conversation over: then they read what is said, and nobody else answers."""
        if self._sessions.handovers.person_with(conversation) is None:
            return False
        words = said.choice.title if said.choice is not None else masked((said.text or "").strip())
        if words:
            self._sessions.transcript.add(conversation, {"text": words, "from": "customer"})
        return True

    def _message(self, conversation: str, said: Said, output: MessageCollector) -> UserMessage:
        channel = conversation.partition(":")[0]
        if said.text is not None:
            text = masked(as_plain_text(said.text))
            self._sessions.transcript.add(conversation, {"text": masked(said.text.strip()), "from": "customer"})
            return UserMessage(text, output, conversation, input_channel=channel)
        title, command = self._chosen(conversation, said)
        return UserMessage(title, output, conversation, input_channel=channel, parse_data=_parse_data(title, command))

    def _chosen(self, conversation: str, said: Said) -> tuple[str, dict[str, Any]]:
        """The title and command of a choice; of the opening, which no customer said."""
        if said.choice is None:
            why = {"called": said.called, "handed_back": said.handed_back}
            opening = {"opening": True} | {name: True for name, so in why.items() if so}
            return "", {"intent": "greet", "values": opening}
        self._sessions.transcript.add(conversation, {"text": said.choice.title, "from": "customer"})
        return said.choice.title, said.choice.command

    def _own_words(self, reply: str, conversation: str) -> Message:
        known = self._sessions.conversations.get(conversation)
        language = known.language if known else "fr"
        return {"text": self.replies.render(reply, language, {})["text"], "from": "assistant"}

    def _leave_the_line(self, conversation: str) -> None:
        self._waiting[conversation] -= 1
        if not self._waiting[conversation]:
            del self._waiting[conversation]
            self._locks.pop(conversation, None)


def _parse_data(title: str, command: dict[str, Any]) -> dict[str, Any]:
    """A choice understood: what it means was decided when it was offered (seams of :mod:`sessions.choices`)."""
    return {
        "text": title,
        "intent": {"name": command["intent"], "confidence": 1.0},
        "entities": [],
        "intent_ranking": [],
        "choice": command["values"],
    }
