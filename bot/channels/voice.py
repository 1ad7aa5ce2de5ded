"""The voice channel (contract, http.md): Twilio's form posts in, TwiML out; the steps are in :mod:`voice_menu`."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot.channels.problems import ChannelProblem, answer
from bot.channels.twilio_signature import TWIML, SignedForms
from bot.channels.voice_menu import VoiceMenu
from bot.replies import BilingualReplies
from languages.formats import LANGUAGES, Language

_SID = re.compile(r"[\w-]{1,64}")


class VoiceChannel(InputChannel):
    """Mounted at ``/webhooks/voice``; nothing is looked at before the signature is."""

    def __init__(
        self, forms: SignedForms, menu: Callable[[], VoiceMenu], replies: Callable[[], BilingualReplies]
    ) -> None:
        self._forms = forms
        self._menu = menu
        self._replies = replies

    @classmethod
    def name(cls) -> str:
        """The prefix of its routes."""
        return "voice"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes; ``on_new_message`` is Rasa's and unused: nothing said on the telephone is a message."""
        routes = Blueprint("voice_channel")

        @routes.post("/<step:(?:incoming|language|language-again|status)>")
        async def first_steps(request: Request, step: str) -> HTTPResponse:
            return await self._answered(request, step, LANGUAGES[0])

        @routes.post("/<spoken:(?:fr|en)>/<step:(?:menu|menu-again|offer|offer-again|sent|stay|queued)>")
        async def steps(request: Request, spoken: Language, step: str) -> HTTPResponse:
            return await self._answered(request, step, spoken)

        return routes

    async def _answered(self, request: Request, step: str, language: Language) -> HTTPResponse:
        try:
            form = self._forms.read(request)
            if not _SID.fullmatch(form.first("CallSid")):
                raise ChannelProblem(400, "malformed")
            response = await self._menu().take(step, form, language)
        except ChannelProblem as problem:
            return answer(problem, self._replies(), request.headers.get("Accept-Language", ""))
        return raw(str(response).encode(), content_type=TWIML)
