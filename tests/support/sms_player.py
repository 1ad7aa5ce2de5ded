"""Plays a conversation file by SMS: the same file, the same expectations, as a telephone shows them."""

import httpx

from sessions import Sessions
from tests.support.conversation import Conversation
from tests.support.player import Player
from tests.support.script import Expected
from tests.support.sms_conversation import Side, SmsConversation, texted
from tests.support.verdict import faults_of

_WISH = {"fr": "Quel est mon solde?", "en": "What is my balance?"}
_START_OVER = {"fr": "Recommencer", "en": "Start over"}

_NEVER_BY_SMS = ("Plutôt par texto", "By text message instead")  # the code goes to the other address (A3)


class SmsPlayer(Player):
    """One run of one script; who is signed in on the website gives a code here first."""

    def _open(self, opens_in: str | None, sign_in: str | None) -> Conversation:
        talk = SmsConversation(Side(self._product.phone_url, Sessions.open(self._product.sessions_url)), opens_in)
        if sign_in is not None:
            talk.say(_WISH[opens_in or self._language])
            talk.say(self._product.account_of(sign_in))
            talk.say(self._product.code(sign_in))
            talk.say(_START_OVER[opens_in or self._language])
        return talk

    def play(self) -> None:
        """As on the website, but for the greeting: nobody is greeted who has not written."""
        self._script = self._script.model_copy(update={"greeting": Expected()})
        super().play()

    def _faults(self, expected: Expected) -> list[str]:
        mail = expected.mail
        if mail is not None and mail.count is not None and mail.to == self._script.sign_in:
            counted = mail.model_copy(update={"count": mail.count + 1})  # the code that took the place of a sign-in
            expected = expected.model_copy(update={"mail": counted})
        offered = [title for title in expected.choices_have if title not in _NEVER_BY_SMS]
        expected = expected.model_copy(update={"choices_have": offered})
        return faults_of(expected, self._talk, self._product, lambda text: texted(self._filled(text)))

    def _open_document(self, place: int) -> None:
        """Looking at the page leaves the link alone; its button gives the document, once."""
        document = self._talk.documents[place - 1]
        assert httpx.get(document.url, timeout=30, trust_env=False).is_success
        answer = httpx.post(document.url, timeout=30, trust_env=False)
        assert answer.content.startswith((b"%PDF", b"PK")), f"{document.title} is neither a PDF nor a zip"
        assert httpx.post(document.url, timeout=30, trust_env=False).is_client_error
