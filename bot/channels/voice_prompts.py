"""What a caller hears, as TwiML. Nothing of an account is ever said on the telephone (security.md, T8)."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from twilio.twiml.voice_response import Gather, VoiceResponse

from bot.replies import BilingualReplies
from languages.formats import LANGUAGES, Language

_KEY_WITHIN = 6  # seconds of silence before the caller is asked again
_DELIVERY_WITHIN = 10  # seconds in which a text that cannot be delivered is usually known


class Prompts:
    """Every answer of the voice channel; the steps that follow lie under the path of ``public_url``."""

    def __init__(self, replies: BilingualReplies, public_url: str, queue: str) -> None:
        self._replies = replies
        self._base = f"{urlsplit(public_url).path.rstrip('/')}/webhooks/voice"
        self._queue = queue

    def ask(
        self, step: str, question: str, languages: Iterable[Language], *, before: str | None = None
    ) -> VoiceResponse:
        """A question answered by one key; ``before`` is said first, silence counts as an answer."""
        response = VoiceResponse()
        gather = Gather(
            num_digits=1,
            timeout=_KEY_WITHIN,
            action=f"{self._base}/{step}",
            method="POST",
            action_on_empty_result=True,
        )
        for name in filter(None, (before, question)):
            self._say(gather, name, languages)
        response.append(gather)
        return response

    def agent(self, language: Language | None, because: str, *, is_open: bool) -> VoiceResponse:
        """To a person who speaks the caller's language; out of hours the caller hears when one will answer."""
        response = VoiceResponse()
        spoken = LANGUAGES if language is None else (language,)
        self._say(response, f"voice_agent_{because}", spoken)
        if not is_open:
            self._say(response, "voice_closed", spoken)
        queue = self._queue if language is None else f"{self._queue}-{language}"
        response.enqueue(queue, action=f"{self._base}/{spoken[0]}/queued", method="POST")
        return response

    def texted(self, language: Language) -> VoiceResponse:
        """The text is on its way; who stays on the line hears soon whether it can be delivered."""
        response = VoiceResponse()
        self._say(response, "voice_texted", (language,))
        response.pause(length=_DELIVERY_WITHIN)
        response.redirect(f"{self._base}/{language}/sent", method="POST")
        return response

    def goodbye(self, language: Language, name: str) -> VoiceResponse:
        """Last words."""
        response = VoiceResponse()
        self._say(response, name, (language,))
        response.hangup()
        return response

    def over(self) -> VoiceResponse:
        """Nothing more to say."""
        response = VoiceResponse()
        response.hangup()
        return response

    def _say(self, into: VoiceResponse | Gather, name: str, languages: Iterable[Language]) -> None:
        for language in languages:
            into.say(self._replies.render(name, language, {})["text"], language=f"{language}-CA")
