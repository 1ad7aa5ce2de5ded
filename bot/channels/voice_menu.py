"""Option 4 of the telephone menu: a caller is offered to go on by text at once.

::

    incoming ─ language ─ menu ─ 4 ─▶ offer ─ 1 ─▶ texted ─▶ sent ─▶ goodbye
                  │         │           │                      └───▶ agent (not delivered)
                  └─────────┴───────────┴─ 2, 0, a wrong key or none, twice ─▶ agent

Keys alone decide. A key is consent to be texted; a caller ID proves nothing (security.md, A3 and T8).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import phonenumbers
import structlog
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType
from twilio.twiml.voice_response import VoiceResponse

from bot.channels.sms_line import SmsLine
from bot.channels.twilio_signature import Form
from bot.channels.voice_prompts import Prompts
from company import COMPANY
from languages.formats import LANGUAGES, Language
from sessions import Sessions
from sessions.database import now

log = structlog.get_logger()

_LANGUAGE_KEYS: dict[str, Language] = {"1": "fr", "2": "en"}
_PERSON_KEY = "0"
_BY_TEXT, _STAY = "1", "2"
_GREETED_WITHIN = 10.0  # seconds; Twilio gives up after 15
TEXTS_A_DAY = 10  # greetings to one telephone: a caller ID can be forged to bother somebody
_NO_TEXTS = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE})

Step = Callable[[Form, Language], Awaitable[VoiceResponse]]


class VoiceMenu:
    """The steps of a call; ``patience`` is how long a text may stay unanswered until the one reminder."""

    def __init__(
        self,
        sessions: Sessions,
        line: SmsLine,
        prompts: Prompts,
        patience: timedelta,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._sessions = sessions
        self._line = line
        self._prompts = prompts
        self._patience = patience
        self._clock = clock
        self._steps: dict[str, Step] = {
            "incoming": self._incoming,
            "language": self._language,
            "language-again": self._language_again,
            "menu": self._menu,
            "menu-again": self._menu_again,
            "offer": self._offer,
            "offer-again": self._offer_again,
            "sent": self._sent,
            "stay": self._stay,
            "queued": self._queued,
            "status": self._status,
        }

    async def take(self, step: str, form: Form, language: Language) -> VoiceResponse:
        """What the caller hears next."""
        self._sessions.calls.begin(form.first("CallSid"), _telephone(form.first("From")))
        return await self._steps[step](form, language)

    # -- language ---------------------------------------------------------------------------------
    async def _incoming(self, _form: Form, _language: Language) -> VoiceResponse:
        return self._prompts.ask("language", "voice_language", LANGUAGES)

    async def _language(self, form: Form, _: Language) -> VoiceResponse:
        chosen = self._chosen_language(form)
        if chosen is None:
            return self._prompts.ask("language-again", "voice_language", LANGUAGES, before="voice_not_a_choice")
        return self._prompts.ask(f"{chosen}/menu", "voice_menu", (chosen,))

    async def _language_again(self, form: Form, _: Language) -> VoiceResponse:
        chosen = self._chosen_language(form)
        if chosen is None:
            return self._agent(form, None, "no_key")
        return self._prompts.ask(f"{chosen}/menu", "voice_menu", (chosen,))

    def _chosen_language(self, form: Form) -> Language | None:
        chosen = _LANGUAGE_KEYS.get(form.first("Digits"))
        if chosen is not None:
            self._sessions.calls.speak(form.first("CallSid"), chosen)
        return chosen

    # -- menu -------------------------------------------------------------------------------------
    async def _menu(self, form: Form, language: Language) -> VoiceResponse:
        return self._choose(form, language) or self._prompts.ask(
            f"{language}/menu-again", "voice_menu", (language,), before="voice_not_a_choice"
        )

    async def _menu_again(self, form: Form, language: Language) -> VoiceResponse:
        return self._choose(form, language) or self._agent(form, language, "no_key")

    def _choose(self, form: Form, language: Language) -> VoiceResponse | None:
        key = form.first("Digits")
        if key == str(COMPANY.menu_option):
            why_not = self._why_not_by_text(form)
            if why_not is not None:
                return self._agent(form, language, why_not)
            return self._prompts.ask(f"{language}/offer", "voice_offer", (language,))
        return self._agent(form, language, "asked") if key == _PERSON_KEY else None

    def _why_not_by_text(self, form: Form) -> str | None:
        """Why this telephone cannot be texted, as far as that is known without asking anybody."""
        phone = _telephone(form.first("From"))
        if phone is None:
            return "no_mobile"
        if self._sessions.consents.opted_out(phone):
            return "opted_out"
        yesterday = self._clock() - timedelta(days=1)
        return "no_mobile" if self._sessions.calls.texted_since(phone, yesterday) >= TEXTS_A_DAY else None

    # -- the offer --------------------------------------------------------------------------------
    async def _offer(self, form: Form, language: Language) -> VoiceResponse:
        return await self._decide(form, language) or self._prompts.ask(
            f"{language}/offer-again", "voice_offer", (language,), before="voice_not_a_choice"
        )

    async def _offer_again(self, form: Form, language: Language) -> VoiceResponse:
        return await self._decide(form, language) or self._agent(form, language, "no_key")

    async def _decide(self, form: Form, language: Language) -> VoiceResponse | None:
        key = form.first("Digits")
        if key == _STAY:
            return self._agent(form, language, "asked")
        if key != _BY_TEXT:
            return None
        why_not = self._why_not_by_text(form)
        phone = _telephone(form.first("From"))
        if why_not is not None or phone is None:
            return self._agent(form, language, why_not or "no_mobile")
        if not self._sessions.calls.claim(form.first("CallSid")):
            return self._prompts.texted(language)  # asked twice: the first time sends the text
        return await self._text(form, phone, language)

    async def _text(self, form: Form, phone: str, language: Language) -> VoiceResponse:
        call = form.first("CallSid")
        greeted = await self._line.begin_from_call(call, phone, language, within=_GREETED_WITHIN)
        conversation = self._sessions.phones.conversation_of(phone)
        # A network that knows the number for a landline may say so before Twilio's answer is read.
        if not greeted or conversation is None or self._sessions.deliveries.lost(call):
            return self._agent(form, language, "not_sent")
        self._sessions.calls.texted(call, conversation, self._patience)
        log.info("call.outcome", call=call, outcome="texted")
        return self._prompts.texted(language)

    async def _sent(self, form: Form, language: Language) -> VoiceResponse:
        """Some seconds later: a landline or a telephone that cannot be reached is known by now."""
        if self._sessions.deliveries.lost(form.first("CallSid")):
            return self._agent(form, language, "not_sent")
        return self._prompts.ask(f"{language}/stay", "voice_sent", (language,))

    async def _stay(self, form: Form, language: Language) -> VoiceResponse:
        if form.first("Digits") == _STAY:
            return self._agent(form, language, "asked")
        return self._prompts.goodbye(language, "voice_goodbye")

    # -- the end ----------------------------------------------------------------------------------
    def _agent(self, form: Form, language: Language | None, because: str) -> VoiceResponse:
        call = form.first("CallSid")
        if self._sessions.calls.to_agent(call, because):
            log.info("call.outcome", call=call, outcome="agent", reason=because)
        moment = self._clock().astimezone(COMPANY.zone)
        return self._prompts.agent(language, because, is_open=COMPANY.opening_hours.include(moment))

    async def _queued(self, form: Form, language: Language) -> VoiceResponse:
        """The caller has left the queue: talked to somebody, hung up, or could not be taken in."""
        result = form.first("QueueResult")
        log.info("call.left_the_queue", call=form.first("CallSid"), result=result)
        if result in ("queue-full", "error", "system-error"):
            return self._prompts.goodbye(language, "voice_nobody")
        return self._prompts.over()

    async def _status(self, form: Form, _: Language) -> VoiceResponse:
        call = form.first("CallSid")
        if form.first("CallStatus") == "completed" and self._sessions.calls.hung_up(call):
            log.info("call.outcome", call=call, outcome="hung_up")
        return self._prompts.over()


def _telephone(caller: str) -> str | None:
    """The caller's number in E.164 where a text can reach it; ``None`` for a withheld number or a fixed line.

    In North America a number does not show whether it is a mobile: there Twilio's answer to the text decides.
    """
    try:
        number = phonenumbers.parse(caller, None)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or phonenumbers.number_type(number) in _NO_TEXTS:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
