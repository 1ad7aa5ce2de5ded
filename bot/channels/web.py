"""The website channel (contract, http.md): signed sessions, plain text in, Messages out."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.channels.limits import SlidingWindow
from bot.channels.output import Message
from bot.channels.portal import Portal
from bot.channels.problems import ChannelProblem, answer
from bot.channels.requests import body_of, text_or_choice
from bot.channels.turns import Said, Turns
from bot.settings import AssistantSettings
from languages.formats import LANGUAGES
from sessions import Conversation, Sessions
from sessions.database import now

EVENT_STREAM = "text/event-stream"


class WebChannel(InputChannel):
    """Mounted at ``/webhooks/web``; the sender id lies in the signed session and is never the caller's choice."""

    def __init__(
        self, settings: AssistantSettings, sessions: Sessions, portal: Portal, turns: Callable[[], Turns]
    ) -> None:
        self._sessions = sessions
        self._portal = portal
        self._turns = turns
        self._lifetime = timedelta(minutes=settings.session_minutes)
        self._signer = URLSafeSerializer(settings.session_secret.get_secret_value(), salt="web-session")
        self._messages = SlidingWindow(settings.messages_per_minute)
        self._openings = SlidingWindow(settings.sessions_per_minute)

    @classmethod
    def name(cls) -> str:
        """The prefix of its routes and of its conversations' ids."""
        return "web"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; ``on_new_message`` is Rasa's and unused: turns go through :class:`Turns`."""
        routes = Blueprint("web_channel")

        @routes.post("/session")
        async def session(request: Request) -> HTTPResponse:
            return await self._answered(request, self._open)

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse | None:
            return await self._answered(request, self._take)

        @routes.get("/history")
        async def history(request: Request) -> HTTPResponse:
            return await self._answered(request, self._history)

        return routes

    async def _answered(self, request: Request, serve: Callable[[Request], Awaitable[Any]]) -> Any:
        try:
            return await serve(request)
        except ChannelProblem as problem:
            return answer(problem, self._turns().replies, request.headers.get("Accept-Language", ""))

    async def _open(self, request: Request) -> HTTPResponse:
        body = body_of(request, {"language", "portal_token"})
        language, portal_token = body.get("language"), body.get("portal_token")
        if language not in (None, *LANGUAGES) or not isinstance(portal_token, str | None):
            raise ChannelProblem(400, "malformed")
        self._limit(self._openings, request.ip)
        identity = await self._portal.identity(portal_token) if portal_token is not None else None
        language = language or (identity.language if identity else None)
        conversation = self._sessions.conversations.open(self.name(), language, self._lifetime)
        if identity is not None:
            self._sessions.identities.keep(conversation.id, identity)
        greeting = [message async for message in self._turns().begin(conversation.id, Said())]
        opened = {
            "session": self._signer.dumps(conversation.id),
            "expires_in": int(self._lifetime.total_seconds()),
            "messages": greeting,
        }
        return json_response(opened, 201)

    async def _take(self, request: Request) -> HTTPResponse | None:
        conversation = self._conversation(request)
        try:
            text, choice_id = text_or_choice(body_of(request, {"text", "choice"}))
            self._limit(self._messages, conversation.id)
            choice = self._sessions.choices.take(conversation.id, choice_id) if choice_id is not None else None
            if choice_id is not None and choice is None:
                raise ChannelProblem(404, "unknown_choice")
            answers = self._turns().begin(conversation.id, Said(text, choice))
        except ChannelProblem as problem:
            problem.language = conversation.language
            raise
        messages = self._after_what_waited(conversation, answers)
        if EVENT_STREAM in request.headers.get("Accept", ""):
            await self._stream(request, conversation, messages)
            return None
        heard = [message async for message in messages]
        return json_response({"messages": heard} | self._standing(conversation))

    async def _history(self, request: Request) -> HTTPResponse:
        conversation = self._conversation(request)
        self._sessions.undelivered.take(conversation.id)  # what waited stands in the transcript
        said = self._sessions.transcript.all(conversation.id)
        return json_response({"messages": said} | self._standing(conversation))

    async def _after_what_waited(
        self, conversation: Conversation, answers: AsyncIterator[Message]
    ) -> AsyncIterator[Message]:
        """What a person wrote since the page last looked comes before the answers."""
        for message in self._sessions.undelivered.take(conversation.id):
            yield message
        async for message in answers:
            yield message

    async def _stream(self, request: Request, conversation: Conversation, messages: AsyncIterator[Message]) -> None:
        """Each message as soon as it is known, then ``done``."""
        response = await request.respond(
            content_type=EVENT_STREAM, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        async for message in messages:
            await response.send(_event("message", message))
        await response.send(_event("done", self._standing(conversation)))
        await response.eof()

    def _conversation(self, request: Request) -> Conversation:
        """Whose session the request carries; 401 when it is unknown, altered or over."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            conversation_id = self._signer.loads(token) if scheme.lower() == "bearer" else None
        except BadSignature as forged:
            raise ChannelProblem(401, "session_over") from forged
        found = self._sessions.conversations.get(conversation_id) if conversation_id else None
        if found is None or found.channel != self.name() or found.expires_at <= now():
            raise ChannelProblem(401, "session_over")
        return found

    def _standing(self, conversation: Conversation) -> dict[str, Any]:
        """The language of now; ``person`` while one is asked for or has the conversation: the page then looks."""
        found = self._sessions.conversations.get(conversation.id)
        standing: dict[str, Any] = {"language": found.language if found else conversation.language}
        request = self._sessions.handovers.of(conversation.id)
        if request is not None:
            standing["person"] = {"is_here": request.state == "taken", "name": request.person}
        return standing

    @staticmethod
    def _limit(window: SlidingWindow, caller: str) -> None:
        wait = window.wait_for(caller)
        if wait is not None:
            raise ChannelProblem(429, "too_many", retry_after=wait)


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
