"""What a person at the desk can do with a conversation: take it over, write in it, give it back, close its request."""

from collections.abc import Callable
from typing import Any, Literal

import structlog

from bot.channels.output import Message
from bot.channels.sms_conversations import CHANNEL as SMS
from bot.channels.sms_conversations import SmsConversations
from bot.channels.turns import Said, Turns
from sessions import Handover, Sessions
from sessions.context import Context, filled

log = structlog.get_logger()

Told = Literal["on_its_way", "waits", "unreachable"]
"""What became of words to a customer: sent, kept for the page they have open, or nobody is there to get them."""

Outcome = Literal["resolved", "call_back", "not_reached", "other"]
OUTCOMES: tuple[Outcome, ...] = ("resolved", "call_back", "not_reached", "other")
_IDENTIFY = "identify"  # no wish of the customer's
PURPOSE = "person"  # of a text a person at the desk sent


class NotTheirs(Exception):
    """The request is closed, or somebody else has it."""


class Desk:
    """Every change waits for the turn under way, so that the assistant never speaks after a person has taken over."""

    def __init__(self, sessions: Sessions, turns: Callable[[], Turns], texts: SmsConversations | None) -> None:
        """``texts`` is the way to a telephone, where there is one."""
        self._sessions = sessions
        self._turns = turns
        self._texts = texts

    async def take(self, request: Handover, person: str) -> Told:
        """The conversation is the person's; the customer hears so once. Raises :class:`NotTheirs`."""
        async with self._turns().pause(request.conversation):
            if not self._sessions.handovers.take(request.number, person):
                raise NotTheirs
            log.info("desk.taken", request=request.number, person=person)
            return await self._say(request, self._words(request, "person_here", name=person))

    async def reply(self, request: Handover, person: str, text: str) -> Told:
        """Write to the customer. Raises :class:`NotTheirs`."""
        async with self._turns().pause(request.conversation):
            if self._sessions.handovers.person_with(request.conversation) != person:
                raise NotTheirs
            return await self._say(request, {"text": text, "from": "assistant", "person": person})

    async def hand_back(self, request: Handover, person: str) -> Told:
        """The assistant goes on with what was under way. Raises :class:`NotTheirs`."""
        if not self._sessions.handovers.hand_back(request.number, person):
            raise NotTheirs
        log.info("desk.handed_back", request=request.number, person=person)
        return await self._go_on(request)

    async def close(self, request: Handover, person: str, outcome: Outcome) -> None:
        """The request is done with; the assistant is back if the person had the conversation.

        Raises :class:`NotTheirs`.
        """
        had_it = self._sessions.handovers.person_with(request.conversation) == person
        if not self._sessions.handovers.close(request.number, person, outcome):
            raise NotTheirs
        log.info("desk.closed", request=request.number, person=person, outcome=outcome)
        if had_it and self._sessions.handovers.person_with(request.conversation) is None:
            await self._go_on(request)

    def under_way(self, request: Handover) -> list[tuple[str, dict[str, str]]]:
        """The tasks of the conversation at this moment with what is filled, the one under way last."""
        context = Context.model_validate(self._sessions.conversations.context(request.conversation))
        return [(task.name, filled(task.fields)) for task in context.tasks if task.name != _IDENTIFY]

    def is_unreachable(self, request: Handover) -> bool:
        """Whether what is written now would reach nobody: the telephone left the conversation, or opted out."""
        if request.channel != SMS:
            return False
        phone = self._sessions.phones.number_of(request.conversation)
        return self._texts is None or phone is None or self._sessions.consents.opted_out(phone)

    def unread(self, request: Handover) -> int:
        """How many messages wait for the customer's page."""
        return self._sessions.undelivered.count(request.conversation)

    async def _go_on(self, request: Handover) -> Told:
        """The assistant is heard again, and the question of the task under way is put again."""
        return await self._tell(request, await self._turns().whole(request.conversation, Said(handed_back=True)))

    async def _say(self, request: Handover, message: Message) -> Told:
        told = await self._tell(request, [message])
        if told != "unreachable":
            self._sessions.transcript.add(request.conversation, message)
        return told

    async def _tell(self, request: Handover, messages: list[Message]) -> Told:
        if request.channel == SMS:
            return await self._text(request.conversation, messages)
        for message in messages:
            self._sessions.undelivered.add(request.conversation, message)
        return "waits"

    async def _text(self, conversation: str, messages: list[Message]) -> Told:
        phone = self._sessions.phones.number_of(conversation)
        if self._texts is None or phone is None:
            return "unreachable"
        named = [message | {"text": _with_who(message)} for message in messages]
        sent = await self._texts.say(self._turns().replies, phone, conversation, named, PURPOSE)
        states = set(self._sessions.outgoing.states(sent))
        return "on_its_way" if states and states <= {"waiting", "accepted", "unknown"} else "unreachable"

    def _words(self, request: Handover, reply: str, **values: Any) -> Message:
        found = self._sessions.conversations.get(request.conversation)
        language = found.language if found else request.language
        return {"text": self._turns().replies.render(reply, language, values)["text"], "from": "assistant"}


def _with_who(message: Message) -> str:
    """A text has nothing beside it that says who wrote it."""
    return f"{message['person']}: {message['text']}" if "person" in message else str(message["text"])
