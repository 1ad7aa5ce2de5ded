"""What happens by itself as time passes: texts sent that had to wait, callers reminded once, calls closed."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.sms_line import SmsLine
from bot.channels.sms_sending import SmsSender
from sessions import Sessions
from sessions.database import now

log = structlog.get_logger()

TICK = 5.0  # seconds between looks
KEPT = timedelta(days=7)  # how long Twilio may send a message again (security.md, T3)


class SmsClock:
    """Every deadline is stored, so whoever looks next serves it: a restart forgets nothing."""

    def __init__(
        self, sessions: Sessions, sender: SmsSender, line: SmsLine, clock: Callable[[], datetime] = now
    ) -> None:
        self._sessions = sessions
        self._sender = sender
        self._line = line
        self._clock = clock

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except SQLAlchemyError as error:
                log.warning("sms_clock.failed", kind=type(error).__name__)  # the next look tries again
            await asyncio.sleep(TICK)

    async def look(self) -> None:
        """Do what is due."""
        moment = self._clock()
        await self._sender.flush_all()
        for call in self._sessions.calls.to_remind(moment):
            log.info("call.reminded", call=call.sid)
            await self._line.remind(call)
        for call in self._sessions.calls.close(moment):
            log.info("call.outcome", call=call.sid, outcome="unanswered")
        self._sessions.received.forget(moment - KEPT)
        self._sessions.notices.forget(moment - KEPT)
