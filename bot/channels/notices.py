"""Notices by text message: the billing system hands them over, and the customer can answer each.

``POST /webhooks/notices`` with the service's credential and a :class:`Notice` answers 200 with what became of it:
``sent``, or ``opted_out`` for a telephone that wants no texts. 409 means that the customer is in the middle of
something or talks with a person: no notice comes between a question and its answer, so that a "yes" is never heard as
an answer to something else. It is then to be handed over again.
"""

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.output import Message
from bot.channels.problems import ChannelProblem, answer
from bot.channels.requests import body_of, is_plain
from bot.channels.sms_conversations import NOTICE, SmsConversations
from bot.channels.sms_line import SmsLine
from bot.channels.turns import Turns
from languages.formats import Language
from sessions import Sessions
from sessions.context import SHOWN_AT_MOST, Context, Shown
from sessions.database import now

log = structlog.get_logger()

TEXT_AT_MOST = 400  # characters; with the choices it is then within four segments

Outcome = Literal["sent", "opted_out"]
_AGAIN_IN_S = 60
_SENT = {"accepted", "waiting", "unknown"}


class Notice(BaseModel):
    """What is told; ``invoices`` and ``reference`` (of a payment) are what the customer may go on with."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[\w.-]{1,64}$")]
    phone: Annotated[str, Field(pattern=r"^\+\d{8,15}$")]
    language: Language
    kind: Literal["invoice_ready", "due_soon", "overdue", "payment_settled", "payment_returned"]
    text: Annotated[str, Field(min_length=1, max_length=TEXT_AT_MOST)]
    invoices: Annotated[list[Shown], Field(max_length=SHOWN_AT_MOST)] = []
    reference: Annotated[str | None, Field(pattern=r"^[\w-]{1,20}$")] = None


class NoticesChannel(InputChannel):
    """Mounted at ``/webhooks/notices``, where there is a telephone to send from."""

    def __init__(
        self,
        service_token: str,
        sessions: Sessions,
        line: SmsLine,
        conversations: SmsConversations,
        turns: Callable[[], Turns],
    ) -> None:
        self._credential = f"Bearer {service_token}".encode()
        self._sessions = sessions
        self._line = line
        self._conversations = conversations
        self._turns = turns

    @classmethod
    def name(cls) -> str:
        """The prefix of its route."""
        return "notices"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The route; ``on_new_message`` is Rasa's and unused."""
        routes = Blueprint("notices_channel")

        @routes.post("/")
        async def notice(request: Request) -> HTTPResponse:
            try:
                return json({"outcome": await self._take(request)})
            except ChannelProblem as problem:
                return answer(problem, self._turns().replies, request.headers.get("Accept-Language", ""))

        return routes

    async def _take(self, request: Request) -> Outcome:
        if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), self._credential):
            raise ChannelProblem(401, "credential")
        body = body_of(request, set(Notice.model_fields))
        try:
            notice = Notice.model_validate(body)
        except ValidationError as invalid:
            raise ChannelProblem(400, "malformed") from invalid
        if not is_plain(notice.text):
            raise ChannelProblem(400, "malformed")
        async with self._line.at_the_front(notice.phone):
            return await self._send(notice)

    async def _send(self, notice: Notice) -> Outcome:
        """In the telephone's own line, so that no turn of it is under way."""
        if self._sessions.consents.opted_out(notice.phone):
            return "opted_out"
        known = self._conversations.known(notice.phone)
        alive = known is not None and known.expires_at > now()
        if known is not None and alive and self._is_busy(known.id):
            raise ChannelProblem(409, "busy", retry_after=_AGAIN_IN_S)
        if not self._sessions.notices.take(notice.id):
            return "sent"
        conversation = self._conversations.of(notice.phone, None if alive else notice.language).id
        async with self._turns().pause(conversation):
            self._take_in_hand(conversation, notice)
            message = self._message(conversation, notice)
            self._sessions.transcript.add(conversation, message)
            sent = await self._conversations.say(self._turns().replies, notice.phone, conversation, [message], NOTICE)
        states = set(self._sessions.outgoing.states(sent))
        log.info("notice.sent", kind=notice.kind, notice=notice.id, states=sorted(states))
        return "sent" if states & _SENT else "opted_out"

    def _is_busy(self, conversation: str) -> bool:
        context = Context.model_validate(self._sessions.conversations.context(conversation))
        return context.current is not None or self._sessions.handovers.person_with(conversation) is not None

    def _take_in_hand(self, conversation: str, notice: Notice) -> None:
        """What the notice is about is what the customer has before their eyes."""
        if not notice.invoices:
            return
        conversations = self._sessions.conversations
        context = Context.model_validate(conversations.context(conversation))
        context.show(notice.invoices)
        if len(notice.invoices) == 1:
            context.take_in_hand(notice.invoices[0])
        conversations.keep_context(conversation, context.model_dump(mode="json"))

    def _message(self, conversation: str, notice: Notice) -> Message:
        """The text with how to stop, and what can be answered, as choices."""
        replies = self._turns().replies
        text = replies.render("notice", notice.language, {"notice": notice.text})["text"]
        offered = [
            (replies.render(f"choice_{name}", notice.language, {})["text"], {"intent": intent, "values": values})
            for name, intent, values in _answers(notice)
        ]
        ids = self._sessions.choices.offer(conversation, offered)
        choices = [{"id": one, "title": title} for one, (title, _) in zip(ids, offered, strict=True)]
        return {"text": text, "from": "assistant", "choices": choices}


def _answers(notice: Notice) -> list[tuple[str, str, dict[str, Any]]]:
    """The choices by name, each with the wish it stands for."""
    numbers = [one.number for one in notice.invoices]
    answers: list[tuple[str, str, dict[str, Any]]] = []
    if numbers:
        answers.append(("notice_pay", "make_payment", {"invoice_number": numbers}))
    if notice.reference is not None:
        answers.append(("notice_details", "payment_status", {"payment_reference": notice.reference}))
    elif len(numbers) == 1:
        answers.append(("notice_details", "show_invoice", {"invoice_number": numbers[0]}))
    else:
        wish = "list_overdue_invoices" if notice.kind == "overdue" else "list_invoices"
        answers.append(("notice_details", wish, {}))
    return answers
