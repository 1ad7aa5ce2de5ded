"""The SMS channel (contract, http.md): Twilio's form posts in, answered at once; the replies go out by its REST API."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw
from twilio.twiml.messaging_response import MessagingResponse

from bot.channels.problems import ChannelProblem, answer
from bot.channels.requests import is_plain
from bot.channels.sms_conversations import CHANNEL
from bot.channels.sms_line import SmsLine
from bot.channels.sms_sending import opt_out_by_carrier
from bot.channels.twilio_api import OPTED_OUT
from bot.channels.twilio_signature import TWIML, Form, SignedForms
from bot.replies import BilingualReplies
from sessions import Delivery, Sessions

log = structlog.get_logger()

_NUMBER = re.compile(r"\+?\d{3,15}")
_STATUS = re.compile(r"[a-z_]{1,16}")
_SID = re.compile(r"[\w-]{1,64}")


class SmsChannel(InputChannel):
    """Mounted at ``/webhooks/sms``; nothing is looked at before the signature is."""

    def __init__(
        self,
        forms: SignedForms,
        sessions: Sessions,
        line: SmsLine,
        replies: Callable[[], BilingualReplies],
    ) -> None:
        self._forms = forms
        self._sessions = sessions
        self._line = line
        self._replies = replies

    @classmethod
    def name(cls) -> str:
        """The prefix of its routes and of its conversations' ids."""
        return CHANNEL

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; ``on_new_message`` is Rasa's and unused: turns go through :class:`SmsLine`."""
        routes = Blueprint("sms_channel")

        @routes.post("/incoming")
        async def incoming(request: Request) -> HTTPResponse:
            return self._answered(request, self._incoming)

        @routes.post("/status")
        async def status(request: Request) -> HTTPResponse:
            return self._answered(request, self._status)

        return routes

    def _answered(self, request: Request, serve: Callable[[Form], HTTPResponse]) -> HTTPResponse:
        try:
            return serve(self._forms.read(request))
        except ChannelProblem as problem:
            return answer(problem, self._replies(), request.headers.get("Accept-Language", ""))

    def _incoming(self, form: Form) -> HTTPResponse:
        sid, phone, text = form.first("MessageSid"), form.first("From"), form.first("Body")
        if not _SID.fullmatch(sid) or not _NUMBER.fullmatch(phone) or not is_plain(text):
            raise ChannelProblem(400, "malformed")
        media = form.first("NumMedia")
        self._line.take(sid, phone, text, has_media=media.isdecimal() and int(media) > 0)
        return raw(str(MessagingResponse()).encode(), content_type=TWIML)

    def _status(self, form: Form) -> HTTPResponse:
        sid, status, code = form.first("MessageSid"), form.first("MessageStatus"), form.first("ErrorCode")
        if not _SID.fullmatch(sid) or not _STATUS.fullmatch(status):
            raise ChannelProblem(400, "malformed")
        delivery = Delivery(sid, status, int(code) if code.isdecimal() else None)
        if self._sessions.deliveries.note(delivery) and delivery.is_lost:
            self._lost(delivery, form.first("To"))
        return empty()

    def _lost(self, delivery: Delivery, phone: str) -> None:
        """A landline, a telephone switched off, a carrier that filters: kept, and the call it was for is closed."""
        log.warning("sms.lost", sid=delivery.sid, status=delivery.status, code=delivery.error_code)
        if delivery.error_code == OPTED_OUT and phone:
            opt_out_by_carrier(self._sessions, phone, sid=delivery.sid)
        call = self._sessions.deliveries.call_of(delivery.sid)
        if call is not None and self._sessions.calls.undeliverable(call):
            log.info("call.outcome", call=call, outcome="undeliverable")
