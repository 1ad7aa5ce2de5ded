"""The way out for text messages: in order for each telephone, checked for consent at the last moment, never twice."""

import asyncio
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

import structlog

from bot.channels.lines import Lines
from bot.channels.twilio_api import OPTED_OUT, MaybeSent, NotSent, SendRefused, TwilioApi
from sessions import Delivery, OutgoingText, Sessions
from sessions.database import now

log = structlog.get_logger()

STALE_AFTER = timedelta(minutes=15)  # an answer later than that answers nothing any more
STOPPED = "stopped"  # the purpose of the one message that goes to who has just opted out
_PAUSE_WITHOUT_CONNECTION = 3.0  # seconds


class SmsSender:
    """Sends what waits in :mod:`sessions.outgoing`; what Twilio cannot take now waits for the next look."""

    def __init__(self, api: TwilioApi, sessions: Sessions, clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._sessions = sessions
        self._clock = clock
        self._lines = Lines()
        self._not_before = 0.0

    async def send(
        self,
        phone: str,
        texts: Iterable[str],
        purpose: str,
        *,
        conversation: str | None = None,
        call: str | None = None,
    ) -> list[int]:
        """Keep messages that follow one another and send them; their ids in :mod:`sessions.outgoing`."""
        messages = self._sessions.outgoing.add(phone, texts, purpose, conversation=conversation, call=call)
        await self.flush(phone)
        return messages

    async def flush(self, phone: str) -> None:
        """Send all that waits for a telephone, in its order, until Twilio cannot take any more."""
        async with self._lines.at_the_front(phone):
            for message in self._sessions.outgoing.waiting(phone):
                if self._clock() < self._not_before or not await self._send_one(message):
                    return

    async def flush_all(self) -> None:
        """Send what waits for any telephone."""
        if self._clock() >= self._not_before:
            await asyncio.gather(*(self.flush(phone) for phone in self._sessions.outgoing.phones_waiting()))

    async def _send_one(self, message: OutgoingText) -> bool:
        """Whether the line may go on."""
        outgoing = self._sessions.outgoing
        if not self._may_be_sent(message):
            outgoing.withhold(message.id)
            return True
        if not outgoing.begin(message.id):
            return True
        try:
            sid = await self._api.send(message.phone, message.text)
        except NotSent as failure:
            outgoing.put_back(message.id)
            self._not_before = self._clock() + (failure.retry_after or _PAUSE_WITHOUT_CONNECTION)
            log.warning("sms.not_sent", message=message.id, why=str(failure))
            return False
        except SendRefused as refusal:
            self._refused(message, refusal.code)
        except MaybeSent as silence:
            outgoing.unknown(message.id)
            log.warning("sms.outcome_unknown", message=message.id, why=str(silence))
        else:
            outgoing.accepted(message.id, sid)
            self._sessions.deliveries.note(Delivery(sid, "accepted", None))
        return True

    def _may_be_sent(self, message: OutgoingText) -> bool:
        if message.created_at + STALE_AFTER < now():
            log.error("sms.stale", message=message.id, purpose=message.purpose)
            return False
        return message.purpose == STOPPED or not self._sessions.consents.opted_out(message.phone)

    def _refused(self, message: OutgoingText, code: int) -> None:
        self._sessions.outgoing.refused(message.id, code)
        log.warning("sms.refused", message=message.id, code=code)
        if code == OPTED_OUT:
            opt_out_by_carrier(self._sessions, message.phone, sid=f"outgoing-{message.id}")


def opt_out_by_carrier(sessions: Sessions, phone: str, *, sid: str) -> None:
    """Twilio or the carrier knows of an opt-out that we did not hear of."""
    if sessions.consents.take_back(phone, "carrier", said=str(OPTED_OUT), sid=sid):
        log.info("sms.opted_out", how="carrier")
    sessions.outgoing.withhold_all(phone)
    sessions.calls.opted_out(phone)
