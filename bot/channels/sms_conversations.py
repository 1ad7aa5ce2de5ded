"""The conversation a telephone is in, and how the assistant says something in it."""

from datetime import timedelta

from bot.channels.output import Message
from bot.channels.sms_compose import compose
from bot.channels.sms_sending import SmsSender
from bot.channels.sms_text import normalised, parts
from bot.replies import BilingualReplies
from company import COMPANY
from languages.formats import LANGUAGES, Language
from sessions import Conversation, Sessions
from sessions.database import now

CHANNEL = "sms"
GREETING = "greeting"  # the purpose of the text that follows a call; it says itself who is writing
NOTICE = "notice"  # of one that nobody asked for; as above


class SmsConversations:
    """A telephone's conversation lasts until it is silent for a ``lifetime``, or opts out."""

    def __init__(self, sessions: Sessions, sender: SmsSender, lifetime: timedelta) -> None:
        self._sessions = sessions
        self._sender = sender
        self._lifetime = lifetime

    def of(self, phone: str, language: Language | None = None) -> Conversation:
        """The conversation under way, or a new one; ``language`` is what was just chosen."""
        known = self.known(phone)
        if known is None or (known.expires_at <= now() and not self._is_held(known.id)):
            spoken = language or (known.language if known else self._sessions.phones.language_of(phone))
            begun = self._sessions.conversations.open(CHANNEL, spoken, self._lifetime)
            self._sessions.phones.tie(phone, begun.id)
            return begun
        self._sessions.conversations.extend(known.id, self._lifetime)
        if language is not None:
            self._sessions.conversations.set_language(known.id, language)
        return known

    def known(self, phone: str) -> Conversation | None:
        """The conversation of a telephone, over or not."""
        conversation = self._sessions.phones.conversation_of(phone)
        return self._sessions.conversations.get(conversation) if conversation else None

    def language(self, phone: str) -> Language | None:
        """What a telephone is spoken to in, where that is known."""
        known = self.known(phone)
        return known.language if known else self._sessions.phones.language_of(phone)

    def leave(self, phone: str, language: Language) -> None:
        """End a telephone's conversation and whatever identity was proven in it."""
        conversation = self._sessions.phones.conversation_of(phone)
        if conversation is not None:
            self._sessions.identities.end(conversation)
        self._sessions.phones.untie(phone, language)

    async def say(
        self,
        replies: BilingualReplies,
        phone: str,
        conversation: str,
        messages: list[Message],
        purpose: str = "reply",
        call: str | None = None,
    ) -> list[int]:
        """Send messages as texts; their ids. To who has left the conversation meanwhile nothing is sent."""
        if not messages or self._sessions.phones.conversation_of(phone) != conversation:
            return []
        composed = compose(messages)
        self._sessions.phones.show(phone, composed.offered)
        text = composed.text
        if self._sessions.phones.introduce(phone) and purpose not in (GREETING, NOTICE):
            text = self._introduced(replies, phone, text)
        return await self._sender.send(phone, parts(text), purpose, conversation=conversation, call=call)

    def own_words(self, replies: BilingualReplies, conversation: str, reply: str) -> Message:
        """A reply of the channel itself, in the conversation's language; kept in its transcript."""
        found = self._sessions.conversations.get(conversation)
        language = found.language if found else LANGUAGES[0]
        said = {"text": replies.render(reply, language, {})["text"], "from": "assistant"}
        self._sessions.transcript.add(conversation, said)
        return said

    def _introduced(self, replies: BilingualReplies, phone: str, text: str) -> str:
        """With who is writing, and how to make it stop, before it (security.md, L3)."""
        reply = "sms_first_named" if COMPANY.name in text else "sms_first"
        introduction = replies.render(reply, self.language(phone) or LANGUAGES[0], {})["text"]
        return f"{normalised(introduction)}\n{text}"

    def _is_held(self, conversation: str) -> bool:
        """Whether a payment made in it waits for its outcome, the customer for hearing of it, or a person has it."""
        drafts = self._sessions.drafts
        owes_news = drafts.unsettled(conversation) or drafts.news(conversation)
        return bool(owes_news) or self._sessions.handovers.person_with(conversation) is not None
