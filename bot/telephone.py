"""The one place where text messages and the telephone are put together."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from rasa.core.channels.channel import InputChannel

from bot.channels.notices import NoticesChannel
from bot.channels.sms import SmsChannel
from bot.channels.sms_clock import SmsClock
from bot.channels.sms_conversations import SmsConversations
from bot.channels.sms_line import SmsLine
from bot.channels.sms_sending import SmsSender
from bot.channels.turns import Turns
from bot.channels.twilio_api import TwilioApi, twilio_http
from bot.channels.twilio_signature import SignedForms
from bot.channels.voice import VoiceChannel
from bot.channels.voice_menu import VoiceMenu
from bot.channels.voice_prompts import Prompts
from bot.replies import BilingualReplies
from bot.settings import AssistantSettings
from sessions import Sessions


class Telephone:
    """Both channels of a Twilio number; begun when the agent is loaded, ended after its last turn."""

    def __init__(self, settings: AssistantSettings, sessions: Sessions, turns: Callable[[], Turns]) -> None:
        self._settings = settings
        self._sessions = sessions
        self._turns = turns
        token = settings.twilio_auth_token.get_secret_value()
        self._forms = SignedForms(settings.public_url, token)
        self._http = twilio_http(settings.twilio_api_url, settings.twilio_account_sid, token)
        callback = f"{settings.public_url.rstrip('/')}/webhooks/sms/status"
        api = TwilioApi(self._http, settings.twilio_account_sid, settings.twilio_number, callback)
        sender = SmsSender(api, sessions)
        lifetime = timedelta(minutes=settings.session_minutes)
        self.conversations = SmsConversations(sessions, sender, lifetime)
        self.line = SmsLine(
            sessions,
            self.conversations,
            sender,
            turns,
            patience=settings.turn_seconds,
            messages_per_minute=settings.messages_per_minute,
        )
        self._clock = SmsClock(sessions, sender, self.line)
        self._ticking: asyncio.Task[None] | None = None

    def channels(self) -> list[InputChannel]:
        """What is mounted under ``/webhooks/``."""
        return [
            SmsChannel(self._forms, self._sessions, self.line, self._replies),
            VoiceChannel(self._forms, self._menu, self._replies),
            NoticesChannel(
                self._settings.service_token.get_secret_value(),
                self._sessions,
                self.line,
                self.conversations,
                self._turns,
            ),
        ]

    def begin(self) -> None:
        """Take up what an earlier process left, and look at the clock from now on."""
        self.line.resume()
        self._ticking = asyncio.create_task(self._clock.run())

    async def finish(self) -> None:
        """Let everything under way come to its end."""
        if self._ticking is not None:
            self._ticking.cancel()
        await self.line.finish()
        await self._http.aclose()

    def _replies(self) -> BilingualReplies:
        return self._turns().replies

    def _menu(self) -> VoiceMenu:
        prompts = Prompts(self._replies(), self._settings.public_url, self._settings.agent_queue)
        patience = timedelta(minutes=self._settings.reminder_minutes)
        return VoiceMenu(self._sessions, self.line, prompts, patience)
