"""From a text received to the texts that answer it: once each, in order, to the end even across a restart."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any

import structlog

from bot.channels.limits import SlidingWindow
from bot.channels.lines import Lines
from bot.channels.masking import masked
from bot.channels.output import Message
from bot.channels.sms_choices import meant
from bot.channels.sms_consent import ConsentWord, consent_word
from bot.channels.sms_conversations import GREETING, SmsConversations
from bot.channels.sms_sending import STOPPED, SmsSender
from bot.channels.sms_text import normalised
from bot.channels.turns import Said, Turns
from languages.formats import LANGUAGES, Language
from sessions import Call, ReceivedText, Sessions

log = structlog.get_logger()

TEXT_AT_MOST = 1_600  # characters: what one SMS can be by Twilio's own rules
_PROOF_AT_MOST = 160  # characters of a first message that are kept as proof of consent


class SmsLine:
    """The turns of every telephone; ``patience`` in seconds, then the customer hears that work goes on."""

    def __init__(
        self,
        sessions: Sessions,
        conversations: SmsConversations,
        sender: SmsSender,
        turns: Callable[[], Turns],
        *,
        patience: float,
        messages_per_minute: int,
    ) -> None:
        self._sessions = sessions
        self._conversations = conversations
        self._sender = sender
        self._turns = turns
        self._patience = patience
        self._lines = Lines()
        self._messages = SlidingWindow(messages_per_minute)
        self._told_to_wait = SlidingWindow(1)
        self._running: set[asyncio.Task[Any]] = set()

    # -- what comes in ----------------------------------------------------------------------------
    def take(self, sid: str, phone: str, text: str, *, has_media: bool) -> None:
        """Keep a text and serve it detached; one that came before is not served again."""
        chosen = self._chosen(phone, text)
        received = ReceivedText(sid, phone, masked(text), has_media, chosen)
        if not self._sessions.received.take(received):
            log.info("sms.again", sid=sid)
        elif self._is_too_many(received):
            self._sessions.received.done(sid)
        else:
            self._dispatch(received)

    def resume(self) -> None:
        """Serve what an earlier process took, and say so where it was cut off in the middle."""
        self._sessions.outgoing.give_up_unfinished()
        waiting, begun = self._sessions.received.left()
        for received in begun:
            self._detach(self._say_interrupted(received))
        for received in waiting:
            self._dispatch(received)

    async def finish(self) -> None:
        """Let everything under way come to its end."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def begin_from_call(self, call: str, phone: str, language: Language, *, within: float) -> bool:
        """Greet a caller who asked to go on by text; whether Twilio took the text in so many seconds."""
        greeting = asyncio.create_task(self._greet(call, phone, language))
        self._hold(greeting)
        await asyncio.wait({greeting}, timeout=within)
        return greeting.done() and greeting.exception() is None and greeting.result()

    async def _greet(self, call: str, phone: str, language: Language) -> bool:
        self._sessions.consents.give(phone, "keypress", said=f"1 ({language})", sid=call)
        async with self._lines.at_the_front(phone):
            conversation = self._conversations.of(phone, language).id
            messages = await self._turn(phone, conversation, Said(called=True))
            sent = await self._say(phone, conversation, messages, GREETING, call)
            for message in sent:
                self._sessions.outgoing.withhold(message)  # what could not be sent now: the caller goes to a person
        return bool(sent) and set(self._sessions.outgoing.states(sent)) == {"accepted"}

    async def remind(self, call: Call) -> None:
        """The one reminder of a call that went on by text and was not answered."""
        if call.phone is None or call.conversation is None:
            return
        async with self._lines.at_the_front(call.phone):
            reminder = self._own_words(call.conversation, "sms_reminder")
            await self._say(call.phone, call.conversation, [reminder], "reminder", call.sid)

    def at_the_front(self, phone: str) -> AbstractAsyncContextManager[None]:
        """A telephone's line, for what is not a text received: no turn of it is under way meanwhile."""
        return self._lines.at_the_front(phone)

    # -- consent ----------------------------------------------------------------------------------
    def _dispatch(self, received: ReceivedText) -> None:
        """Consent is given and taken back at this moment, whatever is under way; all else waits for its turn."""
        word = consent_word(received.text)
        if word is not None and word.wish == "stop":
            self._stop(received, word)
        elif word is not None and word.wish == "start":
            was_out = self._sessions.consents.opted_out(received.phone)
            self._sessions.consents.give(received.phone, "keyword", said=received.text, sid=received.sid)
            self._detach(self._serve(received, lambda: self._start(received.phone, word, again=was_out)))
        else:
            self._detach(self._serve(received, lambda: self._answer(received, is_help=word is not None)))

    def _stop(self, received: ReceivedText, word: ConsentWord) -> None:
        phone, language = received.phone, self._language(received.phone, word)
        news = self._sessions.consents.take_back(phone, "keyword", said=received.text, sid=received.sid)
        self._sessions.outgoing.withhold_all(phone)
        self._sessions.calls.opted_out(phone)
        self._conversations.leave(phone, language)
        self._sessions.received.done(received.sid)
        if news:
            log.info("sms.opted_out", how="keyword")
            self._detach(self._confirm(phone, "sms_stopped", language, STOPPED))

    async def _start(self, phone: str, word: ConsentWord, *, again: bool) -> None:
        conversation = self._conversations.of(phone, self._language(phone, word)).id
        greeting = [self._own_words(conversation, "sms_started")] if again else None
        await self._say(phone, conversation, greeting or await self._turn(phone, conversation, Said()))

    def _language(self, phone: str, word: ConsentWord) -> Language:
        """French for a French word; an English one is used by everybody, so the conversation's language goes first."""
        if word.language == "fr":
            return "fr"
        return self._conversations.language(phone) or word.language or LANGUAGES[0]

    async def _confirm(self, phone: str, reply: str, language: Language, purpose: str) -> None:
        text = normalised(self._turns().replies.render(reply, language, {})["text"])
        await self._sender.send(phone, [text], purpose)

    # -- a turn -----------------------------------------------------------------------------------
    async def _serve(self, received: ReceivedText, answer: Callable[[], Awaitable[None]]) -> None:
        async with self._lines.at_the_front(received.phone):
            self._sessions.received.begin(received.sid)
            if self._sessions.consents.opted_out(received.phone):
                log.info("sms.from_opted_out", sid=received.sid)
            else:
                await answer()
            self._sessions.received.done(received.sid)

    async def _answer(self, received: ReceivedText, *, is_help: bool) -> None:
        phone = received.phone
        conversation = self._conversations.of(phone).id
        if not self._sessions.consents.is_known(phone):
            self._sessions.consents.give(phone, "wrote", said=received.text[:_PROOF_AT_MOST], sid=received.sid)
        if self._sessions.calls.answered(phone):
            log.info("call.outcome", outcome="answered", conversation=conversation)
        messages = [self._own_words(conversation, "sms_no_media")] if received.has_media else []
        if not received.text.strip():
            messages = messages or [self._own_words(conversation, "sms_empty")]
        elif len(received.text) > TEXT_AT_MOST:
            messages.append(self._own_words(conversation, "sms_too_long"))
        else:
            messages += await self._turn(phone, conversation, self._said(conversation, received))
        if is_help:
            messages.append(self._own_words(conversation, "sms_help"))
        await self._say(phone, conversation, messages)

    async def _turn(self, phone: str, conversation: str, said: Said) -> list[Message]:
        """All the messages of a turn; one that is late is announced first."""
        turn = asyncio.create_task(self._turns().whole(conversation, said))
        done, _ = await asyncio.wait({turn}, timeout=self._patience)
        if not done:
            log.warning("turn.late", conversation=conversation)
            await self._say(phone, conversation, [self._own_words(conversation, "still_working")])
        return await turn

    def _said(self, conversation: str, received: ReceivedText) -> Said:
        choice = self._sessions.choices.take(conversation, received.choice) if received.choice else None
        return Said(choice=choice) if choice is not None else Said(text=received.text)

    def _chosen(self, phone: str, text: str) -> str | None:
        """The id of the choice a text names, among those its telephone shows at this moment."""
        known = self._conversations.known(phone)
        if known is None:
            return None
        shown = self._sessions.phones.shown(phone)
        offered = {number: self._sessions.choices.take(known.id, choice) for number, choice in shown.items()}
        choice = meant(text, {number: one for number, one in offered.items() if one is not None})
        return choice.id if choice is not None else None

    async def _say_interrupted(self, received: ReceivedText) -> None:
        async with self._lines.at_the_front(received.phone):
            known = self._conversations.known(received.phone)
            if known is not None:
                await self._say(received.phone, known.id, [self._own_words(known.id, "sms_interrupted")])
            self._sessions.received.done(received.sid)

    def _is_too_many(self, received: ReceivedText) -> bool:
        """Whether the telephone writes faster than anybody reads; it hears so once a minute."""
        word = consent_word(received.text)
        if (word is not None and word.wish == "stop") or self._messages.wait_for(received.phone) is None:
            return False
        log.warning("sms.too_many", sid=received.sid)
        if self._told_to_wait.wait_for(received.phone) is None:
            language = self._conversations.language(received.phone) or LANGUAGES[0]
            self._detach(self._confirm(received.phone, "error_too_many", language, "reply"))
        return True

    # -- small things -----------------------------------------------------------------------------
    async def _say(
        self, phone: str, conversation: str, messages: list[Message], purpose: str = "reply", call: str | None = None
    ) -> list[int]:
        replies = self._turns().replies
        return await self._conversations.say(replies, phone, conversation, messages, purpose, call)

    def _own_words(self, conversation: str, reply: str) -> Message:
        return self._conversations.own_words(self._turns().replies, conversation, reply)

    def _detach(self, work: Coroutine[Any, Any, None]) -> None:
        """Work that belongs to nobody's request: Twilio has its answer already (security.md, T2)."""
        self._hold(asyncio.create_task(work))

    def _hold(self, task: asyncio.Task[Any]) -> None:
        self._running.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.error("sms.failed", exc_info=failure)
